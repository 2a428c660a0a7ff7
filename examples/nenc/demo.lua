-- SPDX-License-Identifier: Apache-2.0
-- What NENC's board is told, from the published totals: what was loaded, who costs what, whether it fits under £18.76 a head, how many posts must go,
-- whether the ledger agrees, and where the sources do not.     remit run examples/nenc/demo.lua

local remit <const> = require "remit"

local HERE <const> = arg and arg[0] and arg[0]:match("^(.*)/[^/]*$") or "examples/nenc"

local function heading(text)
  print(("\n== %s ==\n"):format(text))
end

local base <const> = remit.load(HERE)

heading "What was loaded"
print(base:info())

local measures <const> = { "pay", "nonpay", "income", "vacancy_factor", "cost", "wte", "in_post", "vacancies", "heads" }

heading "By group"
print(base:pivot { measures = measures, by = { "group" }, totals = true })

heading "By what the national blueprint says"
print(base:pivot { measures = measures, by = { "fn.blueprint" }, totals = true })

heading "Against the cap"
local cap <const> = remit.envelope {
  id = "running cost and programme pay",
  per_head = remit.param { id = "cap_per_head" },
  population = remit.param { id = "population" },
  population_basis = "allocation",
  include = { fund = "running, programme_pay" },
  due = "2026-01",
}
print(cap:check(base, { basis = { "funded", "in_post" } }))

heading "The same cap over disputed perimeters"
print(cap:variants(base, {
  { name = "without POD teams", exclude = { tags = "pod" } },
  { name = "without general practice IT", exclude = { tags = "gpit" } },
  { name = "without either", exclude = { tags = "pod, gpit" } },
}))

heading "What leaves in post"
print(base:reduction { reduce_wte = remit.param { id = "reduce_wte" }, refill = { 0, 50 } })

heading "Establishment against ledger"
print(base:reconcile { by = "cost_centre" })

heading "Stated figures, and where they disagree"
local current <const>, future <const> = base:total "cost", base:total "cost" + cap:headroom(base)
print(base:assumptions { computed = {
  reduction_share = { value = (1 - future / current) * 100, unit = "%", how = "1 - cap / cost of this pack" },
} })

heading "Health of the pack"
print(base:health())
