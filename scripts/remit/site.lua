-- SPDX-License-Identifier: Apache-2.0
-- The site profile: what is local to a board (its envelope, its names, settings of its own), in site.json beside its pack, so that shared scripts hold
-- none of it. Read strictly; a script says which fields it cannot do without.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local granted <const> = require "remit.granted"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"

local site <const> = {}

local host <const> = package.preload["remit.host"] and require "remit.host"

site.FILE = "site.json"
site.FORMAT = 1
site.LARGEST = 1 << 20

local declared <const> = args.declare { name = "site",
  doc = "What is local to this board, from site.json beside the pack: its envelope, its names, settings of its own.",
  example = 'local cap = remit.site { defaults = { ["envelope.per_head"] = 18.76 } }.envelope.per_head',
  { name = "needs", kind = "list", doc = "fields that the script cannot do without, such as envelope.per_head" },
  { name = "defaults", kind = "table", doc = "values of fields that the profile may leave out, by name" },
}

---@class remit.site
---@field names { icb: string, places: table<string, string> }
---@field envelope { per_head: number, population: integer, population_basis: string, basis: string, period: string, due: string }
---@field own table<string, string|number|boolean>

-- ---- What may stand in it ----

local function text(value)
  return type(value) == "string" and value:find "%S" and #value <= 1000, "a text", '"..."'
end

local function positive(value)
  return type(value) == "number" and value > 0, "a number above 0", "18.76"
end

local function heads(value)
  return math.type(value) == "integer" and value > 0, "a whole number above 0", "1085073"
end

local function month(value)
  return type(value) == "string" and core.calendar.month(value) ~= nil, "a month", '"2026-01"'
end

local function one_of(...)
  local words <const> = { ... }
  return function(value)
    for _, word in ipairs(words) do
      if value == word then
        return true
      end
    end
    return false, "one of " .. table.concat(words, ", "), ('"%s"'):format(words[1])
  end
end

local function setting(value)
  return type(value) == "boolean" or type(value) == "number" or text(value), "a text, a number, true or false", '"..."'
end

---@type table<string, table<string, fun(value: any): boolean, string, string>>
local SHAPE <const> = {
  names = { icb = text },
  envelope = { per_head = positive, population = heads, population_basis = text, basis = one_of("funded", "in_post", "actual"),
    period = one_of("run_rate", "in_year", "recurrent"), due = month },
  own = {},
}
local FREE <const> = { ["names.places"] = text, own = setting } -- any names within

local function split(name)
  local head <const>, last <const> = name:match "^(.+)%.([^.]+)$"
  return head or "", last or name
end

-- The test of a field by its name; nil when there can be no such field.
local function test_of(name)
  local head <const>, last <const> = split(name)
  return SHAPE[head] and SHAPE[head][last] or FREE[head]
end

