-- SPDX-License-Identifier: Apache-2.0
-- Makes the synthetic half of the NENC pack: posts, people, budget lines and a ledger that add up to the published totals to the penny.
-- Deterministic: the same bytes each time.   lua5.4 examples/nenc/make.lua [FOLDER]
-- Nothing here is a fact about a single function: only the totals, the places, the groups and the teams are real.

local core <const> = require "remit.core"
local remit <const> = require "remit"

local HERE <const> = arg[0]:match("^(.*)/[^/]*$") or "."
local OUT <const> = arg[1] or HERE

-- ---- Repeatable chance: a linear congruential generator of 32 bits ----

local seed = 20250603

local function below(bound)
  seed = (seed * 1664525 + 1013904223) & 0xffffffff
  return (seed >> 8) % bound
end

local function shuffled(list)
  local copy <const> = table.move(list, 1, #list, 1, {})
  for index = #copy, 2, -1 do
    local other <const> = below(index) + 1
    copy[index], copy[other] = copy[other], copy[index]
  end
  return copy
end

-- ---- The published totals, from assumptions.csv; the places, from places.csv ----

local function records(name)
  local iterator <const> = assert(core.csv.records { path = HERE .. "/" .. name })
  local heading <const>, list <const> = iterator(), {}
  for fields in iterator do
    local record <const> = {}
    for index, text in ipairs(fields) do
      record[heading[index]] = text
    end
    list[#list + 1] = record
  end
  return list
end

local stated <const> = {}
for _, record in ipairs(records "assumptions.csv") do
  stated[record.id] = stated[record.id] or record.value
end

local function figure(id, decimals)
  return assert(core.number.parse(stated[id], { decimals = decimals }))
end

local TOTAL_PENCE <const> = figure("current_cost", 8) -- £m to pence
local TOTAL_WTE <const> = figure("budgeted_wte", 2)
local VACANT_WTE <const> = figure("vacancies", 2)
local VACANT_NURSING <const> = figure("vacancies_nursing", 2)

local places <const>, populations <const> = {}, {}
for index, record in ipairs(records "places.csv") do
  places[index], populations[index] = record.id, math.tointeger(tonumber(record.population))
end

-- ---- What each function is made of: invented, and calibrated below ----

local roles <const> = {
  nurse = { profession = "nursing", titles = { "Clinical Nurse Lead", "Nurse Assessor", "Designated Nurse" }, bands = { "6", "7", "7", "8a", "8b" } },
  pharmacist = { profession = "pharmacy", titles = { "Medicines Optimisation Pharmacist", "Pharmacy Technician" }, bands = { "5", "7", "8a", "8a", "8b" } },
  therapist = { profession = "allied health", titles = { "Therapy Lead", "Clinical Lead, Therapies" }, bands = { "7", "8a", "8b" } },
  doctor = { profession = "medical", titles = { "Clinical Lead", "Medical Lead" }, bands = { "medical" } },
  commissioner = { profession = "commissioning", titles = { "Commissioning Manager", "Senior Commissioning Manager", "Head of Commissioning" },
    bands = { "6", "7", "8a", "8b", "8c" } },
  accountant = { profession = "finance", titles = { "Management Accountant", "Finance Manager", "Head of Finance" }, bands = { "5", "6", "7", "8a", "8c" } },
  analyst = { profession = "analytics", titles = { "Information Analyst", "Senior Analyst", "Lead Data Scientist" }, bands = { "5", "6", "7", "8a", "8b" } },
  manager = { profession = "management", titles = { "Programme Manager", "Transformation Lead", "Deputy Director" }, bands = { "6", "7", "8a", "8b", "8d" } },
  officer = { profession = "administration", titles = { "Officer", "Coordinator", "Administrator" }, bands = { "3", "4", "4", "5", "6" } },
  director = { profession = "management", titles = { "Chief Officer", "Director" }, bands = { "vsm" } },
}

-- fn, WTE, group, team, directorate, fund, roles in turn, tag, whether part of it works at places
local functions <const> = {
  { "phm", "54", "insights", "ph_insights", "Strategy", "running", "analyst analyst analyst manager officer" },
  { "epidemiology", "6", "insights", "ph_insights", "Strategy", "running", "analyst doctor" },
  { "strategy", "38", "insights", "strategy_research", "Strategy", "running", "manager manager analyst officer" },
  { "inequalities", "18", "insights", "strategy_research", "Strategy", "running", "manager officer", places = true },
  { "nbhd_commissioning", "24", "strategic", "commissioning", "Commissioning", "running", "commissioner officer", places = true },
  { "clinical_risk", "10", "strategic", "quality_team", "Nursing and Quality", "running", "nurse doctor therapist" },
  { "pathway_commissioning", "70", "strategic", "commissioning", "Commissioning", "running", "commissioner commissioner manager officer",
    tag = "pod", every = 4 },
  { "vacc_screening", "12", "strategic", "commissioning", "Medical", "programme_pay", "commissioner nurse officer" },
  { "payer", "44", "strategic", "commissioning_finance", "Finance", "running", "accountant accountant officer" },
  { "evaluation", "9", "insights", "planning", "Strategy", "running", "analyst manager" },
  { "strategic_partnerships", "26", "strategic", "partnerships_sc", "Place", "running", "manager manager officer" },
  { "quality", "48", "strategic", "quality_team", "Nursing and Quality", "running", "nurse nurse manager officer" },
  { "board_gov", "16", "corporate", "corporate_governance", "Chief Executive", "running", "director director officer" },
  { "clinical_gov", "20", "corporate", "governance_risk", "Medical", "running", "nurse doctor officer" },
  { "corp_gov", "42", "corporate", "corporate_governance", "Governance", "running", "manager officer officer" },
  { "core_ops", "88", "corporate", "hr_od", "Governance", "running", "officer accountant manager officer" },
  { "provider_oversight", "28", "insights", "planning", "Finance", "running", "manager analyst" },
  { "eprr", "18", "insights", "eprr_team", "Governance", "running", "manager officer" },
  { "strategic_workforce", "12", "corporate", "hr_od", "People", "programme_pay", "manager officer" },
  { "local_workforce", "14", "corporate", "hr_od", "People", "programme_pay", "manager officer" },
  { "research", "12", "insights", "strategy_research", "Medical", "programme_pay", "manager analyst" },
  { "green", "4", "corporate", "estates_team", "Governance", "running", "manager" },
  { "digital", "34", "corporate", "digital_team", "Digital", "programme_pay", "analyst manager officer", tag = "necs", every = 2 },
  { "data_collection", "30", "insights", "ph_insights", "Digital", "running", "analyst officer", tag = "necs", every = 2 },
  { "ipc", "12", "", "", "Nursing and Quality", "programme_pay", "nurse" },
  { "safeguarding", "44", "", "", "Nursing and Quality", "programme_pay", "nurse nurse nurse doctor officer", places = true },
  { "send", "16", "", "", "Nursing and Quality", "programme_pay", "nurse therapist officer", places = true },
  { "nbhd_partnerships", "34", "strategic", "partnerships_sc", "Place", "running", "manager officer", places = true },
  { "pc_ops", "44", "", "", "Place", "running", "commissioner officer manager", places = true },
  { "meds_opt", "40", "insights", "strategy_research", "Medical", "programme_pay", "pharmacist pharmacist pharmacist officer", places = true },
  { "pathway_dev", "30.5", "strategic", "integration", "Commissioning", "programme_pay", "commissioner manager" },
  { "chc", "124.5", "", "", "Nursing and Quality", "programme_pay", "nurse nurse nurse officer", places = true },
  { "estates", "12", "corporate", "estates_team", "Governance", "running", "manager officer" },
  { "gpit", "14", "", "", "Digital", "programme_pay", "analyst officer", tag = "gpit", every = 1 },
}

local points <const> = { ["2"] = { "entry" }, ["3"] = { "entry", "top" }, ["4"] = { "entry", "top" } }
local three_points <const> = { "entry", "intermediate", "top" }
local explicit_cost <const> = { vsm = 18450000, medical = 14820000 } -- pence a year, full time: no national points

local function words(text)
  local list <const> = {}
  for word in text:gmatch("%S+") do
    list[#list + 1] = word
  end
  return list
end

-- ---- Posts: WTE in hundredths, so that every sum is exact ----

local part_times <const> = { 100, 100, 100, 100, 80, 100, 60, 100, 100, 50, 100, 80 }

local function sizes(total)
  local list <const> = {}
  while total > 0 do
    local size <const> = math.min(total, part_times[below(#part_times) + 1])
    list[#list + 1] = size
    total = total - size
  end
  return list
end

local function new_post(number, definition, index, size)
  local turn <const> = words(definition[7])
  local role <const> = roles[turn[(index - 1) % #turn + 1]]
  local band <const> = role.bands[below(#role.bands) + 1]
  local choice <const> = points[band] or three_points
  return { id = ("N%04d"):format(number), fn = definition[1], group = definition[3], team = definition[4], directorate = definition[5], fund = definition[6],
    title = role.titles[below(#role.titles) + 1], profession = role.profession, band = band,
    point = explicit_cost[band] and "" or choice[below(#choice) + 1], wte = size, in_post = size, level = "system", place = "",
    tags = definition.tag and index % definition.every == 0 and definition.tag or "" }
end

-- The places' share of a function's posts, by population.
local function place_posts(list)
  local weights <const> = assert(core.number.allot(#list * 7 // 10, populations))
  local index = 0
  for place, count in ipairs(weights) do
    for _ = 1, count do
      index = index + 1
      list[index].place, list[index].level = places[place], "place"
    end
  end
end

local posts <const> = {}
for order, definition in ipairs(functions) do
  definition.cost_centre = ("6%02d%03d"):format(order, 100 + order * 7 % 100)
  local own <const> = {}
  for index, size in ipairs(sizes(assert(core.number.parse(definition[2], { decimals = 2 })))) do
    local post <const> = new_post(#posts + 1, definition, index, size)
    post.cost_centre = definition.cost_centre
    own[index], posts[#posts + 1] = post, post
  end
  if definition.places then
    place_posts(own)
  end
end

local function sum(list, field)
  local total = 0
  for _, item in ipairs(list) do
    total = total + item[field]
  end
  return total
end

assert(sum(posts, "wte") == TOTAL_WTE, ("the functions' WTE add up to %d, not %d"):format(sum(posts, "wte"), TOTAL_WTE))

-- ---- Vacancies: whole posts first, the last one in part ----

local function vacate(candidates, target)
  for _, post in ipairs(shuffled(candidates)) do
    local taken <const> = math.min(target, post.in_post)
    post.in_post, target = post.in_post - taken, target - taken
    if target == 0 then
      return
    end
  end
  error("not enough posts to hold the vacancies")
end

local nursing <const>, others <const> = {}, {}
for _, post in ipairs(posts) do
  local list <const> = post.profession == "nursing" and nursing or others
  if post.band ~= "vsm" then
    list[#list + 1] = post
  end
end
vacate(nursing, VACANT_NURSING)
vacate(others, VACANT_WTE - VACANT_NURSING)

-- ---- Cost: from the rates, but for very senior managers and doctors ----

local rates <const> = remit.rates { year = "2025/26" }

local function cost_of(post)
  local full <const> = explicit_cost[post.band]
  if full then
    return assert(core.number.scale(full, post.wte, 100))
  end
  local salary <const> = assert(rates:salary_pence(post.band, post.point))
  return assert(rates:components(salary, post.wte * 10000, "nhs")).total
end

for _, post in ipairs(posts) do
  post.cost = cost_of(post)
  post.stated_cost = explicit_cost[post.band] and post.cost or nil
end

-- ---- Budget lines: what is left of the published total is non-pay ----

local INCOME <const>, VACANCY_FACTOR <const> = -85000000, -120000000

local budget <const> = {}

local function add_line(kind, title, definition, cost, tags)
  budget[#budget + 1] = { id = ("B%03d"):format(#budget + 1), title = title, kind = kind, fn = definition[1], group = definition[3], team = definition[4],
    directorate = definition[5], cost_centre = definition.cost_centre, fund = "running", cost = cost, recurrent = "true", tags = tags or "" }
end

local by_fn <const> = {}
for _, definition in ipairs(functions) do
  by_fn[definition[1]] = definition
end

local special <const> = { -- weight, title, function
  { 220, "Premises and facilities", "core_ops" }, { 160, "Commissioning support contract", "data_collection" },
  { 120, "Digital systems and licences", "digital" }, { 60, "Internal and external audit", "corp_gov" }, { 45, "Board and committee costs", "board_gov" },
  { 90, "General practice IT support", "gpit", "gpit" }, { 70, "Assessment and case management", "chc" }, { 40, "Legal services", "corp_gov" },
  { 30, "Training and development", "strategic_workforce" }, { 35, "Delegated pharmacy, ophthalmic and dental support", "pathway_commissioning", "pod" },
}

local weights <const> = {}
for index, definition in ipairs(functions) do
  weights[index] = assert(core.number.parse(definition[2], { decimals = 2 })) // 20
end
for _, one in ipairs(special) do
  weights[#weights + 1] = one[1]
end
local nonpay <const> = TOTAL_PENCE - sum(posts, "cost") - INCOME - VACANCY_FACTOR
assert(nonpay > 0, "pay alone is above the published total")
local parts <const> = assert(core.number.allot(nonpay, weights))
for index, definition in ipairs(functions) do
  add_line("nonpay", "Supplies and services", definition, parts[index])
end
for index, one in ipairs(special) do
  add_line("nonpay", one[2], by_fn[one[3]], parts[#functions + index], one[4])
end
add_line("income", "Hosted programmes recharge", by_fn.strategic_partnerships, INCOME)
add_line("vacancy_factor", "Vacancy factor", by_fn.core_ops, VACANCY_FACTOR)
assert(sum(posts, "cost") + sum(budget, "cost") == TOTAL_PENCE)

-- ---- People: two part-time posts may be one person ----

local assignments <const> = {}

local function assign(post, person, service)
  assignments[#assignments + 1] = { post = post.id, person = person, wte = post.in_post, contract = below(12) == 0 and "fixed term" or "permanent",
    from = service, service_from = service }
end

local waiting, people = nil, 0
for _, post in ipairs(posts) do
  if post.in_post > 0 then
    local shared <const> = waiting and waiting.wte + post.in_post <= 100 and below(5) == 0
    if shared then
      assign(post, waiting.person, waiting.service)
      waiting = nil
    else
      people = people + 1
      local person <const> = ("P%04d"):format(people)
      local service <const> = ("%04d-%02d-01"):format(2000 + below(25), below(12) + 1)
      assign(post, person, service)
      waiting = post.in_post <= 60 and { person = person, wte = post.in_post, service = service } or waiting
    end
  end
end

-- ---- A ledger that nearly agrees ----

local ledger <const> = {}

local function book(definition, subjective, fund, budget_pence, wte)
  local spent <const> = assert(core.number.scale(budget_pence, 2 * (88 + below(14)), 1200))
  ledger[#ledger + 1] = { cost_centre = definition.cost_centre, subjective = subjective, group = definition[3], fund = fund,
    budget = budget_pence, actual = spent, wte_budgeted = wte }
end

for order, definition in ipairs(functions) do
  local own, other = { cost = 0, wte = 0 }, 0
  for _, post in ipairs(posts) do
    if post.fn == definition[1] then
      own.cost, own.wte = own.cost + post.cost, own.wte + post.wte
    end
  end
  for _, line in ipairs(budget) do
    other = other + (line.fn == definition[1] and line.cost or 0)
  end
  local drift <const> = order % 9 == 0 and 1250000 or order % 13 == 0 and -864000 or 0
  book(definition, "pay", definition[6], own.cost + drift, own.wte)
  book(definition, "non-pay", "running", other, 0)
end
book({ nil, nil, "", cost_centre = "699999" }, "reserves", "running", 41250000, 0)

-- ---- Writing ----

local function decimal(value, decimals)
  return (core.number.print(value, decimals):gsub("(%.%d-)0+$", "%1"):gsub("%.$", ""))
end

local function quoted(text)
  return text:find('[",\n]') and '"' .. text:gsub('"', '""') .. '"' or text
end

local formats <const> = { wte = 2, in_post = 2, wte_budgeted = 2 }
local money <const> = { cost = true, stated_cost = true, budget = true, actual = true }

local function write(name, headings, fields, list)
  local lines <const> = { headings }
  for index, item in ipairs(list) do
    local cells <const> = {}
    for column, field in ipairs(words(fields)) do
      local value <const> = item[field]
      cells[column] = value == nil and "" or money[field] and core.number.print(value, 2) or formats[field] and decimal(value, formats[field])
        or quoted(tostring(value))
    end
    lines[index + 1] = table.concat(cells, ",")
  end
  local file <const> = assert(io.open(OUT .. "/" .. name, "wb"))
  assert(file:write(table.concat(lines, "\n"), "\n"))
  file:close()
end

write("posts.csv", "id,title,fn,place,level,group,team,directorate,cost_centre,profession,band,point,fund,wte,in_post,cost,tags",
  "id title fn place level group team directorate cost_centre profession band point fund wte in_post stated_cost tags", posts)
write("budget_lines.csv", "id,title,kind,fn,group,team,directorate,cost_centre,fund,cost,recurrent,tags",
  "id title kind fn group team directorate cost_centre fund cost recurrent tags", budget)
write("assignments.csv", "post,person,wte,contract,from,service_from", "post person wte contract from service_from", assignments)
write("general_ledger.csv", "cost_centre,subjective,group,fund,budget,actual,wte_budgeted",
  "cost_centre subjective group fund budget actual wte_budgeted", ledger)
