-- Reads a file of somebody else.
-- stock: prints SECRET
-- held: attempt to index a nil value (global 'io')

print(io.open("../secret.txt"):read "a")
