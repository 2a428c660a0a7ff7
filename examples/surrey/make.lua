-- SPDX-License-Identifier: Apache-2.0
-- Makes the synthetic half of the Surrey Heartlands pack: posts by workstream, and budget lines that bring them to the illustrative total, to the penny.
-- Deterministic: the same bytes each time.   lua5.4 examples/surrey/make.lua [FOLDER]
-- Nothing here is a fact about a workstream, and no total is published: only the workstreams' names and the places are real.

local core <const> = require "remit.core"
local remit <const> = require "remit"

local HERE <const> = arg[0]:match("^(.*)/[^/]*$") or "."
local OUT <const> = arg[1] or HERE

-- ---- Repeatable chance: a linear congruential generator of 32 bits ----

local seed = 20220730

local function below(bound)
  seed = (seed * 1664525 + 1013904223) & 0xffffffff
  return (seed >> 8) % bound
end

-- ---- The totals, from assumptions.csv; the places, from places.csv ----

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
  stated[record.id] = record.value
end

local function figure(id, decimals)
  return assert(core.number.parse(stated[id], { decimals = decimals }))
end

local TOTAL_PENCE <const> = figure("current_cost", 8) -- £m to pence
local TOTAL_WTE <const> = figure("budgeted_wte", 2)
local VACANT_WTE <const> = figure("vacancies", 2)

local places <const>, populations <const> = {}, {}
for index, record in ipairs(records "places.csv") do
  places[index], populations[index] = record.id, math.tointeger(tonumber(record.population))
end

-- ---- What each workstream is made of: invented ----

local roles <const> = {
  nurse = { "nursing", { "Clinical Nurse Lead", "Nurse Assessor", "Designated Nurse" }, { "6", "7", "7", "8a" } },
  pharmacist = { "pharmacy", { "Medicines Optimisation Pharmacist", "Pharmacy Technician" }, { "5", "7", "8a", "8a" } },
  therapist = { "allied health", { "Therapy Lead" }, { "7", "8a" } },
  doctor = { "medical", { "Clinical Lead" }, { "medical" } },
  commissioner = { "commissioning", { "Commissioning Manager", "Head of Commissioning" }, { "6", "7", "8a", "8b" } },
  accountant = { "finance", { "Management Accountant", "Finance Manager" }, { "5", "6", "7", "8a" } },
  analyst = { "analytics", { "Information Analyst", "Senior Analyst" }, { "5", "6", "7", "8a" } },
  manager = { "management", { "Programme Manager", "Transformation Lead" }, { "6", "7", "8a", "8b" } },
  officer = { "administration", { "Officer", "Coordinator", "Administrator" }, { "3", "4", "4", "5" } },
  director = { "management", { "Chief Officer", "Director" }, { "vsm" } },
}

-- workstream (S2), WTE, group, fund, roles in turn, the share of its posts that works at places, weight of its non-pay
local workstreams <const> = {
  { "Clinical Leadership", 34, "clinical", "programme_pay", "pharmacist pharmacist doctor officer pharmacist nurse", "50%", 2 },
  { "Commissioning & Contracting", 92, "delivery", "running", "commissioner nurse commissioner nurse officer", "40%", 6 },
  { "Communications & Engagement", 14, "corporate", "running", "officer manager", "0%", 2 },
  { "Digital, Data & Technology", 48, "corporate", "programme_pay", "analyst analyst officer manager", "0%", 10 },
  { "Facilities & Estates", 8, "corporate", "running", "manager officer", "0%", 9 },
  { "Financial Recovery", 34, "delivery", "running", "accountant accountant officer", "0%", 2 },
  { "Governance & Assurance", 22, "corporate", "running", "director officer manager officer officer", "0%", 4 },
  { "Information Governance", 6, "corporate", "running", "officer manager", "0%", 1 },
  { "Multi-professional Leadership", 14, "clinical", "running", "nurse therapist doctor officer", "0%", 1 },
  { "People & Culture", 20, "corporate", "running", "manager officer", "0%", 3 },
  { "Place-making", 44, "delivery", "running", "manager officer commissioner officer", "100%", 2 },
  { "Provider Collaboration", 10, "delivery", "running", "manager officer", "0%", 1 },
  { "Quality", 32, "clinical", "programme_pay", "nurse nurse officer", "25%", 2 },
  { "Strategy & Transformation", 16, "delivery", "running", "manager analyst officer", "0%", 2 },
  { "System Resilience (System Coordination Centre)", 6, "delivery", "running", "manager officer", "0%", 1 },
}

local explicit_cost <const> = { vsm = 18450000, medical = 14820000 } -- pence a year, full time: no national points
local part_times <const> = { 100, 100, 100, 100, 80, 100, 60, 100, 50, 100 } -- WTE in hundredths, so that every sum is exact
local rates <const> = remit.rates { year = "2025/26" }

