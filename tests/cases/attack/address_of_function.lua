-- Prints the address of a function.
-- stock: differs
-- held: same

print(print, function() end, coroutine.create(print))
