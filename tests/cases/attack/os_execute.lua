-- Starts a process.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'os')

os.execute "echo ESCAPED"
