-- Raises a text of sixteen megabytes.
-- stock: prints xxxx
-- held: xxxx

error(("x"):rep(1 << 24), 0)
