local tiny <const> = require "tiny"

-- How sure a change is: its confidence, else what the register states of its status.
local files <const> = { assumptions = "id,value,low,high,unit,source,quote,note\nconfidence_agreed,90,,,%,finance committee,,\nconfidence_planned,60,,,%,finance committee,,\n"
  .. "confidence_idea,20,,,%,finance committee,,\nconfidence_delivered,100,,,%,finance committee,,\n" }
local base <const> = tiny.load(files)
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", status = "agreed", why = "held" },
  remit.scale { id = "nonpay", lines = { kind = "nonpay" }, change = "-10%", from = "2025-10", why = "contracts" },
  remit.scale { id = "chc", lines = { fn = "chc" }, change = "-50%", from = "2025-10", status = "idea", why = "less" },
  remit.move { id = "it", posts = { fn = "digital" }, into = { group = "nursing" }, from = "2025-10", confidence = "50%", why = "together" },
  remit.once { id = "pot", cost = 1000, month = "2026-01", status = "idea", confidence = "10%", why = "set-up" },
} })
-- By hand: 76,000.25 of vacant parts at 90%; then 3,500.05 of non-pay at 60%; of what these leave of chc (13,000.00) half at 20%.
print(240201.00 - 76000.25 * 0.9 - 3500.05 * 0.6 - 6500 * 0.2)
--> 168400.745
print(plan:total("cost", { at = "2025-12" }), plan:total("cost", { at = "2025-12", risk = "confidence" }), base:total("cost", { risk = "confidence" }))
--> 154200.7	168400.74	240201.0
print(plan:risk { at = "2025-12" })
--> cost, risk-adjusted (by confidence)   funded, annual run rate, 2025/26 prices, as at 2025-12   Plan   model HASH
--> status   counted at  changes  unadjusted £  risk-adjusted £  which
--> ───────────────────────────────────────────────────────────────────
--> base                              +240,201         +240,201
--> agreed        90.0%        1       -76,000          -68,400  vacant
--> planned       60.0%        1        -3,500           -2,100  nonpay
--> planned       50.0%        1             0                0  it
--> idea          20.0%        1        -6,500           -1,300  chc
--> idea          10.0%        1             0                0  pot
--> Plan                              +154,201         +168,401
--> Changes by falling confidence; what changes share is with the less sure.
--> The adjusted figure is the mean over how far down they come true.
-- Only what is so firm.
for _, how in ipairs { "planned", "agreed", "delivered" } do
  print(how, plan:total("cost", { at = "2025-12", risk = how }))
