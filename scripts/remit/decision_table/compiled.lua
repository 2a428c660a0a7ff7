-- SPDX-License-Identifier: Apache-2.0
-- A decision table's tests, compiled by the core for one model, and which rules pass for each of its rows.

local core <const> = require "remit.core"
local explain <const> = require "remit.explain"
local fault <const> = require "remit.fault"
local inputs <const> = require "remit.decision_table.inputs"
local plain <const> = require "remit.plain"
local sheet <const> = require "remit.sheet"

local compiled <const> = {}

---@class remit.compiled
---@field inputs remit.inputs
---@field decision remit.core.decision
---@field hits remit.core.column a code for each set of rules that pass
---@field passing table<integer, integer[]> by code, the rules that pass
---@field counts table<integer, integer> by code, how many rows
---@field first table<integer, integer> by code, the first of them

local FEW <const> = 12 -- labels that a message lists when nothing is near

-- "There are: a, b", when there are few.
local function labels_hint(core_table, path)
  local dictionary <const> = core_table:resolve(path):dictionary()
  if dictionary and dictionary:size() > 0 and dictionary:size() <= FEW and not dictionary:separator() then
    return "There are: " .. table.concat(dictionary:labels(), ", ")
  end
end

local MISSING_LABEL <const> = "is not a member%.$"

-- Every cell that cannot be used, each tried by itself: the core stops at the first.
local function wrong_cells(of, rules)
  local list <const> = {}
  for _, rule in ipairs(rules.list) do
    for index, path in ipairs(rules.inputs) do
      local cell <const> = rule.cells[index]
      local ok <const>, message <const>, _, at <const> = core.selection.test(of.table, path, cell)
      if not ok then
        local hints <const> = message:find(MISSING_LABEL) and { labels_hint(of.table, path) } or nil
        list[#list + 1] = { where = rule.where, column = path, message = message, cell = cell, at = at, hints = hints }
      end
    end
  end
  return list
end

-- Of posts, only lines of pay are asked: the core tests one input more.
local function spec_of(of, rules, only_posts)
  local given <const>, cells <const> = table.move(of.given, 1, #of.given, 1, {}), {}
  given[#given + 1] = only_posts and { path = "kind" } or nil
  for index, rule in ipairs(rules.list) do
    cells[index] = table.move(rule.cells, 1, #rules.inputs, 1, {})
    cells[index][#given] = only_posts and "pay" or cells[index][#given]
  end
  return { inputs = given, rules = cells }
end

local function decision_of(of, rules, only_posts)
  local decision <const>, message <const>, code <const>, at <const>, rule <const>, input <const> = core.decision.new(of.table,
    spec_of(of, rules, only_posts))
  if decision then
    return decision
  end
  local wrong <const> = wrong_cells(of, rules)
  if #wrong == 0 then
    local path <const> = input and rules.inputs[input]
    wrong[1] = { where = rule and rules.list[rule].where or rules.id, column = path, message = message, at = at,
      cell = rule and rules.list[rule].cells[input] }
  end
  sheet.raise(rules.id, wrong, code)
end

local function rules_of(label)
  local list <const> = {}
  for number in label:gmatch "%d+" do
    list[#list + 1] = math.tointeger(tonumber(number))
  end
  return list
end

---Compiles and tries every rule on every row.
---@param model remit.model
---@param rules remit.decision_table
---@return remit.compiled
function compiled.new(model, rules)
  local of <const> = inputs.of(model, rules)
  local decision <const> = decision_of(of, rules, false)
  local asked <const> = rules.on == "posts" and not plain.among(rules.inputs, "kind") and decision_of(of, rules, true) or decision
  local hits <const>, message <const>, code <const> = asked:hits()
  if not hits then
    fault.raise { code = code, message = ("%s: %s"):format(rules.id, message) }
  end
  local made <const> = { inputs = of, decision = decision, hits = hits, passing = {} }
  made.counts, made.first = hits:tally()
  for index, label in ipairs(hits:dictionary():labels()) do
    made.passing[index] = rules_of(label)
  end
  return made
end

---What a row holds at each input: "blueprint: review; modality: explore".
function compiled.row_text(made, rules, row)
  local words <const> = {}
  for index, path in ipairs(rules.inputs) do
    words[index] = ("%s: %s"):format(path, explain.value(inputs.value(made.inputs.table, path, row)))
  end
  return table.concat(words, "; ")
end

---How messages call a row: a member's id, a line's id.
---@return string
function compiled.name(made, row)
  local names <const> = made.inputs.table:names()
  return tostring(made.inputs.table:column(names[1]):get(row) or ("row %d"):format(row))
end

---"rules.csv:4 (grow)"; a rule of a script that has no id of its own is "rule 4".
function compiled.rule_text(rule)
  if rule.where == "rule " .. rule.id then
    return rule.where
  end
  return ("%s (%s)"):format(rule.where, rule.id)
end

return compiled
