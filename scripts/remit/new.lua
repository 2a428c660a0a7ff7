-- SPDX-License-Identifier: Apache-2.0
-- `remit new DIR` and `remit new FILE.xlsx`: a pack to fill in, which loads as it is. Its rows are invented and say so.

local core <const> = require "remit.core"

local new <const> = {}

-- JSON has no comments: "sources" and "description" are where a reader is told what to change.
local DESCRIPTOR <const> = [[
{
  "name": "NAME",
  "title": "TITLE: say whose figures these are, and of when",
  "profile": "tabular-data-package",
  "sources": [
    { "title": "as_at: the month that the rows describe. price_base: the financial year whose prices the costs are in" },
    { "title": "organisation: whose posts these are, an id of organisations.csv" },
    { "title": "note: stands under every table; take it out once the rows are yours. Then put your real sources here" }
  ],
  "remit": {
    "format": 1,
    "as_at": "2025-05",
    "price_base": "2025/26",
    "organisation": "my_icb",
    "note": "SAMPLE rows from remit new: none of these figures is real."
  },
  "resources": [
    { "name": "organisations", "path": "organisations.csv", "description": "The ICB and whoever may receive a function." },
    { "name": "places", "path": "places.csv", "description": "Places with their population, for figures per head." },
    { "name": "groups", "path": "groups.csv", "description": "Directorates or groups, and the teams inside them (parent)." },
    { "name": "funds", "path": "funds.csv", "description": "What pays: running costs stand under the cap." },
    { "name": "posts", "path": "posts.csv", "title": "A row a position in the establishment, vacant or not",
      "description": "fn is a function: base:dim 'fn':members() lists them. An empty cost comes from band, point and wte; in_post below wte is a vacancy." },
    { "name": "budget_lines", "path": "budget_lines.csv", "description": "What is not a post: nonpay, income (negative), vacancy_factor (negative)." },
    { "name": "assumptions", "path": "assumptions.csv", "description": "Stated figures with their source; remit.param takes them by id." }
  ]
}
]]

local files <const> = {
  { "organisations.csv", [[
id,name,employer_type
my_icb,My ICB,nhs
my_trust,My community trust,nhs
]] },
  { "places.csv", [[
id,name,population,population_basis
north,North place,260000,registered
south,South place,310000,registered
]] },
  { "groups.csv", [[
id,name,parent
strategy,Strategy and commissioning,
corporate,Corporate services,
data,Data and analysis,strategy
]] },
  { "funds.csv", [[
id,name,note
running,Running costs,inside the cap
programme,Programme,outside the cap
]] },
  { "posts.csv", [[
id,title,fn,place,group,team,cost_centre,band,point,fund,wte,in_post,cost,tags
P001,Head of strategy,strategy,,strategy,,100100,8d,top,running,1,1,,
P002,Analyst,phm,,strategy,data,100200,7,entry,running,1,1,,
P003,Analyst,phm,,strategy,data,100200,7,top,running,0.8,0,,
P004,Safeguarding lead,safeguarding,north,corporate,,100300,8a,top,running,1,1,,
P005,Continuing healthcare nurse,chc,south,corporate,,100400,6,top,programme,0.6,0.6,32500.00,
]] },
  { "budget_lines.csv", [[
id,title,kind,fn,group,cost_centre,fund,cost,recurrent,tags
B001,Supplies and services,nonpay,strategy,strategy,100100,running,12000.00,true,
B002,Vacancy factor,vacancy_factor,strategy,strategy,100100,running,-5000.00,true,
]] },
  { "assumptions.csv", [[
id,value,unit,source
population,570000,people,SAMPLE
cap_per_head,18.76,£/head,SAMPLE
]] },
  { "first.lua", [[
-- A first script. From the folder above:  remit run NAME/first.lua
-- Lines that begin with two hyphens are for the reader. Change something, save, and run it again.

local here = arg[0]:match "^(.*)/[^/]*$" or "."
local base = remit.load(PACK)

-- What was loaded, and what is doubtful in it
print(base:info())
print(base:health())

-- Who costs what
print(base:pivot { measures = { "cost", "wte", "in_post", "vacancies" }, by = { "group" }, totals = true })

-- Whether it fits under the cap
local cap = remit.envelope {
  id = "running cost", per_head = remit.param { id = "cap_per_head" }, population = remit.param { id = "population" },
  population_basis = "allocation", include = { fund = "running" },
}
print(cap:check(base))
]] },
  { "first_test.lua", [[
-- Tests of this pack. From the folder above:  remit test NAME
local here = arg[0]:match "^(.*)/[^/]*$" or "."
local base = remit.load(PACK)

remit.test("the establishment adds up to what the board was told", function(t)
  t:figure(base:total "wte", 4.4, { tolerance = 0.05 })
end)

remit.test("vacancies by group", function(t)
  t:figures(base:pivot { measures = { "vacancies" }, by = { "group" } }, { strategy = { vacancies = 0.8 } }, { tolerance = { vacancies = "1%" } })
end)
]] },
}

