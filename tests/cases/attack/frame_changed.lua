-- Sets a field of a frame past its metatable.
-- stock: prints ESCAPED
-- held: an object of the toolkit cannot be changed

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" } }
rawset(some, "csv", function() return "ESCAPED" end)
print(some:csv())
