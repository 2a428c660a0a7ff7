local tiny <const> = require "tiny"

-- Likely figures in other prices, of a part of a year: pay rises by 3.3 %, all else by 2 %.
local base <const> = tiny.load { uplifts = "year,measure,rate\n2026/27,pay,3.3%\n2026/27,cost,2%\n",
  assumptions = "id,value,low,high,unit,source,quote,note\nconfidence_agreed,90,,,%,finance committee,,\nconfidence_planned,60,,,%,finance committee,,\n"
    .. "confidence_idea,20,,,%,finance committee,,\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", status = "agreed", why = "held" },
  remit.scale { id = "nonpay", lines = { kind = "nonpay" }, change = "-10%", from = "2025-10", why = "contracts" },
  remit.once { id = "pot", cost = 1000, month = "2025-11", status = "idea", why = "set-up" },
} })
local asked <const> = { at = "2025-11", period = "part_year", prices = "2026/27", risk = "confidence" }
-- By hand: half a year of 76,000.25 of vacant parts at 90 %, and of 3,500.05 of non-pay at 60 %, is still to come; 1,000.00 at 20 % falls away.
print(-76000.25 / 2 * 1.033 * 0.9 - 3500.05 / 2 * 1.02 * 0.6 - 1000 * 1.02 * 0.2)
print(plan:total("cost", asked), base:total("cost", asked))
print(plan:pivot { measures = { "cost", "nonpay" }, by = { "kind" }, at = "2025-11", period = "part_year", prices = "2026/27", risk = "confidence", totals = true })
print(plan:risk { at = "2025-11", period = "part_year", prices = "2026/27" })
-- By hand: four months of 247,737.6265, three of them less what is held, and the pot.
print(247737.6265 / 3 - 76000.25 * 1.033 / 4 * 0.9 - 3500.05 * 1.02 / 4 * 0.6 + 1000 * 1.02 * 0.2)
print(plan:total("cost", { from = "2025-09", at = "2025-12", period = "cumulative", prices = "2026/27", risk = "confidence" }))
print(plan:phase { measures = { "cost", "wte" }, from = "2025-09", to = "2025-12", period = "cumulative", prices = "2026/27", risk = "confidence" })
print(plan:phase { measures = { "cost" }, by = "year", from = "2025-09", to = "2027-03", period = "part_year", prices = "2026/27", risk = "agreed" })
-- Beside a model in those prices, and against a cap in them.
local dearer <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2026/27"' }
print(remit.compare { dearer, plan }:table { at = "2025-12", prices = "2026/27", risk = "confidence" })
local cap <const> = remit.envelope { id = "cap", per_head = 0.34, population = 500000, population_basis = "registered", prices = "2026/27" }
print(247737.6265 - 76000.25 * 1.033 * 0.9 - 3500.05 * 1.02 * 0.6 - 170000)
print(cap:check(plan, { at = "2025-12", risk = "confidence" }))
--> -36603.7315125
--> -36603.73	0.0
--> cost, nonpay by kind
--> funded, part-year effect 2025/26: recurrent less in-year with 2025-04 as in 2025-05, 2026/27 prices   Plan   model HASH
--> kind             cost £  nonpay £
--> ─────────────────────────────────
--> pay             -35,329         0
--> nonpay           -1,275    -1,275
--> income                0         0
--> vacancy_factor        0         0
--> ─────────────────────────────────
--> Total           -36,604    -1,275
--> cost, risk-adjusted (by confidence): -£36,604; unadjusted -£42,059. Counted of what changes do: agreed at 90%: -£35,329 of -£39,254; planned at 60%: -£1,071 of -£1,785; idea at 20%: -£204 of -£1,020.
--> nonpay, risk-adjusted (by confidence): -£1,275; unadjusted -£2,805. Counted of what changes do: planned at 60%: -£1,071 of -£1,785; idea at 20%: -£204 of -£1,020.
--> cost, risk-adjusted (by confidence)
--> funded, part-year effect 2025/26: recurrent less in-year with 2025-04 as in 2025-05, 2026/27 prices   Plan   model HASH
--> status   counted at  changes  unadjusted £  risk-adjusted £  which
--> ───────────────────────────────────────────────────────────────────
--> base                                     0                0
--> agreed        90.0%        1       -39,254          -35,329  vacant
--> planned       60.0%        1        -1,785           -1,071  nonpay
--> idea          20.0%        1        -1,020             -204  pot
--> Plan                               -42,059          -36,604
--> Changes by falling confidence; what changes share is with the less sure.
--> The adjusted figure is the mean over how far down they come true.
--> 64583.343077083
--> 64583.34
--> cost, wte by month
--> funded, cost from 2025-09 to the end of each month (WTE of the month), 2026/27 prices, 2025-09 to 2025-12   Plan   model HASH
--> month    cost £  cost £ risk-adjusted  WTE  WTE risk-adjusted
--> ─────────────────────────────────────────────────────────────
--> 2025-09  20,645                20,645  3.4               3.40
--> 2025-10  34,450                35,223  2.0               2.14
--> 2025-11  49,275                50,005  2.0               2.14
--> 2025-12  63,080                64,583  2.0               2.14
--> In 2025-12:
--> cost, risk-adjusted (by confidence): £64,583; unadjusted £63,080. Counted of what changes do: agreed at 90%: -£17,664 of -£19,627; planned at 60%: -£536 of -£893; idea at 20%: £204 of £1,020.
--> wte, risk-adjusted (by confidence): 2.14 WTE; unadjusted 2.0 WTE. Counted of what changes do: agreed at 90%: -1.26 WTE of -1.4 WTE.
--> cost by year
--> funded, part-year effect: recurrent less in-year with 2025-04 as in 2025-05, 2026/27 prices, 2025-04 to 2027-03   Plan   model HASH
--> year      cost £  cost £ risk-adjusted
--> ──────────────────────────────────────
--> 2025/26  -42,059               -39,254
--> 2026/27        0                     0
--> In 2027-03:
--> cost, risk-adjusted (agreed or delivered): £0; unadjusted £0. Counted of what changes do: nothing.
--> cost   funded, annual run rate, 2026/27 prices, as at 2025-12   model HASH
--> cost £ base  cost £ Plan  change £  change %
--> ────────────────────────────────────────────
-->     240,201      174,938   -65,263    -27.2%
--> Plan stands on another pack than base (9a841b, b9d48c): 9 lines and 9.
--> Plan: cost, risk-adjusted (by confidence): £174,938; unadjusted £165,659. Counted of what changes do: agreed at 90%: -£70,657 of -£78,508; planned at 60%: -£2,142 of -£3,570.
--> The base has no changes: its figures are as at 2025-05.
--> 4938.163475
--> Envelope "cap"   cap £0.170m (£0.34 x 500,000, registered population)
--> funded, annual run rate, 2026/27 prices, as at 2025-12   Plan   model HASH
--> period   run rate £m  £/head  vs cap £m  result  vs cap risk-adjusted £m  result risk-adjusted
--> ──────────────────────────────────────────────────────────────────────────────────────────────
--> 2025-12        0.166    0.33     -0.004  ok                       +0.005  BREACH
--> First compliant month 2025-10.
--> Risk-adjusted: no month is within the cap, and nothing changes after 2025-11.
--> In 2025-12, cost, risk-adjusted (by confidence): £174,938; unadjusted £165,659. Counted of what changes do: agreed at 90%: -£70,657 of -£78,508; planned at 60%: -£2,142 of -£3,570.
