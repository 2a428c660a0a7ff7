-- SPDX-License-Identifier: Apache-2.0
-- The functions of a model with all that rules test of them: attributes, scores, measures by function, and what is worked out of these.
-- A part of a function takes what it lacks from its whole; the figures of a whole are its own and its parts'.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local scores <const> = require "remit.subsidiarity.scores"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local criteria <const> = {}

---@class remit.criteria
---@field table remit.core.table the functions, with the columns that rules test
---@field kinds table<string, string> in which way each name is known: key, score, attribute, measure, computed, unscored, path
local Criteria <const> = {}
Criteria.__index = Criteria

-- ---- Worked out from the model ----

local MICRO_POUNDS_A_PENNY <const> = 10000

-- Nothing over anything is no value: a function without staff has no team that is too small.
local function over(column, multiplier, divisor)
  local values <const> = {}
  for row = 1, column:count() do
    local value <const> = column:get(row)
    values[row] = value and value ~= 0 and divisor > 0 and fault.check(core.number.scale(value, multiplier, divisor)) or false
  end
  return core.column.ints(values, "micro")
end

local function people_a_place(ladder)
  return fault.check(core.number.scale(ladder.people, ladder.places, 1))
end

local function number(value, display)
  return show.number(value, display or "number")
end

-- Each with the measure that it needs, and how it is said.
local computed <const> = {
  places = { from = function(_, ladder, rows) return core.column.same(ladder.places, rows, "count") end,
    say = function(_, value) return ("the pack has %d places"):format(value) end },
  wte_per_place = { measure = "wte", from = function(wte, ladder) return over(wte, 1, ladder.places) end,
    say = function(wte, value, ladder) return ("%s WTE over %d places is %s each"):format(number(wte, "WTE"), ladder.places, number(value)) end },
  cost_per_head = { measure = "cost", from = function(cost, ladder) return over(cost, MICRO_POUNDS_A_PENNY, ladder.people) end,
    say = function(cost, value, ladder)
      return ("£%s over %s people is £%s a head"):format(number(cost, "£"), number(ladder.people, "count"), number(value))
    end },
  cost_per_head_per_place = { measure = "cost", from = function(cost, ladder) return over(cost, MICRO_POUNDS_A_PENNY, people_a_place(ladder)) end,
    say = function(cost, value, ladder)
      return ("£%s over %s people in %d places is £%s a head and place"):format(number(cost, "£"), number(ladder.people, "count"), ladder.places,
        number(value))
    end },
}
local COMPUTED <const> = plain.keys(computed)

-- ---- Measures by function ----

-- Each whole with its parts and theirs, by row.
local function wholes_of(parent)
  local wholes <const> = {}
  for row = 1, parent and parent:count() or 0 do
    local at = parent:code(row)
    while at ~= 0 do
      wholes[at] = wholes[at] or { at }
      table.insert(wholes[at], row)
      at = parent:code(at)
    end
  end
  return wholes
end

-- The figure of a whole counts each line and each person once.
local function with_parts(values, model, name, at)
  local members <const> = state_of[model].members.fn
  for row, parts in pairs(wholes_of(members.table:column("parent"))) do -- each row by itself: order does not matter
    local ids <const>, any = {}, values[row]
    for index, part in ipairs(parts) do
      ids[index], any = members.dictionary:label(part), any or values[part]
    end
    if any then
      values[row] = total.exact(model, name, { where = { fn = ids }, at = at })
    end
  end
end

local function measured(model, names, at)
  local columns <const> = {}
  if #names == 0 then
    return columns
  end
  local result <const> = frame.inside(model:pivot { measures = names, by = { "fn" }, at = at }).table
  local functions <const>, by <const> = state_of[model].members.fn.table, result:column("fn")
  for _, name in ipairs(names) do
    local values <const>, of <const> = {}, result:column(name)
    for row = 1, functions:rows() do
      values[row] = false
    end
    for row = 1, result:rows() do
      if by:code(row) ~= 0 then
        values[by:code(row)] = of:get(row) or false
      end
    end
    with_parts(values, model, name, at)
    columns[name] = core.column.ints(values, of:unit())
  end
  return columns
end

-- ---- What rules ask for ----

local function measures_of(model)
  local by_name <const> = {}
  for _, measure in ipairs(state_of[model].measures) do
    by_name[measure.name] = measure
  end
  return by_name
end

local function inherited(column, parent)
  if not parent or column:stats().missing == 0 or parent:stats().missing == parent:count() then
    return column
  end
  local values <const> = {}
  for row = 1, column:count() do
    local at = row
    while column:get(at) == nil and parent:code(at) ~= 0 do
      at = parent:code(at)
    end
    values[row] = column:get(at) or false
  end
  local dictionary <const> = column:dictionary()
  return dictionary and core.column.labels(values, dictionary) or core.column.ints(values, column:unit())
end

-- In which way a name is known; nil when it is not.
local function kind_of(self, name)
  if name == "fn" then
    return "key"
  elseif self.scores[name] then
    return "score"
  elseif self.functions:column(name) then
    return "attribute"
  elseif self.measures[name] then
    return "measure"
  elseif computed[name] then
    return "computed"
  elseif self.scales[name] then
    return "unscored"
  elseif not name:find("\0", 1, true) and name:find(".", 1, true) and self.functions:resolve(name) then
    return "path"
  end
