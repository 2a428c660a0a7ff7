-- Has a selection say one thing and select another.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local filled, vacant = base:posts { vacant = false }, base:posts { vacant = true }
local function of(selection)
  local found, node = pcall(function() return selection.node end)
  return found and node or require "remit.state_of"[selection].node
end
local wanted = vacant:count()
of(filled).rows = of(vacant).rows
print(filled:count() == wanted and tostring(filled):find "vacant: false" and "ESCAPED")
