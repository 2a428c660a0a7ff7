local tiny <const> = require "tiny"

local base <const> = tiny.load()
local cap <const> = remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered" }
remit.envelope()  --> error: envelope: id is needed (what the cap is called)
remit.envelope { id = "x", per_heed = 18.76, population = 5, population_basis = "x" }  --> error: envelope has no field 'per_heed'. Did you mean 'per_head'?
remit.envelope { id = "x", per_head = "18.76", population = 5, population_basis = "x" }  --> error: envelope: per_head is a number or a remit.param (the cap, pounds a head), not a string
-->   a figure stands without quotes, £ and commas: 18.76
remit.envelope { id = "x", per_head = "£18.76", population = 5, population_basis = "x" }  --> error: envelope: per_head is a number or a remit.param (the cap, pounds a head), not a string
-->   a figure stands without quotes, £ and commas: 18.76
remit.envelope { id = "x", per_head = 18.76, population = "3,623,081", population_basis = "x" }  --> error: envelope: population is a whole number or a remit.param (the heads), not a string
-->   a figure stands without quotes, £ and commas: 3623081
remit.envelope { id = "x", per_head = "a lot", population = 5, population_basis = "x" }  --> error: envelope: per_head is a number or a remit.param (the cap, pounds a head), not a string
remit.envelope { id = "x", per_head = 18.76, population = 3,623,081, population_basis = "x" }  --> error: envelope: every value needs a name, as in name = value
-->   a comma ends a value, so a figure has none: 1500000
remit.envelope { id = "x", per_head = 18.76, population = 5.5, population_basis = "x" }  --> error: envelope: population is a whole number or a remit.param (the heads), not 5.5
remit.envelope { id = "x", per_head = 18.76, population = 5, population_basis = "x", due = "January 2026" }  --> error: envelope: due is a month such as "2026-04" (the month from which the cap must be met), not 'January 2026'
remit.envelope { id = "x", per_head = 18.76, population = 5, population_basis = "x", basis = "fundd" }  --> error: envelope: basis is one of funded, in_post, actual (which cost), not 'fundd'. Did you mean 'funded'?
remit.envelope { id = "x", per_head = 18.76, population = 5, population_basis = "x", include = true }  --> error: envelope: include is a table of tests (tests of the lines that count; all by default), not a boolean
-->   did you use == on a field? Give a table of tests
-- What is only known with a model.
remit.envelope { id = "x", per_head = 18.765, population = 5, population_basis = "x" }:check(base)  --> error: per_head is pounds and pence a head, above 0, not 18.765
remit.envelope { id = "x", per_head = -1, population = 5, population_basis = "x" }:check(base)  --> error: per_head is pounds and pence a head, above 0, not -1
remit.envelope { id = "x", per_head = 0, population = 5, population_basis = "x" }:check(base)  --> error: per_head is pounds and pence a head, above 0, not 0
remit.envelope { id = "x", per_head = 1, population = 0, population_basis = "x" }:check(base)  --> error: population is a whole number of people above 0, not 0
remit.envelope { id = "x", per_head = 1e300, population = 5, population_basis = "x" }:check(base)  --> error: per_head is pounds and pence a head, above 0, not 1e+300
remit.envelope { id = "x", per_head = 1e15, population = 9007199254740993, population_basis = "x" }:check(base)  --> error: per_head is pounds and pence a head, above 0, not 1e+15
remit.envelope { id = "x", per_head = 1, population = 5, population_basis = "x", include = { fnd = "running" } }:check(base)  --> error: lines has no field 'fnd'. Did you mean 'fn' or 'fund'?
remit.envelope { id = "x", per_head = 1, population = 5, population_basis = "x", exclude = { tags = "pd" } }:check(base)  --> error: tags: 'pd' is not a member. Did you mean 'pod'?
-->   pd
-->   ^
remit.envelope { id = "x", per_head = 1, population = remit.param { id = "heads" }, population_basis = "x" }:check(base)  --> error: parameter 'heads' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'heads' of assumptions.csv, a default, or in a scenario params = { heads = ... }
remit.envelope { id = "x", per_head = remit.param { id = "cap", default = "lots" }, population = 1, population_basis = "x" }:check(base)  --> error: per_head is pounds and pence a head, above 0, not lots
-- Calls.
cap:check()  --> error: check needs a model first: cap:check(base)
cap:check({})  --> error: check needs a model first: cap:check(base)
cap:check(base, { by = "quarter", from = "2025-05", to = "2025-06" })  --> error: envelope:check: by is one of month (every month from `from` to `to`), not 'quarter'
cap:check(base, { by = "month" })  --> error: by = "month" needs from and to: { by = "month", from = "2025-12", to = "2026-03" }
cap:check(base, { by = "month", from = "2025-06", to = "2025-05" })  --> error: to (2025-05) lies before from (2025-06)
cap:check(base, { by = "month", from = "2025-06", to = "2095-05" })  --> error: 2025-06 to 2095-05 is not a span of 1 to 600 months
cap:check(base, { at = "soon" })  --> error: at: 'soon' is not a month such as "2026-04"
cap:check(base, { at = "2024-05" })  --> error: 2024-05 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
cap:check(base, { at = { "2025-05", "2025-13" } })  --> error: at: '2025-13' is not a month such as "2026-04"
cap:check(base, { at = {} })  --> error: at: name one month at least
cap:check(base, { from = "2025-05" })  --> error: from and to go with by = "month"
cap:check(base, { basis = { "funded", "budget" } })  --> error: basis: 'budget' is not one of funded, in_post, actual
cap:check(base, { basis = "actual" })  --> error: actual cost needs a general_ledger.csv with actual figures
cap:check(base, { when = "2025-05" })  --> error: envelope:check has no field 'when'. Did you mean 'at' or 'from'?
cap:headroom()  --> error: headroom needs a model first: cap:headroom(base)
cap:headroom(base, { at = "2025-5" })  --> error: envelope:headroom: at is a month such as "2026-04" (the month), not '2025-5'
cap:variants(base)  --> error: variants needs a list of perimeters
-->   { { name = "without POD", exclude = { tags = "pod" } } }
cap:variants(base, { name = "x" })  --> error: variants needs a list of perimeters
-->   { { name = "without POD", exclude = { tags = "pod" } } }
cap:variants(base, { { nmae = "x" } })  --> error: envelope:variants has no field 'nmae'. Did you mean 'name'?
cap:variants(base, { { include = { fund = "running" } } })  --> error: envelope:variants: name is needed (what the perimeter is called)
cap:variants(base, { { name = "x", exclude = { fund = "runing" } } })  --> error: fund: 'runing' is not a member. Did you mean 'running'?
-->   runing
-->   ^
cap:variants(base, { "x" })  --> error: envelope:variants: give one table of named fields, not a string
cap:chekc(base)  --> error: an envelope has no method 'chekc'. Did you mean 'check'?
cap.limit = 5  --> error: an envelope does not change: 'limit' cannot be set
