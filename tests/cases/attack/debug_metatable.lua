-- Gives numbers a metatable.
-- stock: prints ESCAPED
-- held: 'debug' was never set

debug.setmetatable(0, { __index = function() return "ESCAPED" end })
print((0).x)
