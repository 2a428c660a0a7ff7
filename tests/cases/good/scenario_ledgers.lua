local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  duties = "id,name,act,functions,accountable\nchild,Safeguard children,Children Act 2004,safeguarding,system\n" }
local base <const> = tiny.load(files):assign(remit.subsidiarity { rules = {
  { id = "all", criterion = "fn", test = "-", at_least = "system", why = "as an example" },
} })
local plan <const> = base:scenario("Two", { changes = {
  remit.transfer { id = "sg", functions = { id = "safeguarding" }, receiver = "city", shadow = "2026-02", golive = "2026-04", resource = "50%",
    staff = { tupe = "60%", close = "40%" }, double_running = "25%", stranded = { share = "10%", months = 2 }, delegated = 1000000,
    ready = { form = false, dates = true }, if_not_ready = "slip 2 months", depends_on = { "national framework" },
    objections = { "council: not without its budget" }, why = "workshop" },
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", shadow = "2026-02", golive = "2026-04", months = 3, profile = "linear",
    resource = "33.3333%", inside_cap = true, double_running = "10%", paid_by = "receiver", receiver_cost = 50000, ready = { form = true }, why = "trust" },
  remit.once { id = "set-up", cost = 1000, month = "2026-05", on = { fund = "running", fn = "chc" }, against_cap = false, why = "systems" },
} })
local cap <const> = remit.envelope { id = "cap", per_head = 0.5, population = 500000, population_basis = "registered", exclude = { fn = "digital" } }
-- A ledger each: what it spends, what is handed over, what it bears. They add up to the system's, in each month.
print(plan:ledger { by = "receiver", from = "2026-03", to = "2026-06" })
print(plan:ledger { by = "receiver", from = "2026-06", to = "2026-06", envelope = cap })
print(plan:ledger { from = "2026-06", to = "2026-06", envelope = cap })
-- To the penny: the rows of a month come to its total, and the ledger by month is the same.
for month = 2, 9 do
  local at <const> = ("2026-%02d"):format(month)
  local rows <const>, sum, whole = plan:ledger { by = "receiver", from = at, to = at, basis = "in_post", envelope = cap }, 0, 0
  for row in rows:rows() do
    local pence <const> = math.floor(row.bears * 100 + 0.5)
    if row.ledger == remit.none then
      whole = pence
    else
      sum = sum + pence
    end
  end
  local system <const> = plan:ledger({ from = at, to = at, basis = "in_post" }):get(1, "system")
  print(at, sum == whole, math.floor(system * 100 + 0.5) == whole)
end
-- What the ledger has inside the cap is what the cap is held against.
for row in cap:check(plan, { by = "month", from = "2026-03", to = "2026-08" }):rows() do
  print(row.period, row.cost - plan:ledger({ from = row.period, to = row.period, envelope = cap }):get(1, "inside"))
end
-- Who is ready, and what slipping costs against going live on time.
print(plan:readiness())
print(plan:slip_price())
print(plan:slip_price { transfer = "sg", from = "2026-05", to = "2026-06", envelope = cap, basis = "in_post" })
-- The price is what the ledgers say of both: a twelfth of each month's difference.
local on_time <const> = plan:amend("sg", { if_not_ready = "flag" })
print((plan:ledger({ from = "2026-05", to = "2026-05" }):get(1, "system") - on_time:ledger({ from = "2026-05", to = "2026-05" }):get(1, "system")) / 12)
-- What if it is ready sooner, in one line.
print(remit.compare { plan, plan:amend("sg", { golive = "-1 months", ready = { form = true } }) }:ledger())
-- A scenario that differs for good.
print(remit.compare { plan, plan:with { drop = { "chc" } } }:ledger { from = "2026-05", to = "2026-06" })
-- Delivery goes, accountability stays.
print(plan:duties())
print(plan:checks({ at = "2026-07" }):where { check = "duties, readiness" })


