-- SPDX-License-Identifier: Apache-2.0
-- Rules of subsidiarity from a CSV file or a Lua table. What needs no model is checked here, all of it at once.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local reports <const> = require "remit.subsidiarity.report"

local read <const> = {}

local FIELDS <const> = { "id", "criterion", "test", "direction", "at_least", "at_most", "sets", "why", "ref", "note" }
local DIRECTIONS <const> = { "gate", "push up", "pull down", "either" }

---What a rule may set: levels, and a variant in free words.
read.LEVELS = { "accountable", "delivers", "hosts", "funds" }
local SETTABLE <const> = { "accountable", "delivers", "hosts", "funds", "variant" }

local reserved <const>, settable <const> = {}, {}
for _, name in ipairs(FIELDS) do
  reserved[name] = true
end
for _, name in ipairs(SETTABLE) do
  settable[name] = true
end

---@class remit.subsidiarity.rule
---@field name string what people call it: its id, else its criterion
---@field place string "subsidiarity.csv:4"
---@field criterion? string
---@field test? string
---@field when { name: string, test: string }[] further inputs, in order
---@field direction string
---@field at_least? string
---@field at_most? string
---@field sets { name: string, value: string }[]
---@field why string
---@field ref? string

local function given(text)
  return text ~= nil and text ~= "" and text or nil
end

-- ---- What one cell says ----

local function check_test(report, rule, column, text)
  local made <const>, message <const>, _, at <const> = core.predicate.new(text)
  if not made then
    report:add { place = rule.place, column = column, value = text, message = message, at = at }
  end
end

local function direction_of(report, rule, text)
  local wanted <const> = text:lower():gsub("[-_%s]+", " ")
  for _, word in ipairs(DIRECTIONS) do
    if word == wanted then
      return word
    end
  end
  local near <const> = fault.suggest(text, DIRECTIONS)
  report:add { place = rule.place, column = "direction", value = text, message = ("not one of %s%s"):format(table.concat(DIRECTIONS, ", "),
    near and ". " .. near or "") }
  return "either"
end

