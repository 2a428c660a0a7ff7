local tiny <const> = require "tiny"

-- Health is the pack's, whose ledger knows of no change; a scenario's establishment is reduced from what it is in a month.
local base <const> = tiny.load { general_ledger = "cost_centre,subjective,budget,actual\n100,pay,128000.50,100\n",
  more = { general_ledger = '"remit": { "months": 1 }' } }
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "held", posts = { vacant = true }, share = "50%", from = "2025-10", why = "held" },
} })
print(base:health():csv() == plan:health():csv(), base:health():csv():match "balancing line [^\n\"]*")
print(base:total "wte", plan:total("wte", { at = "2025-10" }), plan:total("vacancies", { at = "2025-10" }))
print(plan:reduction { reduce_wte = 1, at = "2025-10", refill = { 0, 0.2 } })
--> true	balancing line £-112,200.50
--> 3.4	2.7	0.7
--> Reduction of 1 WTE from 2.7, 0.7 of them vacant   as at 2025-10   Plan   model HASH
--> refill WTE  vacancies held  reduction in post  establishment after
--> ──────────────────────────────────────────────────────────────────
-->        0.0             0.7                0.3                  1.7
-->        0.2             0.5                0.5                  1.7
plan:reduction { reduce_wte = 1 }  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
-- A range of rises that says so is not warned of; one that does not is.
local cut <const> = base:scenario("Cut", { changes = {
  remit.scale { lines = { fn = "chc" }, change = remit.param { id = "cut", default = "-5%" }, from = "2025-10", why = "x" },
} })
for _, values in ipairs { { from = "+5%", to = "+10%", step = "5%" }, { from = "5%", to = "10%", step = "5%" } } do
  print(cut:sweep { param = "cut", values = values, at = "2025-10" })
end
--> cost by cut   funded, annual run rate, 2025/26 prices, as at 2025-10   Cut   model HASH
--> cut    cost £   change
--> ──────────────────────
--> +5%   243,551   +6,700
--> +10%  246,901  +10,050
--> Change is from Cut as it is.
--> cost by cut   funded, annual run rate, 2025/26 prices, as at 2025-10   Cut   model HASH
--> cut   cost £   change
--> ─────────────────────
--> 5%   243,551   +6,700
--> 10%  246,901  +10,050
--> Change is from Cut as it is.
--> 2 of 2 are warned: cut 5%: scale: change '5%' has no sign, and raises what it scales: '+5%' says so, '-5%' is a cut; and so on
