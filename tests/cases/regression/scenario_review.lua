-- What a first reader of scenarios met: text taken for a month, a slip not seen, a regraded post gone, a set not explained, a bridge refused.
local remit <const> = require "remit"
local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\ntrust,The Trust,provider,nhs\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.transfer { id = "digital", functions = { id = "digital" }, receiver = "trust", golive = "2026-04", months = 4, profile = "linear",
    receiver_cost = 24000, ready = { form = false }, if_not_ready = "slip 3 months", why = "hosted" },
  remit.regrade { id = "grade", posts = { band = "7" }, band = "6", from = "2025-10", why = "wider spans" },
  remit.set { id = "decided", functions = { id = "quality" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided", ref = "paper 2" },
} })

-- amend: only months are moved.
print(plan:amend("digital", { why = "6 months" }):changes():get("digital", "why"))
--> 6 months
plan:amend("digital", { goliv = "-6 months" })  --> error: transfer has no field 'goliv'. Did you mean 'golive'?
-- A transfer that slips is listed by the month in which it goes live.
print(plan:changes():get("digital", "from"))
--> 2026-07
-- What a receiver spends comes as the functions do.
for row in plan:ledger { from = "2026-06", to = "2026-10" }:rows() do
  print(row.month, row.receivers)
end
--> 2026-06	0.0
--> 2026-07	6000.0
--> 2026-08	12000.0
--> 2026-09	18000.0
--> 2026-10	24000.0
-- A regraded post is still there.
for row in plan:actions { at = "2025-12", list = true, where = { band = "7" } }:rows() do
  print(row.post, row.part, row.action, row.wte, row.kept)
end
--> P2	filled	changed	0.4	0.4
--> P2	vacant	changed	0.4	0.4
-- What a scenario sets is seen and explained in its months.
print(remit.compare { base, plan }:diff { of = "fn.blueprint", at = "2026-01" }:get("quality", "Plan"))
--> grow
print(plan:explain("quality", "blueprint", { at = "2026-01" }))
--> quality  Quality and safety      blueprint: grow
-->   =>  grow  set decided from 2026-01; decided; paper 2
remit.compare { base, plan }:diff { of = "fn.blueprint" }  --> error: which month? This scenario's changes bite in 2025-10, 2026-01, 2026-07. Give at = "2026-07".
print(plan:explain("digital", "wte", { at = "2026-10" }))
--> wte  lines where fn: "digital"      2026-10: 0
--> Plan   model HASH
-->   base     0.6   budgeted WTE, filled and vacant; 2 lines as at 2025-05
-->   digital  -0.6  transfer from 2026-07; hosted; it touches 2 lines
-->   =>       0     Plan
-- A bridge leads from the base too, when the scenario stands on decisions about it.
local rules <const> = remit.decision_table { id = "own", rules = { { id = "grow", when = { blueprint = "grow" }, set = { class = "grow" } } } }
local decided <const> = base:classify(rules):scenario("Decided", { changes = {
  remit.close { id = "shut", posts = { fn = { class = "grow" } }, from = "2026-01", why = "less" } } })
print(remit.compare { base, decided }:bridge { at = "2026-01" }:get("shut", "cost"))
--> -31200.0
remit.compare { base:scenario("Other", { changes = {} }), decided }:bridge { at = "2026-01" }  --> error: a bridge is between a model and a scenario on it: 'Decided' stands on other data or decisions
-- A class that no function has is said to be new.
print(base:classify(rules):scenario("Slip", { changes = {
  remit.set { id = "typed", functions = { id = "quality" }, into = { class = "grwo" }, from = "2026-01", why = "decided" } } }):findings())
--> Findings   as at 2025-05   Slip   model HASH
--> finding   note
--> ────────────────────────────────────────────────────────────────────────────────
--> scenario  set 'typed': no function has class 'grwo' so far. Did you mean 'grow'?
