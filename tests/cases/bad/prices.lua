local tiny <const> = require "tiny"

local base <const> = tiny.load { uplifts = "year,measure,rate\n2026/27,pay,3.3%\n2026/27,nonpay,2%\n2026/27,income,2%\n2027/28,cost,2%\n" }
base:total("cost", { prices = "2028/29" })  --> error: no uplift of pay to the prices of 2028/29
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
base:total("cost", { prices = "2024/25" })  --> error: no uplift of pay to the prices of 2025/26
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
base:total("cost", { prices = "2026" })  --> error: total: prices (the financial year in whose prices it is): prices are those of a financial year such as "2026/27", not '2026'
tiny.load():total("cost", { prices = "2026/27" })  --> error: no uplift of pay to the prices of 2026/27: this pack has no uplifts
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
tiny.load { settings = '"as_at": "2025-05"' }:total("cost", { prices = "2026/27" })  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  remit.price_base  is needed: the year whose prices the costs are in, such as "2025/26"
tiny.load { uplifts = "year,measure,rate\nsoon,cost,3%\n" }:total("cost", { prices = "2026/27" })  --> error: uplifts.csv: 'soon' is not a financial year such as "2026/27"
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
tiny.load { uplifts = "year,measure,rate\n2026/27,cost,-100%\n" }:total("cost", { prices = "2026/27" })  --> error: uplifts.csv: a rate of '-100%' leaves no prices
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
tiny.load { uplifts = "year,measure,rate\n2026/27,all,3%\n" }  --> error: 1 problem in uplifts.csv (1 row); nothing loaded
-->   uplifts.csv:2  measure  'all'  not one of pay, nonpay, income, cost
tiny.load { uplifts = "year,measure,rate\n2026/27,cost,3%\n2026/27,cost,4%\n" }  --> error: 1 problem in uplifts.csv (2 rows); nothing loaded
-->   uplifts.csv:3  duplicate of row 2: the same year and measure
-- Mixed prices.
local dearer <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2026/27"' }
local plan <const> = dearer:scenario("Dearer", { changes = { remit.close { posts = { vacant = true }, from = "2025-10", why = "held" } } })
remit.compare { base, plan }:table { at = "2025-10" }  --> error: these figures cannot be compared: base is in 2025/26 prices and Dearer in 2026/27
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = "prices" }
remit.compare { base, plan }:bridge { at = "2025-10" }  --> error: these figures cannot be compared: base is in 2025/26 prices and Dearer in 2026/27
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = "prices" }
remit.compare { base, plan }:diff { of = "cost", at = "2025-10" }  --> error: these figures cannot be compared: base is in 2025/26 prices and Dearer in 2026/27
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = "prices" }
remit.compare { base, plan }:table { at = "2025-10", prices = "2027/28" }  --> error: no uplift of pay to the prices of 2027/28: this pack has no uplifts
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered", prices = "2025/26" }:check(dearer)  --> error: no uplift of pay to the prices of 2026/27: this pack has no uplifts
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
-- Periods.
base:total("wte", { period = "part_year" })  --> error: a part-year effect is of money, and 'wte' is a stock
-->   total("wte", { at = ... }) in two months
base:total("cost", { period = "cumulative" })  --> error: a cumulative figure needs its first month
-->   period = "cumulative", from = "2026-04", at = "2027-03"
base:total("cost", { from = "2025-05" })  --> error: from goes with period = "cumulative"
-->   period = "cumulative", from = "2026-04", at = "2027-03"
base:total("cost", { period = "cumulative", from = "2025-07", at = "2025-06" })  --> error: from (2025-07) lies after at (2025-06)
base:total("cost", { period = "cumulative", from = "2025-04", at = "2025-06" })  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
base:total("cost", { period = "part-year" })  --> error: total: period is one of run_rate, in_year, recurrent, part_year, cumulative (which part of cost), not 'part-year'. Did you mean 'part_year'?
plan:phase { from = "2025-10", to = "2025-12", period = "in_year" }  --> error: a phase by month has no 'in_year'. It has: cumulative, run_rate
plan:phase { by = "year", from = "2025-10", to = "2025-12", period = "run_rate" }  --> error: a phase by year has no 'run_rate'. It has: cumulative, in_year, part_year
plan:total("cost", { period = "part_year" })  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
-- A one-off cost of no kind.
base:scenario("once", { changes = { remit.once { cost = 5, month = "2025-11", on = { kind = "payy" }, why = "slip" } } })  --> error: once: kind: 'payy' is none of pay, nonpay, income, vacancy_factor
remit.load("examples/england"):total("fte", { prices = "2026/27" })  --> error: prices of other years are of an establishment's cost: this pack has lines of its own
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
-- An explanation of a year.
plan:explain("wte", { at = "2025-10", period = "part_year" })  --> error: a part-year effect is of money, and 'wte' is a stock
-->   total("wte", { at = ... }) in two months
plan:explain("cost", { period = "in_year" })  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:explain("cost", { at = "2025-10", period = "cumulative" })  --> error: a cumulative figure needs its first month
-->   period = "cumulative", from = "2026-04", at = "2027-03"
plan:explain("cost", { at = "2025-10", prices = "2027/28" })  --> error: no uplift of pay to the prices of 2027/28: this pack has no uplifts
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
-- Ledgers and transfers.
local given <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n",
  uplifts = "year,measure,rate\n2026/27,pay,3.3%\n2026/27,nonpay,2%\n2026/27,income,2%\n" }
local handed <const> = given:scenario("Handed", { changes = {
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", receiver_cost = 50000, why = "trust" },
} })
handed:ledger { from = "2026-04", to = "2026-04", prices = "2026/27" }  --> error: transfer 'chc': no uplift of cost to the prices of 2026/27
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
handed:cost_shift { prices = "2026/27" }  --> error: transfer 'chc': no uplift of cost to the prices of 2026/27
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
handed:ledger { from = "2026-04", to = "2026-04", prices = "2027/28" }  --> error: no uplift of pay to the prices of 2027/28
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
handed:cost_shift { prices = "26/27" }  --> error: cost_shift: prices (the financial year in whose prices money is; the pack's own without it): prices are those of a financial year such as "2026/27", not '26/27'
remit.compare { given, handed }:bridge { at = "2026-04", prices = "2027/28" }  --> error: no uplift of pay to the prices of 2027/28
-->   uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others
remit.compare { given, handed }:bridge { prices = "2026/27" }  --> error: which month? This scenario's changes bite in 2026-04. Give at = "2026-04".
remit.compare { given, handed }:diff { of = "cost", period = "cumulative", at = "2026-04" }  --> error: a cumulative figure needs its first month
-->   period = "cumulative", from = "2026-04", at = "2027-03"
remit.compare { given, handed }:diff { of = "fn.blueprint", period = "in_year", at = "2026-04" }  --> error: diff of 'fn.blueprint' is of an attribute, and period is of a figure, such as of = "cost"
