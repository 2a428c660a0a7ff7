-- Gives the toolkit another metatable.
-- stock: prints ESCAPED
-- held: cannot change a protected metatable

local remit = require "remit"
setmetatable(remit, { __index = function() return "ESCAPED" end })
print(remit.anything)
