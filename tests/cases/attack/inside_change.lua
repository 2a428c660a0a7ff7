-- Alters a change once it has been hashed: other figures under the same hash.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local change = remit.scale { id = "cut", lines = { kind = "nonpay" }, change = "-10%", from = "2026-04", why = "agreed" }
local agreed = base:scenario("Cut", { changes = { change } })
local hash, cost = agreed:hash(), agreed:total("cost", { at = "2026-04" })
pcall(function() change.change = "-90%" end)
if change.change == "-10%" then
  require "remit.state_of"[change].change = "-90%"
end
local other = base:scenario("Cut", { changes = { change } })
print(other:hash() == hash and other:total("cost", { at = "2026-04" }) ~= cost and "ESCAPED")
