-- Keeps the program from ending.
-- stock: hangs
-- held: a script may not set __gc

setmetatable({}, { __gc = function() while true do end end })