local function known()
  local names <const> = { "names.places." }
  for section, fields in pairs(SHAPE) do -- sorted below
    for name in pairs(fields) do
      names[#names + 1] = section .. "." .. name
    end
  end
  table.sort(names)
  return names
end

local function unknown_field(name)
  return ("a site profile has no field '%s'. %s"):format(safe(name), fault.suggest(name, known())
    or ("It has %s, and own. with any name"):format(table.concat(known(), ", ")))
end

-- ---- Reading ----

-- The line of a key, from where the object that holds it begins. Duplicates were refused before.
local function position(json, key, from)
  return json:find('"' .. key:gsub("%p", "%%%0") .. '"%s*:', from) or from
end

local function line_at(json, at)
  local _, count <const> = json:sub(1, at - 1):gsub("\n", "")
  return count + 1
end

local function add(found, json, at, message)
  found[#found + 1] = { line = line_at(json, at), message = message }
end

local function read_values(into, given, json, from, section, tests, found)
  for _, key in ipairs(plain.keys(given)) do
    local name <const>, at <const> = section .. "." .. key, position(json, key, from)
    local test <const> = tests[key] or FREE[section]
    local fine, wanted = false, nil
    if test then
      fine, wanted = test(given[key])
    end
    if not test then
      add(found, json, at, unknown_field(name))
    elseif not fine then
      add(found, json, at, ("%s is %s"):format(safe(name), wanted))
    else
      into[key] = given[key]
    end
  end
end

-- An object of the profile; nil, with what is wrong, for anything else.
local function object_at(parent, key, json, from, found)
  local value <const>, at <const> = parent[key], position(json, key, from)
  if value ~= nil and core.json.kind(value) ~= "object" then
    add(found, json, at, ("'%s' is an object: { ... }"):format(key))
    return nil
  end
  return value, at
end

local function read_sections(value, json, found)
  local made <const> = { names = { places = {} }, envelope = {}, own = {} }
  for _, section in ipairs(plain.keys(SHAPE)) do
    local given <const>, from <const> = object_at(value, section, json, 1, found)
    local places <const>, places_at <const> = object_at(section == "names" and given or {}, "places", json, from or 1, found)
    local rest <const> = {}
    for key, item in pairs(given or {}) do -- copied: order does not matter
      rest[key] = (section ~= "names" or key ~= "places") and item or nil
    end
    read_values(made[section], rest, json, from, section, SHAPE[section], found)
    read_values(made.names.places, places or {}, json, places_at, "names.places", {}, found)
  end
  return made
end

local function lines_of(path, found)
  table.sort(found, function(a, b)
    return a.line < b.line or a.line == b.line and a.message < b.message
  end)
  local lines <const> = {}
  for index, one in ipairs(found) do
    lines[index] = ("%s:%d: %s"):format(path, one.line, one.message)
  end
  return table.concat(lines, "\n")
end

---A profile from its text.
---@param path string as messages call it
---@param json string
---@return table? profile, string? message every mistake with its line
function site.read(path, json)
  local value <const>, message <const>, _, line <const>, column <const> = core.json.read(json)
  if value == nil then
    return nil, ("%s:%d:%d: %s"):format(path, line, column, message)
  elseif core.json.kind(value) ~= "object" then
    return nil, ("%s:1: a site profile is one object: { \"format\": 1, \"envelope\": { ... } }"):format(path)
  end
  local found <const> = {}
  if value.format ~= site.FORMAT then
    add(found, json, position(json, "format", 1), ("'format' is %d"):format(site.FORMAT))
  end
  for _, key in ipairs(plain.keys(value)) do
    if key ~= "format" and not SHAPE[key] then
      add(found, json, position(json, key, 1), unknown_field(key))
    end
  end
  local made <const> = read_sections(value, json, found)
  if #found > 0 then
    return nil, lines_of(path, found)
  end
  return made
end

---The value of a field by its name.
---@param profile table
---@param name string
---@return any
function site.value(profile, name)
  local at = profile
  for part in name:gmatch "[^.]+" do
    at = type(at) == "table" and rawget(at, part) or nil
  end
  return at
end

---Whether there can be such a field; or why not.
---@param name string
---@return boolean ok, string? message
function site.check_name(name)
  return test_of(name) ~= nil, not test_of(name) and unknown_field(name) or nil
end

-- "envelope": { "per_head": 18.76 }
local function as_json(name)
  local _, _, example <const> = test_of(name)(nil)
  local head <const>, last <const> = split(name)
  local inner = ('"%s": %s'):format(last, example)
  for part in head:reverse():gmatch "[^.]+" do
    inner = ('"%s": { %s }'):format(part:reverse(), inner)
  end
  return inner
end

---How to give a field.
---@param name string
---@return string
function site.teach(name)
  return ("%s: %s"):format(name, as_json(name))
end

-- ---- Where it is ----

---The file beside a pack.
---@param pack string
---@return string
function site.beside(pack)
  local folder <const> = plain.is_workbook(pack) and (pack:match "^(.*)[/\\][^/\\]*$" or ".") or pack
  return folder:gsub("/+$", "") .. "/" .. site.FILE
end

---What the command line grants: the file that --site names, else the one beside the pack.
---@param options { site?: string, pack?: string }
---@return string? path nil: there is none
---@return string? json
---@return string? problem that kept it from being read
function site.granted(options)
  local path <const> = options.site or options.pack and site.beside(options.pack)
  if not path or not options.site and core.file.kind(path) ~= "file" then
    return nil
  elseif options.site or not (host and host.read_below) then
    local json <const>, problem <const> = core.file.read(path, site.LARGEST)
    return path, json, problem
  end
  local json <const>, problem <const> = host.read_below(path:sub(1, -#site.FILE - 2), site.FILE, site.LARGEST) -- no link out of a pack
  return path, json or nil, problem
end

---Gives the profile to the state that this is called in, by texts, for these alone cross.
---@param path? string nil: there is none
---@param json? string
---@param problem? string
function site.give(path, json, problem)
  granted.site = path and { path = path, json = json, problem = problem } or false
end

-- A worker is given the profile among the files of the pack.
local function given()
  if granted.site == nil and granted.pack then
    site.give(site.granted { pack = granted.pack })
  end
  return granted.site or nil
end

-- ---- What a script asks ----

local function read_given(at)
  if not at then
    return { names = { places = {} }, envelope = {}, own = {} }
  end
  local made, message
  if at.json then
    made, message = site.read(at.path, at.json)
  end
  if not made then
    fault.raise { code = "site", message = "the site profile cannot be read", hints = { ((message or at.problem or at.path):gsub("\n", "\n  ")) } }
  end
  return made
end

local function where(at)
  return at and at.path or "a file site.json beside the pack that --pack names, or --site FILE"
end

local function lacks(at, names)
  local hints <const> = {}
  for index, name in ipairs(names) do
    hints[index] = site.teach(name)
  end
  table.insert(hints, 1, (at and "give them in %s:" or "there is no site profile: %s, with \"format\": 1 and"):format(where(at)))
  fault.raise { code = "site", message = ("this script needs of the site profile: %s"):format(table.concat(names, ", ")), hints = hints }
end

local function check_names(list)
  for _, name in ipairs(list) do
    local ok <const>, message <const> = site.check_name(name)
    if not ok then
      fault.raise { code = "site", message = message }
    end
  end
end

local function apply_defaults(made, defaults)
  for _, name in ipairs(plain.keys(defaults)) do
    local fine <const>, wanted <const> = test_of(name)(defaults[name])
    if not fine then
      fault.raise { code = "site", message = ("defaults: %s is %s"):format(name, wanted) }
    end
    local head <const>, last <const> = split(name)
    local section <const> = site.value(made, head)
    section[last] = section[last] == nil and defaults[name] or section[last]
  end
end

local function guard(section, name, at)
  return setmetatable(section, plain.class { __name = "remit.site", __index = function(_, key)
    local full <const> = (name == "" and "" or name .. ".") .. tostring(key)
    check_names { full }
    lacks(at, { full })
  end, __newindex = function()
    fault.raise { code = "immutable", message = "a site profile does not change" }
  end })
end

---The site profile. A field that it lacks is an error that says how to give it, at once for all in `needs`.
---@param asked? { needs?: string[], defaults?: table<string, any> }
---@return remit.site
function site.new(asked)
  local spec <const>, at <const> = declared(asked), given()
  local made <const>, missing <const> = read_given(at), {}
  local needed <const>, defaults <const> = spec.needs or {}, spec.defaults or {}
  check_names(needed)
  check_names(plain.keys(defaults))
  apply_defaults(made, defaults)
  for _, name in ipairs(needed) do
    missing[#missing + 1] = site.value(made, name) == nil and name or nil
  end
  if #missing > 0 then
    lacks(at, missing)
  end
  guard(made.names.places, "names.places", at)
  for _, section in ipairs(plain.keys(SHAPE)) do
    guard(made[section], section, at)
  end
  return guard(made, "", at)
end

return site
