-- Starts a process.
-- stock: prints ESCAPED
-- held: 'os' was never set

os.execute "echo ESCAPED"
