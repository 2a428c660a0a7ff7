-- SPDX-License-Identifier: Apache-2.0
-- The ascending search: every function stays at the lowest level unless a test lifts it, and never passes a ceiling. Tests that contradict give
-- `contested`, a result with both reasons.

local core <const> = require "remit.core"
local criteria <const> = require "remit.subsidiarity.criteria"
local ladders <const> = require "remit.subsidiarity.ladder"
local read <const> = require "remit.subsidiarity.read"
local reports <const> = require "remit.subsidiarity.report"
local resolve <const> = require "remit.pack.resolve"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local search <const> = {}

---@class remit.subsidiarity.outcome
---@field level integer? code of a level
---@field floors table[] the highest at_least of the tests that pass, with their rules
---@field ceilings table[] the lowest at_most, with their rules
---@field sets table<string, { value: any, rules: table[] }[]> what passing rules set, by attribute; two values contradict
---@field accountable integer?
---@field delivers integer?
---@field hosts integer?
---@field funds integer?
---@field variant string?
---@field clashes table<string, boolean> the attributes on which rules contradict
---@field contested boolean whether they do on any

---@class remit.subsidiarity.search
---@field ladder remit.ladder
---@field criteria remit.criteria
---@field rules table[] each with its rule, the codes of its levels, and what its tests say of each function
---@field outcomes remit.subsidiarity.outcome[] by row of the functions

local is_level <const> = {}
for _, name in ipairs(read.LEVELS) do
  is_level[name] = true
end

-- ---- Rules on a model ----

local function level_of(ladder, report, rule, column, text)
  if not text then
    return nil
  end
  local code <const>, message <const> = ladder:find(text)
  if not code then
    report:add { place = rule.place, column = column, value = text, message = message }
  end
  return code
end

local function rows_passing(on, report, rule, column, name, test)
  local made <const>, message <const>, _, at <const> = core.selection.test(on.table, on:path(name), on:test(name, test))
  if not made then
    report:add { place = rule.place, column = column, value = test, message = select.said(on.table, on:path(name), message), at = at }
    return {}
  end
  local passes <const> = {}
  for _, row in ipairs(made:rows()) do
    passes[row] = true
  end
  return passes
end

-- Whether a test passes what has no value because it asks for that; not(...) does not, although it passes them.
local function asks_for_none(test)
  return test:match "^%s*%-%s*$" ~= nil or test:lower():find "%f[%w_]none%f[^%w_]" ~= nil
end

local function check_levels(ladder, report, rule, bound)
  local function name(code)
    return ladder.ids[code]
  end
  if bound.at_least and bound.at_most and ladder.rank[bound.at_least] > ladder.rank[bound.at_most] then
    report:add { place = rule.place, column = "at_least", value = rule.at_least, message = ("is above at_most, %s: no level is both"):format(
      name(bound.at_most)) }
  elseif bound.at_most and ladder.rank[bound.at_most] < ladder.rank[ladder.start] then
    report:add { place = rule.place, column = "at_most", value = rule.at_most, message = ("is below %s, where the search starts: start = \"%s\""):format(
      name(ladder.start), name(bound.at_most)) }
  end
end

