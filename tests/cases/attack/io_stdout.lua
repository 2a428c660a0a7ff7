-- Writes past print, and so past its limits.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'io')

io.stdout:write "ESCAPED\n"
