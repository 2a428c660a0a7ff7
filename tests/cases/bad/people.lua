local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = { remit.close { id = "heads", posts = { fn = "safeguarding" }, from = "2025-10", why = "one team" } } })
base:impact()  --> error: impact is for scenarios: this model has no changes
base:redundancy { at = "2026-04" }  --> error: redundancy is for scenarios: this model has no changes
base:unidentified { at = "2026-04" }  --> error: unidentified is for scenarios: this model has no changes
base:taken { at = "2026-04" }  --> error: taken is for scenarios: this model has no changes
plan:taken()  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:taken { at = "2026-04", by = { "group" } }  --> error: taken has no field 'by'.
-->   Fields: at
plan:checks { at = "2026-04", max_taken = "120%" }  --> error: max_taken: a share is between 0% and 100%, not 120%
plan:checks { at = "2026-04", max_taken = "half" }  --> error: checks: max_taken is a percentage such as "-15%", or a number or a remit.param (the most of what was there that non-pay or posts may give to a cut with take; without it max_taken of assumptions.csv, else 50%), not 'half'
-->   no percent sign
plan:impact()  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:actions()  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:actions { at = "2026-04", by = { "gruop" } }  --> error: by: there is no field 'gruop'. Did you mean 'group'?
plan:actions { at = "2026-04", by = { "wte" } }  --> error: 'wte' is a number, and lines are grouped by labels
plan:actions { at = "2026-04", by = { "group" }, list = true }  --> error: give by, or list = true, not both
plan:impact { at = "2026-04", by = { "clas" } }  --> error: by: there is no field 'clas'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
plan:redundancy { at = "2026-04", route = "volunteer" }  --> error: there is no route 'volunteer'. Did you mean 'voluntary'?
base:scenario("Plan", { changes = { remit.close { posts = { fn = "safeguarding" }, route = "early", from = "2025-10", why = "x" } } })  --> error: close: there is no route 'early'. There are: compulsory, end_of_contract, redeployment, turnover, voluntary
remit.redundancy { pay = 62400 }  --> error: redundancy: years is needed (complete years of service)
remit.redundancy { pay = -1, years = 3 }  --> error: pay, years and wte are not below 0
base:structure { leader = 1 }  --> error: structure has no field 'leader'. Did you mean 'leaders'?
