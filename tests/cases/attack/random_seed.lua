-- Asks for a seed from the clock.
-- stock: differs
-- held: number expected, got no value

math.randomseed()
print(math.random(1000000))
