-- SPDX-License-Identifier: Apache-2.0
-- From datapackage.json to a plan: for each resource, which columns to read, as what. Nothing is guessed; what is not known is a problem.

local carried <const> = require "remit.carried"
local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local fields <const> = require "remit.pack.fields"
local plain <const> = require "remit.plain"
local schema <const> = require "remit.schema"

local plan <const> = {}

local report <const>, known_keys <const>, object_at <const> = descriptor.report, descriptor.known_keys, descriptor.object_at
local sorted_keys <const>, with_hint <const> = plain.keys, descriptor.with_hint
local DESCRIPTOR <const> = descriptor.FILE
local MAX_WTE <const> = 1000

-- A path as Windows writes it: "packs\nenc" has a new line in it, by Lua's rules.
local function no_folder(folder)
  return folder:find "[%c\\]" and "there is no such folder. Folders are parted by /, also on Windows" or "there is no such folder"
end

local function descriptor_text(folder, problems)
  local path <const> = folder .. "/" .. DESCRIPTOR
  local inside <const> = carried.text(folder, DESCRIPTOR)
  if inside then
    return inside
  elseif core.file.kind(folder) ~= "directory" then
    problems:add { file = folder, message = core.file.kind(folder) == "file" and "is a file: a pack is a folder with a datapackage.json" or no_folder(folder) }
    return nil
  elseif core.file.kind(path) ~= "file" then
    problems:add { file = DESCRIPTOR, message = ("is missing in %s: a pack is a folder with a datapackage.json"):format(folder) }
    return nil
  end
  local text <const>, failure <const> = core.file.read(path)
  if not text then
    problems:add { file = DESCRIPTOR, message = failure }
  end
  return text
end

---Reads datapackage.json strictly. Gives nil when it cannot be read (the reason is a problem).
---@param folder string
---@param problems table
---@return table? descriptor
function plan.read(folder, problems)
  local text <const> = descriptor_text(folder, problems)
  if not text then
    return nil
  end
  local value <const>, message <const>, _, line <const>, column <const> = core.json.read((text:gsub("^\xEF\xBB\xBF", "")))
  if message then
    problems:add { file = DESCRIPTOR, row = line, message = line and ("%s (line %d, column %d)"):format(message, line, column) or message }
    return nil
  end
  if core.json.kind(value) ~= "object" then
    report(problems, nil, "must hold one object: { \"name\": ..., \"resources\": [ ... ] }")
    return nil
  end
  return value
end

local function check_months(problems, settings)
  if settings.as_at and not (type(settings.as_at) == "string" and core.calendar.month(settings.as_at)) then
    report(problems, "remit.as_at", "must be a month such as \"2025-05\"")
  end
  if settings.price_base and not (type(settings.price_base) == "string" and core.calendar.year(settings.price_base)) then
    report(problems, "remit.price_base", "must be a financial year such as \"2025/26\"")
  end
end

local words_of <const> = {
  published_basis = { "funded", "in_post", "actual" },
  pension_view = { "employer", "economic" },
}

local function check_words(problems, settings)
  for _, key in ipairs(sorted_keys(words_of)) do
    local value <const>, allowed <const> = settings[key], words_of[key]
    if value ~= nil and not plain.among(allowed, value) then
      report(problems, "remit." .. key, ("%s is not one of %s"):format(descriptor.shown(value), table.concat(allowed, ", ")))
    end
  end
end

local setting_kinds <const> = { crosswalk = "string", organisation = "string", note = "string" }
local package_json_keys <const> = { "name", "title", "description", "version", "profile", "id", "homepage", "image", "created", "sources", "licenses",
  "contributors", "keywords", "resources", "remit", "$schema" }

