-- Takes the methods of all frames to change them.
-- stock: prints ESCAPED
-- held: attempt to index a string value

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" } }
getmetatable(some).__index = function() return function() return "ESCAPED" end end
print(some:csv())
