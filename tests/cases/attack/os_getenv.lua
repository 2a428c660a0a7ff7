-- Reads the environment, where passwords often stand.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'os')

print(os.getenv "PATH" and "ESCAPED")
