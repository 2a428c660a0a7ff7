-- SPDX-License-Identifier: Apache-2.0
-- One file of a pack, read by its plan: raw labels and checked figures, and every problem with its place.

local carried <const> = require "remit.carried"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local progress <const> = require "remit.progress"
local schema <const> = require "remit.schema"
local vocabulary <const> = require "remit.vocabulary"

---@class remit.source
---@field plan table
---@field name string the standard file's name, or the resource's
---@field path string inside the pack
---@field from "pack"|"vocabulary"
---@field problems table
---@field heading_of table<string, string> heading by field
---@field table? table core table: raw labels first, then members
---@field raw? table core table: as read
---@field report? remit.core.csv_report
---@field partial? boolean some of it could not be read
---@field complete? boolean of a partial one: every row is there
---@field row fun(row: integer): integer the spreadsheet's row of a table's row
local source <const> = {}

local function in_units(value, kind)
  return value and exact.integer(value, kind.format.decimals) or nil
end

local function core_field(planned)
  local kind <const> = schema.types[planned.type]
  local format
  if kind.format then
    format = { decimals = kind.format.decimals, currency = kind.format.currency, round = planned.number.round,
      decimal_char = planned.number.decimal_char, group_char = planned.number.group_char }
  end
  return { heading = planned.heading, name = not planned.skip and planned.name or nil, unit = kind.unit, format = format,
    optional = planned.optional, required = planned.required, unique = planned.unique,
    minimum = in_units(planned.minimum, kind), maximum = in_units(planned.maximum, kind) }
end

local function core_source(folder, planned, fixes)
  local fields <const> = {}
  for index, one in ipairs(planned.fields) do
    fields[index] = core_field(one)
  end
  local inside <const> = carried.text(folder, planned.path)
  local given <const> = { path = not inside and folder .. "/" .. planned.path or nil, text = inside, fields = fields,
    delimiter = planned.delimiter, encoding = planned.encoding,
    salvage = true, missing = planned.missing, totals = planned.totals and { field = planned.totals.heading, label = planned.totals.label } }
  if fixes then
    local corrections <const> = require "remit.pack.corrections"
    local mine <const> = corrections.of(fixes, planned.path)
    local text <const> = #mine > 0 and corrections.apply(given, mine)
    if text then
      given.text, given.path, given.encoding = text, nil, "utf-8"
    end
  end
  return given
end

-- How a heading that is not ours is made one of our fields, `field` where one is near.
local function mapping(planned, heading, field)
  local standard <const> = field and planned.file and planned.file.by_field[field]
  local type_name <const> = standard and not schema.types[standard.type].json.string and '"type": "number", ' or ""
  local target <const> = standard and ('{ "field": "%s" }'):format(field) or planned.file and '{ "field": ... } or { "skip": true }' or '{ "skip": true }'
  local entry <const> = ('{ "name": "%s", %s"remit": %s }'):format(heading:gsub('[\\"]', "\\%0"), type_name, target)
  if planned.mapped then
    return ('The headings of this file stand in its "schema": add %s'):format(entry)
  end
  return ('To keep other headings, give the file a "schema" in datapackage.json with each of them: { "fields": [ %s, ... ] }'):format(entry)
end

local file_hints <const> = {
  heading = function(message, planned, heading)
    local near <const> = message:match "Did you mean '(.*)'%?$"
    return ("%s%s %s"):format(message, near and "" or planned.file and (": remit help %s.csv lists those that are."):format(planned.file.name) or ".",
      mapping(planned, heading, near))
  end,
  totals = function(message, heading, label)
    return ('%s. A row of totals? Declare it: "remit": { "totals": { "%s": "%s" } }'):format(message, heading, label)
  end,
  no_value = function(message, value)
    return ('%s. If it means no value, declare it: "missingValues": ["", "%s"]'):format(message, value)
  end,
  round = function(message)
    return message .. '. To round them: "remit": { "round": true } on the field'
  end,
  max_wte = function(message)
    return message .. '. A post of several people? "max_wte" in datapackage.json says how much one may have'
  end,
}
local sheet_hints <const> = {
  heading = function(message, planned)
    return message:find "Did you mean" and message or ("%s: remit help %s.csv lists those that are"):format(message, planned.file.name)
  end,
  totals = function(message, heading, label, path)
    return ("%s. A row of totals? Say so on sheet pack: %s.totals is '%s: %s'"):format(message, path, heading, label)
  end,
  no_value = function(message)
    return message .. ". If it means no value, empty the cell"
  end,
  round = function(message)
    return message .. ". A formula? Round it there: =ROUND(..., 2)"
  end,
  max_wte = function(message)
    return message .. ". A post of several people? max_wte on sheet pack says how much one may have"
  end,
}

