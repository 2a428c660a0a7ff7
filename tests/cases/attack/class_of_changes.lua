-- Takes the class of all changes, by the name that it has on itself, to change what they say.
-- stock: prints ESCAPED
-- held: attempt to index a string value

local remit = require "remit"
local change = remit.close { posts = { vacant = true }, from = "2026-04", why = "agreed" }
local class = change.__index
if type(class) ~= "table" then
  class = getmetatable(change)
end
class.__tostring = function() return "ESCAPED" end
print(tostring(remit.close { posts = { vacant = true }, from = "2026-04", why = "agreed" }))