---The pack's own settings, checked: format, as_at, price_base, organisation, note...
---@param given table the descriptor
---@param problems table
---@return table settings
function plan.settings(given, problems)
  known_keys(problems, given, package_json_keys)
  descriptor.hold_to_kinds(problems, given, { name = "string", title = "string" })
  local settings <const> = object_at(problems, given, "remit", "remit")
  known_keys(problems, settings, schema.package_keys, "remit")
  descriptor.hold_to_kinds(problems, settings, setting_kinds, "remit")
  if settings.format ~= nil and settings.format ~= schema.FORMAT then
    report(problems, "remit.format", ("format %s is not known; this remit reads format %d"):format(descriptor.shown(settings.format), schema.FORMAT))
  end
  check_months(problems, settings)
  check_words(problems, settings)
  if settings.max_wte ~= nil and not (type(settings.max_wte) == "number" and settings.max_wte > 0 and settings.max_wte <= MAX_WTE) then
    report(problems, "remit.max_wte", ("must be a number above 0 and at most %d: the most WTE that one post may have"):format(MAX_WTE))
    settings.max_wte = nil
  end
  return settings
end

local function check_path(problems, resource, where)
  local path <const> = resource.path
  if type(path) ~= "string" or path == "" then
    report(problems, where, "needs a \"path\": the file's name inside the pack")
  elseif path:find("^/") or path:find("^%a:") or path:find("\\", 1, true) or ("/" .. path .. "/"):find("/../", 1, true) then
    report(problems, where, ("path '%s' leaves the pack: it must be relative, with / and without .."):format(path))
  else
    return path
  end
end

local function heading_field(made, heading)
  for _, planned in ipairs(made.fields) do
    if planned.heading == heading then
      return planned
    end
  end
end

local function headings_of(made)
  local headings <const> = {}
  for index, planned in ipairs(made.fields) do
    headings[index] = planned.heading
  end
  return headings
end

-- The loaded field that a heading names, for a value that stands beside it; anything else is a problem.
local function named_field(problems, where, made, heading, value)
  local planned <const> = heading_field(made, heading)
  local kind <const> = core.json.kind(value)
  if not planned then
    report(problems, where, with_hint(("there is no field '%s'"):format(heading), heading, headings_of(made)))
  elseif planned.skip then
    report(problems, where, ("field '%s' is skipped"):format(heading))
  elseif kind ~= "string" and kind ~= "number" and kind ~= "boolean" then
    report(problems, where, ("'%s' must be a text, not %s"):format(heading, descriptor.shown(value)))
  else
    return planned
  end
end

