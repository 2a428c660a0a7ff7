-- SPDX-License-Identifier: Apache-2.0
-- tiny: a small pack that is right, written to a temporary folder, in which a case makes one thing wrong.
--
--   tiny.load()                                        the pack as it is, as a model
--   tiny.load { posts = "id,fn,wte,in_post,cost\n..." }  with another posts.csv; false leaves a file out of the pack
--   tiny.load({ posts = ... }, { unmapped = "park" })  with options of remit.load
--
-- Other keys: `settings`, the text inside "remit": { ... } of datapackage.json; `more`, by resource, text to add to its entry;
-- `beside`, by name, texts of files that are no resource; `descriptor`, the whole text of datapackage.json. Instead of a text: tiny.folder (a folder stands there), tiny.missing (nothing does).

local remit <const> = require "remit"

local tiny <const> = { folder = {}, missing = {} }

tiny.root = os.tmpname()
os.remove(tiny.root)

local files <const> = {
  functions = [[
id,name,blueprint,parent,aliases
safeguarding,Safeguarding,review,,child protection|adult protection
quality,Quality and safety,retain,,
chc,Continuing healthcare,review,,
digital,"Digital, data and technology",grow,,IT
]],
  places = [[
id,name,population
north,North Town,200000
south,South Bay,300000
]],
  groups = [[
id,name,parent
strategy,Strategy Group,
nursing,Nursing Group,
wards,Ward Team,nursing
]],
  funds = [[
id,name
running,Running costs
pod,Delegated services
]],
  posts = [[
id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags
P1,Head of safeguarding,safeguarding,,nursing,8a,top,running,1,1,80000,100,
P2,Safeguarding nurse,safeguarding,north,nursing,7,top,running,0.8,0.4,48000.50,100,clinical
P3,Assessor,chc,south,nursing,6,top,running,1,0,52000,200,clinical|pod
P4,Analyst,digital,,strategy,6,top,running,0.6,0.6,31200,300,
]],
  budget_lines = [[
id,kind,fn,group,fund,cost,cost_centre,tags
B1,nonpay,chc,nursing,running,20000,200,
B2,nonpay,digital,strategy,running,15000.50,300,it
B3,income,chc,nursing,running,"(5,000)",200,
B4,vacancy_factor,quality,nursing,running,-1000,100,
]],
}

local order <const> = { "functions", "places", "groups", "funds", "posts", "budget_lines" }
local SETTINGS <const> = '"format": 1, "as_at": "2025-05", "price_base": "2025/26"'
local special <const> = { beside = true, settings = true, more = true, descriptor = true }

local function write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  file:write(text)
end

local function names_of(given)
  local names <const>, known <const> = {}, {}
  for _, name in ipairs(order) do
    known[name] = true
    if given[name] ~= false then
      names[#names + 1] = name
    end
  end
  local own <const> = {}
  for name in pairs(given) do
    if not known[name] and not special[name] then
      own[#own + 1] = name
    end
  end
  table.sort(own)
  return table.move(own, 1, #own, #names + 1, names)
end

local function descriptor(given, names)
  local entries <const> = {}
  for index, name in ipairs(names) do
    local more <const> = given.more and given.more[name]
    entries[index] = ('    { "name": "%s", "path": "%s.csv"%s }'):format(name, name, more and ", " .. more or "")
  end
  return ('{\n  "name": "tiny",\n  "title": "A tiny ICB",\n  "remit": { %s },\n  "resources": [\n%s\n  ]\n}\n'):format(given.settings or SETTINGS,
    table.concat(entries, ",\n"))
end

local case, count = 0, 0

---Begins a case: its packs are counted from 1.
function tiny.begin()
  case, count = case + 1, 0
  tiny.place = ("%s/%d"):format(tiny.root, case)
end

tiny.begin()

---Writes the pack; gives its folder.
---@param given? table
---@return string
function tiny.pack(given)
  given = given or {}
  count = count + 1
  local path <const> = ("%s/%d"):format(tiny.place, count)
  assert(os.execute(("mkdir -p '%s'"):format(path)))
  local names <const> = names_of(given)
  for _, name in ipairs(names) do
    local text <const> = given[name] or files[name]
    if text == tiny.folder then
      assert(os.execute(("mkdir '%s/%s.csv'"):format(path, name)))
    elseif text ~= tiny.missing then
      write(("%s/%s.csv"):format(path, name), text)
    end
  end
  for name, text in pairs(given.beside or {}) do
    write(("%s/%s"):format(path, name), text)
  end
  if given.descriptor ~= tiny.missing then
    write(path .. "/datapackage.json", given.descriptor or descriptor(given, names))
  end
  return path
end

---A file beside the packs, such as one of corrections; gives its path.
---@param name string
---@param text string
---@return string
function tiny.file(name, text)
  assert(os.execute(("mkdir -p '%s'"):format(tiny.place)))
  local path <const> = tiny.place .. "/" .. name
  write(path, text)
  return path
end

---Writes and loads the pack.
---@param given? table
---@param options? table of remit.load
---@return remit.model
function tiny.load(given, options)
  return remit.load(tiny.pack(given), options) -- a tail call: errors point at the case
end

---Removes everything written.
function tiny.remove()
  os.execute(("rm -rf '%s'"):format(tiny.root))
end

return tiny
