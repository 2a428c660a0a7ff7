local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
-- All places take their share by population: nothing is left behind, to the penny.
local list <const> = {}
for _, place in ipairs { "north", "south" } do
  list[#list + 1] = remit.transfer { id = place, functions = { id = "chc, digital" }, place = place, split = { population = "registered" }, receiver = "trust",
    golive = "2026-04", why = "to places" }
end
local all <const> = base:scenario("All", { changes = list })
for _, measure in ipairs { "cost", "wte", "in_post", "posts", "lines", "heads" } do
  print(measure, base:total(measure, { where = { fn = "chc, digital" } }), all:total(measure, { at = "2026-04", where = { fn = "chc, digital" } }))
end
--> cost	113200.5	0.0
--> wte	1.6	0.0
--> in_post	0.6	0.0
--> posts	2	0
--> lines	5	0
--> heads	1	0
-- The ledgers: what the ICB keeps, hands over and pays twice, what receivers spend.
local plan <const> = base:scenario("One", { changes = { remit.transfer { id = "sg", functions = { id = "safeguarding" }, receiver = "city", shadow = "2026-02", golive = "2026-04",
  resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%", stranded = { share = "10%", months = 2 }, why = "workshop" } } })
print(plan:ledger { from = "2026-01", to = "2026-06" })
--> Ledgers   funded, annual run rate, 2025/26 prices, 2026-01 to 2026-06   One   model HASH
--> month     kept £  stranded £  double running £    ICB £  handed over £  ICB with it £  receivers' cost £  receivers' gap £  system £  one-off in the month £
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-01  240,201           0                 0  240,201              0        240,201                  0                 0   240,201                       0
--> 2026-02  240,201           0            32,000  272,201              0        272,201                  0                 0   272,201                       0
--> 2026-03  240,201           0            32,000  272,201              0        272,201                  0                 0   272,201                       0
--> 2026-04  112,200      12,800                 0  125,001         64,000        189,001             59,642            -4,358   184,643                       0
--> 2026-05  112,200       6,400                 0  118,601         64,000        182,601             62,956            -1,045   181,556                       0
--> 2026-06  112,200           0                 0  112,200         64,000        176,201             66,269            +2,269   178,470                       0
--> ICB is what counts when money handed over does not; ICB with it when it does. System: ICB and receivers' cost; the money handed over is between them.
--> One-off: non-recurrent costs that fall in the month, which are in no annual rate.
print(plan:cost_shift { min_saving = "50%" })
--> Cost shift, recurrent year   funded, 2025/26 prices, as at 2026-06   One   model HASH
--> transfer  receiver  released £  resource £  receiver cost £  shortfall £  system saving £  saving %  staff who move WTE  unfunded WTE  result
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> sg        city         128,000      64,000           66,269       +2,269          +61,731     48.2%                0.84          0.03  COST SHIFT
--> System saving is released less receiver cost, and must be at least 50% of what is released. Shortfall is receiver cost less resource.
print(plan:amend("sg", { receiver_cost = 140000 }):cost_shift())
--> Cost shift, recurrent year   funded, 2025/26 prices, as at 2026-06   One, amended   model HASH
--> transfer  receiver  released £  resource £  receiver cost £  shortfall £  system saving £  saving %  staff who move WTE  unfunded WTE  result
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> sg        city         128,000      64,000          140,000      +76,000          -12,000     -9.4%                0.84          0.46  COST SHIFT
--> System saving is released less receiver cost, and must be at least 50% of what is released. Shortfall is receiver cost less resource.
print(plan:with { params = {} }:cost_shift():get("sg", "result"))  --> COST SHIFT
local priced <const> = plan:amend("sg", { receiver_cost = remit.param { id = "dear", default = 200000 } })
print(priced:cost_shift():get("sg", "shortfall"), priced:with { params = { dear = 50000 } }:cost_shift():get("sg", "shortfall"))
--> 135999.75	-14000.25
-- Not ready: it slips.
print(plan:amend("sg", { ready = { form = false }, if_not_ready = "slip 2 months" }):phase { from = "2026-03", to = "2026-06" })
--> cost, wte by month
--> funded, annual run rate in each month, 2025/26 prices, 2026-03 to 2026-06   One, amended   model HASH
--> month     cost £   WTE
--> ──────────────────────
--> 2026-03  272,201  3.40
--> 2026-04  272,201  3.40
--> 2026-05  272,201  3.40
--> 2026-06  125,001  1.78
-- Go-live in the month of shadow running: nothing runs twice.
print(plan:amend("sg", { shadow = "2026-04" }):total("cost", { at = "2026-04" }), plan:amend("sg", { shadow = remit.none }):total("cost", { at = "2026-04" }))
--> 125000.55	125000.55
