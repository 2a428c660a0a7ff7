local tiny <const> = require "tiny"

local base <const> = tiny.load { uplifts = "year,measure,rate\n2026/27,pay,3.3%\n2026/27,cost,2%\n2027/28,cost,2%\n" }
-- Money in the prices of another year, by kind of line; counts are as they were.
for _, measure in ipairs { "cost", "pay", "nonpay", "income", "vacancy_factor", "wte" } do
  print(measure, base:total(measure), base:total(measure, { prices = "2026/27" }))
end
print(base:total("cost", { prices = "2025/26" }) == base:total "cost", base:total("pay", { prices = "2027/28" }))
print(base:pivot { measures = { "cost", "wte" }, by = { "fn" }, totals = true, prices = "2026/27" })
-- Back: the same uplift the other way.
local dearer <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2026/27"', uplifts = "year,measure,rate\n2026/27,cost,2%\n" }
print(dearer:total("cost", { prices = "2025/26" }), dearer:total "cost" / 1.02)
-- Models in different prices can be compared in those of one year.
local plan <const> = dearer:scenario("Dearer", { changes = { remit.close { posts = { vacant = true }, from = "2025-10", why = "held" } } })
print(remit.compare { base, plan }:table { at = "2025-10", prices = "2026/27" })
-- A cap in its own prices.
local cap <const> = remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered", prices = "2026/27" }
print(cap:check(base))
-- Part-year effect: what the year does not show yet of what recurs. Cumulative: months added up.
local held <const> = base:scenario("Held", { changes = {
  remit.close { posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.once { cost = 1200, month = "2025-11", why = "scheme" },
} })
local in_year <const>, recurrent <const> = held:total("cost", { at = "2025-10", period = "in_year" }), held:total("cost", { period = "recurrent" })
print(in_year, recurrent, held:total("cost", { at = "2025-10", period = "part_year" }))
print(base:total("cost", { period = "part_year" }), base:total("cost", { period = "cumulative", from = "2025-05", at = "2025-07" }))
print(held:phase { from = "2025-09", to = "2025-12", period = "cumulative" })
print(held:phase { by = "year", from = "2025-05", to = "2027-04", period = "part_year" })
print(held:phase { by = "year", from = "2025-05", to = "2027-04", period = "cumulative", prices = "2026/27" })
-- In a year each month has its own attributes: what is decided in January is not so in the year's first months.
local decided <const> = base:scenario("Decided", { changes = {
  remit.set { functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided" },
} })
print(decided:pivot { measures = { "cost" }, by = { "fn.blueprint" }, at = "2026-03", period = "in_year", totals = true })
print(decided:total("cost", { where = { fn = { blueprint = "grow" } }, at = "2026-03", period = "in_year" }))
--> cost	240201.0	247737.63
--> pay	211200.5	218170.12
--> nonpay	35000.5	35700.51
--> income	-5000.0	-5100.0
--> vacancy_factor	-1000.0	-1033.0
--> wte	3.4	3.4
--> true	222533.52
--> cost, wte by fn   funded, annual run rate, 2026/27 prices, as at 2025-05   model HASH
--> fn             cost £  WTE
--> ──────────────────────────
--> safeguarding  132,225  1.8
--> quality        -1,033  0.0
--> chc            69,016  1.0
--> digital        47,530  0.6
--> ──────────────────────────
--> Total         247,738  3.4
--> 235491.18	235491.17647059
--> cost   funded, annual run rate, 2026/27 prices, as at 2025-10   model HASH
--> cost £ base  cost £ Dearer  change £  change %
--> ──────────────────────────────────────────────
-->     247,738        164,201   -83,537    -33.7%
--> Dearer stands on another pack than base (39028f, f2f952): 9 lines and 9.
--> The base has no changes: its figures are as at 2025-05.
--> Envelope "cap"   cap £0.250m (£0.50 x 500,000, registered population)
--> funded, annual run rate, 2026/27 prices, as at 2025-05   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2025-05        0.248    0.50     -0.002  ok
--> 203400.88	164200.75	-39200.12
--> 0.0	60050.25
--> cost, wte by month
--> funded, cost from 2025-09 to the end of each month (WTE of the month), 2025/26 prices, 2025-09 to 2025-12   Held   model HASH
--> month    cost £  WTE
--> ────────────────────
--> 2025-09  20,017  3.4
--> 2025-10  33,700  2.0
--> 2025-11  48,584  2.0
--> 2025-12  62,267  2.0
--> cost, wte by year
--> funded, part-year effect: recurrent less in-year with 2025-04 as in 2025-05 (WTE of the year's last month), 2025/26 prices, 2025-04 to 2028-03   Held   model HASH
--> year      cost £  WTE
--> ─────────────────────
--> 2025/26  -39,200  2.0
--> 2026/27        0  2.0
--> 2027/28        0  2.0
--> cost, wte by year
--> funded, cost from 2025-05 to the end of each year (WTE of the year's last month), 2026/27 prices, 2025-04 to 2028-03   Held   model HASH
--> year      cost £  WTE
--> ─────────────────────
--> 2025/26  189,063  2.0
--> 2026/27  358,292  2.0
--> 2027/28  527,521  2.0
--> cost by fn.blueprint   funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Decided   model HASH
--> fn.blueprint   cost £
--> ─────────────────────
--> grow           62,951
--> retain         -1,000
--> review        178,250
--> ─────────────────────
--> Total         240,201
--> 62950.5
-- Explained: each month with its own members, and one-off costs where they fall.
local year <const> = base:scenario("Year", { changes = {
  remit.set { functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided" },
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.once { id = "scheme", cost = 1200, month = "2025-11", on = { fn = "chc" }, why = "scheme" },
} })
print(year:explain("cost", { at = "2026-03", period = "in_year", where = { fn = { blueprint = "grow" } } }))
print(year:explain("cost", { at = "2026-03", period = "in_year" }))
--> cost  lines where fn.blueprint: grow      2025/26: £49,950.50
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Year   model HASH
-->   base    £46,200.50   cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 2 lines as at 2025-05
-->   set     +£16,750.00  set from 2026-01; decided
-->   vacant  -£13,000.00  close from 2025-10; held; it touches 2 lines
-->   =>      £49,950.50   Year
--> cost  all lines      2025/26: £203,400.88
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Year   model HASH
-->   base    £240,201.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 9 lines as at 2025-05
-->   vacant  -£38,000.12  close from 2025-10; held; it touches 2 lines
-->   scheme  +£1,200.00   once from 2025-11; scheme
-->   =>      £203,400.88  Year
-- One-off costs rise as non-pay does, or as they are booked; the largest of several months is in the prices asked for too.
for _, on in ipairs { {}, { kind = "pay" } } do
  local once <const> = base:scenario("Once", { changes = { remit.once { cost = 1000, month = "2025-11", on = on, why = "scheme" } } })
  print(once:total("cost", { at = "2025-11", period = "in_year", prices = "2026/27" }) - base:total("cost", { prices = "2026/27" }))
end
print(base:pivot { measures = { "cost" }, over = { month = "max", from = "2025-05", to = "2025-07" }, prices = "2026/27" })
print(base:pivot { measures = { "cost", "posts" }, by = { "fn" }, where = { wte = "> 0" }, totals = true, prices = "2026/27" })
--> 1020.0
--> 1033.0
--> largest of 2025-05 to 2025-07: cost   funded, annual run rate, 2026/27 prices, 2025-05 to 2025-07   model HASH
-->  cost £
--> ───────
--> 247,738
--> The base has no changes: its figures are as at 2025-05.
--> cost, posts by fn   funded, annual run rate, 2026/27 prices, as at 2025-05   model HASH
--> fn             cost £  posts
--> ────────────────────────────
--> safeguarding  132,224      2
--> chc            53,716      1
--> digital        32,230      1
--> ────────────────────────────
--> Total         218,170      4
--> lines where wte: > 0
-- A bridge and a diff in other prices and periods: parts add up to the figures that the table has.
local wide <const> = held:with { name = "Wide", add = {
  remit.scale { id = "contracts", lines = { kind = "nonpay" }, change = "-10%", from = "2026-01", confidence = "50%", why = "renegotiated" },
} }
for _, spec in ipairs { { period = "in_year" }, { period = "part_year" }, { period = "recurrent" }, { period = "cumulative", from = "2025-06" } } do
  spec.at, spec.prices = spec.period ~= "recurrent" and "2026-01" or nil, "2026/27"
  local bridge <const>, sides <const> = remit.compare { base, wide }:bridge(spec), remit.compare { base, wide }:table(spec)
  local sum = 0
  for row = 1, #bridge - 1 do
    sum = sum + bridge:get(row, "cost")
  end
  print(spec.period, ("%.2f"):format(sum), bridge:get(#bridge, "cost"), sides:get(1, "cost Wide"))
end
print(remit.compare { base, wide }:bridge { at = "2026-01", period = "in_year", prices = "2026/27" })
print(remit.compare { base, wide }:diff { of = "cost", at = "2026-01", period = "in_year", prices = "2026/27", where = { kind = "nonpay" } })
--> in_year	208814.98	208814.98	208814.98
--> part_year	-43155.67	-43155.67	-43155.67
--> recurrent	165659.32	165659.32	165659.32
--> cumulative	139915.49	139915.49	139915.49
--> Bridge of cost   funded, in-year 2025/26 with 2025-04 as in 2025-05, 2026/27 prices   Wide   model HASH
--> step         cost £  why
--> ─────────────────────────────────
--> base       +247,738
--> close       -39,254  held
--> once         +1,224  scheme
--> contracts      -893  renegotiated
--> Wide       +208,815
--> Each change's effect averaged over every order of the changes: exact.
--> cost by id   funded, in-year 2025/26 with 2025-04 as in 2025-05, 2026/27 prices   model HASH
--> id      cost £ base  cost £ Wide  change £  change %
--> ────────────────────────────────────────────────────
--> B1           20,400       19,890      -510     -2.5%
--> B2           15,301       14,918      -383     -2.5%
--> (none)            0        1,224    +1,224
--> The base has no changes: its figures are as at 2025-05.
