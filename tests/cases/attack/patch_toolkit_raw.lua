-- The same past the metatable.
-- stock: prints ESCAPED
-- held: an object of the toolkit cannot be changed

local remit = require "remit"
rawset(remit, "load", function() return "ESCAPED" end)
print((require "remit").load())
