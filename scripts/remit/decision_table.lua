-- SPDX-License-Identifier: Apache-2.0
-- decision_table: rules that decide what members of a dimension, or posts and lines, are: tests of what is known, and what follows.
--
--   local rules <const> = remit.decision_table "rules/classify.csv"
--   print(rules:verify(base))
--   local model <const> = base:classify(rules)

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local read <const> = require "remit.decision_table.read"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"

local decision_table <const> = {}

---@class remit.decision_table
---@field id string
---@field on string the dimension whose members it decides of, or posts, or lines
---@field hits string the hit policy
---@field inputs string[]
---@field outputs string[]
local Table <const> = plain.class { __name = "remit.decision_table" }

local declared <const> = args.declare { name = "decision_table", doc = "Rules that decide what members or lines are: a CSV file, or a table of rules.",
  example = 'print(remit.decision_table("examples/nenc/rules/classify.csv"):rules())',
  { name = "on", kind = "string", default = "fn", doc = "what it decides of: the members of a dimension, \"posts\" or \"lines\"" },
  { name = "hits", kind = "string", doc = "the hit policy: unique (the default), any, first, collect, collect sum, min, max or count" },
  { name = "id", kind = "string", doc = "its name in messages; a file's is its path" },
  { name = "rules", kind = "items", doc = "in Lua: { id =, when = { blueprint = \"grow\" }, set = { class = \"grow\" }, why =, ref = } each" },
}

---@param given string|table
---@param more? table
---@return remit.decision_table
function decision_table.new(given, more)
  local spec
  if type(given) == "string" then
    spec = declared(more)
    if spec.rules then
      fault.raise { code = "decision table", message = "decision_table: rules come from the file or from the script, not from both" }
    end
  else
    spec = declared(given)
    if not spec.rules then
      fault.raise { code = "decision table", message = "decision_table needs the path of a CSV file, or rules = { ... }" }
    end
    given = spec
  end
  local made <const> = read.rules(given, spec.hits)
  return object.new(Table, { id = spec.id or made.what, on = spec.on, hits = made.hits, aggregate = made.aggregate, inputs = made.inputs,
    outputs = made.outputs, list = made.rules })
end

-- A value as the file writes it: what is added up is kept in millionths.
local function written(value)
  return math.type(value) == "integer" and show.number(value, "number") or value
end

local function column(list, name, value)
  local values <const> = {}
  for index, rule in ipairs(list) do
    values[index] = value(rule) or false
  end
  return { name = name, display = "text", values = values }
end

local function has_any(values)
  for _, value in ipairs(values) do
    if value then
      return true
    end
  end
  return false
end

---The rules as a frame: the row of the file, the tests, what is set, why.
---@return remit.frame
function Table:rules()
  local state <const> = state_of[self]
  local list <const> = state.list
  local columns <const> = { column(list, "rule", function(rule) return rule.id end) }
  columns[2] = list[1].row and column(list, "row", function(rule) return tostring(rule.row) end) or nil
  for index, path in ipairs(state.inputs) do
    columns[#columns + 1] = column(list, path, function(rule) return rule.cells[index] end)
  end
  for _, output in ipairs(state.outputs) do
    columns[#columns + 1] = column(list, "set " .. output, function(rule) return written(rule.set[output]) end)
  end
  for _, name in ipairs { "why", "ref", "note" } do
    local words <const> = column(list, name, function(rule) return rule[name] end)
    columns[#columns + 1] = has_any(words.values) and words or nil
  end
  return frame.from { columns = columns, keys = { "rule" }, about = { title = tostring(self) } }
end

---What is wrong with the rules: overlaps and gaps, in theory and for this model, and rules that nothing matches.
---@param model remit.model
---@return remit.verification
function Table:verify(model)
  return require("remit.decision_table.verify").run(state_of[self], model)
end

---@return string
function Table:__tostring()
  local state <const> = state_of[self]
  return ("decision table %s: %s on %s (%s), sets %s"):format(state.id, plain.counted(#state.list, "rule"), state.on, state.hits,
    table.concat(state.outputs, ", "))
end

object.guard(Table, "a decision table", { "rules", "verify" }, { "id", "on", "hits", "aggregate", "inputs", "outputs" })

return decision_table
