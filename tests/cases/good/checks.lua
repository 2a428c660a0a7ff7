local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\ntrust,The Trust,provider,nhs\n",
  dependencies = "fn,needs,kind,why\nchc,digital,enabler,records\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", receiver_cost = 60000, ready = { form = false, dates = true },
    depends_on = { "national framework" }, objections = { "the council" }, why = "place workshop" },
  remit.close { posts = { fn = "digital", band = "9" }, from = "2025-10" },
} })
local cap <const> = remit.envelope { id = "small", per_head = 0.5, population = 500000, population_basis = "allocation", due = "2026-04" }
print(plan:checks { at = "2026-04", envelope = cap, own = {
  { id = "assessors", name = "Enough assessors", measure = "wte", where = { fn = "chc" }, at_least = 1 },
  remit.check { id = "records", principle = "technology", test = function() return "open", "the records system is not chosen" end },
} })

--> Checks   2025/26 prices, as at 2026-04   Plan   model HASH
--> check             name                               of         status  evidence
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> envelope          The cap is met                     toolkit    pass    £0.173m, £0.077m below the cap
--> cost_shift        No transfer only shifts cost       toolkit    fail    chc: system saving £7,000 of £67,000 released
--> unidentified      No unidentified savings            toolkit    pass    none
--> taken             No cut empties non-pay or posts    toolkit    pass    no cut takes from one kind after another
--> duties            Statutory duties have their owner  toolkit    fail    0 pass, 11 fail, 4 open; effectiveness: no function of this model serves it
--> closure           What transfers need moves too      toolkit    fail    chc also needs digital
--> readiness         Transfers are ready                toolkit    fail    chc waits for form, national framework, objection: the council
--> homes             Every WTE has a group and a team   toolkit    fail    0.0 WTE in no group, 2.4 in no team
--> leadership        Leadership is multi-professional   toolkit    open    posts state no profession, or no group
--> reasons           Every change has its reason        toolkit    fail    no reason: close
--> conflicts         Changes bite, and do not clash     toolkit    fail    close selects nothing
--> assessors         Enough assessors                   own        fail    wte is 0; at least 1
--> records           records                            own        open    the records system is not chosen
--> simple            Keep it simple                     principle  open    no check speaks to it
--> multi_profession  Multi-profession leadership        principle  open    leadership: open
--> ambitious         Ambitious long-term goals          principle  open    no check speaks to it
--> statutory         What the ICB must do               principle  fail    duties: fail
--> learning          Learning and improvement           principle  open    no check speaks to it
--> involvement       Patient and public involvement     principle  open    no check speaks to it
--> collaboration     Stakeholder collaboration          principle  open    no check speaks to it
--> technology        Technology                         principle  open    records: open
--> innovation        Innovate and learn from the best   principle  open    no check speaks to it
--> great_place       A great place to work              principle  open    no check speaks to it
--> 3 pass, 9 fail, 11 open.
print(plan:checks { at = "2025-12", envelope = cap, principles = false }:where { status = "open" })

--> Checks   2025/26 prices, as at 2025-12   Plan   model HASH
--> check       name                              of       status  evidence
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> readiness   Transfers are ready               toolkit  open    chc waits for form, national framework, objection: the council
--> leadership  Leadership is multi-professional  toolkit  open    posts state no profession, or no group
--> 3 pass, 6 fail, 2 open.
--> 2 of 11 rows shown
-- Lists that stand on each other and clash may be meant: somebody has to say so.
local again <const> = base:scenario("Cut", { changes = { remit.scale { id = "cut", lines = { fn = "digital" }, change = "-5%", from = "2025-10", why = "less" } } })
  :scenario("Again", { changes = { remit.scale { id = "more", lines = { fn = "digital" }, change = "-5%", from = "2025-10", why = "less still" } } })
print(again:checks({ at = "2025-10" }):where({ check = "conflicts" }):get(1, "status"), again:checks({ at = "2025-10" }):get("conflicts", "evidence"))
--> open	cut and more: both scale
-- A saving below nothing has its sign before the pound, and whole pounds.
local worse <const> = base:scenario("Worse", { changes = { remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04",
  receiver_cost = 70000.75, why = "dearer" } } })
print(worse:checks({ at = "2026-04" }):get("cost_shift", "evidence"))  --> chc: system saving -£3,001 of £67,000 released
