-- Gives numbers a metatable.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'debug')

debug.setmetatable(0, { __index = function() return "ESCAPED" end })
print((0).x)
