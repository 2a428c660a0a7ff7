-- SPDX-License-Identifier: Apache-2.0
-- Options within the cap, for any board: written on the pack of North East and North Cumbria, made to run on anybody's. It names no pack and no place:
-- the pack is the one that is granted, what is local comes from the site profile, and the rules travel with it.
--     remit run examples/sharing/options.lua --pack examples/nenc
--     remit bundle examples/sharing/options.lua --out options.remit

local remit <const> = require "remit"

remit.needs {
  files = { "examples/nenc/rules/classify.csv" },
  outputs = { "out/by_class.csv", "out/cap.csv", "out/options.md" },
  tables = { "posts", "budget_lines" },
  dimensions = { "fn", "fund", "place" }, measures = { "cost", "wte", "in_post", "vacancies" }, attributes = { "fn.blueprint", "fn.residual" },
}

local site <const> = remit.site {
  needs = { "names.icb", "envelope.per_head", "envelope.population", "envelope.population_basis" },
  defaults = { ["envelope.due"] = "2026-01", ["envelope.basis"] = "funded", ["own.retain_cut"] = "-15%" },
}

local base <const> = remit.load()
local model <const> = base:classify(remit.decision_table "examples/nenc/rules/classify.csv")

local cap <const> = remit.envelope {
  id = site.names.icb, per_head = site.envelope.per_head, population = site.envelope.population, population_basis = site.envelope.population_basis,
  basis = site.envelope.basis, due = site.envelope.due, include = { fund = "running, programme_pay" },
}

local plan <const> = model:scenario("Streamlined", { changes = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc)" }, from = "2025-10",
    why = "vacancies are held, but for critical services" },
  remit.scale { id = "streamline", lines = { fn = { class = "retain" } }, protect = { fn = "quality" }, change = site.own.retain_cut,
    take = { "vacancies", "nonpay", "posts" }, from = "2026-01", why = "streamline boards, do corporate services at scale" },
} })

print(site.names.icb)
print(model:pivot { measures = { "cost", "wte", "in_post" }, by = { "fn.class" }, totals = true })
print(cap:check(plan, { at = { "2025-12", "2026-01", "2027-04" } }))

model:pivot { measures = { "cost", "wte", "in_post", "vacancies" }, by = { "fn.class" }, totals = true }:save "out/by_class.csv"
cap:check(plan, { by = "month", from = "2025-10", to = "2026-06" }):save "out/cap.csv"
remit.compare({ model, plan }):table { by = { "fn.class" }, at = "2026-04", measures = { "cost", "wte" } }:save "out/options.md"
