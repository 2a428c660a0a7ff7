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
--> 1	2
base:scenario("Plan", { changes = { held = held { from = "2025-10" } } })  --> error: scenario: changes is a list, one change after the other, without names or gaps
-->   changes = { remit.close { ... }, remit.move { ... } }
plan:with { add = { pot = remit.once { cost = 5, month = "2025-11", why = "pot" } } }  --> error: with: add is a list, one change after the other, without names or gaps
-->   add = { remit.close { ... }, remit.move { ... } }
base:scenario("Plan", { changes = { [2] = held { from = "2025-10" } } })  --> error: scenario: changes is a list, one change after the other, without names or gaps
-->   changes = { remit.close { ... }, remit.move { ... } }
-- Two variants that have one name stand side by side.
print(remit.compare { plan, plan:amend("held", { from = "2025-11" }), plan:amend("held", { from = "2025-12" }) }:table { at = "2025-11" })
--> cost   funded, annual run rate, 2025/26 prices, as at 2025-11   Plan   model HASH
--> cost £ Plan  cost £ Plan, amended  cost £ Plan, amended (2)  change £  change %
--> ───────────────────────────────────────────────────────────────────────────────
-->     164,201               164,201                   240,201   +76,000    +46.3%
--> Change is from Plan to Plan, amended (2).
-- What lies before the pack's month is told, and asked for in a month that can be asked.
local past <const> = base:scenario("Past", { changes = { held { from = "2024-10" }, remit.once { cost = 5, month = "2025-04", why = "pot" } } })
print(past:findings())
--> Findings   as at 2025-05   Past   model HASH
--> finding   note
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> scenario  once: month (2025-04) lies before the pack's month, 2025-05: is it in the establishment already?
--> scenario  close 'held': from (2024-10) lies before the pack's month, 2025-05: is it in the establishment already?
past:total "cost"  --> error: which month? This scenario's changes bite in 2025-05. Give at = "2025-05".
print(past:total("cost", { at = "2025-05" }), past:total("cost", { period = "recurrent" }))
--> 164200.75	164200.75
-- No change is in what the ledger booked.
local booked <const> = tiny.load { general_ledger = "cost_centre,budget,actual\n100,100000,50000\n",
  more = { general_ledger = '"remit": { "months": 6 }' } }
print(booked:total("cost", { basis = "actual", prices = "2025/26" }))
--> 100000.0
booked:total("cost", { basis = "actual", prices = "2026/27" })  --> error: actual cost is what the ledger booked: it has no prices of another year
booked:scenario("Plan", {}):total("cost", { basis = "actual", at = "2025-10" })  --> error: actual cost is what the ledger booked, and no change of a scenario is in it
-->   basis = "in_post", or "funded"
local cap <const> = remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered", basis = "actual" }
print(cap:headroom(booked))
--> 150000.0
cap:check(booked:scenario("Plan", {}), { at = "2025-10" })  --> error: actual cost is what the ledger booked, and no change of a scenario is in it
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
-- What a list below moves later, a change does not follow: it is told.
local moved <const> = base:scenario("Moved", { changes = {
  remit.move { id = "it", posts = { fn = "digital" }, into = { group = "nursing", fn = "quality" }, from = "2026-01", to = "2026-04", why = "together" },
} })
for _, group in ipairs { "strategy", "nursing", "wards" } do
  print(moved:scenario("On top", { changes = { remit.scale { id = "top", lines = { group = group }, change = "-5%", from = "2025-10", to = "2026-04", why = "less" } } }):findings())
end
--> Findings   as at 2025-05   On top   model HASH
--> finding   note
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────
--> scenario  scale 'top' keeps the line that move 'it' takes elsewhere in 2026-01: it selects in 2025-10
--> Findings   as at 2025-05   On top   model HASH
--> finding   note
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────
--> scenario  scale 'top' does not touch the line that move 'it' brings in 2026-01: it selects in 2025-10
--> Findings   as at 2025-05   On top   model HASH
--> finding   note
--> ─────────────────────────────────────
--> scenario  scale 'top' selects nothing
print(#moved:scenario("On top", { changes = { remit.scale { lines = { group = "strategy" }, change = "-5%", from = "2026-02", to = "2026-03", why = "less" } } }):findings())
--> 0
-- A month that is a parameter is moved where it has its value.
local opening <const> = base:scenario("Opening", { changes = { held { from = remit.param { id = "start", default = "2026-01" } } } })
opening:amend("held", { from = "-2 months" })  --> error: '-2 months' is relative, and the month is the parameter 'start'
-->   set it: plan:with { params = { start = "-2 months" } }
-- Lead times that no longer fit are told.
local function leaving(month)
  return tostring(base:scenario("Leaving", { changes = { remit.close { id = "it", posts = { fn = "digital" }, from = month, why = "less" } } }):redundancy { at = "2026-06" })
end
print(leaving "2025-06":match "Before[^\n]*", leaving "2026-06":match "Before[^\n]*")
--> Before the pack's month (2025-05) it was to be decided: it by 2024-12.	nil
base:scenario("Nothing", {}):total "cost"  --> error: which month? Nothing changes in this scenario. Give at = "2025-05".
-- What a package needs and what goes later than it is open until it has gone.
local needing <const> = tiny.load { dependencies = "fn,needs,kind\nchc,digital,enabler\n",
  organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n" }
local both <const> = needing:scenario("Both", { changes = {
  remit.transfer { id = "care", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", why = "together" },
  remit.transfer { id = "it", functions = { id = "digital" }, receiver = "trust", golive = "2026-10", why = "later" },
} })
for _, month in ipairs { "2026-03", "2026-04", "2026-10" } do
  local found <const> = both:checks { at = month }:where { check = "closure" }
  print(found:get(1, "status"), found:get(1, "evidence"))
end
--> pass	all that is needed moves too
--> open	care needs what moves later: digital (2026-10)
--> pass	all that is needed moves too
