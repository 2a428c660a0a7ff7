local tiny <const> = require "tiny"

-- An envelope is checked over up to six hundred months.
local base <const> = tiny.load()
local cap <const> = remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered" }
local count = 0
for _ in cap:check(base, { by = "month", from = "2025-05", to = "2075-04" }):rows() do
  count = count + 1
end
print(count)  --> 600
cap:check(base, { by = "month", from = "2025-05", to = "2075-05" })  --> error: 2025-05 to 2075-05 is not a span of 1 to 600 months
