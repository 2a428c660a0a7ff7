local tiny <const> = require "tiny"

-- Money that is handed over from the pack's month on is not handed over in the year's months before it, in which the lines are still there.
local base <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.transfer { id = "t", functions = { id = "chc" }, receiver = "trust", golive = "2025-05", resource = "33.3333%", inside_cap = true, why = "as an example" },
} })
local cap <const> = remit.envelope { id = "cap", per_head = 1, population = 100000, population_basis = "registered", period = "in_year" }
local with_it <const> = plan:ledger { from = "2025-05", to = "2025-05" }:get(1, "icb_with")
print(cap:check(plan, { at = "2025-09" }):get(1, "cost"), (base:total "cost" + 11 * with_it) / 12)  --> 199256.53	199256.53416667
