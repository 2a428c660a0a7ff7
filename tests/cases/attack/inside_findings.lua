-- Takes out of a scenario what `remit check` would fail for.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local plan = base:scenario("Quiet", { changes = { remit.close { posts = { fn = "chc" }, from = "2026-04" } } })
local said = #plan:findings()
local found, state = pcall(function() return plan.state end)
state = found and state or require "remit.state_of"[plan]
state.findings = {}
print(said > 0 and #plan:findings() == 0 and "ESCAPED")
