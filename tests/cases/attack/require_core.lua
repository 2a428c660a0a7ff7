-- Asks for what the toolkit is made of, to read a file with it.
-- stock: prints SECRET
-- held: module 'remit.core' is the toolkit's own

print((require "remit.core".file.read "../secret.txt"))