local function plan_tests(problems, where, made, hints)
  made.rows = {}
  local rows <const> = object_at(problems, hints, "rows", where .. ".remit")
  for _, heading in ipairs(sorted_keys(rows)) do
    local planned <const> = named_field(problems, where .. ".remit.rows", made, heading, rows[heading])
    if planned then
      made.rows[#made.rows + 1] = { field = planned.name, test = tostring(rows[heading]) }
    end
  end
end

local function plan_totals(problems, where, made, hints)
  local totals <const> = object_at(problems, hints, "totals", where .. ".remit")
  local headings <const> = sorted_keys(totals)
  if #headings > 1 then
    report(problems, where .. ".remit.totals", "one field marks the rows of totals")
  elseif #headings == 1 then
    local planned <const> = named_field(problems, where .. ".remit.totals", made, headings[1], totals[headings[1]])
    if planned then
      made.totals = { heading = headings[1], name = planned.name, label = tostring(totals[headings[1]]), dimension = planned.dimension }
    end
  end
end

local display_of <const> = { money = "£", wte = "WTE", number = "number", count = "count" }

local function names_of(made)
  local names <const> = {}
  for _, planned in ipairs(made.fields) do
    if not planned.skip and schema.types[planned.type].unit == "code" then
      names[#names + 1] = planned.name
    end
  end
  return names
end

-- "all", or names of dimensions; nothing adds up that is not said to.
local function additive_over(problems, where, made, value)
  if value == nil or value == "all" then
    return value or {}
  elseif not descriptor.is_texts(value) then
    report(problems, where, "\"additive_over\" is \"all\" or a list of dimensions")
    return {}
  end
  local known <const>, names <const> = {}, names_of(made)
  for _, name in ipairs(names) do
    known[name] = true
  end
  for _, name in ipairs(value) do
    if not known[name] then
      report(problems, where, with_hint(("additive_over: there is no dimension '%s'"):format(name), name, names))
    end
  end
  return value
end

local function number_headings(made)
  local headings <const> = {}
  for _, planned in ipairs(made.fields) do
    headings[#headings + 1] = not planned.skip and display_of[planned.type] and planned.heading or nil
  end
  return headings
end

local function plan_measure(problems, where, made, name, json)
  if core.json.kind(json) ~= "object" then
    report(problems, where, "must be an object: { \"field\": ..., \"additive_over\": ... }")
    return
  end
  known_keys(problems, json, schema.measure_keys, where)
  descriptor.hold_to_kinds(problems, json, { field = "string", tolerance = "number", doc = "string" }, where)
  local planned <const> = json.field and heading_field(made, json.field)
  if not planned or planned.skip or not display_of[planned.type] then
    local message <const> = json.field and ("\"field\" must name a number field, and '%s' is none"):format(json.field)
      or "needs a \"field\": the number field that it adds up"
    report(problems, where, with_hint(message, json.field or "", number_headings(made)))
    return
  end
  made.measures[#made.measures + 1] = { name = name, column = planned.name, display = display_of[planned.type], doc = json.doc,
    additive_over = additive_over(problems, where, made, json.additive_over), tolerance = json.tolerance or 0 }
end

local function plan_measures(problems, where, made, hints)
  made.measures = {}
  local measures <const> = object_at(problems, hints, "measures", where .. ".remit")
  if made.facts and hints.measures == nil then
    report(problems, where .. ".remit.measures", "is needed: what the lines count, as in { \"fte\": { \"field\": \"FTE\", \"additive_over\": \"all\" } }")
  end
  for _, name in ipairs(sorted_keys(measures)) do
    plan_measure(problems, where .. ".remit.measures." .. name, made, name, measures[name])
  end
end

local function missing_values(problems, where, resource)
  local declared <const> = type(resource.schema) == "table" and resource.schema.missingValues or resource.missingValues
  if declared == nil then
    return nil
  end
  if not descriptor.is_texts(declared) then
    report(problems, where, "\"missingValues\" is a list of texts")
    return nil
  end
  return declared
end

local encodings <const> = { ["utf-8"] = "utf-8", utf8 = "utf-8", ["windows-1252"] = "windows-1252", cp1252 = "windows-1252" }

local dialect_values <const> = { header = true, doubleQuote = true, quoteChar = '"' }

local function plan_format(problems, where, made, resource)
  local name <const> = resource.encoding or "utf-8"
  made.encoding = type(name) == "string" and encodings[name:lower()] or nil
  if not made.encoding then
    report(problems, where, ("encoding %s is not known: utf-8 or windows-1252"):format(descriptor.shown(name)))
  end
  local dialect <const> = object_at(problems, resource, "dialect", where)
  known_keys(problems, dialect, { "delimiter", "header", "quoteChar", "lineTerminator", "doubleQuote" }, where .. ".dialect")
  made.delimiter = dialect.delimiter
  if made.delimiter ~= nil and (type(made.delimiter) ~= "string" or #made.delimiter ~= 1 or made.delimiter:find '[\r\n"]') then
    report(problems, where .. ".dialect", "\"delimiter\" is one character, and no quote")
    made.delimiter = nil
  end
  for _, key in ipairs { "header", "doubleQuote", "quoteChar" } do
    if dialect[key] ~= nil and dialect[key] ~= dialect_values[key] then
      report(problems, where .. ".dialect", ("\"%s\" can only be %s"):format(key, descriptor.shown(dialect_values[key])))
    end
  end
  made.missing = missing_values(problems, where, resource)
end

local resource_json_keys <const> = { "name", "path", "title", "description", "profile", "format", "mediatype", "encoding", "dialect", "schema",
  "missingValues", "sources", "licenses", "bytes", "hash", "remit", "$schema" }

local hint_kinds <const> = { role = "string", dimension = "string", key = "string", label = "string", ordered = "boolean", as_at = "string",
  months = "number" }

local function check_hints(problems, where, hints)
  known_keys(problems, hints, schema.resource_keys, where)
  descriptor.hold_to_kinds(problems, hints, hint_kinds, where)
  if hints.as_at and not core.calendar.month(hints.as_at) then
    report(problems, where .. ".as_at", "must be a month such as \"2025-05\"")
    hints.as_at = nil
  end
  if hints.months and not (math.tointeger(hints.months) and hints.months >= 1 and hints.months <= 12) then
    report(problems, where .. ".months", ("must be a whole number from 1 to 12, not %s"):format(tostring(hints.months)))
    hints.months = nil
  end
end

local function roles()
  local names <const> = schema.names()
  names[#names + 1] = "lines"
  return names
end

local function plan_resource(problems, where, resource)
  known_keys(problems, resource, resource_json_keys, where)
  local hints <const> = object_at(problems, resource, "remit", where)
  local months_stated <const> = hints.months ~= nil
  check_hints(problems, where .. ".remit", hints)
  local role <const> = hints.role or resource.name
  local file <const> = schema.file(role)
  if not file and not hints.dimension and role ~= "lines" then
    local message <const> = ("'%s' is not a file that remit knows: give \"remit\": { \"role\": ... } or { \"dimension\": ... }"):format(role)
    report(problems, where, with_hint(message, role, roles()))
    return nil
  end
  local made <const> = { name = resource.name, file = file, path = check_path(problems, resource, where), where = where,
    dimension = file and file.dimension or hints.dimension, key = hints.key or "id", ordered = file and file.ordered or hints.ordered == true,
    mapped = resource.schema ~= nil, facts = role == "lines", lines = role == "lines" or file and file.lines,
    as_at = hints.as_at, months = math.tointeger(hints.months), months_stated = months_stated, label = hints.label or "name" }
  local before <const> = #problems.list
  made.fields = fields.plan(problems, where, file, resource)
  made.unread = #problems.list > before -- what its file says would be beside the point
  plan_format(problems, where, made, resource)
  plan_tests(problems, where, made, hints)
  plan_totals(problems, where, made, hints)
  plan_measures(problems, where, made, hints)
  return made
end

-- What a pack may have once: a standard file, the members of a dimension, lines of its own; and either an establishment or such lines.
local function check_once(problems, plans)
  local taken <const>, facts, establishment = {}, nil, nil
  for _, made in ipairs(plans) do
    local name <const> = made.dimension and ("the members of '%s'"):format(made.dimension)
      or ("the role '%s'"):format(made.file and made.file.name or "lines")
    if taken[name] then
      report(problems, made.where, ("%s has %s already"):format(taken[name], name))
    end
    taken[name] = taken[name] or made.where
    facts = made.facts and made or facts
    establishment = made.file and made.file.lines and made or establishment
  end
  if facts and establishment then
    report(problems, facts.where, ("lines of its own, and %s is %s: a pack has one or the other"):format(establishment.where, establishment.file.name))
  end
end

---A plan for each resource of the pack, in the order of the descriptor.
---@param given table the descriptor
---@param problems table
---@return table[] plans
function plan.resources(given, problems)
  local plans <const>, names <const> = {}, {}
  if core.json.kind(given.resources) ~= "array" then
    report(problems, "resources", "must be a list of the pack's files: [ { \"name\": \"posts\", \"path\": \"posts.csv\" }, ... ]")
    return plans
  end
  for index, resource in ipairs(given.resources) do
    local named <const> = core.json.kind(resource) == "object" and type(resource.name) == "string"
    local where <const> = named and "resources." .. resource.name or ("resources[%d]"):format(index - 1)
    if core.json.kind(resource) ~= "object" or type(resource.name) ~= "string" then
      report(problems, where, "must be an object with a \"name\" and a \"path\"")
    elseif names[resource.name] then
      report(problems, where, ("the name '%s' is used twice"):format(resource.name))
    else
      names[resource.name] = true
      plans[#plans + 1] = plan_resource(problems, where, resource)
    end
  end
  check_once(problems, plans)
  return plans
end

return plan
