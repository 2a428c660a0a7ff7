-- Starts a process and reads what it says.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'io')

print(io.popen("echo ESCAPED"):read "a")
