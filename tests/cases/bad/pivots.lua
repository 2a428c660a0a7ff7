local tiny <const> = require "tiny"

local base <const> = tiny.load()
base:pivot()  --> error: pivot: measures is needed (what to measure: cost, wte, in_post, vacancies, posts, heads...)
base:pivot {}  --> error: pivot: measures is needed (what to measure: cost, wte, in_post, vacancies, posts, heads...)
base:pivot { measures = {} }  --> error: measures: name one at least, as in measures = { "cost" }
base:pivot { measures = { "cots" } }  --> error: there is no measure 'cots'. Did you mean 'cost'?
base:pivot { measures = { "xyzzy" } }  --> error: there is no measure 'xyzzy'. There are: cost, pay, nonpay, income, vacancy_factor, wte, in_post, vacancies, posts, filled_posts, vacant_posts, lines
base:pivot { measures = { "heads" } }  --> error: heads needs people: this pack has no assignments.csv
-->   filled_posts counts posts with somebody in them
base:pivot { measures = { "wte", "wte" } }  --> error: pivot: measures: 'wte' is there twice
base:pivot { measures = { 5 } }  --> error: pivot: measures is a list of strings (what to measure: cost, wte, in_post, vacancies, posts, heads...), not a table
base:pivot { measure = "cost" }  --> error: pivot has no field 'measure'. Did you mean 'measures'?
base:pivot { "cost" }  --> error: pivot: every value needs a name, as in name = value
-->   Fields: measures, by, where, at, over, basis, period, from, prices, risk, totals, sort, ascending, top
base:pivot "cost"  --> error: pivot: give one table of named fields, not a string
base:pivot { measures = "cost", by = { "grop" } }  --> error: by: there is no field 'grop'. Did you mean 'group'?
base:pivot { measures = "cost", by = { "blueprint" } }  --> error: by: there is no field 'blueprint'. Did you mean 'blueprint' (on fn: by = { "fn.blueprint" })?
base:pivot { measures = "cost", by = { "fn.blueprnt" } }  --> error: fn has no attribute 'blueprnt'. Did you mean 'blueprint'?
base:pivot { measures = "cost", by = { "wte" } }  --> error: 'wte' is a number, and lines are grouped by labels
-->   select by it instead: where = { wte = "> 0" }
base:pivot { measures = "cost", by = { "place.population" } }  --> error: 'place.population' is a number, and lines are grouped by labels
-->   select by it instead: where = { place = { population = "> 0" } }
base:pivot { measures = "cost", by = { "fn", "fn" } }  --> error: pivot: by: 'fn' is there twice
base:pivot { measures = "cost", by = { "cost" } }  --> error: 'cost' is a number, and lines are grouped by labels
-->   select by it instead: where = { cost = "> 0" }
base:pivot { measures = "cost", where = true }  --> error: pivot: where is a table of tests (a table of tests, or a selection), not a boolean
-->   did you use == on a field? Give a table of tests
base:pivot { measures = "cost", where = { fn = "chcc" } }  --> error: fn: 'chcc' is not a member. Did you mean 'chc'?
-->   chcc
-->   ^
base:pivot { measures = "cost", at = "May" }  --> error: pivot: at is a month such as "2026-04" (the month; on a base the as-at month), not 'May'
base:pivot { measures = "cost", at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
base:pivot { measures = "cost", basis = "budget" }  --> error: pivot: basis is one of funded, in_post, actual (which cost: filled and vacant parts, filled ones, or the ledger's), not 'budget'
base:pivot { measures = "cost", period = "year" }  --> error: pivot: period is one of run_rate, in_year, recurrent, part_year, cumulative (which part of cost: a month's rate a year, a financial year's, what recurs (full-year effect), what the year lacks of it, all months from `from`), not 'year'
base:pivot { measures = "cost", by = "fn", sort = "wte" }  --> error: sort: 'wte' is not among the measures. They are: cost
base:pivot { measures = "cost", by = "fn", top = 0 }  --> error: top is 1 or more, not 0
base:pivot { measures = "cost", by = "fn", top = 2.5 }  --> error: pivot: top is a whole number (so many groups, the others in one row), not 2.5
base:pivot { measures = "cost", top = 1 }  --> error: top needs by: the largest of what?
base:pivot { measures = "cost", totals = "yes" }  --> error: pivot: totals is true or false (subtotals and a grand total), not a string
base:pivot { measures = "cost", by = "tags", totals = true }  --> error: no totals over 'tags': its values are lists, and a row counts in each item
base:total()  --> error: total needs the name of a measure first: total("cost")
base:total("cots")  --> error: there is no measure 'cots'. Did you mean 'cost'?
base:total("cost", { by = "fn" })  --> error: total has no field 'by'.
-->   Fields: where, at, over, basis, period, from, prices, risk
base:total("cost", { group = "strategy" })  --> error: total has no field 'group'.
-->   Fields: where, at, over, basis, period, from, prices, risk
-->   where says which lines: where = { group = ... }
base:total { "cost" }  --> error: total needs the name of a measure first: total("cost")
-- Names that a model does not have.
base:pviot { measures = "cost" }  --> error: a model has no method 'pviot'. Did you mean 'pivot'?
base.title = "x"  --> error: a model does not change: a call that changes something gives a new model
base:find("func", "chc")  --> error: there is no dimension 'func'. Did you mean 'fund'?
base:find("fn", 5)  --> error: find needs a text, not a number
base:dim "wte"  --> error: there is no dimension 'wte'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, recurrent, tags, note, kind, vacant
base:dim()  --> error: dim needs the name of a dimension: dim "fn"
remit.lod "x"  --> error: remit has no 'lod'. Did you mean 'load'?
remit.pivot()  --> error: remit has no 'pivot'. It has load, decision_table, subsidiarity, crosswalk, close, scale, add, move, regrade, set, once, transfer, envelope, compare, chart, report, submission, param, rates, rank, redundancy, check, format, stats, needs, site, test, none, version
