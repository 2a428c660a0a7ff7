local tiny <const> = require "tiny"

-- Two scenarios that differ by a later change and by an earlier one's parameter, and two of other data: from the first month that differs.
local function with(base, cut)
  return base:scenario("Plan", { params = { cut = cut }, changes = { remit.scale { lines = { kind = "nonpay" }, change = remit.param { id = "cut" },
    from = "2025-11", why = "contracts" } } })
end
local base <const> = tiny.load()
local plan <const> = with(base, "-10%")
local late <const> = remit.close { posts = { fn = "chc" }, from = "2026-01", why = "later" }
print(remit.compare { plan, plan:with { params = { cut = "-20%" }, add = { late } } }:ledger { to = "2026-01" })
local dearer <const> = tiny.load { budget_lines = "id,kind,fn,group,fund,cost\nB1,nonpay,chc,nursing,running,21200\nB2,nonpay,digital,strategy,running,15000.50\n"
  .. "B3,income,chc,nursing,running,-5000\nB4,vacancy_factor,quality,nursing,running,-1000\n" }
print(remit.compare { plan, with(dearer, "-10%"):with { add = { late } } }:ledger { to = "2026-01" })
--> Ledgers against Plan   funded, money of the months, 2025/26 prices, 2025-11 to 2026-01   Plan, varied   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  system £
--> ──────────────────────────────────────────────────────────────
--> 2025-11                  -291                      0      -291
--> 2025-12                  -292                      0      -292
--> 2026-01                -4,625                      0    -4,625
--> ──────────────────────────────────────────────────────────────
--> Total                  -5,208                      0    -5,208
--> They still differ in 2026-01: months after it are not in the total.
--> Ledgers against Plan   funded, money of the months, 2025/26 prices, 2025-05 to 2026-01   Plan, varied   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  system £
--> ──────────────────────────────────────────────────────────────
--> 2025-05                  +100                      0      +100
--> 2025-06                  +100                      0      +100
--> 2025-07                  +100                      0      +100
--> 2025-08                  +100                      0      +100
--> 2025-09                  +100                      0      +100
--> 2025-10                  +100                      0      +100
--> 2025-11                   +90                      0       +90
--> 2025-12                   +90                      0       +90
--> 2026-01                -4,243                      0    -4,243
--> ──────────────────────────────────────────────────────────────
--> Total                  -3,463                      0    -3,463
--> They still differ in 2026-01: months after it are not in the total.
--> Plan, varied stands on another pack than Plan (ab0196, 96aa17): 9 lines and 9.
