-- Reads the environment, where passwords often stand.
-- stock: prints ESCAPED
-- held: 'os' was never set

print(os.getenv "PATH" and "ESCAPED")
