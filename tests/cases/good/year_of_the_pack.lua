local tiny <const> = require "tiny"

-- A pack of May 2025: its year has April too, as the pack stands, and says so; the year after says nothing of the kind. By hand: of twelve months six without the held posts.
local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "held", posts = { vacant = true }, from = "2025-10", why = "held" },
} })
local pence <const> = math.tointeger(base:total "cost" * 100 // 1)
local held <const> = math.tointeger(base:total("cost", { where = { vacant = true } }) * 100 // 1)
print(plan:total("cost", { at = "2025-05", period = "in_year" }), ("%.3f"):format((pence * 12 - held * 6) / 1200))
print(plan:total("cost", { at = "2026-03", period = "cumulative", from = "2025-05" }), ("%.2f"):format((pence * 11 - held * 6) / 1200))
print(plan:phase { by = "year", from = "2025-05", to = "2026-04", measures = { "cost" } })
print(plan:phase { by = "year", from = "2026-04", to = "2026-04", measures = { "cost" } })
-- A pack of October leaves half a year unsaid, one of April none of it.
local october <const> = tiny.load { settings = '"format": 1, "as_at": "2025-10", "price_base": "2025/26"' }
print(october:pivot { measures = { "cost" }, period = "in_year" })
local april <const> = tiny.load { settings = '"format": 1, "as_at": "2025-04", "price_base": "2025/26"' }
print(april:pivot { measures = { "cost" }, period = "in_year" })
local cap <const> = remit.envelope { id = "year", per_head = 1, population = 500000, population_basis = "allocation", period = "in_year" }
print(cap:check(plan, { at = { "2026-04", "2025-06" } }))
--> 202200.88	202200.875
--> 182184.12	182184.12
--> cost by year
--> funded, cost in the year with 2025-04 as in 2025-05, 2025/26 prices, 2025-04 to 2027-03   Plan   model HASH
--> year      cost £
--> ────────────────
--> 2025/26  202,201
--> 2026/27  164,201
--> cost by year   funded, cost in the year, 2025/26 prices, 2026-04 to 2027-03   Plan   model HASH
--> year      cost £
--> ────────────────
--> 2026/27  164,201
--> cost   funded, in-year 2025/26 with 2025-04 to 2025-09 as in 2025-10, 2025/26 prices   model HASH
-->  cost £
--> ───────
--> 240,201
--> cost   funded, in-year 2025/26, 2025/26 prices   model HASH
-->  cost £
--> ───────
--> 240,201
--> Envelope "year"   cap £0.500m (£1.00 x 500,000, allocation population)
--> funded, in-year with 2025-04 as in 2025-05, 2025/26 prices, 2026-04 to 2025-06   Plan   model HASH
--> period   in the year £m  £/head  vs cap £m  result
--> ──────────────────────────────────────────────────
--> 2026-04           0.164    0.33     -0.336  ok
--> 2025-06           0.202    0.40     -0.298  ok
--> First compliant month 2025-05.
