local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = { remit.close { id = "heads", posts = { fn = "safeguarding" }, from = "2025-10", why = "one team" } } })
plan:explain("posts", { at = "2026-04" })  --> error: 'posts' is counted, not added up, and has no parts: a figure to explain is a sum
-->   There are: cost, pay, nonpay, income, vacancy_factor, wte, in_post, vacancies
plan:explain("costs", { at = "2026-04" })  --> error: a figure to explain is a sum, such as cost or wte, not 'costs'. Did you mean 'cost'?
plan:explain("cost", {})  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:explain("cost", { at = "2026-04", change = "head" })  --> error: there is no change 'head'. Did you mean 'heads'?
plan:explain("cost", { at = "2026-04", change = "heads", lines = -1 })  --> error: lines is 0 or more
plan:explain("cost", { at = "2026-04", where = { clas = "grow" } })  --> error: lines has no field 'clas'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
base:explain("P9", "cost")  --> error: 'P9' is not in functions.csv, which has safeguarding, quality, chc, digital
base:explain("P1", "cots")  --> error: 'P1' is not in functions.csv, which has safeguarding, quality, chc, digital
plan:explain("cost", { at = "2026-04", basis = "actual" })  --> error: actual cost comes from the ledger, which is by cost centre, not by line
-->   base:total("cost", { basis = "actual" }), or base:reconcile { by = "cost_centre" }
base:explain("cost", { basis = "actual" })  --> error: actual cost comes from the ledger, which is by cost centre, not by line
-->   base:total("cost", { basis = "actual" }), or base:reconcile { by = "cost_centre" }
plan:explain("cost", { at = "2026-04", risk = "confidence" })  --> error: how likely are changes that are planned? parameter 'confidence_planned' has no value: assumptions.csv does not state it and there is no default
-->   a row confidence_planned of assumptions.csv in %, with its source; or confidence = "..." of close 'heads'
plan:explain("cost", { at = "2026-04", over = { month = "mean", from = "2026-04", to = "2026-06" } })  --> error: give at or over, not both
-->   over = { month = "last", from = "2026-04", to = "2027-03" }
plan:explain("cost", { over = { month = "mean", from = "2026-04", to = "2026-06" }, period = "in_year" })  --> error: over is of run rates, not of period = "in_year"
-->   over = { month = "last", from = "2026-04", to = "2027-03" }
plan:explain("heads", { at = "2026-04" })  --> error: a figure to explain is a sum, such as cost or wte, not 'heads'. There are: cost, pay, nonpay, income, vacancy_factor, wte, in_post, vacancies
remit.load("examples/england"):explain("headcount", {})  --> error: 'headcount' is counted, not added up, and has no parts: a figure to explain is a sum
-->   There are: fte
-- Fields of the toolkit's own are none of an analyst's.
plan:total("cost", { at = "2026-04", where = { ["#mark1"] = "none" } })  --> error: lines has no field '#mark1'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
plan:pivot { measures = { "cost" }, at = "2026-04", by = { "#mark1" } }  --> error: by: there is no field '#mark1'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
