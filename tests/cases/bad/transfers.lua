local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "icb"' }
local base <const> = tiny.load(files)
local function transfer(given)
  local spec <const> = { id = "t", functions = { id = "chc" }, receiver = "trust", golive = "2026-01", why = "place" }
  for name, value in pairs(given) do
    spec[name] = value
  end
  return remit.transfer(spec)
end
local function of(given)
  return base:scenario("bad", { changes = { transfer(given) } })
end
-- Months.
transfer { golive = "2026-13" }  --> error: transfer: golive (from when the functions have left): a month is written "2026-04", not '2026-13'
transfer { golive = "January 2026" }  --> error: transfer: golive (from when the functions have left): a month is written "2026-04", not 'January 2026'
transfer { golive = 2026 }  --> error: transfer: golive (from when the functions have left): a month is written "2026-04"
transfer { shadow = "2026-02" }  --> error: transfer: go-live (2026-01) lies before shadow running (2026-02)
of({ shadow = "2025-10" }):amend("t", { golive = "-6 months" })  --> error: transfer: go-live (2025-07) lies before shadow running (2025-10)
transfer { months = 6 }  --> error: transfer: over 6 months functions leave by profile "linear", "front" or "back"; by "step" all leave at once
transfer { months = -1, profile = "linear" }  --> error: transfer: months (over how many months they leave): a whole number of months from 0 to 600, not -1
transfer { profile = "slow" }  --> error: transfer: profile is one of step, linear, front, back (how they leave over `months`), not 'slow'
-- Shares, people and money.
transfer { resource = "100.0001%" }  --> error: transfer: resource (the share of their cost that is handed over as money): a share is between 0% and 100%, such as "50%" or 0.5, not 100.0001%
transfer { resource = 50 }  --> error: transfer: resource (the share of their cost that is handed over as money): a share is between 0% and 100%, such as "50%" or 0.5, not 50
transfer { share = "-1%" }  --> error: transfer: share (how much of them): a share is between 0% and 100%, such as "50%" or 0.5, not -1%
transfer { staff = { tupe = "60%", close = "30%" } }  --> error: transfer: staff shares add up to 90% and not to 100%
transfer { staff = {} }  --> error: transfer: staff shares add up to 0% and not to 100%
transfer { staff = { tupe = "160%", close = "-60%" } }  --> error: transfer: staff.close is a share between 0% and 100%, not -60%
transfer { staff = { "60%", "40%" } }  --> error: transfer: staff.1: people go by tupe, close or keep
transfer { stranded = { share = "120%", months = 3 } }  --> error: transfer: stranded.share is a share between 0% and 100%, not 120%
transfer { double_running = "lots" }  --> error: transfer: double_running (of the lines' cost, from shadow to go-live): a share is between 0% and 100%, such as "50%" or 0.5, not lots
of { receiver_cost = -5 }  --> error: transfer 't': receiver_cost is a number of pounds a year from 0, not -5
of { delegated = -5 }  --> error: transfer 't': delegated is a number of pounds a year from 0, not -5
of { delegated = remit.param { id = "programme" } }  --> error: transfer 't': parameter 'programme' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'programme' of assumptions.csv, a default, or in a scenario params = { programme = ... }
transfer { delegated = "5m" }  --> error: transfer: delegated is a number or a remit.param (programme budget that goes along, £ a year: a memo, outside the cap and every other figure), not a string
-- Receivers and places.
of { receiver = "icb" }  --> error: transfer 't': the receiver is the pack's own organisation, 'icb': nothing would be handed over
-->   move changes the group or the place inside the ICB
transfer { receiver = false }  --> error: transfer: receiver is a string (the organisation that takes it on), not a boolean
of { place = "east" }  --> error: transfer 't': place: 'east' is not in places.csv, which has north, south
of { place = "north", split = {} }  --> error: transfer 't': split is { population = "registered" }, { by = "posts" } or { share = "8%" }
of { place = "north", split = { population = true } }  --> error: transfer 't': split is { population = "registered" }, { by = "posts" } or { share = "8%" }
of { place = "north", split = { share = "8 per cent" } }  --> error: transfer 't': split.share: no percent sign
-- Readiness.
transfer { ready = { "form" } }  --> error: transfer: ready says of each item whether it is met: { form = true, dates = false }
transfer { ready = { estates = true } }  --> error: transfer: 'estates' is no item of readiness. They are: clarity, dates, form, governance, resource
transfer { if_not_ready = "slip 0 months" }  --> error: transfer: if_not_ready is "flag" or "slip 3 months" (1 to 600), not 'slip 0 months'
transfer { if_not_ready = "slip 601 months" }  --> error: transfer: if_not_ready is "flag" or "slip 3 months" (1 to 600), not 'slip 601 months'
transfer { if_not_ready = "wait" }  --> error: transfer: if_not_ready is "flag" or "slip 3 months" (1 to 600), not 'wait'
transfer { depends_on = { event = "framework" } }  --> error: transfer: depends_on is a list of strings (events outside that it waits for), not a table
transfer { objections = 3 }  --> error: transfer: objections is a list of strings (who objects, and why), not a number
local plan <const> = of {}
plan:slip_price()  --> error: no transfer slips: each is ready, or is only flagged
-->   plan:amend("...", { if_not_ready = "slip 3 months" }):slip_price()
plan:slip_price { transfer = "t" }  --> error: 't' does not slip: it is ready, or it is only flagged
-->   plan:amend("...", { if_not_ready = "slip 3 months" }):slip_price()
plan:slip_price { transfer = "u" }  --> error: there is no transfer 'u'. There are: t
base:slip_price()  --> error: slip_price is for scenarios: this model has no changes
base:readiness()  --> error: readiness is for scenarios: this model has no changes
-- Ledgers.
plan:ledger { from = "2026-01" }  --> error: ledger: to is needed (last month, included)
plan:ledger { by = "place", from = "2026-01", to = "2026-01" }  --> error: ledger: by is one of month, receiver (a row a month, or in each month a row for the ICB, each receiver and the system), not 'place'
plan:ledger { from = "2025-01", to = "2025-06" }  --> error: 2025-01 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:ledger { from = "2026-01", to = "2026-01", basis = "actual" }  --> error: ledger: basis is one of funded, in_post (which cost), not 'actual'
remit.compare { base, plan }:ledger()  --> error: ledgers are of scenarios: a model without changes hands nothing over
-->   base:scenario("as it is", {})
remit.compare { plan, of { share = "50%" } }:ledger { from = "2026-03", to = "2026-01" }  --> error: to (2026-01) lies before from (2026-03)
-- A receiver with the name of a ledger: its money would be the ICB's.
tiny.load { organisations = "id,name,type\nICB inside the cap,X,provider\n" }:scenario("P", { changes = { remit.transfer { functions = { id = "chc" },
  receiver = "ICB inside the cap", golive = "2026-04", why = "x" } } }):ledger { from = "2026-04", to = "2026-04" }  --> error: the receiver 'ICB inside the cap' is called as the ICB's own ledger is
-->   give the organisation another id
-- Two envelopes where one is needed.
local cap <const> = remit.envelope { id = "cap", per_head = 18.76, population = 500000, population_basis = "registered" }
plan:ledger { from = "2026-01", to = "2026-01", envelope = { cap, cap } }  --> error: ledger: envelope is a remit.envelope (the cap: lines that it leaves out are outside; without it all lines are inside), not a table
plan:checks { at = "2026-01", envelope = { cap, cap } }  --> error: checks: envelope is a remit.envelope (the cap to hold it against), not a table
remit.envelope { id = "cap", per_head = 18.76, population = 0, population_basis = "registered" }:check(base)  --> error: population is a whole number of people above 0, not 0
remit.envelope { id = "cap", per_head = 18.76, population = 500000 }  --> error: envelope: population_basis is needed (which population: allocation, registered, weighted)
-- A bare boolean, and a circle.
transfer { functions = ("id" == "chc") }  --> error: transfer: functions (tests of the functions): did you use == on a field? Give a table of tests
base:scenario("round", { extends = "round" })  --> error: extends is a scenario or a list of them, not a string
-- Told, not refused: nothing runs twice without months for it.
print(of { double_running = "25%" }:changes())


--> Changes   as at 2025-05   bad   model HASH
--> list  id  change    from     no longer from  lines  why    ref  owner  status
--> ──────────────────────────────────────────────────────────────────────────────
--> bad   t   transfer  2026-01                      3  place              planned
--> transfer 't': its double running has no months, for no shadow running comes before go-live
