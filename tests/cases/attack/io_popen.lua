-- Starts a process and reads what it says.
-- stock: prints ESCAPED
-- held: 'io' was never set

print(io.popen("echo ESCAPED"):read "a")
