local tiny <const> = require "tiny"

-- A group that is not there in a month has nothing in it, which is more than what lies below zero.
local plan <const> = tiny.load():scenario("Moved", { changes = { remit.move { lines = { kind = "income" }, into = { group = "wards" }, from = "2026-01",
  why = "ledger" } } })
local span <const> = { month = "max", from = "2025-12", to = "2026-01" }
print(plan:pivot { measures = { "cost" }, by = { "group" }, over = span })
--> largest of 2025-12 to 2026-01: cost   funded, annual run rate, 2025/26 prices, 2025-12 to 2026-01   Moved   model HASH
--> group      cost £
--> ─────────────────
--> strategy   46,200
--> nursing   199,000
--> wards           0
print(plan:total("cost", { where = { group = "wards" }, over = span }))  --> 0.0
plan:phase { measures = { "cost", "cost" }, from = "2025-12", to = "2026-01" }  --> error: phase: measures: 'cost' is there twice
plan:phase { measures = {}, from = "2025-12", to = "2026-01" }  --> error: phase: measures names no measure
-->   measures = { "cost", "wte" }
