local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
-- Each change by itself: before its month nothing, from it on its effect, from `to` on nothing again.
local function figures(change, months, where)
  local plan <const> = base:scenario("one", { changes = { change } })
  for _, month in ipairs(months) do
    print(month, plan:total("cost", { at = month, where = where }), plan:total("wte", { at = month, where = where }), plan:total("in_post", { at = month, where = where }))
  end
end
print(base:total "cost", base:total "wte", base:total "in_post")  --> 240201.0	3.4	2.0
figures(remit.close { posts = { vacant = true }, from = "2025-10", to = "2026-01", why = "held" }, { "2025-09", "2025-10", "2026-01" })
--> 2025-09	240201.0	3.4	2.0
--> 2025-10	164200.75	2.0	2.0
--> 2026-01	240201.0	3.4	2.0
figures(remit.close { posts = { fn = "chc" }, share = "50%", from = "2025-10", why = "half" }, { "2025-10" })
--> 2025-10	214201.0	2.9	2.0
figures(remit.scale { lines = { kind = "nonpay" }, change = "-10%", from = "2026-01", why = "contracts" }, { "2026-01" })
--> 2026-01	236700.95	3.4	2.0
figures(remit.scale { lines = { fn = "chc" }, measure = "both", change = -0.5, from = "2026-01", why = "half" }, { "2026-01" })
--> 2026-01	206701.0	2.9	2.0
figures(remit.scale { posts = {}, measure = "wte", target = 2, from = "2026-01", why = "two are enough" }, { "2026-01" })
--> 2026-01	240201.0	2.0	1.176471
figures(remit.scale { lines = {}, target = 200000, from = "2026-01", why = "the cap" }, { "2026-01" })  --> 2026-01	200000.0	3.4	2.0
figures(remit.scale { lines = {}, protect = { fn = "safeguarding" }, change = "-10%", spread = "rest", from = "2026-01", why = "all of it" }, { "2026-01" })
--> 2026-01	216180.9	3.4	2.0
figures(remit.scale { lines = {}, change = "-50%", take = { "vacancies", "nonpay", "posts" }, from = "2026-01", why = "in this order" }, { "2026-01" })
--> 2026-01	120100.5	1.865389	1.865389
-- A target that is the same figure takes the same from the same kinds: no argument is passed over.
figures(remit.scale { lines = {}, target = 120100.5, take = { "vacancies", "nonpay", "posts" }, from = "2026-01", why = "to the cap" }, { "2026-01" })
figures(remit.scale { lines = {}, protect = { fn = "safeguarding" }, target = 60000, take = { "nonpay", "vacancies" }, from = "2026-01", why = "to a figure" }, { "2026-01" })
figures(remit.scale { posts = {}, measure = "wte", target = 2.5, take = { "vacancies" }, from = "2026-01", why = "vacant ones first" }, { "2026-01" })
figures(remit.add { posts = { { fn = "digital", band = "7", wte = 0.5 }, { fn = "digital", band = "8a", point = "top", in_post = 0 } }, from = "2026-01",
  to = "2026-03", why = "grow" }, { "2025-12", "2026-01", "2026-03" }, { fn = "digital" })
--> 2026-01	120100.5	1.865389	1.865389
--> 2026-01	188000.5	3.069231	2.0
--> 2026-01	191343.7	2.5	2.0
--> 2025-12	46200.5	0.6	0.6
--> 2026-01	157159.7	2.1	1.1
--> 2026-03	46200.5	0.6	0.6
figures(remit.add { lines = { { fn = "digital", kind = "nonpay", cost = 1234.56 } }, from = "2026-01", why = "licences" }, { "2026-01" }, { fn = "digital" })
--> 2026-01	47435.06	0.6	0.6
figures(remit.move { posts = { fn = "digital" }, into = { fn = "quality", place = "north" }, from = "2026-01", why = "together" }, { "2025-12", "2026-01" }, { fn = "quality", place = "north" })
--> 2025-12	0.0	0.0	0.0
--> 2026-01	31200.0	0.6	0.6
figures(remit.regrade { posts = { fn = "chc" }, band = "5", from = "2026-01", to = "2026-06", why = "wider spans" }, { "2025-12", "2026-01", "2026-06" }, { fn = "chc" })
--> 2025-12	67000.0	1.0	0.0
--> 2026-01	54576.45	1.0	0.0
--> 2026-06	67000.0	1.0	0.0
figures(remit.regrade { posts = { id = "P1" }, band = "7", protect_pay = 3, from = "2026-01", why = "pay is protected" }, { "2026-01", "2026-04" }, { id = "P1" })
--> 2026-01	80000.0	1.0	1.0
--> 2026-04	61345.63	1.0	1.0
figures(remit.set { functions = { id = "digital" }, into = { blueprint = "review" }, from = "2026-01", why = "decided" }, { "2025-12", "2026-01" }, { fn = { blueprint = "review" } })
--> 2025-12	195000.5	2.8	1.4
--> 2026-01	241201.0	3.4	2.0
figures(remit.transfer { functions = { id = "safeguarding" }, receiver = "trust", share = "50%", golive = "2026-01", why = "half" }, { "2025-12", "2026-01" })
--> 2025-12	240201.0	3.4	2.0
--> 2026-01	176200.75	2.5	1.3
-- Shadow running, leaving evenly over two months, and what is stranded, falling to nothing.
figures(remit.transfer { functions = { id = "safeguarding" }, receiver = "trust", shadow = "2025-12", golive = "2026-01", double_running = "10%", months = 2,
  profile = "linear", stranded = { share = "20%", months = 2 }, why = "slowly" }, { "2025-11", "2025-12", "2026-01", "2026-02", "2026-03" })
--> 2025-11	240201.0	3.4	2.0
--> 2025-12	253001.05	3.4	2.0
--> 2026-01	189000.8	2.68	1.44
--> 2026-02	125000.55	1.78	0.74
--> 2026-03	112200.5	1.6	0.6
-- A one-off cost is in its year and in no month's rate.
local plan <const> = base:scenario("one-off", { changes = { remit.once { cost = 1000, month = "2025-12", on = { fn = "chc", fund = "running" }, why = "redundancy" } } })
print(plan:total("cost", { at = "2025-12" }), plan:total("cost", { at = "2025-12", period = "in_year" }), plan:total("cost", { at = "2026-04", period = "in_year" }))
--> 240201.0	241201.0	240201.0
print(plan:total("cost", { at = "2025-12", period = "in_year", where = { fn = "chc" } }), plan:total("cost", { at = "2025-12", period = "in_year", where = { fn = "digital" } }))
--> 68000.0	46200.5
