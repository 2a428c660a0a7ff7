local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  uplifts = "year,measure,rate\n2026/27,cost,2%\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", confidence = "90%", why = "held" },
  remit.scale { id = "contracts", lines = { kind = "nonpay" }, change = remit.param { id = "cut", default = "-10%" }, from = "2026-01", confidence = "50%",
    why = "renegotiated" },
  remit.transfer { id = "sg", functions = { id = "safeguarding" }, receiver = "trust", shadow = "2026-01", golive = remit.param { id = "golive", default = "2026-04" },
    double_running = "25%", confidence = "75%", why = "workshop" },
} })
local cap <const> = remit.envelope { id = "cap", per_head = 0.1, population = 500000, population_basis = "registered", due = "2026-06" }
-- A range of percentages against a cap.
print(plan:sweep { param = "cut", values = { from = "0%", to = "-50%", step = "-12.5%" }, measures = { "cost", "wte" }, at = "2026-05", envelope = cap })
print(plan:sweep { param = "cut", values = { "-10%" }, at = "2026-06", envelope = cap })
-- Months: what going live later costs in double running, in the year, with what share of it.
print(plan:sweep { param = "golive", values = { from = "2026-02", to = "2026-06", step = "2 months" }, at = "2026-03", period = "in_year" })
print(plan:sweep { param = "golive", values = { "2026-03", "2026-06" }, at = "2026-06", period = "cumulative", from = "2026-01", prices = "2026/27",
  across = { change = "sg", field = "double_running", values = { from = 0, to = 0.5, step = 0.25 } } })
-- Anything that a change says, and any figure.
print(plan:sweep { change = "sg", field = "receiver", values = { "trust", "city" }, figure = function(variant)
  return variant:cost_shift():get(1, "receiver_cost")
end })
print(plan:sweep { change = "vacant", field = "share", values = { "50%", "100%" }, at = "2026-01", risk = "confidence", where = { fn = "chc" } })
print(plan:sweep { change = "vacant", field = "share", values = { 0.5, 1 }, period = "recurrent", envelope = remit.envelope { id = "cap", per_head = 0.1,
  population = 500000, population_basis = "registered", period = "recurrent" }, across = { param = "cut", values = { "-100%" } } })
-- What only some values are warned of is said once.
local taken <const> = base:scenario("Taken", { changes = {
  remit.scale { id = "cut", lines = { fn = "chc" }, change = "-10%", take = { "nonpay" }, from = "2026-01", why = "less" },
} })
print(taken:sweep { change = "cut", field = "change", values = { from = "-20%", to = "-50%", step = "-10%" }, at = "2026-01" })
local once <const> = base:scenario("Once", { changes = { remit.once { id = "scheme", cost = 1000, month = "2025-06", why = "scheme" } } })
print(once:sweep { change = "scheme", field = "cost", values = { 0, 1000.5 }, at = "2025-06", period = "in_year" })
--> cost, wte, headroom by cut   funded, annual run rate, 2025/26 prices, as at 2026-05   Plan   model HASH
--> cut     cost £   change  WTE  change  headroom £   change  result
--> ─────────────────────────────────────────────────────────────────
--> 0%      60,200   +3,500  0.6     0.0     -10,200   -3,500  above
--> -12.5%  55,825     -875  0.6     0.0      -5,825     +875  above
--> -25%    51,450   -5,250  0.6     0.0      -1,450   +5,250  above
--> -37.5%  47,075   -9,625  0.6     0.0      +2,925   +9,625  ok
--> -50%    42,700  -14,000  0.6     0.0      +7,300  +14,000  ok
--> Change is from Plan as it is.
--> First within the cap at cut -37.5%.
--> cost, headroom by cut   funded, annual run rate, 2025/26 prices, as at 2026-06   Plan   model HASH
--> cut   cost £  change  headroom £  change  result
--> ────────────────────────────────────────────────
--> -10%  56,700       0      -6,700       0  BREACH
--> Change is from Plan as it is.
--> No value is within the cap.
--> cost by golive   funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Plan   model HASH
--> golive    cost £   change
--> ─────────────────────────
--> 2026-02  186,159  -21,667
--> 2026-04  207,826        0
--> 2026-06  207,826        0
--> Change is from Plan as it is.
--> cost by golive and double_running
--> funded, cumulative, 2026-01 to the end of 2026-06, 2026/27 prices   Plan   model HASH
--> golive   double_running 0 £  double_running 0.25 £  double_running 0.5 £
--> ────────────────────────────────────────────────────────────────────────
--> 2026-03              46,597                 51,017                55,437
--> 2026-06              73,117                 84,167                95,217
--> figure by receiver   Plan   model HASH
--> receiver      figure     change
--> ───────────────────────────────
--> trust     108,334.32       0.00
--> city      110,448.47  +2,114.15
--> Change is from Plan as it is.
--> cost by share   funded, annual run rate, 2025/26 prices, as at 2026-01   Plan   model HASH
--> share  cost £   change
--> ──────────────────────
--> 50%    42,600  +23,400
--> 100%   19,200        0
--> Change is from Plan as it is.
--> Measures are risk-adjusted (confidence).
--> headroom by share and cut   funded, recurrent, 2025/26 prices   Plan   model HASH
--> share  cut -100% £
--> ──────────────────
-->   0.5       -1,200
-->   1.0      +24,800
--> cost by change   funded, annual run rate, 2025/26 prices, as at 2026-01   Taken   model HASH
--> change   cost £   change
--> ────────────────────────
--> -20%    226,801   -6,700
--> -30%    220,201  -13,300
--> -40%    220,201  -13,300
--> -50%    220,201  -13,300
--> Change is from Taken as it is.
--> 3 of 4 are warned: change -30%: scale 'cut': £100.00 of it cannot be taken from nonpay in 2026-01; and so on
--> cost by scheme.cost   funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Once   model HASH
--> scheme.cost   cost £  change
--> ────────────────────────────
-->         0.0  240,201  -1,000
-->     1,000.5  241,202       0
--> Change is from Once as it is.
