local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n",
  places = "id,name,population,population_basis\nnorth,North Town,0,registered\nsouth,South Bay,300000,registered\n" }
local base <const> = tiny.load(files)
-- What a change says of this model.
local function of(...)
  return base:scenario("bad", { changes = { ... } })
end
local function transfer(given)
  local spec <const> = { id = "t", functions = { id = "chc" }, receiver = "trust", golive = "2026-01", why = "place" }
  for name, value in pairs(given) do
    spec[name] = value
  end
  return remit.transfer(spec)
end
of(remit.close { posts = { fn = "chcc" }, from = "2025-10" })  --> error: close: fn: 'chcc' is not a member. Did you mean 'chc'?
-->   chcc
-->   ^
of(remit.close { posts = { funn = "chc" }, from = "2025-10" })  --> error: close: posts has no field 'funn'. Did you mean 'fund'?
of(remit.move { id = "m", posts = { fn = "chc" }, into = { group = "nowhere" }, from = "2025-10" })  --> error: move 'm': group: 'nowhere' is not in groups.csv, which has strategy, nursing, wards
of(remit.move { posts = { fn = "chc" }, into = { grp = "nursing" }, from = "2025-10" })  --> error: move: lines have no field 'grp' to move into. Did you mean 'group'?
of(remit.move { posts = { fn = "chc" }, into = { place = "east" }, from = "2025-10" })  --> error: move: place: 'east' is not in places.csv, which has north, south
of(remit.regrade { posts = { fn = "chc" }, band = "12", from = "2025-10" })  --> error: regrade: band: '12' is not in bands.csv. Did you mean '1' or '2'?
of(remit.add { posts = { { fn = "chc", bnd = "6" } }, from = "2025-10" })  --> error: add: a row of posts has no field 'bnd'. Did you mean 'band'?
of(remit.add { posts = { { fn = "chc", band = "6", id = "P1" } }, from = "2025-10" })  --> error: add: there is a line 'P1' already: give the new one another id
of(remit.add { posts = { { band = "6" } }, from = "2025-10" })  --> error: add: a row needs its function: fn = "..."
of(remit.add { posts = { { fn = "chc", band = "6", in_post = 2 } }, from = "2025-10" })  --> error: add: a post has WTE above 0, and at most as much in post
of(remit.add { lines = { { fn = "chc", cost = 5 } }, from = "2025-10" })  --> error: add: a budget line needs its kind and its cost: { kind = "nonpay", fn = ..., cost = 12000 }
of(remit.set { functions = { id = "chc" }, into = { bluprint = "grow" }, from = "2025-10" })  --> error: set: fn has no attribute 'bluprint'. Did you mean 'blueprint'?
of(remit.set { functions = { fn = "chc" }, into = { blueprint = "grow" }, from = "2025-10" })  --> error: set: fn has no field 'fn'. There are: id, name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole
of(remit.once { cost = 5, month = "2025-10", on = { fnd = "running" } })  --> error: once: lines have no field 'fnd' a cost is booked on. Did you mean 'fn' or 'fund'?
of(remit.once { cost = 5, month = "2025-10", on = { fund = "run" } })  --> error: once: fund: 'run' is not in funds.csv. Did you mean 'running' or 'Running costs'?
of(remit.scale { id = "cut", lines = {}, change = "-101%", from = "2025-10" })  --> error: scale 'cut': change: nothing is left to cut below -100%
of(remit.scale { id = "cut", lines = {}, change = -50, from = "2025-10" })  --> error: scale 'cut': change: nothing is left to cut below -100%
-->   -50 is -5000%: write "-50%"
-- What has no sign raises: a cut was meant, perhaps.
for _, change in ipairs { "50%", "+50%", "-50%", 0.5, "0%", 15 } do
  local one <const> = of(remit.scale { id = "cut", lines = {}, change = change, from = "2025-10", why = "half" })
  print(one:total("cost", { at = "2025-10" }), #one:findings() > 0 and one:findings():get(1, "note"))
end
--> 360301.5	scale 'cut': change '50%' has no sign, and raises what it scales: '+50%' says so, '-50%' is a cut
--> 360301.5	false
--> 120100.5	false
--> 360301.5	false
--> 240201.0	false
--> 3843216.0	scale 'cut': change 15 is +1500%: a part is written '+15%' or '-15%'
of(remit.scale { id = "goal", lines = { fn = "chc" }, target = 1000000, from = "2025-10" })  --> error: scale 'goal': its target lies above what is there in 2025-10
-->   £1,000,000.00 against £67,000.00
of(remit.scale { id = "grow", lines = { fn = "chc" }, change = "5%", take = { "posts" }, from = "2025-10" })  --> error: scale 'grow': take says where a saving comes from, and this change is none
of(remit.scale { id = "goal", lines = { fn = "chc" }, target = 1000000, take = { "posts" }, from = "2025-10" })  --> error: scale 'goal': its target lies above what is there in 2025-10
-->   £1,000,000.00 against £67,000.00
of(remit.scale { id = "owed", lines = { kind = "income" }, target = -3000, take = { "posts" }, from = "2025-10" })  --> error: scale 'owed': take says where a saving comes from, and this change is none
of(remit.scale { id = "both", lines = {}, protect = { fn = "chc" }, target = 1000, spread = "rest", from = "2025-10" })  --> error: scale 'both': spread says who bears a percentage, and does not go with target
of(remit.scale { id = "both", lines = {}, protect = { fn = "chc" }, change = "-5%", take = { "posts" }, spread = "rest", from = "2025-10" })  --> error: scale 'both': spread says who bears a percentage, and does not go with take
of(remit.scale { id = "rest", lines = {}, protect = { kind = "pay" }, change = "-50%", spread = "rest", from = "2025-10" })  --> error: scale 'rest': the rest cannot bear the cut of what is protected
of(transfer { receiver = "trsut" })  --> error: transfer 't': org: 'trsut' is not in organisations.csv. Did you mean 'trust'?
of(transfer { alternatives = { "trust", "nobody" } })  --> error: transfer 't': org: 'nobody' is not in organisations.csv, which has icb, trust
of(transfer { place = "nort" })  --> error: transfer 't': place: 'nort' is not in places.csv. Did you mean 'north' or 'North Town'?
of(transfer { place = "north", split = { population = "registered" } })  --> error: transfer 't': split: the population is zero at place 'north'
of(transfer { place = "south", split = { population = "resident" } })  --> error: transfer 't': the population of place 'north' is registered, not resident
of(transfer { place = "south", split = { population = "weighted" } })  --> error: transfer 't': no weighted population of place 'north' in places.csv
of(transfer { place = "south", split = { by = "magic" } })  --> error: transfer 't': split is { population = "registered" }, { by = "posts" } or { share = "8%" }
tiny.load():scenario("no basis", { changes = { transfer { place = "south", split = { population = "registered" } } } })  --> error: transfer 't': the population of place 'north' is of no stated basis, not registered
-->   the column population_basis of places.csv says which it is: registered
-- What may not meet: with both reasons.
of(transfer { share = "60%" }, transfer { id = "u", share = "50%", why = "trust" })  --> error: transfer 't' (place) and transfer 'u' (trust) together move more than all of the same lines in 2026-01
of(remit.move { id = "a", posts = { fn = "chc" }, into = { group = "strategy" }, from = "2025-10", why = "one" }, remit.move { id = "b", posts = { vacant = true }, into = { group = "wards" }, from = "2025-12", why = "other" })  --> error: move 'a' (one) and move 'b' (other) both say what 'group' the same lines have in 2025-12
of(remit.regrade { id = "a", posts = { fn = "chc" }, band = "5", from = "2025-10", why = "one" }, remit.regrade { id = "b", posts = { vacant = true }, band = "7", from = "2025-12", why = "other" })  --> error: two regrades meet on a line in 2025-12: regrade 'a' (one) and regrade 'b' (other)
of(remit.scale { id = "a", lines = {}, target = 5, from = "2025-10", why = "one" }, remit.scale { id = "b", lines = { fn = "chc" }, target = 2, from = "2025-12", why = "other" })  --> error: two targets (or cuts taken in an order, or borne by the rest) meet on a line in 2025-12: scale 'a' (one) and scale 'b' (other)
of(remit.set { id = "a", functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2025-10", why = "one" }, remit.set { id = "b", functions = {}, into = { blueprint = "retain" }, from = "2025-12", why = "other" })  --> error: two changes set blueprint of one of fn in 2025-12: set 'a' (one) and set 'b' (other)
of(transfer {}, transfer {})  --> error: scenario: two changes are 't'; an id names one
-- Parameters.
local cut <const> = remit.scale { id = "cut", lines = {}, change = remit.param { id = "cut" }, from = "2025-10", why = "less" }
of(cut)  --> error: scale 'cut': parameter 'cut' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'cut' of assumptions.csv, a default, or in a scenario params = { cut = ... }
base:scenario("p", { changes = { cut }, params = { cutt = "-5%" } })  --> error: scale 'cut': parameter 'cut' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'cut' of assumptions.csv, a default, or in a scenario params = { cut = ... }
base:scenario("p", { changes = { cut }, params = { cut = "lots" } })  --> error: scale 'cut': change: no percent sign
base:scenario("p", { changes = { transfer { resource = remit.param { id = "r" } } }, params = { r = "120%" } })  --> error: transfer 't': resource: a share is between 0% and 100%, not 120%
of(transfer { golive = remit.param { id = "golive" } })  --> error: transfer 't': parameter 'golive' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'golive' of assumptions.csv, a default, or in a scenario params = { golive = ... }
of(transfer { golive = remit.param { id = "golive", default = "soon" } })  --> error: transfer 't': golive: parameter 'golive' is a month such as "2026-04", or a span from its default such as "-3 months", not soon
base:scenario("p", { changes = { transfer { golive = remit.param { id = "golive" } } }, params = { golive = "-3 months" } })  --> error: transfer 't': golive: parameter 'golive' is a month such as "2026-04", or a span from its default such as "-3 months", not -3 months
of(transfer { shadow = remit.param { id = "shadow", default = "2026-02" } })  --> error: transfer 't': go-live (2026-01) lies before shadow running (2026-02)
of(transfer { months = remit.param { id = "months", default = 0 } })  --> error: transfer 't': months is 1 or more: in how many months do the functions leave?
of(transfer { months = remit.param { id = "months", default = "many" } })  --> error: transfer 't': months (over how many months they leave): a whole number of months from 0 to 600, not many
of(transfer { staff = { tupe = remit.param { id = "tupe", default = "70%" }, close = "40%" } })  --> error: transfer 't': staff shares add up to 110% and not to 100%
of(transfer { staff = { tupe = remit.param { id = "tupe" }, close = "40%" } })  --> error: transfer 't': parameter 'tupe' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'tupe' of assumptions.csv, a default, or in a scenario params = { tupe = ... }
of(transfer { stranded = { share = remit.param { id = "stuck", default = "120%" }, months = 3 } })  --> error: transfer 't': stranded.share is a share between 0% and 100%, not 120%
of(remit.add { posts = { { fn = "chc", band = "6", wte = remit.param { id = "how many" } } }, from = "2025-10" })  --> error: add: parameter 'how many' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'how many' of assumptions.csv, a default, or in a scenario params = { ["how many"] = ... }
of(remit.regrade { posts = { fn = "chc" }, band = "5", protect_pay = remit.param { id = "protect" }, from = "2025-10" })  --> error: regrade: parameter 'protect' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'protect' of assumptions.csv, a default, or in a scenario params = { protect = ... }
of(remit.close { id = "c", posts = { fn = "chc" }, from = remit.param { id = "start", default = "2026-01" }, to = "2025-12" })  --> error: close 'c': to (2025-12) does not lie after from (2026-01)
-->   to is the first month in which it holds no longer. For 2026-01 alone: to = "2026-02"
of(remit.once { cost = remit.param { id = "pot" }, month = "2025-12" })  --> error: once: parameter 'pot' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'pot' of assumptions.csv, a default, or in a scenario params = { pot = ... }
of(remit.scale { id = "below", lines = { fn = "chc" }, target = -1, from = "2025-10" })  --> error: scale 'below': its target lies on the other side of zero from what is there in 2025-10
-->   -£1.00 against £67,000.00
of(remit.scale { id = "owed", lines = { kind = "income" }, target = 1, from = "2025-10" })  --> error: scale 'owed': its target lies on the other side of zero from what is there in 2025-10
-->   £1.00 against -£5,000.00
of(remit.scale { id = "owed", lines = { kind = "income" }, target = -6000, from = "2025-10" })  --> error: scale 'owed': its target lies above what is there in 2025-10
-->   -£6,000.00 against -£5,000.00
of(remit.scale { id = "people", lines = { fn = "chc" }, measure = "wte", target = 2, from = "2025-10" })  --> error: scale 'people': its target lies above what is there in 2025-10
-->   2.0 WTE against 1.0 WTE
of(remit.close { id = "gone", posts = { fn = "chc" }, from = "2025-10", route = "volunatry" })  --> error: close 'gone': there is no route 'volunatry'. Did you mean 'voluntary'?
base:scenario("x", { extends = "Plan" })  --> error: extends is a scenario or a list of them, not a string
base:scenario("x", { extends = { "Plan" } })  --> error: extends: item 1 is no scenario
base:scenario("x", { changes = "close" })  --> error: scenario: changes is a table or a remit.change (the changes, in any order), not a string
of(remit.close { posts = {}, from = "2025-10" }):checks { at = "2025-10", envelope = { 1, 2 } }  --> error: checks: envelope is a remit.envelope (the cap to hold it against), not a table
-- Making and changing scenarios.
base:scenario { changes = {} }  --> error: scenario needs a name first: base:scenario("Hold vacancies", { changes = { ... } })
base:scenario("x", { changes = { { kind = "close" } } })  --> error: scenario: item 1 of changes is a table, not a change
-->   changes = { remit.close { ... }, remit.move { ... } }
base:scenario("x", { change = {} })  --> error: scenario has no field 'change'. Did you mean 'changes'?
base:scenario("x", { extends = base })  --> error: extends: item 1 is no scenario
base:scenario("x", { extends = tiny.load():scenario("other", {}) })  --> error: extends: 'other' is of another base
local plan <const> = of(transfer {})
plan:amend("tt", { golive = "2026-02" })  --> error: there is no change 'tt'. Did you mean 't'?
plan:amend("t", { golive = "soon" })  --> error: transfer: golive (from when the functions have left): a month is written "2026-04", not 'soon'
plan:amend("t", { shadow = "-2 months" })  --> error: '-2 months' is relative, and there is no month that it could be relative to
plan:amend("t", { golive = "9000000000000000000 months" })  --> error: transfer: golive (from when the functions have left): a month is written "2026-04", not '9000000000000000000 months'
plan:amend("t", { golive = "-3000 months" })  --> error: transfer: golive (from when the functions have left): a month is written "2026-04", not '1776-01'
of(remit.close { id = "a", posts = { fn = "chc" }, from = "2025-10" }, remit.close { id = "b", posts = { fn = "quality" }, from = "2025-10" })
  :amend("a", { id = "b" })  --> error: amend: two changes are 'b'; an id names one
plan:amend("t", { goliv = "2026-02" })  --> error: transfer has no field 'goliv'. Did you mean 'golive'?
plan:amend("t")  --> error: amend needs the fields that change: plan:amend("id", { golive = "-6 months" })
base:amend("t", {})  --> error: amend is for scenarios: this model has no changes
-->   base:scenario("...", { changes = { ... } })
plan:amend("u", {})  --> error: there is no change 'u'. There are: t
plan:with { drop = { "x" } }  --> error: there is no change 'x'. There are: t
plan:with { add = { transfer {} } }  --> error: with: two changes are 't'; an id names one
-- Figures need their month.
plan:total "cost"  --> error: which month? This scenario's changes bite in 2026-01. Give at = "2026-01".
plan:pivot { measures = { "cost" }, by = { "fn" } }  --> error: which month? This scenario's changes bite in 2026-01. Give at = "2026-01".
plan:total("cost", { at = "2025-04" })  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:total("cost", { at = "soon" })  --> error: total: at is a month such as "2026-04" (the month; on a base the as-at month), not 'soon'
plan:pivot { measures = { "wte" }, by = { "month" }, totals = true }  --> error: 'wte' is a stock and cannot be summed over months. Use over = { month = "last" }, "mean" or "max".
plan:pivot { measures = { "wte" }, by = { "month" } }  --> error: lines have no months: phase gives figures month by month
-->   phase { measures = { "wte" }, from = "2026-04", to = "2027-03" }
plan:pivot { measures = { "wte" }, over = { month = "sum", from = "2026-01", to = "2026-03" } }  --> error: over.month is "last", "mean" or "max", not sum
-->   over = { month = "last", from = "2026-04", to = "2027-03" }
plan:pivot { measures = { "wte" }, over = { month = "last" } }  --> error: over.from is a month such as "2026-04", not nil
-->   over = { month = "last", from = "2026-04", to = "2027-03" }
plan:pivot { measures = { "wte" }, over = { month = "last", from = "2026-03", to = "2026-01" } }  --> error: to (2026-01) lies before from (2026-03)
plan:pivot { measures = { "wte" }, at = "2026-01", over = { month = "last", from = "2026-01", to = "2026-03" } }  --> error: give at or over, not both
-->   over = { month = "last", from = "2026-04", to = "2027-03" }
plan:pivot { measures = { "wte" }, by = { "fn" }, totals = true, over = { month = "max", from = "2026-01", to = "2026-03" } }  --> error: the largest figures of groups fall in different months and do not add up: leave out totals, sort and top
-->   over = { month = "last", from = "2026-04", to = "2027-03" }
plan:phase { from = "2026-03", to = "2026-01" }  --> error: to (2026-01) lies before from (2026-03)
plan:phase { measures = { "cots" }, from = "2026-01", to = "2026-01" }  --> error: there is no measure 'cots'. Did you mean 'cost'?
plan:posts({ fn = "chc" }):head()  --> error: a scenario's lines are those of a month
-->   plan:pivot { measures = { "cost", "wte" }, by = { "id" }, at = "2027-04" }
plan:posts({ fn = "chc" }):count()  --> error: which month? This scenario's changes bite in 2026-01. Give at = "2026-01".
base:ledger { from = "2026-01", to = "2026-01" }  --> error: ledger is for scenarios: this model has no changes
base:cost_shift()  --> error: cost_shift is for scenarios: this model has no changes
plan:classify(remit.decision_table { id = "own", rules = { { when = { blueprint = "grow" }, set = { class = "grow" }, why = "all" } } })  --> error: a scenario's functions and lines follow from its base
-->   classify, assign or map the base, and make the scenario on that
-- Mixed prices.
local dearer <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2026/27"' }:scenario("Dearer", {})
remit.compare { base, dearer }:table { at = "2025-10" }  --> error: these figures cannot be compared: base is in 2025/26 prices and Dearer in 2026/27
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = "prices" }
-- A list that stands on itself stands there once.
print(plan:scenario("Again", { extends = plan }):total("cost", { at = "2026-01" }) == plan:total("cost", { at = "2026-01" }))
-- Income may shrink to a figure as cost may.
print(of(remit.scale { lines = { kind = "income" }, target = -1000, from = "2025-10" }):total("income", { at = "2025-10" }))
-- A change that touches nothing is told, not refused.
local idle <const> = of(remit.close { id = "idle", posts = { fn = "quality" }, from = "2025-10" })
print(idle:changes())








--> true
--> -1000.0
--> Changes   as at 2025-05   bad   model HASH
--> list  id    change  from     no longer from  lines  why  ref  owner  status
--> ────────────────────────────────────────────────────────────────────────────
--> bad   idle  close   2025-10                      0                   planned
--> close 'idle' selects nothing
print(idle:findings())








--> Findings   as at 2025-05   bad   model HASH
--> finding             note
--> ────────────────────────────────────────────────
--> change without why  close 'idle'
--> scenario            close 'idle' selects nothing