-- The heading and the label by which a row says that it is one of totals.
local function totals_label(read, wanted)
  local heading
  for fields, row in core.csv.records { path = read.path, text = read.text, delimiter = read.delimiter, encoding = read.encoding } do
    heading = heading or (#fields > 0 and fields) or nil
    for index, text in ipairs(row == wanted and fields or {}) do
      local label <const> = text:match "^%s*(.-)%s*$"
      if label:lower():find "^total" or label:lower():find "^grand total" then
        return heading[index], label
      end
    end
  end
end

-- How people write that there is no value, by what it is in small letters.
local no_value <const> = { ["n/a"] = true, ["#n/a"] = true, na = true, ["-"] = true, ["--"] = true, ["\u{2013}"] = true, none = true, null = true,
  ["nil"] = true }

local function totals_hint(read, row, hinted)
  local ok <const>, heading <const>, label <const> = pcall(totals_label, read, row)
  local key <const> = ok and heading and heading .. "\0" .. label
  if key and not hinted[key] then
    hinted[key] = true
    return heading, label
  end
end

local HOURS <const> = 10 -- from here on a WTE looks like hours a week

-- What to do about a problem of one value.
local function value_hint(message, found, hints, limited, hinted)
  local value <const> = found.value:match "^%s*(.-)%s*$"
  if message:find "^not a number" and no_value[value:lower()] then
    return hints.no_value(message, value)
  elseif message == "not a number" and value:lower():find "^[£%d.,%s]*%d%s*[km]n?$" then
    return message .. ". Thousands and millions are written out: 95000"
  elseif message:find "^%d+ decimals, only" then
    return hints.round(message)
  elseif message:find "^a %a+ is written" and value:find "^%d%d%d%d%d$" then
    return message .. ". A spreadsheet's number of a day: format the cell as a date"
  elseif limited[found.field] and message:find "^above the maximum" and not (hinted.max_wte or found.total_row) then
    hinted.max_wte = true
    return (tonumber(value) or 0) >= HOURS and message .. ". Hours a week? 37.5 are 1" or hints.max_wte(message)
  end
  return message
end

-- Where the headings that nobody declared may have come from, or how they are kept: once a file.
local function heading_hint(message, file, heading, found, hinted)
  local undeclared, missing = 0, 0
  for _, each in ipairs(found) do
    undeclared = undeclared + (each.message:find "^heading is not declared" and 1 or 0)
    missing = missing + (each.message:find "^heading is missing" and 1 or 0)
  end
  if hinted.heading or undeclared == 1 and missing == 0 and message:find "Did you mean" then -- a slip of the pen
    return message
  end
  hinted.heading = true
  if undeclared == 1 and missing > 1 then
    return message .. ". Headings stand in row 1: is there a title above them?"
  end
  return (file.plan.sheet and sheet_hints or file_hints).heading(message, file.plan, heading)
end

local function report_problems(file, report, read)
  local hints <const>, limited <const> = file.plan.sheet and sheet_hints or file_hints, {}
  for _, one in ipairs(file.plan.fields) do
    limited[one.heading] = one.limited
  end
  local hinted <const> = {} -- one declaration is for all rows of totals that have this label
  local all <const> = report:problems()
  for _, found in ipairs(all) do
    local message = found.message
    local heading, label
    if found.total_row then
      heading, label = totals_hint(read, found.row, hinted)
    end
    if heading then
      message = hints.totals(message, heading, label, file.path)
    elseif message:find "^heading is not declared" and not message:find "Is the file separated by" then
      message = heading_hint(message, file, found.field, all, hinted)
    else
      message = value_hint(message, found, hints, limited, hinted)
    end
    file.problems:add { file = file.path, row = found.row, field = found.field ~= "" and found.field or nil,
      value = found.value ~= "" and found.value or nil, message = message, alike = found.alike }
  end
  local more <const> = report:counts().more
  if more > 0 then
    file.problems:add { file = file.path, message = ("and %d more of other kinds"):format(more), last = true }
  end
end

local function limit_wte(planned, settings)
  if planned.name ~= "posts" and not (planned.file and planned.file.name == "posts") then
    return
  end
  for _, one in ipairs(planned.fields) do
    if one.name == "wte" or one.name == "in_post" then
      one.limited = one.name == "wte" and not one.maximum
      one.maximum = one.maximum or settings.max_wte or 1
    end
  end
end

-- Whether a file with problems still tells all its members: then references to them can be checked.
local function names_every_row(report, salvaged)
  for _, found in ipairs(report:problems()) do
    if found.field == "" then
      return false
    end
  end
  return salvaged ~= nil and salvaged:rows() == report:counts().rows
end

---A file that is planned and not read.
---@return remit.source
function source.new(folder, planned, found)
  return { plan = planned, path = planned.path, from = folder == vocabulary.folder() and "vocabulary" or "pack", problems = found,
    heading_of = {}, name = planned.file and planned.file.name or planned.name }
end

---Reads one file; what is wrong with it goes to the problems, and what could be read of it is kept for further checks.
---@param folder string
---@param planned table
---@param found table problems
---@param settings table
---@param fixes? table[] corrections
---@return remit.source
function source.read(folder, planned, found, settings, fixes)
  limit_wte(planned, settings)
  local made <const> = source.new(folder, planned, found)
  for _, one in ipairs(planned.fields) do
    made.heading_of[one.name] = one.heading
  end
  local read <const> = core_source(folder, planned, fixes)
  progress.detail(planned.path)
  local loaded <const>, report <const>, salvaged <const> = core.csv.load(read)
  if type(report) == "string" then
    local prefix <const> = read.path and read.path .. ": " or ""
    found:add { file = planned.path, message = report:sub(1, #prefix) == prefix and report:sub(#prefix + 1) or report }
    return made
  end
  made.report = report
  found:count_rows(planned.path, report:counts().rows)
  if not loaded then
    report_problems(made, report, read)
    made.partial, made.complete = true, names_every_row(report, salvaged)
  end
  made.table = loaded or salvaged
  function made.row(row)
    return report:row(made.kept and made.kept[row] or row)
  end
  return made
end

return source
