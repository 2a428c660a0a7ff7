-- Writes past print, and so past its limits.
-- stock: prints ESCAPED
-- held: 'io' was never set

io.stdout:write "ESCAPED\n"
