local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = { remit.close { id = "heads", posts = { fn = "safeguarding" }, from = "2025-10", why = "one team" } } })
plan:explain("posts", { at = "2026-04" })  --> error: a figure to explain is a sum, such as cost or wte, not 'posts'. Did you mean 'cost'?
plan:explain("costs", { at = "2026-04" })  --> error: a figure to explain is a sum, such as cost or wte, not 'costs'. Did you mean 'cost'?
plan:explain("cost", {})  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:explain("cost", { at = "2026-04", change = "head" })  --> error: there is no change 'head'. Did you mean 'heads'?
plan:explain("cost", { at = "2026-04", change = "heads", lines = -1 })  --> error: lines is 0 or more
plan:explain("cost", { at = "2026-04", where = { clas = "grow" } })  --> error: lines has no field 'clas'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
base:explain("P1", "cost")  --> error: 'P1' is not in functions.csv, which has safeguarding, quality, chc, digital
-->   it is a line: explain("cost", { where = { id = "P1" } })