local function bind(rule, ladder, on, report)
  local bound <const> = { rule = rule, sets = {}, inputs = {} }
  bound.at_least = level_of(ladder, report, rule, "at_least", rule.at_least)
  bound.at_most = level_of(ladder, report, rule, "at_most", rule.at_most)
  check_levels(ladder, report, rule, bound)
  for _, set in ipairs(rule.sets) do
    local value = set.value
    if is_level[set.name] then
      value = level_of(ladder, report, rule, "sets", set.value)
    end
    bound.sets[#bound.sets + 1] = { name = set.name, value = value }
  end
  for index, input in ipairs(rule.when) do
    bound.inputs[index] = on.kinds[input.name] and rows_passing(on, report, rule, input.name, input.name, input.test) or {}
  end
  if rule.criterion and on.kinds[rule.criterion] then
    bound.passing = rows_passing(on, report, rule, "test", rule.criterion, rule.test)
    bound.needed = not asks_for_none(rule.test) and on:column(rule.criterion) or nil
  end
  return bound
end

-- What a rule says of a function: "pass", "fail", "missing" (its criterion has no value), or nil when it is not about it.
local function say(bound, row)
  for _, passing in ipairs(bound.inputs) do
    if not passing[row] then
      return nil
    end
  end
  if not bound.rule.criterion then
    return "pass"
  elseif bound.needed and bound.needed:get(row) == nil then
    return "missing"
  end
  return bound.passing[row] and "pass" or "fail"
end

-- ---- One function ----

-- Adds a rule to the bounds of one side: those of the furthest rank stay.
local function tighten(list, ladder, code, bound, sign)
  local rank <const>, held <const> = ladder.rank[code] * sign, list[1] and ladder.rank[list[1].code] * sign
  if not held or rank > held then
    for index = #list, 1, -1 do
      list[index] = nil
    end
  elseif rank < held then
    return
  end
  for _, one in ipairs(list) do
    if one.code == code then
      one.rules[#one.rules + 1] = bound
      return
    end
  end
  list[#list + 1] = { code = code, rules = { bound } }
end

local function add_set(sets, set, bound)
  sets[set.name] = sets[set.name] or {}
  for _, one in ipairs(sets[set.name]) do
    if one.value == set.value then
      one.rules[#one.rules + 1] = bound
      return
    end
  end
  table.insert(sets[set.name], { value = set.value, rules = { bound } })
end

-- The level that floors and ceilings leave; nil when they contradict, or two levels alongside each other are both asked for.
local function settle(ladder, floors, ceilings)
  local floor <const>, ceiling <const> = floors[1], ceilings[1]
  if not floor or ladder.rank[floor.code] < ladder.rank[ladder.start] then
    return ladder.start
  elseif #floors > 1 or ceiling and ladder.rank[floor.code] > ladder.rank[ceiling.code] then
    return nil
  end
  return floor.code
end

-- What no rule sets: accountability stays with the ICB, for only a law moves it, and so does the money; those who deliver are where the function
-- is, and employ those who do it.
local function fill(outcome, ladder)
  local function pick(name, default)
    local list <const> = outcome.sets[name]
    if list and #list > 1 then
      outcome.clashes[name], outcome.contested = true, true
      return nil
    end
    return list and list[1].value or not list and default or nil
  end
  outcome.delivers = pick("delivers", outcome.level)
  outcome.hosts = pick("hosts", outcome.delivers)
  outcome.accountable = pick("accountable", ladder.icb)
  outcome.funds = pick("funds", outcome.accountable)
  outcome.variant = pick("variant", nil)
end

local function decide(self, row)
  local outcome <const> = { floors = {}, ceilings = {}, sets = {}, clashes = {} }
  for index, bound in ipairs(self.rules) do
    if self.said[index][row] == "pass" then
      if bound.at_least then
        tighten(outcome.floors, self.ladder, bound.at_least, bound, 1)
      end
      if bound.at_most then
        tighten(outcome.ceilings, self.ladder, bound.at_most, bound, -1)
      end
      for _, set in ipairs(bound.sets) do
        add_set(outcome.sets, set, bound)
      end
    end
  end
  outcome.level = settle(self.ladder, outcome.floors, outcome.ceilings)
  outcome.contested, outcome.clashes.level = outcome.level == nil, outcome.level == nil
  fill(outcome, self.ladder)
  return outcome
end

---Runs rules over the functions of a model.
---@param spec { rules: table[], scores: table?, start: string?, icb: string?, name: string }
---@param model remit.model
---@param at? string a month
---@return remit.subsidiarity.search
function search.run(spec, model, at)
  local report <const> = reports.new(spec.name)
  local ladder <const> = ladders.of(model, spec.start, spec.icb)
  local on <const> = criteria.of(model, ladder, spec.rules, spec.scores, at, report)
  local self <const> = { ladder = ladder, criteria = on, rules = {}, said = {}, outcomes = {} }
  for index, rule in ipairs(spec.rules) do
    self.rules[index] = bind(rule, ladder, on, report)
  end
  report:raise()
  local unallocated <const> = state_of[model].members.fn.dictionary:find(resolve.UNALLOCATED) -- what is not mapped yet has no level
  for index, bound in ipairs(self.rules) do
    self.said[index] = {}
    for row = 1, on.table:rows() do
      self.said[index][row] = row ~= unallocated and say(bound, row) or nil
    end
    bound.inputs, bound.passing, bound.needed = nil, nil, nil
  end
  for row = 1, on.table:rows() do
    self.outcomes[row] = row ~= unallocated and decide(self, row) or { floors = {}, ceilings = {}, sets = {}, clashes = {}, contested = false }
  end
  return self
end

return search
