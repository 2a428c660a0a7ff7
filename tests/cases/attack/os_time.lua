-- Asks the clock, and so prints something else tomorrow.
-- stock: prints ESCAPED
-- held: 'os' was never set

print(os.time() > 0 and "ESCAPED")
