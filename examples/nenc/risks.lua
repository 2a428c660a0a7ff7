-- SPDX-License-Identifier: Apache-2.0
-- The risks that the board paper names (S0), each tied to a figure where it has one.
--     remit run examples/nenc/risks.lua

local remit <const> = require "remit"

local function risk(name, figure)
  print(("\n== %s ==\n"):format(name))
  print(figure)
end

local base <const> = remit.load "examples/nenc"
  :classify(remit.decision_table "examples/nenc/rules/classify.csv")
  :assign(remit.subsidiarity "examples/nenc/rules/subsidiarity.csv")

local cap <const> = remit.envelope { id = "running cost and programme pay", per_head = remit.param { id = "cap_per_head" },
  population = remit.param { id = "population" }, population_basis = "stated", include = { fund = "running, programme_pay" }, due = "2026-01" }

local plan <const> = base:scenario("Blueprint", { changes = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc, send)" }, from = "2025-10", status = "agreed",
    why = "vacancies are held, but for critical services", ref = "S4, potential impact on staff" },
  remit.scale { id = "streamline", lines = { fn = { class = "retain" } }, protect = { fn = "quality" }, change = "-35%",
    take = { "vacancies", "nonpay", "posts" }, from = "2026-01", why = "streamline boards, do corporate services at scale", ref = "S4, retain and adapt" },
  remit.transfer { id = "neighbourhoods", functions = { id = "pc_ops, nbhd_partnerships, meds_opt, estates, local_workforce" }, receiver = "stsft",
    shadow = "2026-04", golive = "2027-04", resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%", status = "idea",
    why = "neighbourhood health and primary care rank first at the place workshop", ref = "S4, workshop outputs 2 and 6" },
  remit.transfer { id = "eprr", functions = { id = "eprr" }, receiver = "region", shadow = "2026-04", golive = "2026-10", resource = "60%",
    double_running = "20%", status = "idea", why = "emergency planning goes when it is safe", ref = "S0, emergency planning until safely transferred" },
  remit.regrade { id = "spans", posts = { band = "8b", fn = { class = "retain" } }, band = "8a", protect_pay = 24, from = "2026-04", status = "idea",
    why = "wider spans, simpler structure", ref = "S0, design principle 1" },
} })

risk("Clarity on £18.76: do delegated teams and general practice IT count?", cap:variants(plan, {
  { name = "without delegated pharmacy, ophthalmic and dental teams", exclude = { tags = "pod" } },
  { name = "without general practice IT", exclude = { tags = "gpit" } },
  { name = "without either", exclude = { tags = "pod, gpit" } },
}, { at = "2027-04" }))

local allocated <const> = plan:with { name = "With the Accelerator", add = {
  remit.add { id = "accelerator", lines = { { kind = "nonpay", fn = "phm", fund = "running", cost = remit.param { id = "accelerator" } } },
    from = "2026-04", why = "additional allocations count against the cap, such as the Health and Growth Accelerator", ref = "S0, risks" } } }
risk("Additional allocations that count, such as the Health and Growth Accelerator", remit.compare { plan, allocated }:bridge { at = "2027-04" })
print(cap:check(allocated, { at = { "2026-04", "2027-04" } }))

local winter <const> = plan:amend("eprr", { golive = "+6 months", why = "not in winter" })
risk("Winter and the transfer of emergency planning: after it instead of before", remit.compare { plan, winter }:table {
  by = "fn", at = "2026-12", where = { fn = "eprr" }, measures = { "cost", "in_post" } })

local later <const> = plan:amend("neighbourhoods", { golive = "+12 months", why = "receivers have not agreed" })
risk("Transfer timescales that receivers have not agreed: a year later", cap:check(later, { at = { "2027-03", "2027-04", "2028-04" } }))

risk("A voluntary redundancy scheme whose terms are not clear: what leaving may cost", plan:redundancy { at = "2027-04", route = "voluntary" })

risk("Statutory responsibility for functions that are delivered elsewhere", base:duties():where { evidence = "*accountability stays*" })

risk("Pace of change: how sure is it?", plan:risk { at = "2027-04" })
print(cap:check(plan, { at = { "2026-04", "2027-04" }, risk = "confidence" }))

risk("What it means for people", plan:impact { at = "2027-04" })

print "\nWithout a figure here: loss of talent and organisational memory, and what the ten-year plan will say."
