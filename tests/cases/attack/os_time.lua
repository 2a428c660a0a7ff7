-- Asks the clock, and so prints something else tomorrow.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'os')

print(os.time() > 0 and "ESCAPED")
