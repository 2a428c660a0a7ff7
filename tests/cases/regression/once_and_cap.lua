-- A one-off cost that does not count against the cap was counted, and a perimeter by tags lost those that do.
local remit <const> = require "remit"
local tiny <const> = require "tiny"

local base <const> = tiny.load()
local function costs(against_cap)
  local plan <const> = base:scenario("Plan", { changes = {
    remit.once { id = "exit", cost = 12000, month = "2025-12", on = { group = "nursing", fn = "digital" }, against_cap = against_cap, why = "scheme" } } })
  local function against(exclude, include)
    local cap <const> = remit.envelope { id = "year", per_head = 1, population = 500000, population_basis = "allocation", period = "in_year",
      include = include, exclude = exclude }
    return 500000 - cap:headroom(plan, { at = "2025-12" })
  end
  return plan:total("cost", { at = "2025-12", period = "in_year" }), against(), against { tags = "pod" }, against { group = "nursing" },
    against(nil, { group = "nursing" }), against(nil, { wte = ">= 0" })
end
print(costs(true))
--> 252201.0	252201.0	200201.0	46200.5	206000.5	240201.0
print(costs(false))
--> 252201.0	240201.0	188201.0	46200.5	194000.5	240201.0
-- The heading of an in-year check said run rate.
local year <const> = remit.envelope { id = "year", per_head = 1, population = 500000, population_basis = "allocation", period = "in_year" }
print(year:check(base))
--> Envelope "year"   cap £0.500m (£1.00 x 500,000, allocation population)
--> funded, in-year with 2025-04 as in 2025-05, 2025/26 prices, as at 2025-05   model HASH
--> period   in the year £m  £/head  vs cap £m  result
--> ──────────────────────────────────────────────────
--> 2025-05           0.240    0.48     -0.260  ok
