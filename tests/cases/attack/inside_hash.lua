-- Gives a model the hash of another.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local found, state = pcall(function() return base.state end)
state = found and state or require "remit.state_of"[base]
state.digest = ("0"):rep(64)
print(base:hash() == ("0"):rep(64) and "ESCAPED")
