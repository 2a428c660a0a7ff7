-- SPDX-License-Identifier: Apache-2.0
-- Overrides: what a person decided for one member against the rules, with an owner, a reason and usually a month until which it holds.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local read <const> = require "remit.decision_table.read"
local sheet <const> = require "remit.sheet"

local overrides <const> = {}

---@class remit.override
---@field where string "overrides.csv:2", or "override 2"
---@field id string the member, as written
---@field set table<string, string> by output
---@field owner string
---@field reason string
---@field expires string|false the last month in which it holds
---@field ref string|false

local WORDS <const> = { "owner", "reason", "expires", "ref" }

local function example(member, output)
  return ('{ %s = "chc", set = { %s = "..." }, owner = "...", reason = "...", expires = "2026-03" }'):format(member, output)
end

-- ---- Reading ----

local function known_columns(member, outputs)
  local known <const> = table.move(WORDS, 1, #WORDS, 2, { member })
  for _, output in ipairs(outputs) do
    known[#known + 1] = "set " .. output
  end
  return known
end

local function same(left, right)
  return (core.text.fold(left) or left) == (core.text.fold(right) or right)
end

-- The column of each word and output.
local function read_headings(file, member, outputs)
  local known <const>, columns <const>, problems <const> = known_columns(member, outputs), {}, {}
  for _, heading in ipairs(file.headings) do
    local found
    for _, name in ipairs(known) do
      found = found or same(name, heading.text) and name or nil
    end
    if found then
      columns[found] = heading.column
    else
      problems[#problems + 1] = { where = file.path, column = heading.text, message = "not a column of overrides of this table. "
        .. (fault.suggest(heading.text, known) or "There are: " .. table.concat(known, ", ")) }
    end
  end
  if not columns[member] then
    problems[#problems + 1] = { where = file.path, message = ("there is no column '%s', which says what is overridden"):format(member) }
  end
  if #problems > 0 then
    sheet.raise(file.path, problems, "overrides")
  end
  return columns
end

local function from_file(path, member, outputs)
  local file <const> = sheet.read(path)
  local columns <const>, list <const> = read_headings(file, member, outputs), {}
  for index, record in ipairs(file.rows) do
    local function cell(name)
      return columns[name] and record.cells[columns[name]] or ""
    end
    local one <const> = { where = sheet.where(file, record.row), id = cell(member), texts = {} }
    for _, word in ipairs(WORDS) do
      one[word] = cell(word)
    end
    for _, output in ipairs(outputs) do
      one.texts[output] = cell("set " .. output)
    end
    list[index] = one
  end
  return list
end

local function checked_keys(where, given, known, hint)
  for _, name in ipairs(plain.keys(given)) do
    if not plain.among(known, name) then
      fault.raise { code = "overrides", message = ("%s has no field '%s'. %s"):format(where, name, fault.suggest(name, known)
        or "It has: " .. table.concat(known, ", ")), hints = { hint } }
    end
  end
end

local function from_list(given, member, outputs)
  local list <const> = {}
  for index, one in ipairs(given) do
    local where <const> = ("override %d"):format(index)
    if type(one) ~= "table" or type(one.set) ~= "table" then
      fault.raise { code = "overrides", message = where .. " is no table with what it sets", hints = { example(member, outputs[1]) } }
    end
    checked_keys(where, one, { member, "set", "owner", "reason", "expires", "ref" }, example(member, outputs[1]))
    checked_keys(where .. ": set", one.set, outputs)
    local made <const> = { where = where, id = tostring(one[member] or ""), texts = {} }
    for _, word in ipairs(WORDS) do
      made[word] = one[word] and sheet.trim(tostring(one[word])) or ""
    end
    for _, output in ipairs(outputs) do
      made.texts[output] = one.set[output] ~= nil and read.text(one.set[output], where) or ""
    end
    list[index] = made
  end
  return list
end

-- ---- Checking ----

local function check(one, member, outputs, problems)
  local function problem(column, message, cell)
    problems[#problems + 1] = { where = one.where, column = column, message = message, cell = cell }
  end
  if one.id == "" then
    problem(member, "empty: it says what is overridden")
  end
  if one.owner == "" then
    problem("owner", "empty: an override has an owner, who answers for it")
  end
  if one.reason == "" then
    problem("reason", "empty: an override gives its reason")
  end
  if one.expires ~= "" and not core.calendar.month(one.expires) then
    problem("expires", ("'%s' is not a month such as 2026-03"):format(one.expires))
  end
  one.set = {}
  local any = false
  for _, output in ipairs(outputs) do
    local value <const>, message <const> = read.value(one.texts[output])
    if message then
      problem("set " .. output, message)
    end
    any = any or value ~= nil or message ~= nil
    one.set[output] = value
  end
  if not any then
    problem(nil, ("sets nothing: %s is empty"):format("set " .. table.concat(outputs, ", set ")))
  end
  one.expires, one.ref, one.texts = one.expires ~= "" and one.expires or false, one.ref ~= "" and one.ref or false, nil
end

---Reads overrides of a decision table.
---@param given string|table[]|nil a path, or a list
---@param rules remit.decision_table
---@return remit.override[]
function overrides.read(given, rules)
  if given == nil then
    return {}
  end
  local member <const> = (rules.on == "posts" or rules.on == "lines") and "id" or rules.on
  local list <const>, problems <const> = (type(given) == "string" and from_file or from_list)(given, member, rules.outputs), {}
  for _, one in ipairs(list) do
    check(one, member, rules.outputs, problems)
  end
  if #problems > 0 then
    sheet.raise(type(given) == "string" and given or "the overrides", problems, "overrides")
  end
  return list
end

---Whether an override no longer holds in a month.
---@param one remit.override
---@param month string
---@return boolean
function overrides.expired(one, month)
  return one.expires ~= false and core.calendar.month(one.expires) < core.calendar.month(month)
end

---"by the chief nurse until 2026-03: the reason (overrides.csv:2)".
---@param one remit.override
---@return string
function overrides.text(one)
  return ("by %s%s: %s (%s%s)"):format(one.owner, one.expires and " to the end of " .. one.expires or "", one.reason, one.where,
    one.ref and "; " .. one.ref or "")
end

return overrides
