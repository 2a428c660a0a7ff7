-- SPDX-License-Identifier: Apache-2.0
-- From datapackage.json to a plan: for each resource, which columns to read, as what. Nothing is guessed; what is not known is a problem.

local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local fields <const> = require "remit.pack.fields"
local schema <const> = require "remit.schema"

local plan <const> = {}

local report <const>, known_keys <const>, object_at <const> = descriptor.report, descriptor.known_keys, descriptor.object_at
local sorted_keys <const>, with_hint <const> = descriptor.keys, descriptor.with_hint
local DESCRIPTOR <const> = descriptor.FILE

---Reads datapackage.json strictly. Gives nil when it cannot be read (the reason is a problem).
---@param folder string
---@param problems table
---@return table? descriptor
function plan.read(folder, problems)
  local path <const> = folder .. "/" .. DESCRIPTOR
  if core.file.kind(folder) ~= "directory" then
    local message = core.file.kind(folder) == "file" and "is a file: a pack is a folder with a datapackage.json" or "there is no such folder"
    problems:add { file = folder, message = message }
    return nil
  end
  if core.file.kind(path) ~= "file" then
    problems:add { file = DESCRIPTOR, message = ("is missing in %s: a pack is a folder with a datapackage.json"):format(folder) }
    return nil
  end
  local text <const>, failure <const> = core.file.read(path)
  if not text then
    problems:add { file = DESCRIPTOR, message = failure }
    return nil
  end
  local value <const>, message <const>, _, line <const>, column <const> = core.json.read(text)
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
    local value <const> = settings[key]
    local allowed <const> = words_of[key]
    local found = value == nil
    for _, word in ipairs(allowed) do
      found = found or word == value
    end
    if not found then
      report(problems, "remit." .. key, ("'%s' is not one of %s"):format(tostring(value), table.concat(allowed, ", ")))
    end
  end
end

---The pack's own settings, checked: format, as_at, price_base, organisation, note...
---@param descriptor table
---@param problems table
---@return table settings
function plan.settings(descriptor, problems)
  local settings <const> = object_at(problems, descriptor, "remit", "remit")
  known_keys(problems, settings, schema.package_keys, "remit")
  if settings.format ~= nil and settings.format ~= schema.FORMAT then
    report(problems, "remit.format", ("format %s is not known; this remit reads format %d"):format(tostring(settings.format), schema.FORMAT))
  end
  check_months(problems, settings)
  check_words(problems, settings)
  if settings.max_wte ~= nil and not (type(settings.max_wte) == "number" and settings.max_wte > 0) then
    report(problems, "remit.max_wte", "must be a number above 0: the most WTE that one post may have")
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