end
--> planned	160700.7
--> agreed	164200.75
--> delivered	240201.0
print(plan:risk { at = "2025-12", risk = "agreed", measure = "wte" })
--> wte, risk-adjusted (agreed or delivered)   as at 2025-12   Plan   model HASH
--> status   counted at  changes  unadjusted WTE  risk-adjusted WTE  which
--> ───────────────────────────────────────────────────────────────────────────
--> base                                    +3.4               +3.4
--> agreed       100.0%        1            -1.4               -1.4  vacant
--> planned        0.0%        2             0.0                0.0  nonpay, it
--> idea           0.0%        2             0.0                0.0  chc, pot
--> Plan                                    +2.0               +2.0
--> Changes by falling confidence; what changes share is with the less sure.
--> The adjusted figure is the mean over how far down they come true.
-- By group the half that may move is in both; parts add up to their total.
print(plan:pivot { measures = { "cost", "wte" }, by = { "group" }, at = "2025-12", risk = "confidence", totals = true })
--> cost, wte by group   funded, annual run rate, 2025/26 prices, as at 2025-12   Plan   model HASH
--> group      cost £   WTE
--> ───────────────────────
--> strategy   29,701  0.30
--> nursing   138,700  1.84
--> ───────────────────────
--> Total     168,401  2.14
--> cost, risk-adjusted (by confidence): £168,401; unadjusted £154,201. Counted of what changes do: agreed at 90%: -£68,400 of -£76,000; planned at 60%: -£2,100 of -£3,500; idea at 20%: -£1,300 of -£6,500.
--> wte, risk-adjusted (by confidence): 2.14 WTE; unadjusted 2.0 WTE. Counted of what changes do: agreed at 90%: -1.26 WTE of -1.4 WTE.
-- A year, with its one-off costs; and months.
print(plan:risk { at = "2026-01", period = "in_year" })
--> cost, risk-adjusted (by confidence)
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Plan   model HASH
--> status   counted at  changes  unadjusted £  risk-adjusted £  which
--> ───────────────────────────────────────────────────────────────────
--> base                              +240,201         +240,201
--> agreed        90.0%        1       -38,000          -34,200  vacant
--> planned       60.0%        1        -1,750           -1,050  nonpay
--> planned       50.0%        1             0                0  it
--> idea          20.0%        1        -3,250             -650  chc
--> idea          10.0%        1        +1,000             +100  pot
--> Plan                              +198,201         +204,401
--> Changes by falling confidence; what changes share is with the less sure.
--> The adjusted figure is the mean over how far down they come true.
print(plan:phase { measures = { "cost" }, from = "2025-09", to = "2025-10", risk = "confidence" })
--> cost by month   funded, annual run rate in each month, 2025/26 prices, 2025-09 to 2025-10   Plan   model HASH
--> month     cost £  cost £ risk-adjusted
--> ──────────────────────────────────────
--> 2025-09  240,201               240,201
--> 2025-10  154,201               168,401
--> In 2025-10:
--> cost, risk-adjusted (by confidence): £168,401; unadjusted £154,201. Counted of what changes do: agreed at 90%: -£68,400 of -£76,000; planned at 60%: -£2,100 of -£3,500; idea at 20%: -£1,300 of -£6,500.
print(plan:total("cost", { period = "recurrent", basis = "in_post", risk = "confidence" }))
--> 161800.72
-- Against a cap, and side by side.
local cap <const> = remit.envelope { id = "cap", per_head = 0.35, population = 500000, population_basis = "registered", due = "2025-10" }
print(cap:check(plan, { at = "2025-10", risk = "confidence" }))
--> Envelope "cap"   cap £0.175m (£0.35 x 500,000, registered population)
--> funded, annual run rate, 2025/26 prices, as at 2025-10   Plan   model HASH
--> period   run rate £m  £/head  vs cap £m  result  vs cap risk-adjusted £m  result risk-adjusted
--> ──────────────────────────────────────────────────────────────────────────────────────────────
--> 2025-10        0.154    0.31     -0.021  ok                       -0.007  ok
--> First compliant month 2025-10. Cap due from 2025-10.
--> Risk-adjusted: first compliant month 2025-10.
--> In 2025-10, cost, risk-adjusted (by confidence): £168,401; unadjusted £154,201. Counted of what changes do: agreed at 90%: -£68,400 of -£76,000; planned at 60%: -£2,100 of -£3,500; idea at 20%: -£1,300 of -£6,500.
print(remit.compare { base, plan }:table { at = "2025-12", risk = "agreed" })
--> cost   funded, annual run rate, 2025/26 prices, as at 2025-12   model HASH
--> cost £ base  cost £ Plan  change £  change %
--> ────────────────────────────────────────────
-->     240,201      164,201   -76,000    -31.6%
--> Plan: cost, risk-adjusted (agreed or delivered): £164,201; unadjusted £154,201. Counted of what changes do: agreed at 100%: -£76,000 of -£76,000; planned at 0%: £0 of -£3,500; idea at 0%: £0 of -£6,500.
--> The base has no changes: its figures are as at 2025-05.
-- Equal confidence is the plain mean of all and nothing; certainty is the plan.
local function sure(share)
  local list <const> = {}
  for index, status in ipairs { "idea", "agreed" } do
    list[index] = remit.scale { id = status, lines = {}, change = "-20%", from = "2025-10", status = status, confidence = share, why = "sure" }
  end
  return base:scenario("Sure", { changes = list })
end
print(sure("100%"):total("cost", { at = "2025-10", risk = "confidence" }), sure("100%"):total("cost", { at = "2025-10" }))
--> 153728.64	153728.64
print(sure("50%"):total("cost", { at = "2025-10", risk = "confidence" }), (240201.00 + 240201.00 * 0.64) / 2, sure("0%"):total("cost", { at = "2025-10", risk = "confidence" }))
--> 196964.82	196964.82	240201.0
-- The scenario's own values of parameters count.
local open <const> = base:scenario("Open", { changes = { remit.close { posts = { vacant = true }, from = "2025-10", confidence = remit.param { id = "sure" }, why = "held" } },
  params = { sure = "25%" } })
print(open:total("cost", { at = "2025-10", risk = "confidence" }), 240201.00 - 76000.25 / 4)
--> 221200.94	221200.9375
