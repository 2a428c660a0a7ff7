-- Reads the files of a pack past every call that prints them.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local found, state = pcall(function() return base.state end)
state = found and state or require "remit.state_of"[base]
print(state.sources.posts.table:column "id":get(1) and "ESCAPED")
