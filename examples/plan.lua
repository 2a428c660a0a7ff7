-- SPDX-License-Identifier: Apache-2.0
-- What a board asks of a plan, from any pack with rules: when does it fit the cap, what does waiting cost, who takes what with which money, is it only a cost
-- shift, what is each change worth and how sure is it, and what if a place is ready sooner or later.
--     remit run examples/plan.lua examples/nenc sunderland stsft
--     remit run examples/plan.lua examples/surrey east_surrey sash

local remit <const> = require "remit"

local PACK <const>, PLACE <const>, RECEIVER <const> = arg[1], arg[2], arg[3]
assert(RECEIVER, "remit run examples/plan.lua FOLDER PLACE RECEIVER")

local function heading(text)
  print(("\n== %s ==\n"):format(text))
end

local base <const> = remit.load(PACK)
local model <const> = base
  :classify(remit.decision_table(PACK .. "/rules/classify.csv"))
  :assign(remit.subsidiarity(PACK .. "/rules/subsidiarity.csv"))

local cap <const> = remit.envelope {
  id = "running cost and programme pay",
  per_head = remit.param { id = "cap_per_head" },
  population = remit.param { id = "population" },
  population_basis = "stated",
  include = { fund = "running, programme_pay" },
  due = "2026-01",
}

-- ---- The changes ----

local function neighbourhood(place, given)
  return remit.transfer {
    id = "neighbourhood-" .. place, status = "idea", functions = { id = "pc_ops, nbhd_partnerships, meds_opt, estates, local_workforce" }, place = place,
    split = { population = "registered" }, receiver = RECEIVER, shadow = "2026-04", golive = given and given.golive or "2027-04",
    resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%", stranded = { share = "8%", months = 12 },
    ready = { form = false, dates = true, clarity = false, resource = false, governance = false }, if_not_ready = "flag",
    depends_on = { "national capacity and capability framework" },
    why = "neighbourhood health and primary care rank first at the place workshop", ref = "S4, workshop outputs 2 and 6",
  }
end

local changes <const> = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc, send)" }, from = "2025-10",
    status = "agreed", why = "vacancies are held, but for critical services", ref = "S4, potential impact on staff" },
  remit.scale { id = "streamline", lines = { fn = { class = "retain" } }, protect = { fn = "quality" },
    change = remit.param { id = "retain_cut", default = "-35%" }, take = { "vacancies", "nonpay", "posts" }, from = "2026-01",
    why = "streamline boards, do corporate services at scale", ref = "S4, retain and adapt" },
  remit.scale { id = "grow-less", lines = { fn = { class = "grow" } }, change = "-10%", take = { "nonpay", "posts" }, from = "2026-01",
    why = "what grows starts from less" },
  remit.transfer { id = "regions", functions = { id = "provider_oversight, research, strategic_workforce, data_collection" }, receiver = "region",
    golive = "2026-04", resource = "50%", staff = { tupe = "50%", close = "50%" }, status = "idea", confidence = "40%",
    why = "transfer to regions over time", ref = "S4, review for transfer" },
  remit.transfer { id = "eprr", functions = { id = "eprr" }, receiver = "region", shadow = "2026-04", golive = "2026-10", resource = "60%",
    double_running = "20%", why = "emergency planning goes when it is safe", ref = "S0, emergency planning until safely transferred" },
  remit.once { id = "redundancy", cost = remit.param { id = "redundancy", default = 2500000 }, month = "2025-12",
    on = { fund = "running", fn = "core_ops" }, against_cap = false, why = "voluntary scheme, terms not yet clear", ref = "S0, risks" },
}
for member in model:dim("place"):members():rows() do
  changes[#changes + 1] = neighbourhood(member.id)
end

local plan <const> = model:scenario("Blueprint", { changes = changes })
local slower <const> = plan:with { name = "Slower transfer", drop = { "neighbourhood-" .. PLACE }, add = { neighbourhood(PLACE, { golive = "2028-04" }) } }
local sooner <const> = plan:amend("neighbourhood-" .. PLACE, { golive = "-6 months", why = "what if it is ready sooner?" })

heading "What changes"
print(plan:changes())

heading "Does it fit, and when?"
print(cap:check(plan, { by = "month", from = "2025-12", to = "2028-04" }))

heading "Year by year"
print(plan:phase { by = "year", from = "2025-04", to = "2028-03", measures = { "cost", "wte", "in_post" } })

heading "Three ledgers"
print(plan:ledger { from = "2026-03", to = "2026-05" })
print(plan:ledger { from = "2027-03", to = "2027-05" })
print(plan:ledger { by = "receiver", from = "2027-04", to = "2027-04", envelope = cap })

heading "Ready, and if not?"
print(plan:readiness())
print(plan:amend("neighbourhood-" .. PLACE, { if_not_ready = "slip 3 months" }):slip_price { envelope = cap })

heading "A cost shift?"
print(plan:cost_shift { min_saving = "50%" })

heading "Now and then"
print(remit.compare { model, plan }:table { by = { "group" }, at = "2027-04", measures = { "cost", "wte", "in_post" } })
print(remit.compare { model, plan }:table { by = { "fn.class" }, at = "2027-04", measures = { "cost", "wte" } })

heading "What each change is worth"
print(remit.compare { model, plan }:bridge { measure = "cost", at = "2027-04" })

heading "How sure is it?"
print(plan:risk { at = "2027-04" })
print(cap:check(plan, { at = { "2026-04", "2027-04" }, risk = "confidence" }))

heading "What if?"
print(remit.compare { plan, sooner }:ledger { envelope = cap })
print(remit.compare { plan, sooner, slower }:table { at = "2026-10", measures = { "cost" } })
print(remit.compare { plan, sooner, slower }:table { at = "2027-04", measures = { "cost" } })
print(cap:check(plan:with { name = "Retained functions bear more", params = { retain_cut = "-45%" } }, { at = { "2026-04", "2027-04" } }))
print(plan:sweep { param = "retain_cut", values = { from = "-25%", to = "-65%", step = "-10%" }, at = "2027-04", envelope = cap })
print(plan:sweep { change = "neighbourhood-" .. PLACE, field = "golive", values = { from = "2026-10", to = "2027-10", step = "3 months" },
  at = "2028-03", period = "cumulative", from = "2026-04",
  across = { change = "neighbourhood-" .. PLACE, field = "double_running", values = { "0%", "25%", "50%" } } })
