-- Deletes a file.
-- stock: prints ESCAPED
-- held: 'os' was never set

print(os.remove "../doomed.txt" and "ESCAPED")
