-- Asks for what the toolkit writes files with.
-- stock: prints ESCAPED
-- held: module 'remit.core' is the toolkit's own

print(require "remit.core".file.write("../made.txt", "x") and "ESCAPED")
