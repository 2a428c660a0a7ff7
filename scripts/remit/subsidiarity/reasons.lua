-- SPDX-License-Identifier: Apache-2.0
-- Why a function has its level, and who is accountable, delivers, hosts and funds: every test of it, what it found and what it did.

local explain <const> = require "remit.explain"
local state_of <const> = require "remit.state_of"

local reasons <const> = {}

local function level_text(found, code)
  return found.ladder.ids[code]
end

local function set_text(found, set)
  return ("%s = %s"):format(set.name, math.type(set.value) == "integer" and level_text(found, set.value) or tostring(set.value))
end

-- What a rule that passes does: "at least system, sets accountable = system".
local function effect(found, bound)
  local words <const> = {}
  words[#words + 1] = bound.at_least and "at least " .. level_text(found, bound.at_least)
  words[#words + 1] = bound.at_most and "at most " .. level_text(found, bound.at_most)
  local sets <const> = {}
  for index, set in ipairs(bound.sets) do
    sets[index] = set_text(found, set)
  end
  words[#words + 1] = #sets > 0 and "sets " .. table.concat(sets, ", ") or nil
  return table.concat(words, ", ")
end

-- A rule that would lift, lower or set does not.
local function no_effect(bound)
  return bound.at_least and "no lift" or bound.at_most and "no ceiling" or "not set"
end

---The names of rules: "statutory, local".
---@param list table[] bound rules
---@return string
function reasons.names(list)
  local names <const> = {}
  for index, bound in ipairs(list) do
    names[index] = bound.rule.name
  end
  return table.concat(names, ", ")
end

local function tested(found, bound, row)
  return bound.rule.criterion and found.criteria:text(bound.rule.criterion, row) or nil
end

local function line_of(found, bound, said, row)
  local rule <const>, value <const> = bound.rule, tested(found, bound, row)
  if said == "pass" then
    return { rule.name, effect(found, bound), value and ("%s: %s"):format(value, rule.why) or rule.why }
  elseif said == "missing" then
    return { rule.name, no_effect(bound), value .. ": a test of nothing does not pass" }
  end
  return { rule.name, no_effect(bound), ("%s, the test is %s"):format(value, rule.test) }
end

local function clash(attribute, sides)
  local words <const> = {}
  for index, side in ipairs(sides) do
    words[index] = ("%s (%s)"):format(side.text, reasons.names(side.rules))
  end
  return { "contested", attribute, table.concat(words, " against ") }
end

---What contradicts: for each attribute, the sides with their rules.
---@param found remit.subsidiarity.search
---@param row integer
---@return { attribute: string, sides: { text: string, rules: table[] }[] }[]
function reasons.contested(found, row)
  local outcome <const>, list <const> = found.outcomes[row], {}
  if outcome.clashes.level then
    local sides <const> = {}
    for _, one in ipairs(outcome.floors) do
      sides[#sides + 1] = { rules = one.rules, text = "at least " .. level_text(found, one.code) }
    end
    for _, one in ipairs(#outcome.floors == 1 and outcome.ceilings or {}) do
      sides[#sides + 1] = { rules = one.rules, text = "at most " .. level_text(found, one.code) }
    end
    list[1] = { attribute = "level", sides = sides }
  end
  for _, attribute in ipairs { "accountable", "delivers", "hosts", "funds", "variant" } do
    local values <const> = outcome.sets[attribute] or {}
    if #values > 1 then
      local sides <const> = {}
      for index, one in ipairs(values) do
        sides[index] = { rules = one.rules, text = math.type(one.value) == "integer" and level_text(found, one.value) or tostring(one.value) }
      end
      list[#list + 1] = { attribute = attribute, sides = sides }
    end
  end
  return list
end

local function add_contested(lines, found, row, attribute)
  for _, one in ipairs(reasons.contested(found, row)) do
    if attribute == nil or one.attribute == attribute then
      lines[#lines + 1] = clash(one.attribute, one.sides)
    end
  end
end

local function start_line(ladder)
  local units <const> = ladder.units[ladder.start]
  local text <const> = ladder.chosen and "as the rules have it" or "lowest level first"
  return { "start", ladder.ids[ladder.start], units and ("%s: %d of them"):format(text, units) or text }
end

local function level_lines(found, row)
  local lines <const> = { start_line(found.ladder) }
  for index, bound in ipairs(found.rules) do
    local said <const> = found.said[index][row]
    if said then
      lines[#lines + 1] = line_of(found, bound, said, row)
    end
  end
  add_contested(lines, found, row)
  return lines
end

-- The rules that decided the level: those of the floor that holds.
local function deciding(outcome)
  local floor <const> = outcome.floors[1]
  return outcome.level and floor and floor.code == outcome.level and floor.rules or nil
end

local function places_of(rules)
  local places <const> = {}
  for index, bound in ipairs(rules) do
    places[index] = bound.rule.place .. (bound.rule.ref and (" (%s)"):format(bound.rule.ref) or "")
  end
  return table.concat(places, ", ")
end

-- Rules of a script have no file: their place is "rule 3".
local function cited(rules)
  local places <const> = places_of(rules)
  return places:find "^rule %d" and places or "rule: " .. places
end

local function level_source(outcome, name)
  local rules <const> = deciding(outcome)
  return rules and cited(rules) or outcome.level and ("no test of %s lifts it"):format(name) or outcome.contested and "rules: " .. name
    or "it is not mapped to a function yet"
end

local defaults <const> = {
  accountable = "no rule sets it: accountability stays with the ICB",
  delivers = "no rule sets it: where the function is",
  hosts = "no rule sets it: those who deliver employ those who do it",
  funds = "no rule sets it: the money is with those who are accountable",
  variant = "no rule sets it",
}

local function attribute_lines(found, row, attribute)
  local outcome <const>, lines <const> = found.outcomes[row], {}
  for _, one in ipairs(outcome.sets[attribute] or {}) do
    for _, bound in ipairs(one.rules) do
      local value <const> = tested(found, bound, row)
      lines[#lines + 1] = { bound.rule.name, effect(found, bound), value and ("%s: %s"):format(value, bound.rule.why) or bound.rule.why }
    end
  end
  if #lines == 0 then
    local code <const> = outcome[attribute]
    lines[1] = { "default", type(code) == "number" and level_text(found, code) or "(none)", defaults[attribute] }
  end
  add_contested(lines, found, row, attribute)
  return lines
end

local function attribute_source(outcome, attribute, name)
  local values <const>, rules <const> = outcome.sets[attribute], {}
  for _, one in ipairs(values or {}) do
    table.move(one.rules, 1, #one.rules, #rules + 1, rules)
  end
  return values and cited(rules) or "rules: " .. name
end

local function shown(found, outcome, attribute)
  local value <const> = outcome[attribute]
  if attribute == "contested" then
    return tostring(value)
  elseif outcome.clashes[attribute] then
    return "contested"
  end
  return attribute == "variant" and value or found.ladder:text(value)
end

---@class remit.subsidiarity.reasons
local Reasons <const> = {}
Reasons.__index = Reasons

---What explains an attribute that the search gave.
---@param found remit.subsidiarity.search
---@param attribute string
---@param name string the rules, as messages name them
function reasons.of(found, attribute, name)
  return setmetatable({ found = found, attribute = attribute, name = name }, Reasons)
end

-- The steps in the form of an explanation, and the outcome with where it comes from.
local function steps(lines, value, source)
  local list <const> = {}
  for index, line in ipairs(lines) do
    list[index] = { head = line[1], value = line[2], text = line[3] }
  end
  list[#list + 1] = { head = "=>", value = value, text = source }
  return list
end

---@param model remit.model
---@param row integer of the functions
---@return remit.explanation
function Reasons:explain(model, row)
  local members <const>, found <const>, attribute <const> = state_of[model].members.fn, self.found, self.attribute
  local outcome <const> = found.outcomes[row]
  local about_level <const> = attribute == "level" or attribute == "contested" -- which lists whatever contradicts
  local value <const> = shown(found, outcome, attribute)
  local facts <const> = { { attribute, value } }
  if attribute == "level" then
    facts[2] = { "accountable", found.ladder:text(outcome.accountable) }
  end
  local source = attribute_source(outcome, attribute, self.name)
  if about_level then
    source = attribute == "level" and level_source(outcome, self.name) or "rules: " .. self.name
  end
  return explain.new { id = members.dictionary:label(row), name = explain.name(members, row), facts = facts,
    lines = steps(about_level and level_lines(found, row) or attribute_lines(found, row, attribute), value, source) }
end

return reasons
