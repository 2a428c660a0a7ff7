-- SPDX-License-Identifier: Apache-2.0
-- A whole plan on one page: a cap, decisions about functions, four changes, and what the board asks of them.
--     remit run examples/nenc/blueprint.lua

local remit = require "remit"
local base = remit.load "examples/nenc"

local cap = remit.envelope {
  id = "running cost", per_head = 18.76, population = remit.param { id = "population", default = 3623081 }, population_basis = "allocation",
  include = { fund = "running, programme_pay" }, exclude = { tags = "pod" },
  due = "2026-01", basis = "funded", period = "run_rate",      -- funded | in_post | actual; run_rate | in_year | recurrent
}

local model = base
  :classify(remit.decision_table "examples/nenc/rules/classify.csv")        -- sets fn.class, fn.destination, ...
  :assign(remit.subsidiarity "examples/nenc/rules/subsidiarity.csv")       -- sets fn.level, accountable, delivers, hosts, funds

local plan = model:scenario("Blueprint, places from April 2027", { changes = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc)" }, from = "2025-10", why = "vacancies held" },
  remit.scale { id = "streamline", lines = { fn = { class = "retain" } }, protect = { fn = "quality" }, measure = "cost",
                change = remit.param { id = "retain_cut", default = "-15%" }, take = { "vacancies", "nonpay", "posts" },
                from = "2026-01", why = "streamline; do some at scale", ref = "blueprint: retain and adapt" },
  remit.move  { id = "eprr", posts = { fn = "eprr" }, into = { group = "insights" }, from = "2025-10", why = "interim lead" },
  remit.transfer {
    id = "neighbourhood-sunderland", functions = { id = "pc_ops, nbhd_partnerships" }, place = "sunderland", split = { population = "registered" },
    receiver = "nhp.sunderland", alternatives = { "stsft", "cntw", "sunderland_la", "joint_committee" },
    shadow = "2026-04", golive = "2027-04", profile = "step",     -- step | linear | front | back, over `months`
    resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%", stranded = { share = "8%", months = 12 },
    ready = { form = false, dates = true, clarity = false, resource = false, governance = false }, if_not_ready = "flag",
    depends_on = { "national capacity and capability framework" }, objections = {},
    why = "ranked first and second at the place workshop",
  },
} })

print(cap:check(plan, { by = "month", from = "2025-12", to = "2028-03" }))
print(plan:cost_shift { min_saving = "50%" })
print(remit.compare { base, plan }:table { by = "group", at = "2027-04", measures = { "cost", "wte", "in_post" } })
print(remit.compare { base, plan }:bridge { measure = "cost", at = "2027-04" })

local sooner = plan:amend("neighbourhood-sunderland", { golive = "-6 months", why = "what if Sunderland is ready sooner?" })
print(cap:check(sooner, { at = { "2026-10", "2027-04" } }))