end

local function add_unknown(self, report, rule, column, name)
  local all <const> = table.move(COMPUTED, 1, #COMPUTED, 1, {})
  for _, list in ipairs { self.functions:names(), plain.keys(self.measures), self.ids } do
    table.move(list, 1, #list, #all + 1, all)
  end
  report:add { place = rule.place, column = column, value = name, message = "is no attribute of functions, no measure and no criterion. "
    .. (fault.suggest(name, all) or "Worked out are: " .. table.concat(COMPUTED, ", ") .. "; what a decision table sets is there after classify") }
end

-- The names that rules test, each with its kind, in order of appearance.
local function collect(self, rules, report)
  local list <const>, seen <const> = {}, {}
  local function add(rule, column, name)
    local kind <const> = kind_of(self, name)
    if not kind then
      add_unknown(self, report, rule, column, name)
    elseif not seen[name] then
      seen[name] = true
      list[#list + 1] = name
      self.kinds[name] = kind
    end
  end
  for _, rule in ipairs(rules) do
    if rule.criterion then
      add(rule, "criterion", rule.criterion)
    end
    for _, input in ipairs(rule.when) do
      add(rule, input.name, input.name)
    end
  end
  return list
end

-- The measures to be read: those asked for, and those that something is worked out of.
local function wanted_measures(self, names)
  local list <const>, seen <const> = {}, {}
  for _, name in ipairs(names) do
    local wanted <const> = self.kinds[name] == "measure" and name or self.kinds[name] == "computed" and computed[name].measure
    if wanted and not seen[wanted] then
      seen[wanted] = true
      list[#list + 1] = wanted
    end
  end
  return list
end

local function column_for(self, name, rows)
  local kind <const> = self.kinds[name]
  local parent <const> = self.functions:column("parent")
  if kind == "attribute" then
    return inherited(self.functions:column(name), parent)
  elseif kind == "score" then
    return inherited(self.scores[name], parent)
  elseif kind == "measure" then
    return self.figures[name]
  elseif kind == "computed" then
    return computed[name].from(self.figures[computed[name].measure], self.ladder, rows)
  elseif kind == "unscored" then
    return scores.none(rows, self.scales[name])
  end
end

local function build(self, names)
  local replaced <const>, fresh <const> = {}, {}
  for _, name in ipairs(names) do
    local column <const> = column_for(self, name, self.functions:rows())
    if column and self.functions:column(name) then
      replaced[name] = column
    elseif column then
      fresh[#fresh + 1] = { name, column }
    end
  end
  self.table = copy(self.functions, replaced)
  for _, pair in ipairs(fresh) do
    self.table:add(pair[1], pair[2])
  end
end

---The functions with all that rules test of them. What rules name and nobody knows goes to the report.
---@param model remit.model
---@param ladder remit.ladder
---@param rules remit.subsidiarity.rule[]
---@param scored table? what scores.read gave
---@param at? string a month
---@param report remit.subsidiarity.report
---@return remit.criteria
function criteria.of(model, ladder, rules, scored, at, report)
  local self <const> = setmetatable({ functions = state_of[model].members.fn.table, key = state_of[model].members.fn.key, ladder = ladder, kinds = {},
    measures = measures_of(model) }, Criteria)
  self.scales, self.ids = scores.scales(model)
  self.scores = scores.columns(scored, model)
  local names <const> = collect(self, rules, report)
  self.figures = measured(model, wanted_measures(self, names), at)
  build(self, names)
  return self
end

---The path of a name on the table.
---@param name string
---@return string
function Criteria:path(name)
  return name == "fn" and self.key or name
end

---A test as its column reads it: a criterion in per cent is a number from 0 to 100, and people write the sign.
---@param name string
---@param test string
---@return string
function Criteria:test(name, test)
  return self.scales[name] == "percent" and test:gsub("(%d)%s*%%", "%1") or test
end

---@param name string
---@return remit.core.column
function Criteria:column(name)
  return (self.table:resolve(self:path(name)))
end

local displays <const> = { pence = "£", micro = "number", count = "count", month = "month" }

---What is said of a criterion of a function: "la_interface is 3", "124.5 WTE over 14 places is 8.893 each".
---@param name string
---@param row integer
---@return string
function Criteria:text(name, row)
  local column <const> = self:column(name)
  local value <const> = column:get(row)
  if value == nil then
    return ("%s has no value"):format(name)
  elseif self.kinds[name] == "computed" then
    local of <const> = computed[name].measure
    return computed[name].say(of and self.figures[of]:get(row), value, self.ladder)
  elseif type(value) == "string" then
    return ("%s is %s"):format(name, value)
  end
  local measure <const> = self.kinds[name] == "measure" and self.measures[name]
  local display <const> = measure and measure.display or displays[column:unit()] or "number"
  local text <const> = number(value, display)
  return ("%s is %s"):format(name, display == "£" and "£" .. text or display == "WTE" and text .. " WTE" or text)
end

return criteria
