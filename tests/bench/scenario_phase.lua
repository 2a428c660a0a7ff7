-- SPDX-License-Identifier: Apache-2.0
-- Twenty changes to examples/nenc, and three years of them, month by month.

local remit <const> = require "remit"

local FUNCTIONS <const> = { "chc", "core_ops", "pathway_commissioning", "phm", "safeguarding", "quality", "pc_ops", "payer", "corp_gov", "meds_opt", "digital",
  "strategy", "data_collection", "pathway_dev", "board_gov", "provider_oversight", "clinical_gov", "nbhd_commissioning" }
local changes <const> = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc)" }, from = "2025-10", why = "vacancies held" },
  remit.transfer {
    id = "sunderland", functions = { id = "nbhd_partnerships" }, place = "sunderland", split = { population = "registered" }, receiver = "stsft",
    shadow = "2026-04", golive = "2027-04", profile = "step", resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%",
    stranded = { share = "8%", months = 12 }, why = "ranked first at the place workshop",
  },
}
for index, id in ipairs(FUNCTIONS) do
  changes[#changes + 1] = remit.scale { id = "cut_" .. id, lines = { fn = id }, change = ("-%d%%"):format(index), from = ("2026-%02d"):format(index % 12 + 1),
    why = "less of it" }
end

local base <const> = remit.load "examples/nenc"
print(base:scenario("Blueprint", { changes = changes }):phase { from = "2026-04", to = "2029-03", by = "month" })
