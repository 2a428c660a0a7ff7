-- Takes the class of all models to change it.
-- stock: prints ESCAPED
-- held: table expected, got string

local remit = require "remit"
local class = getmetatable(remit.load "inside")
rawset(class, "total", function() return "ESCAPED" end)
print(remit.load "inside":total())