local function one_of(list)
  return list[below(#list) + 1]
end

local function cost_of(band, point, wte)
  if explicit_cost[band] then
    return assert(core.number.scale(explicit_cost[band], wte, 100))
  end
  return assert(rates:components(assert(rates:salary_pence(band, point)), wte * 10000, "nhs")).total
end

local posts <const> = {}

local function add_post(workstream, cost_centre, role, wte)
  local profession <const>, titles <const>, bands <const> = table.unpack(role)
  local title <const>, band <const> = one_of(titles), one_of(bands)
  local point <const> = explicit_cost[band] and "" or #band == 1 and band < "5" and one_of { "entry", "top" } or one_of { "entry", "intermediate", "top" }
  local cost <const> = cost_of(band, point, wte)
  local post <const> = { id = ("S%03d"):format(#posts + 1), title = title, fn = workstream[1], level = "system", place = "", group = workstream[3],
    directorate = workstream[1], cost_centre = cost_centre, profession = profession, band = band, point = point, fund = workstream[4],
    wte = wte, in_post = wte, pence = cost, cost = explicit_cost[band] and cost or nil }
  posts[#posts + 1] = post
  return post
end

-- The posts at places, spread over them by population.
local function settle(own, share)
  local spread <const> = assert(core.number.allot(#own * math.tointeger(share:match "%d+") // 100, populations))
  local index = 0
  for place, count in ipairs(spread) do
    for _ = 1, count do
      index = index + 1
      own[index].place, own[index].level = places[place], "place"
    end
  end
end

for order, workstream in ipairs(workstreams) do
  local turn <const>, own <const>, left = {}, {}, workstream[2] * 100
  for name in workstream[5]:gmatch "%S+" do
    turn[#turn + 1] = roles[name]
  end
  workstream.cost_centre = ("7%02d%03d"):format(order, 100 + order * 7)
  while left > 0 do
    local wte <const> = math.min(left, one_of(part_times))
    own[#own + 1] = add_post(workstream, workstream.cost_centre, turn[#own % #turn + 1], wte)
    left = left - wte
  end
  settle(own, workstream[6])
end

local function sum(list, field)
  local total = 0
  for _, item in ipairs(list) do
    total = total + item[field]
  end
  return total
end

assert(sum(posts, "wte") == TOTAL_WTE, "the workstreams' WTE do not add up")

-- ---- Vacancies, the last of them in part ----

local vacant = VACANT_WTE
while vacant > 0 do
  local post <const> = one_of(posts)
  local taken <const> = post.band ~= "vsm" and math.min(vacant, post.in_post) or 0
  post.in_post, vacant = post.in_post - taken, vacant - taken
end

-- ---- Budget lines: what is left of the total is non-pay ----

local nonpay <const>, weights <const>, budget <const> = TOTAL_PENCE - sum(posts, "pence"), {}, {}
assert(nonpay > 0, "pay alone is above the total")
for index, workstream in ipairs(workstreams) do
  weights[index] = workstream[7]
end
for index, pence in ipairs(assert(core.number.allot(nonpay, weights))) do
  local workstream <const> = workstreams[index]
  budget[index] = { id = ("B%02d"):format(index), title = "Supplies and services", kind = "nonpay", fn = workstream[1], group = workstream[3],
    directorate = workstream[1], cost_centre = workstream.cost_centre, fund = "running", cost = pence, recurrent = "true" }
end
assert(sum(posts, "pence") + sum(budget, "cost") == TOTAL_PENCE)

-- ---- Writing ----

local function quoted(text)
  return text:find '[",\n]' and '"' .. text:gsub('"', '""') .. '"' or text
end

local function cell(field, value)
  if value == nil then
    return ""
  elseif field == "cost" then
    return core.number.print(value, 2)
  elseif field == "wte" or field == "in_post" then
    return (core.number.print(value, 2):gsub("(%.%d-)0+$", "%1"):gsub("%.$", ""))
  end
  return quoted(value)
end

local function write(name, fields, list)
  local lines <const> = { fields }
  for index, item in ipairs(list) do
    local cells <const> = {}
    for field in fields:gmatch "[^,]+" do
      cells[#cells + 1] = cell(field, item[field])
    end
    lines[index + 1] = table.concat(cells, ",")
  end
  local file <close> = assert(io.open(OUT .. "/" .. name, "wb"))
  assert(file:write(table.concat(lines, "\n"), "\n"))
end

write("posts.csv", "id,title,fn,place,level,group,directorate,cost_centre,profession,band,point,fund,wte,in_post,cost", posts)
write("budget_lines.csv", "id,title,kind,fn,group,directorate,cost_centre,fund,cost,recurrent", budget)