--> Ledgers by receiver   funded, annual run rate, 2025/26 prices, 2026-03 to 2026-06   Two   model HASH
--> month          ledger               spends £  hands over £  bears £  one-off in the month £  memo: delegated budgets £
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-03        ICB inside the cap    272,201             0  272,201                       0                          0
--> 2026-03        ICB outside the cap         0             0        0                       0                          0
--> 2026-03        trust                   6,700             0    6,700                       0                          0
--> 2026-03        city                        0             0        0                       0                          0
--> Total 2026-03                        278,901             0  278,901                       0                          0
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-04        ICB inside the cap    249,868        +7,444  257,312                       0                          0
--> 2026-04        ICB outside the cap         0             0        0                       0                          0
--> 2026-04        trust                  16,666        -7,444    9,222                       0                          0
--> 2026-04        city                        0             0        0                       0                          0
--> Total 2026-04                        266,534             0  266,534                       0                          0
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-05        ICB inside the cap    227,535       +14,889  242,423                       0                          0
--> 2026-05        ICB outside the cap         0             0        0                   1,000                          0
--> 2026-05        trust                  33,333       -14,889   18,445                       0                          0
--> 2026-05        city                        0             0        0                       0                          0
--> Total 2026-05                        260,868             0  260,868                   1,000                          0
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-06        ICB inside the cap     58,001       +22,333   80,334                       0                          0
--> 2026-06        ICB outside the cap         0       +64,000   64,000                       0                          0
--> 2026-06        trust                  50,000       -22,333   27,667                       0                          0
--> 2026-06        city                   59,642       -64,000   -4,358                       0                  1,000,000
--> Total 2026-06                        167,643             0  167,643                       0                  1,000,000
--> Bears: what it spends and hands over, less what it is paid (-). The total is the whole system: what is handed over is between them. As printed, columns add up, and a row may be off in its last digit.
--> One-off: non-recurrent costs that fall in the month, which are in no annual rate.
--> Memo: programme budgets that go along, a year: outside the cap, and in no other figure.
--> Ledgers by receiver   funded, annual run rate, 2025/26 prices, as at 2026-06   Two   model HASH
--> month          ledger               spends £  hands over £  bears £  one-off in the month £  memo: delegated budgets £
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-06        ICB inside the cap     11,800       +22,333   34,133                       0                          0
--> 2026-06        ICB outside the cap    46,201       +64,000  110,201                       0                          0
--> 2026-06        trust                  50,000       -22,333   27,667                       0                          0
--> 2026-06        city                   59,642       -64,000   -4,358                       0                  1,000,000
--> Total 2026-06                        167,643             0  167,643                       0                  1,000,000
--> Bears: what it spends and hands over, less what it is paid (-). The total is the whole system: what is handed over is between them. As printed, columns add up, and a row may be off in its last digit.
--> One-off: non-recurrent costs that fall in the month, which are in no annual rate.
--> Memo: programme budgets that go along, a year: outside the cap, and in no other figure.
--> Ledgers   funded, annual run rate, 2025/26 prices, as at 2026-06   Two   model HASH
--> month    kept £  stranded £  double running £   ICB £  handed over £  ICB with it £  inside the cap £  outside the cap £  receivers' cost £  receivers' gap £  system £  one-off in the month £
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-06  45,200      12,800                 0  58,001         86,334        144,334            34,133            110,201            109,642           +23,309   167,643                       0
--> ICB is what counts when money handed over does not; ICB with it when it does. System: ICB and receivers' cost; the money handed over is between them.
--> One-off: non-recurrent costs that fall in the month, which are in no annual rate.
--> 2026-02	true	true
--> 2026-03	true	true
--> 2026-04	true	true
--> 2026-05	true	true
--> 2026-06	true	true
--> 2026-07	true	true
--> 2026-08	true	true
--> 2026-09	true	true
--> 2026-03	0.0
--> 2026-04	0.0
--> 2026-05	0.0
--> 2026-06	0.0
--> 2026-07	0.0
--> 2026-08	0.0
--> Readiness of transfers   as at 2025-05   Two   model HASH
--> transfer  receiver  items met  not met  planned go-live  go-live  waits for           objections                       result
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> chc       trust             1           2026-04          2026-04                                                       ready
--> sg        city              1  form     2026-04          2026-06  national framework  council: not without its budget  slips 2 months
--> Of five items: form, dates, clarity, resource, governance. slip_price says what slipping costs.
--> What slipping costs   funded, money of the months, 2025/26 prices, 2026-04 to 2026-07   Two   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  trust £  city £  system £
--> ───────────────────────────────────────────────────────────────────────────────
--> 2026-04               +12,267                 -5,334        0    +363    +7,297
--> 2026-05               +12,800                 -5,333        0     +87    +7,554
--> 2026-06                +1,067                      0        0    -552      +514
--> 2026-07                  +533                      0        0    -276      +257
--> ───────────────────────────────────────────────────────────────────────────────
--> Total                 +26,667                -10,667        0    -378   +15,622
--> transfer 'sg' slips 2 months to 2026-06.
--> What slipping costs   in post, money of the months, 2025/26 prices, 2026-05 to 2026-06   Two   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  trust £  city £  system £
--> ───────────────────────────────────────────────────────────────────────────────
--> 2026-05               +10,400                 -4,333        0    -913    +5,154
--> 2026-06                  +867                      0        0    -552      +314
--> ───────────────────────────────────────────────────────────────────────────────
--> Total                 +11,267                 -4,333        0  -1,465    +5,468
--> They still differ in 2026-06: months after it are not in the total.
--> transfer 'sg' slips 2 months to 2026-06.
--> 7553.7475
--> Ledgers against Two   funded, money of the months, 2025/26 prices, 2026-03 to 2026-07   Two, amended   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  trust £  city £  system £
--> ───────────────────────────────────────────────────────────────────────────────
--> 2026-03               -12,267                 +5,334        0    -363    -7,297
--> 2026-04               -12,800                 +5,333        0     -87    -7,554
--> 2026-05               -13,333                 +5,333        0    +189    -7,811
--> 2026-06                -1,067                      0        0    +552      -514
--> 2026-07                  -533                      0        0    +276      -257
--> ───────────────────────────────────────────────────────────────────────────────
--> Total                 -40,000                +16,000        0    +567   -23,433
--> Ledgers against Two   funded, money of the months, 2025/26 prices, 2026-05 to 2026-06   Two, varied   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  trust £  city £  system £
--> ───────────────────────────────────────────────────────────────────────────────
--> 2026-05                +2,482                      0   -1,537       0      +944
--> 2026-06                +3,722                      0   -2,306       0    +1,417
--> ───────────────────────────────────────────────────────────────────────────────
--> Total                  +6,204                      0   -3,843       0    +2,361
--> They still differ in 2026-06: months after it are not in the total.
--> Statutory duties   as at 2025-05   Two   model HASH
--> duty   name                functions     accountable  delivered at  status  evidence
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> child  Safeguard children  safeguarding  system       system        pass    safeguarding goes to city from 2026-06, accountability stays
--> 1 pass, 0 fail, 0 open.
--> Checks   2025/26 prices, as at 2026-07   Two   model HASH
--> check      name                               of       status  evidence
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> duties     Statutory duties have their owner  toolkit  pass    1 pass, 0 fail, 0 open
--> readiness  Transfers are ready                toolkit  fail    sg waits for form, national framework, objection: council: not without its budget
--> 6 pass, 3 fail, 12 open.
--> 2 of 21 rows shown
-- In other prices each kind of line rises by its own rates, what staff cost a receiver as pay, and what is given as cost; the ICB's ledger is what total gives.
local dear <const> = {}
for name, text in pairs(files) do -- copying: order does not matter
  dear[name] = text
