-- Reads a file of somebody else.
-- stock: prints SECRET
-- held: 'io' was never set

print(io.open("../secret.txt"):read "a")
