local tiny <const> = require "tiny"

-- Changes that were lost without a word, models of one name, months that had gone by, and the ledger's cost of a plan.
local base <const> = tiny.load()
local function held(given)
  given.id, given.posts, given.why = "held", { vacant = true }, "held"
  return remit.close(given)
end
-- One change is a list of one.
local plan <const> = base:scenario("Plan", { changes = held { from = "2025-10" } })
print(#plan:changes(), #plan:with { add = remit.once { cost = 5, month = "2025-11", why = "pot" } }:changes())
base:scenario("Plan", { changes = { held = held { from = "2025-10" } } })  --> 1	2
--> error: scenario: changes is a list, one change after the other, without names or gaps
-->   changes = { remit.close { ... }, remit.move { ... } }
plan:with { add = { pot = remit.once { cost = 5, month = "2025-11", why = "pot" } } }  --> error: with: add is a list, one change after the other, without names or gaps
-->   add = { remit.close { ... }, remit.move { ... } }
base:scenario("Plan", { changes = { [2] = held { from = "2025-10" } } })  --> error: scenario: changes is a list, one change after the other, without names or gaps
-->   changes = { remit.close { ... }, remit.move { ... } }
-- Two variants that have one name stand side by side.
print(remit.compare { plan, plan:amend("held", { from = "2025-11" }), plan:amend("held", { from = "2025-12" }) }:table { at = "2025-11" })
print(remit.compare { base, base }:diff { of = "fn.blueprint" }:columns()[3])
-- What lies before the pack's month is told, and asked for in a month that can be asked.
local past <const> = base:scenario("Past", { changes = { held { from = "2024-10" }, remit.once { cost = 5, month = "2025-04", why = "pot" } } })
print(past:findings())
past:total "cost"  --> cost   2025/26 prices, as at 2025-11   Plan   model HASH
--> cost £ Plan  cost £ Plan, amended  cost £ Plan, amended (2)   change  change %
--> ──────────────────────────────────────────────────────────────────────────────
-->     164,201               164,201                   240,201  +76,000    +46.3%
--> model 2
--> Findings   as at 2025-05   Past   model HASH
--> finding   note
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> scenario  once: month (2025-04) lies before the pack's month, 2025-05: is it in the establishment already?
--> scenario  close 'held': from (2024-10) lies before the pack's month, 2025-05: is it in the establishment already?
--> error: which month? This scenario's changes bite in 2025-05. Give at = "2025-05".
print(past:total("cost", { at = "2025-05" }), past:total("cost", { period = "recurrent" }))
-- No change is in what the ledger booked.
local booked <const> = tiny.load { general_ledger = "cost_centre,budget,actual\n100,100000,50000\n",
  more = { general_ledger = '"remit": { "months": 6 }' } }
print(booked:total("cost", { basis = "actual", prices = "2025/26" }))
booked:total("cost", { basis = "actual", prices = "2026/27" })  --> 164200.75	164200.75
--> 100000.0
--> error: actual cost is what the ledger booked: it has no prices of another year
booked:scenario("Plan", {}):total("cost", { basis = "actual", at = "2025-10" })  --> error: actual cost is what the ledger booked, and no change of a scenario is in it
-->   basis = "in_post", or "funded"
local cap <const> = remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered", basis = "actual" }
print(cap:headroom(booked))
cap:check(booked:scenario("Plan", {}), { at = "2025-10" })  --> 150000.0
--> error: actual cost is what the ledger booked, and no change of a scenario is in it
-->   basis = "in_post", or "funded"
-- Tables need no names.
print(remit.rank { tables = { { "primary care", { "estates", "digital" } }, { "digital", "primary care" } } })
--> Ranking
--> item          pooled rank  Borda points  1  2  places apart
--> ───────────────────────────────────────────────────────────
--> primary care            1           3.0  1  2           1.0
--> digital                 2           2.5  2  1           1.5
--> estates                 3           0.5  2              0.5
--> Borda: of 3 items a table's first is worth 2 points, its last none; ties, and what a table left out, the mean of the places that they share.
--> Tables differ most on 'digital': ranked by 1 2, 2 1.
