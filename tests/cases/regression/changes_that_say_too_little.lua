local tiny <const> = require "tiny"

-- What has a figure, and perhaps not the one that was meant, is said.
local base <const> = tiny.load { organisations = "id,name,type,employer_type\ntrust,The Trust,provider,nhs\n" }
local function found(...)
  local changes <const> = { ... }
  local params <const> = changes[#changes].kind == nil and table.remove(changes) or nil
  for row in base:scenario("Plan", { changes = changes, params = params }):findings():rows() do
    print(row.note)
  end
end
-- A rise that a parameter says without its sign, as one that is written down.
local cut <const> = remit.scale { id = "cut", lines = { fn = "chc" }, change = remit.param { id = "cut", default = "-5%" }, from = "2026-04", why = "x" }
found(cut, { cut = "6%" })
found(cut, { cut = "+6%" })
found(cut, { cut = "-6%" })
-- A profile without its months.
found(remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", profile = "linear", why = "x" })
found(remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", profile = "linear", months = 2, why = "x" })
-- New lines of no fund, where all have one.
local function new(fund)
  return remit.add { id = "new", lines = { { kind = "nonpay", fn = "digital", cost = 12000, fund = fund } }, from = "2026-04", why = "x" }
end
found(new())
found(new "running")
-- An envelope says what it leaves out in its last month as well as in its first.
local plan <const> = base:scenario("Plan", { changes = { new() } })
local cap <const> = remit.envelope { id = "cap", per_head = 1, population = 500000, population_basis = "allocation", include = { fund = "running" } }
print(cap:check(plan, { by = "month", from = "2026-03", to = "2026-04" }))
print(plan:total("cost", { at = "2026-04", where = { fund = "none" } }))
-- The share that a transfer must save is said as a share.
local moved <const> = base:scenario("Moved", { changes = {
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", why = "x" },
} })
for _, share in ipairs { 0.125, "33.3%", 1 } do
  print((tostring(moved:cost_shift { min_saving = share }):match "must be at least [^,]* of what is released"))
end
--> scale 'cut': change '6%' has no sign, and raises what it scales: '+6%' says so, '-6%' is a cut
--> transfer 'chc': by profile 'linear' over 1 month all leave at once: give the months
--> add 'new': 1 line without a fund, which every line of the pack has: an envelope that includes funds does not count it
--> Envelope "cap"   cap £0.500m (£1.00 x 500,000, allocation population)
--> funded, annual run rate, 2025/26 prices, 2026-03 to 2026-04   Plan   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2026-03        0.240    0.48     -0.260  ok
--> 2026-04        0.240    0.48     -0.260  ok
--> First compliant month 2025-05.
--> Counts lines where fund: running. Outside it: £0.000m in 2026-03, £0.012m in 2026-04.
--> 12000.0
--> must be at least 12.5% of what is released
--> must be at least 33.3% of what is released
--> must be at least 100% of what is released
