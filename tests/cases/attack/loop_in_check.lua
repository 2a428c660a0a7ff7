-- Never ends in a check of its own that the toolkit asks, nor in what the check gives as evidence.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local function forever() while true do end end
local evidence = setmetatable({}, { __tostring = forever })
pcall(base.checks, base, { own = { { id = "a", test = function() return true, evidence end } } })
pcall(base.checks, base, { own = { { id = "b", test = forever } } })
forever()
