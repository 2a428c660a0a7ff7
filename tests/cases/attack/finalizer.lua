-- Runs code when the program has ended and nobody looks.
-- stock: prints ESCAPED
-- held: a script may not set __gc

setmetatable({}, { __gc = function() print "ESCAPED" end })
