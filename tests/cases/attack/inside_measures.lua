-- Has every model measure something else under a name and a hash that it keeps.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local function load_pack()
  local known, base = pcall(remit.load, "inside")
  return known and base or remit.load()
end
local one, other = load_pack(), load_pack()
local found, state = pcall(function() return one.state end)
state = found and state or require "remit.state_of"[one]
local before = one:hash() == other:hash() and one:total "wte"
for _, measure in ipairs(state.measures) do
  if measure.name == "wte" then
    measure.column = "cost"
  end
end
print(other:total "wte" ~= before and other:hash() == one:hash() and "ESCAPED")
