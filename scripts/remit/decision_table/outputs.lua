-- SPDX-License-Identifier: Apache-2.0
-- From what rules say to columns: a new attribute of labels, or an old one replaced where something was decided, in its own unit and vocabulary.

local core <const> = require "remit.core"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"
local state_of <const> = require "remit.state_of"

local outputs <const> = {}

---@class remit.output
---@field name string
---@field old? remit.core.column
---@field unit string
---@field members? remit.members the old one refers to these
---@field list? boolean several labels, joined by "|"

local DECIMALS <const> = { pence = 2, micro = 6, count = 0 }
local fixed_of_lines <const> = { id = true, kind = true, vacant = true, wte = true, cost = true }

local function members_linked(model, core_table, name)
  local target <const> = core_table:dimension(name)
  for _, members in pairs(state_of[model].members) do -- one of them at most: order does not matter
    if target and members.table:is(target) then
      return members
    end
  end
end

---What an output is to become, or nil and why it cannot be set.
---@param model remit.model
---@param core_table remit.core.table the members or lines as they are
---@param rules remit.decision_table
---@param name string
---@return remit.output? output, string? message
function outputs.target(model, core_table, rules, name)
  local lines <const> = rules.on == "posts" or rules.on == "lines"
  if name:find "[.]" or name:find "^#" then
    return nil, ("an attribute of %s has no '.' in its name and no '#' before it"):format(rules.on)
  elseif lines and (fixed_of_lines[name] or core_table:column(name) and core_table:column(name):unit() ~= "code") then
    return nil, "rules do not change what a line is, or its figures: transfers and other changes do"
  elseif not lines and (name == core_table:names()[1] or name == "parent") then
    return nil, ("rules do not change what members there are, or whose parts: '%s' stays as it was loaded"):format(name)
  end
  local old <const> = core_table:column(name)
  local unit <const> = old and old:unit() or rules.aggregate and (rules.aggregate == "count" and "count" or "micro") or "code"
  if rules.aggregate and unit ~= (rules.aggregate == "count" and "count" or "micro") then
    return nil, ("'%s' is there already and is no number of this kind: give the %s another name"):format(name, rules.aggregate)
  end
  return { name = name, old = old, unit = unit, members = members_linked(model, core_table, name),
    list = rules.hits == "collect" or old and old:dictionary() and old:dictionary():separator() ~= nil }
end

local function number(output, text)
  if output.unit == "month" or output.unit == "day" then
    local value <const>, message <const> = core.calendar[output.unit](text)
    return value, message
  end
  local value <const>, message <const> = core.number.parse(text, { decimals = DECIMALS[output.unit], currency = output.unit == "pence" })
  return value, value == nil and ("'%s' is %s, and %s is a number"):format(text, message, output.name) or nil
end

local function is_boolean(dictionary)
  return dictionary:size() == 2 and dictionary:label(1) == "false" and dictionary:label(2) == "true"
end

---A value as the output keeps it, or nil and what is wrong with it.
---@param output remit.output
---@param value string|integer as read; integers are ready
---@param counted? boolean it is a rule's, and rules are counted
---@return string|integer|nil value, string? message
function outputs.value(output, value, counted)
  if math.type(value) == "integer" or counted then
    return value
  elseif output.unit ~= "code" then
    return number(output, value)
  elseif output.members then
    local code <const>, message <const> = resolve.member(output.members, value)
    return code and output.members.dictionary:label(code), message and ("'%s' is %s"):format(value, message)
  elseif output.list then
    return plain.items(value)
  elseif value:find("|", 1, true) then
    return nil, ("'%s' is several values, and '%s' has one. A hit policy of \"collect\" gathers several, a rule each"):format(value, output.name)
  end
  local dictionary <const> = output.old and output.old:dictionary()
  local code <const> = dictionary and dictionary:match(value) or 0
  if code == 0 and dictionary and is_boolean(dictionary) then
    return nil, ("'%s' is not true or false"):format(value)
  end
  return code ~= 0 and dictionary:label(code) or value
end

---What several values of a list are as one label: each once, sorted, as lists of a pack are.
---@param values string[]
---@return string
function outputs.joined(values)
  return plain.items(table.concat(values, "|"))
end

-- The old labels, then those of rules and overrides in their order.
local function dictionary_of(output, decided)
  if output.members then
    return output.members.dictionary
  end
  local labels <const>, seen <const> = {}, {}
  local old <const> = output.old and output.old:dictionary()
  local function add(label)
    if type(label) == "string" and label ~= "" and not seen[label] then
      seen[label] = true
      labels[#labels + 1] = label
    end
  end
  for _, label in ipairs(old and old:labels() or {}) do
    add(label)
  end
  for _, label in ipairs(decided) do
    add(label)
  end
  return core.dictionary.new(labels, { separator = output.list and "|" or nil })
end

-- fast path: what rules say of labels is one step per set of rules, not per row.
local function recoded(hits, by_code, dictionary)
  local map <const> = {}
  for code = 1, hits:dictionary():size() do
    map[code] = by_code[code] and dictionary:find(by_code[code]) or 0
  end
  return hits:recode(map, dictionary)
end

---The column of an output.
---@param output remit.output
---@param hits remit.core.column
---@param by_code table<integer, string|integer> what the rules that pass say, by the code of `hits`
---@param by_row table<integer, string|integer> overrides
---@param decided any[] every value that may stand there, in the order of rules and overrides
---@return remit.core.column
function outputs.column(output, hits, by_code, by_row, decided)
  local dictionary <const> = output.unit == "code" and dictionary_of(output, decided)
  local kept <const> = output.old and output.old:stats().missing < output.old:count()
  if dictionary and not kept and not next(by_row) then
    return recoded(hits, by_code, dictionary)
  end
  local values <const> = {}
  for row = 1, hits:count() do
    local value = by_row[row]
    if value == nil then
      value = by_code[hits:code(row)]
    end
    if value == nil and kept then
      value = output.old:get(row)
    end
    values[row] = value ~= nil and value
  end
  return dictionary and core.column.labels(values, dictionary) or core.column.ints(values, output.unit)
end

return outputs
