-- Random numbers that nobody can repeat.
-- stock: differs
-- held: same

print(math.random(1000000), math.random(1000000))
