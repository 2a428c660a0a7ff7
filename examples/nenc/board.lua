-- SPDX-License-Identifier: Apache-2.0
-- NENC's board report: vacancies held alone, the blueprint with places from April 2027, and the same with slower places.
--     remit run examples/nenc/board.lua        writes out/nenc-options.html, .md and .xlsx, or what --out DIR says instead of out

local remit <const> = require "remit"

local HERE <const> = arg and arg[0] and arg[0]:match("^(.*)/[^/]*$") or "examples/nenc"
local OUT <const> = arg and arg[1] or "out" -- under stock lua5.4 a folder may be named

local base <const> = remit.load(HERE)
  :classify(remit.decision_table(HERE .. "/rules/classify.csv"))
  :assign(remit.subsidiarity(HERE .. "/rules/subsidiarity.csv"))

local cap <const> = remit.envelope {
  id = "running cost and programme pay",
  per_head = remit.param { id = "cap_per_head" },
  population = remit.param { id = "population" },
  population_basis = "allocation",
  include = { fund = "running, programme_pay" },
  due = "2026-01",
}

-- ---- The changes ----

local hold <const> = remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc, send)" }, from = "2025-10",
  owner = "chief people officer", status = "agreed", why = "vacancies are held, but for critical services", ref = "S4, potential impact on staff" }

local streamline <const> = remit.scale { id = "streamline", lines = { fn = { class = "retain" } }, protect = { fn = "quality" },
  change = remit.param { id = "retain_cut", default = "-35%" }, take = { "vacancies", "nonpay", "posts" }, from = "2026-01",
  owner = "chief finance officer", why = "streamline boards, do corporate services at scale", ref = "S4, retain and adapt" }

local grow_less <const> = remit.scale { id = "grow-less", lines = { fn = { class = "grow" } }, change = "-10%", take = { "nonpay", "posts" },
  from = "2026-01", owner = "chief finance officer", status = "idea", why = "what grows starts from less" }

local regions <const> = remit.transfer { id = "regions", functions = { id = "provider_oversight, research, strategic_workforce, data_collection" },
  receiver = "region", golive = "2026-04", resource = "50%", staff = { tupe = "50%", close = "50%" }, ready = { form = true, dates = true, resource = false },
  why = "transfer to regions over time", ref = "S4, review for transfer" }

local eprr <const> = remit.transfer { id = "eprr", functions = { id = "eprr" }, receiver = "region", shadow = "2026-04", golive = "2026-10",
  resource = "60%", double_running = "20%", objections = { "winter" }, why = "emergency planning goes when it is safe",
  ref = "S0, emergency planning until safely transferred" }

local function neighbourhood(golive, if_not_ready)
  return remit.transfer {
    id = "neighbourhood-sunderland", functions = { id = "pc_ops, nbhd_partnerships, meds_opt, estates, local_workforce" }, place = "sunderland",
    split = { population = "registered" }, receiver = "stsft", alternatives = { "cntw", "sunderland_la" }, shadow = "2026-04", golive = golive,
    resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%", stranded = { share = "8%", months = 12 },
    ready = { form = false, dates = true, clarity = false, resource = false, governance = false }, if_not_ready = if_not_ready,
    depends_on = { "national capacity and capability framework" },
    why = "neighbourhood health and primary care rank first at the place workshop", ref = "S4, workshop outputs 2 and 6",
  }
end

local vacancies <const> = base:scenario("Vacancies held", { changes = { hold } })
local blueprint <const> = base:scenario("Blueprint", { changes = { hold, streamline, grow_less, regions, eprr, neighbourhood("2027-04", "flag") } })
local slower <const> = base:scenario("Slower places", { changes = { hold, streamline, grow_less, regions, eprr,
  neighbourhood("2027-04", "slip 6 months") } })

-- ---- The report ----

local report <const> = remit.report {
  title = "North East and North Cumbria: options for the operating model",
  date = "2025-06-03",
  base = base,
  scenarios = { vacancies, blueprint, slower },
  envelope = cap,
}

print(report)
for _, ending in ipairs { "html", "xlsx", "md" } do
  local path <const> = ("%s/nenc-options.%s"):format(OUT, ending)
  report:save(path)
  print("written: " .. path)
end
