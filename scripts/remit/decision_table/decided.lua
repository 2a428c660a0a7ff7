-- SPDX-License-Identifier: Apache-2.0
-- What a decision table decided of one attribute, kept so that it can be explained: which rules passed for a row, with which inputs, which nearly did,
-- and what people overrode. Costs nothing until it is asked.

local compiled <const> = require "remit.decision_table.compiled"
local explain <const> = require "remit.explain"
local inputs <const> = require "remit.decision_table.inputs"
local overrides <const> = require "remit.overrides"
local state_of <const> = require "remit.state_of"

local decided <const> = {}

---@class remit.decided
local Decided <const> = {}
Decided.__index = Decided

---@param spec table see classify.lua
---@return remit.decided
function decided.new(spec)
  return setmetatable(spec, Decided)
end

local NEARLY <const> = 5 -- rules that an explanation lists

-- Inputs at which a rule does not pass.
local function failing(self, row, number)
  local list <const> = {}
  for index = 1, #self.rules.inputs do
    if not self.made.decision:passes(row, number, index) then
      list[#list + 1] = index
    end
  end
  return list
end

local function said(self, fit)
  local value <const> = fit.set[self.name]
  return value == nil and "nothing" or explain.value(value, self.target.unit)
end

local function add(lines, head, value, text)
  lines[#lines + 1] = { head = head, value = value, text = text or "" }
end

-- Each input with what it held, and the test of the rule when there is one rule.
local function add_inputs(self, lines, row, only)
  local of <const> = self.made.inputs
  for index, path in ipairs(self.rules.inputs) do
    local words <const> = {}
    local cell <const> = only and only.rule.cells[index]
    words[1] = cell and (cell == "-" and "any" or "passes  " .. cell) or nil
    local from <const> = of.inherited[path] and of.inherited[path][row]
    words[#words + 1] = from and ("(of %s, which it is a part of)"):format(compiled.name(self.made, from)) or nil
    add(lines, path, explain.value(inputs.value(of.table, path, row)), table.concat(words, "  "))
  end
end

local function add_reasons(lines, fits)
  for _, name in ipairs { "why", "ref" } do
    for _, fit in ipairs(fits) do
      if fit.rule[name] then
        add(lines, name, "", fit.rule[name])
      end
    end
  end
end

-- Rules that pass and did not count: those behind the first.
local function add_behind(self, lines, passing)
  for index = 2, self.rules.hits == "first" and #passing or 0 do
    local fit <const> = self.fits[passing[index]]
    add(lines, "behind it", said(self, fit), ("%s passes too, further down"):format(compiled.rule_text(fit.rule)))
  end
end

local function add_nearly(self, lines, row)
  local count = 0
  for number, fit in ipairs(self.fits) do
    local off <const> = failing(self, row, number)
    if #off == 1 then
      count = count + 1
      if count <= NEARLY then
        local path <const> = self.rules.inputs[off[1]]
        add(lines, "nearly", said(self, fit), ("%s, but for %s: it takes %s"):format(compiled.rule_text(fit.rule), path, fit.rule.cells[off[1]]))
      end
    end
  end
  if count > NEARLY then
    add(lines, "nearly", "", ("and %d rules more"):format(count - NEARLY))
  end
end

local function overridden(self, list)
  for _, one in ipairs(list or {}) do
    if one.set[self.name] ~= nil then
      return one
    end
  end
end

-- What stands there without an override: what the rules say, or what was there before.
local function add_outcome(self, lines, model, row, value, passing, head)
  local result <const> = (self.results[self.made.hits:code(row)] or {})[self.name]
  if result then
    for index, fit in ipairs(result.rules) do
      local own <const> = #result.rules > 1 and (": %s"):format(said(self, fit)) or ""
      local file <const> = fit.rule.where:find "^rule %d" and "" or "rule: "
      add(lines, index == 1 and head or "", index == 1 and value or "", file .. compiled.rule_text(fit.rule) .. own)
    end
    add_reasons(lines, result.rules)
    return
  end
  local none <const> = #passing == 0 and "no rule passes" or "no rule that passes sets it"
  if not self.target.old or self.target.old:get(row) == nil then
    add(lines, head, "none", none)
  elseif self.before then
    add(lines, head, value, none .. ", so what was decided before stays:")
    local earlier <const> = self.before:explain(model, row).lines
    table.move(earlier, 1, #earlier, #lines + 1, lines)
  elseif self.made.inputs.lines then
    add(lines, head, value, none .. ": as it was loaded")
  else
    add(lines, head, value, ("%s: as loaded, %s"):format(none, explain.place(model, self.rules.on, row, self.name)))
  end
end

local function without_override(self, row)
  local result <const> = (self.results[self.made.hits:code(row)] or {})[self.name]
  if not result then
    return explain.value(self.target.old and self.target.old:get(row), self.target.unit)
  elseif type(result.value) == "table" then
    return table.concat(result.value, "|")
  end
  return explain.value(result.value, self.target.unit)
end

local function add_overrides(self, lines, row, value)
  local live <const> = overridden(self, self.live[row])
  if live then
    local whole <const> = compiled.name(self.made, row) ~= live.id and (" with %s, which it is a part of,"):format(live.id) or ""
    add(lines, "=>", value, ("overridden%s %s"):format(whole, overrides.text(live)))
  end
  local past <const> = overridden(self, self.past[row])
  if past then
    add(lines, "expired", explain.value(past.set[self.name], self.target.unit), ("an override %s; not applied in %s"):format(overrides.text(past),
      self.at))
  end
end

local function named(self, model, row)
  local id <const> = compiled.name(self.made, row)
  if self.made.inputs.lines then
    local titles <const> = state_of[model].lines:column "title"
    return id, titles and titles:get(row)
  end
  return id, explain.name(state_of[model].members[self.rules.on], row)
end

---Why a member or line has its value.
---@param model remit.model
---@param row integer
---@return remit.explanation
function Decided:explain(model, row)
  local lines <const>, passing <const> = {}, self.made.passing[self.made.hits:code(row)] or {}
  local value <const> = explain.value(self.column:get(row), self.target.unit)
  local live <const> = overridden(self, self.live[row])
  add_inputs(self, lines, row, (#passing == 1 or self.rules.hits == "first") and self.fits[passing[1]])
  add_outcome(self, lines, model, row, without_override(self, row), passing, live and "rules say" or "=>")
  add_overrides(self, lines, row, value)
  add_behind(self, lines, passing)
  add_nearly(self, lines, row)
  local id <const>, name <const> = named(self, model, row)
  return explain.new { id = id, name = name, facts = { { self.name, value } }, lines = lines }
end

return decided
