-- Formats an address.
-- stock: differs
-- held: addresses differ from run to run

print(("%p"):format({}))
