-- Prints an address.
-- stock: differs
-- held: same

print({})