end
dear.uplifts = "year,measure,rate\n2026/27,pay,3%\n2026/27,cost,2%\n"
local later <const> = tiny.load(dear):scenario("Later", { changes = {
  remit.transfer { id = "sg", functions = { id = "safeguarding" }, receiver = "city", shadow = "2026-02", golive = "2026-04", resource = "50%",
    staff = { tupe = "60%", close = "40%" }, double_running = "25%", stranded = { share = "10%", months = 2 }, delegated = 1000000,
    ready = { form = false }, if_not_ready = "slip 2 months", why = "workshop" },
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", resource = "33.3333%", inside_cap = true,
    receiver_cost = 50000, why = "trust" },
  remit.once { id = "set-up", cost = 1000, month = "2026-06", on = { fn = "chc", kind = "pay" }, why = "systems" },
} })
for _, month in ipairs { "2026-03", "2026-06", "2026-09" } do
  local row <const> = later:ledger { from = month, to = month, prices = "2026/27" }
  print(month, row:get(1, "icb") == later:total("cost", { at = month, prices = "2026/27" }), row:get(1, "receivers"), row:get(1, "once"))
end
print(later:ledger { by = "receiver", from = "2026-06", to = "2026-06", prices = "2026/27" })
print(later:cost_shift { prices = "2026/27" })
print(later:slip_price { prices = "2026/27" })
print(remit.compare { later, later:amend("chc", { golive = "-1 month" }) }:ledger { prices = "2026/27" }:get(1, "system"))
--> 2026-03	true	0.0	0.0
--> 2026-06	true	112431.44	1030.0
--> 2026-09	true	119257.15	0.0
--> Ledgers by receiver   funded, annual run rate, 2026/27 prices, as at 2026-06   Later   model HASH
--> month          ledger               spends £  hands over £  bears £  one-off in the month £  memo: delegated budgets £
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-06        ICB inside the cap     59,591       +22,953   82,544                   1,030                          0
--> 2026-06        ICB outside the cap         0       +65,920   65,920                       0                          0
--> 2026-06        trust                  51,000       -22,953   28,047                       0                          0
--> 2026-06        city                   61,431       -65,920   -4,489                       0                  1,020,000
--> Total 2026-06                        172,022             0  172,022                   1,030                  1,020,000
--> Bears: what it spends and hands over, less what it is paid (-). The total is the whole system: what is handed over is between them. As printed, columns add up, and a row may be off in its last digit.
--> One-off: non-recurrent costs that fall in the month, which are in no annual rate.
--> Memo: programme budgets that go along, a year: outside the cap, and in no other figure.
--> Cost shift, recurrent year   funded, 2026/27 prices, as at 2026-08   Later   model HASH
--> transfer  receiver  released £  resource £  receiver cost £  shortfall £  system saving £  saving %  staff who move WTE  unfunded WTE  result
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> chc       trust         68,860      22,953           51,000      +28,047          +17,860     25.9%                0.00          0.00  COST SHIFT
--> sg        city         131,841      65,920           68,257       +2,337          +63,583     48.2%                0.84          0.03  COST SHIFT
--> System saving is released less receiver cost, and must be at least 50% of what is released. Shortfall is receiver cost less resource.
--> What slipping costs   funded, money of the months, 2026/27 prices, 2026-04 to 2026-07   Later   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  trust £  city £  system £
--> ───────────────────────────────────────────────────────────────────────────────
--> 2026-04               +12,635                 -5,494        0    +374    +7,516
--> 2026-05               +13,184                 -5,493        0     +90    +7,780
--> 2026-06                +1,099                      0        0    -569      +530
--> 2026-07                  +549                      0        0    -284      +265
--> ───────────────────────────────────────────────────────────────────────────────
--> Total                 +27,467                -10,987        0    -389   +16,091
--> transfer 'sg' slips 2 months to 2026-06.
--> -1488.33
