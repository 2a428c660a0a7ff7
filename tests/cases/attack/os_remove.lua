-- Deletes a file.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'os')

print(os.remove "../doomed.txt" and "ESCAPED")