local function plan_tests(problems, where, made, hints)
  made.rows = {}
  local rows <const> = object_at(problems, hints, "rows", where .. ".remit")
  for _, heading in ipairs(sorted_keys(rows)) do
    local planned <const> = heading_field(made, heading)
    if planned then
      made.rows[#made.rows + 1] = { field = planned.name, test = tostring(rows[heading]) }
    else
      report(problems, where .. ".remit.rows", ("there is no field '%s'"):format(heading))
    end
  end
end

local function plan_totals(problems, where, made, hints)
  local totals <const> = object_at(problems, hints, "totals", where .. ".remit")
  local headings <const> = sorted_keys(totals)
  if #headings > 1 then
    report(problems, where .. ".remit.totals", "one field marks the rows of totals")
  elseif #headings == 1 then
    local planned <const> = heading_field(made, headings[1])
    if planned then
      made.totals = { heading = headings[1], name = planned.name, label = tostring(totals[headings[1]]), dimension = planned.dimension }
    else
      report(problems, where .. ".remit.totals", ("there is no field '%s'"):format(headings[1]))
    end
  end
end

local display_of <const> = { money = "£", wte = "WTE", number = "number", count = "count" }

local function plan_measures(problems, where, made, hints)
  made.measures = {}
  local measures <const> = object_at(problems, hints, "measures", where .. ".remit")
  for _, name in ipairs(sorted_keys(measures)) do
    local json <const> = measures[name]
    local spot <const> = where .. ".remit.measures." .. name
    known_keys(problems, json, schema.measure_keys, spot)
    local planned <const> = heading_field(made, json.field)
    if not planned or not display_of[planned.type] then
      report(problems, spot, ("\"field\" must name a number field, and '%s' is none"):format(tostring(json.field)))
    else
      made.measures[#made.measures + 1] = { name = name, column = planned.name, display = display_of[planned.type], doc = json.doc,
        additive_over = json.additive_over == "all" and "all" or json.additive_over or {}, tolerance = json.tolerance or 0 }
    end
  end
end

local function missing_values(problems, where, resource)
  local declared <const> = type(resource.schema) == "table" and resource.schema.missingValues or resource.missingValues
  if declared == nil then
    return nil
  end
  for _, text in ipairs(declared) do
    if type(text) ~= "string" then
      report(problems, where, "\"missingValues\" is a list of texts")
      return nil
    end
  end
  return declared
end

local encodings <const> = { ["utf-8"] = "utf-8", utf8 = "utf-8", ["windows-1252"] = "windows-1252", cp1252 = "windows-1252" }

local function plan_format(problems, where, made, resource)
  local name <const> = tostring(resource.encoding or "utf-8"):lower()
  made.encoding = encodings[name]
  if not made.encoding then
    report(problems, where, ("encoding '%s' is not known: utf-8 or windows-1252"):format(name))
  end
  local dialect <const> = object_at(problems, resource, "dialect", where)
  known_keys(problems, dialect, { "delimiter", "header", "quoteChar", "lineTerminator", "doubleQuote" }, where .. ".dialect")
  made.delimiter = dialect.delimiter
  if made.delimiter ~= nil and (type(made.delimiter) ~= "string" or #made.delimiter ~= 1) then
    report(problems, where .. ".dialect", "\"delimiter\" is one character")
    made.delimiter = nil
  end
  made.missing = missing_values(problems, where, resource)
end

local resource_json_keys <const> = { "name", "path", "title", "description", "profile", "format", "mediatype", "encoding", "dialect", "schema",
  "missingValues", "sources", "licenses", "bytes", "hash", "remit", "$schema" }

local function plan_resource(problems, where, resource)
  known_keys(problems, resource, resource_json_keys, where)
  local hints <const> = object_at(problems, resource, "remit", where)
  known_keys(problems, hints, schema.resource_keys, where .. ".remit")
  local role <const> = hints.role or resource.name
  local file <const> = schema.file(role)
  if not file and not hints.dimension and role ~= "lines" then
    local message <const> = ("'%s' is not a file that remit knows: give \"remit\": { \"role\": ... } or { \"dimension\": ... }"):format(tostring(role))
    report(problems, where, with_hint(message, tostring(role), schema.names()))
    return nil
  end
  local made <const> = { name = resource.name, file = file, path = check_path(problems, resource, where), where = where,
    dimension = file and file.dimension or hints.dimension, key = hints.key or "id", ordered = file and file.ordered or hints.ordered == true,
    facts = role == "lines", months = hints.months, label = hints.label or "name" }
  made.fields = plan_fields(problems, where, file, resource)
  plan_format(problems, where, made, resource)
  plan_tests(problems, where, made, hints)
  plan_totals(problems, where, made, hints)
  plan_measures(problems, where, made, hints)
  return made
end

---A plan for each resource of the pack, in the order of the descriptor.
---@param descriptor table
---@param problems table
---@return table[] plans
function plan.resources(descriptor, problems)
  local plans <const>, names <const> = {}, {}
  if core.json.kind(descriptor.resources) ~= "array" then
    report(problems, "resources", "must be a list of the pack's files: [ { \"name\": \"posts\", \"path\": \"posts.csv\" }, ... ]")
    return plans
  end
  for index, resource in ipairs(descriptor.resources) do
    local where <const> = ("resources[%d]"):format(index - 1)
    if core.json.kind(resource) ~= "object" or type(resource.name) ~= "string" then
      report(problems, where, "must be an object with a \"name\" and a \"path\"")
    elseif names[resource.name] then
      report(problems, where, ("the name '%s' is used twice"):format(resource.name))
    else
      names[resource.name] = true
      plans[#plans + 1] = plan_resource(problems, where, resource)
    end
  end
  return plans
end

return plan