local function in_the_way(folder)
  local kind <const> = core.file.kind(folder)
  if kind == "file" then
    return folder .. " is a file"
  end
  local names <const> = kind == "directory" and require("remit.host").list(folder) or {}
  return #names > 0 and ("%s is not empty: it holds %s"):format(folder, names[1]) or nil
end

-- What stands in for the names in the texts above.
local function filled(text, name, pack)
  return (text:gsub("PACK", pack):gsub("NAME", (name:gsub("%%", "%%%%"))))
end

local function descriptor_of(name)
  local id <const> = name:lower():gsub("[^%w._-]", "-")
  return (DESCRIPTOR:gsub("NAME", id):gsub("TITLE", (name:gsub('["\\%c%%]', "-"))))
end

-- The files that a folder gets: a pack of CSV files, or one workbook; and the scripts.
local function contents(name, xlsx)
  local list <const> = {}
  local pack <const> = xlsx and 'here .. "/pack.xlsx"' or "here"
  if xlsx then
    list[1] = { "pack.xlsx", new.sample(name) }
  else
    list[1] = { "datapackage.json", descriptor_of(name) }
  end
  for _, file in ipairs(files) do
    if not xlsx or file[1]:find "%.lua$" then
      list[#list + 1] = { file[1], filled(file[2], name, pack) }
    end
  end
  return list
end

---The sample pack as a workbook.
---@param name string
---@return string bytes
function new.sample(name)
  local texts <const> = {}
  for _, file in ipairs(files) do
    texts[file[1]] = file[2]
  end
  return require("remit.new.workbook").text(core.json.read(descriptor_of(name)), texts)
end

---A workbook to fill in, with sample rows or those of a pack.
---@param path string .xlsx
---@param from? string a pack
---@return string? said, string? message
function new.workbook(path, from)
  if core.file.kind(path) then
    return nil, path .. " is there already"
  end
  local name <const> = path:match "[^/\\]+$":gsub("%.%w+$", "")
  local bytes <const> = from and require("remit.new.workbook").of_folder(from) or new.sample(name)
  local written <const>, message <const> = core.file.write(path, bytes)
  if not written then
    return nil, message
  end
  return ("made %s: a workbook %s; its sheet notes explains each column\n\n  remit check %s\n  remit %s"):format(path,
    from and "with the rows of " .. from or "with sample rows to fill in", path, path)
end

---@param folder string
---@param xlsx? boolean the pack is a workbook in it
---@return string? said, string? message
function new.make(folder, xlsx)
  local path <const> = folder:gsub("(.)/+$", "%1")
  local obstacle <const> = in_the_way(path)
  if obstacle then
    return nil, obstacle
  end
  local name <const> = path:match "[^/]+$" or path
  local host <const> = require "remit.host"
  local ok <const>, wrong <const> = host.make_folder(path, true)
  if not ok then
    return nil, ("%s: %s"):format(path, wrong)
  end
  for _, file in ipairs(contents(name, xlsx)) do
    local written <const>, message <const> = core.file.write(path .. "/" .. file[1], file[2])
    if not written then
      return nil, message
    end
  end
  local pack <const> = xlsx and path .. "/pack.xlsx" or path
  return ("made %s: a pack with sample rows, %s to fill in, and a first script\n\n"):format(path, xlsx and "pack.xlsx" or "datapackage.json")
    .. ("  remit check %s\n  remit run %s/first.lua\n  remit test %s\n  remit %s"):format(pack, path, path, pack)
end

return new