local function add_set(report, rule, name, value)
  local message
  if name == "level" or name == "at_least" or name == "at_most" then
    message = ("'%s' cannot be set: a rule says at_least or at_most, and the search finds the level"):format(name)
  elseif not settable[name] then
    message = ("'%s' cannot be set. %s"):format(name, fault.suggest(name, SETTABLE) or "These can: " .. table.concat(SETTABLE, ", "))
  end
  for _, set in ipairs(rule.sets) do
    message = message or set.name == name and ("sets '%s' twice"):format(name) or nil
  end
  if message then
    report:add { place = rule.place, column = "sets", message = message }
  else
    rule.sets[#rule.sets + 1] = { name = name, value = value }
  end
end

-- "accountable = system; delivers = place"
local function read_sets(report, rule, text)
  for part in (text .. ";"):gmatch "%s*([^;]-)%s*;" do
    local name <const>, value <const> = part:match "^([%w_]+)%s*=%s*(.+)$"
    if name then
      add_set(report, rule, name, value)
    elseif part ~= "" then
      report:add { place = rule.place, column = "sets", value = part, message = "write it as name = value; name = value" }
    end
  end
end

-- ---- What a rule says as a whole ----

local function check_rule(report, rule)
  local function complain(column, message)
    report:add { place = rule.place, column = column, message = message }
  end
  if rule.criterion and not rule.test then
    complain("test", ("is empty: which values of '%s' pass? \"-\" is any"):format(rule.criterion))
  elseif rule.test and not rule.criterion then
    complain("criterion", "is empty, and there is a test of it")
  elseif not rule.criterion and #rule.when == 0 then
    complain("criterion", "is empty, and nothing else is tested: \"-\" as a test passes for all")
  end
  if not rule.why then
    complain("why", "is empty: say why the rule holds")
  end
  if not rule.at_least and not rule.at_most and #rule.sets == 0 then
    complain(nil, "the rule does nothing: it has no at_least, no at_most and no sets")
  elseif rule.direction == "push up" and not rule.at_least then
    complain("at_least", "is empty, and the rule pushes up: to which level?")
  elseif rule.direction == "pull down" and not rule.at_most then
    complain("at_most", "is empty, and the rule pulls down: to which level?")
  end
end

local function rule_of(report, place, cells, when, sets)
  local rule <const> = { place = place, id = given(cells.id), criterion = given(cells.criterion), test = given(cells.test), when = when, sets = {},
    at_least = given(cells.at_least), at_most = given(cells.at_most), why = given(cells.why), ref = given(cells.ref) }
  rule.direction = given(cells.direction) and direction_of(report, rule, cells.direction) or "either"
  for _, input in ipairs(when) do
    check_test(report, rule, input.name, input.test)
  end
  if rule.test then
    check_test(report, rule, "test", rule.test)
  end
  if type(sets) == "table" then
    for _, name in ipairs(plain.keys(sets)) do
      add_set(report, rule, name, tostring(sets[name]))
    end
  elseif given(sets) then
    read_sets(report, rule, sets)
  end
  rule.name = rule.id or rule.criterion or when[1] and when[1].name or "?"
  check_rule(report, rule)
  if rule.criterion == "fn" then -- says which functions the rule is about, and judges nothing of them
    table.insert(when, 1, { name = "fn", test = rule.test })
    rule.criterion, rule.test = nil, nil
  end
  return rule
end

local function check_ids(report, rules)
  local seen <const> = {}
  for _, rule in ipairs(rules) do
    if rule.id and seen[rule.id] then
      report:add { place = rule.place, column = "id", value = rule.id, message = "is the id of " .. seen[rule.id] }
    elseif rule.id then
      seen[rule.id] = rule.place
    end
  end
end

---The rules of a file.
---@param path string
---@return remit.subsidiarity.rule[]
function read.file(path)
  local report <const>, rules <const> = reports.new(path), {}
  local headings <const>, rows <const> = reports.read(path, reserved)
  for index, row in ipairs(rows) do
    local when <const> = {}
    for _, heading in ipairs(headings) do
      if not reserved[heading] and row[heading] ~= "" and row[heading] ~= "-" then
        when[#when + 1] = { name = heading, test = row[heading] }
      end
    end
    rules[index] = rule_of(report, row.place, row, when, row.sets)
  end
  check_ids(report, rules)
  report:raise()
  return rules
end

local known <const> = { "id", "criterion", "test", "when", "direction", "at_least", "at_most", "sets", "why", "ref" }

local function check_keys(report, place, one)
  local names <const> = {}
  for _, name in ipairs(known) do
    names[name] = true
  end
  for _, name in ipairs(plain.keys(one)) do
    local takes_table <const> = name == "when" or name == "sets"
    if names[name] and (type(one[name]) == "table" and not takes_table or name == "when" and type(one[name]) ~= "table") then
      report:add { place = place, column = name, message = takes_table and 'is a table of tests by field: { fn = "chc" }' or "is one value, not a table" }
    elseif not names[name] then
      report:add { place = place, column = name, message = "is no field of a rule. " .. (fault.suggest(name, known) or "Fields: "
        .. table.concat(known, ", ")) }
    end
  end
end

local BY_NAME <const> = { when = '{ fn = "chc" }', sets = '{ delivers = "place" }' }

local function check_text(report, place, column, name, value)
  if value == nil then
    report:add { place = place, column = column, message = "takes values by name: " .. BY_NAME[column] }
  elseif type(value) == "table" then
    report:add { place = place, column = column, message = ("%s is a text, not a table"):format(name) }
  end
end

---The rules of a script's table.
---@param list table[]
---@return remit.subsidiarity.rule[]
function read.list(list)
  local report <const>, rules <const> = reports.new("the rules"), {}
  if #list == 0 then
    report:add { place = "rules", message = "is empty: there are no rules" }
  end
  for index, one in ipairs(list) do
    local place <const> = ("rule %d"):format(index)
    if type(one) ~= "table" then
      report:add { place = place, message = "is not a table of named fields" }
    else
      check_keys(report, place, one)
      local when <const>, cells <const> = {}, {}
      for _, name in ipairs(plain.keys(type(one.when) == "table" and one.when or {})) do
        check_text(report, place, "when", name, one.when[name])
        when[#when + 1] = { name = name, test = tostring(one.when[name]) }
      end
      for _, name in ipairs(plain.keys(type(one.sets) == "table" and one.sets or {})) do
        check_text(report, place, "sets", name, one.sets[name])
      end
      for _, name in ipairs(known) do
        cells[name] = one[name] ~= nil and type(one[name]) ~= "table" and tostring(one[name]) or nil
      end
      rules[#rules + 1] = rule_of(report, place, cells, when, one.sets)
    end
  end
  check_ids(report, rules)
  report:raise()
  return rules
end

return read
