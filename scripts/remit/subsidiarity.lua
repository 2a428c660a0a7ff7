-- SPDX-License-Identifier: Apache-2.0
-- Which level does what: rules as data, asked of every function of a model. See subsidiarity/search.lua for how a level is found.
--
--   local rules <const> = remit.subsidiarity "examples/nenc/rules/subsidiarity.csv"
--   print(rules:outcome(base))
--   print(base:assign(rules):explain("chc", "level"))

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local costs <const> = require "remit.subsidiarity.costs"
local derive <const> = require "remit.derive"
local fault <const> = require "remit.fault"
local frames <const> = require "remit.subsidiarity.frames"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local read <const> = require "remit.subsidiarity.read"
local reasons <const> = require "remit.subsidiarity.reasons"
local scores <const> = require "remit.subsidiarity.scores"
local search <const> = require "remit.subsidiarity.search"
local state_of <const> = require "remit.state_of"

local subsidiarity <const> = {}

---@class remit.subsidiarity
local Subsidiarity <const> = plain.class { __name = "remit.subsidiarity" }

local declared <const> = args.declare { name = "subsidiarity",
  doc = "Tests that lift functions from the lowest level: a CSV file, or a table of tests. Beside a file, scores.csv and level_costs.csv are read too.",
  example = 'local rules = remit.subsidiarity "examples/nenc/rules/subsidiarity.csv"',
  { name = "id", kind = "string", doc = "what to call the rules; the path of the file" },
  { name = "rules", kind = "items", doc = "instead of a file: { { criterion =, test =, at_least =, at_most =, sets =, why = }, ... }" },
  { name = "start", kind = "string", doc = "the level where the search begins; the lowest of which the pack says how many there are" },
  { name = "icb", kind = "string", doc = "the level of the ICB itself, which stays accountable and funds unless a rule says otherwise; system" },
  { name = "scores", kind = "string|items", doc = "what people judged of functions: a file, or a list of { fn =, CRITERION = value }" },
  { name = "costs", kind = "string|items", doc = "cost curves: a file, or a list of { fn =, level =, fixed =, per_head = }" },
}

local declared_assign <const> = args.declare { name = "assign",
  doc = "A model whose functions carry their level, and who is accountable, delivers, hosts and funds.",
  example = 'local model = base:assign(remit.subsidiarity "examples/nenc/rules/subsidiarity.csv")',
  { name = "at", kind = "month", doc = "the month of the figures that rules test; on a base the as-at month" },
}

-- A file that stands beside the rules.
local function neighbour(path, name)
  local there <const> = (path:match "^(.*[/\\])" or "") .. name
  return core.file.kind(there) == "file" and there or nil
end

---Rules from a file, or from a table.
---@param given string|table
---@param options? table
---@return remit.subsidiarity
function subsidiarity.new(given, options)
  local spec
  if type(given) == "string" then
    spec = declared(options)
    if spec.rules then
      fault.raise { code = "subsidiarity", message = "subsidiarity: give a file or rules, not both" }
    end
    spec.scores = spec.scores or neighbour(given, "scores.csv")
    spec.costs = spec.costs or neighbour(given, "level_costs.csv")
    spec.name, spec.rules = spec.id or given, read.file(given)
  elseif type(given) == "table" and options == nil then
    spec = declared(given)
    if not spec.rules then
      fault.raise { code = "subsidiarity", message = "subsidiarity: rules is needed, or the path of a file" }
    end
    spec.name, spec.rules = spec.id or "the rules", read.list(spec.rules)
  else
    fault.raise { code = "subsidiarity", message = ("subsidiarity needs the path of a file, or a table with rules, not a %s"):format(type(given)) }
  end
  spec.scores, spec.costs = scores.read(spec.scores), costs.read(spec.costs)
  return object.new(Subsidiarity, { spec = spec })
end

local function need_model(model, method)
  if plain.object_name(model) ~= "remit.model" then
    fault.raise { code = "subsidiarity", message = ("%s needs a model: rules:%s(base)"):format(method, method) }
  end
end

local function found_on(self, model, method, at)
  need_model(model, method)
  return search.run(state_of[self].spec, model, at)
end

-- ---- Assigning ----

local function append(words, ...)
  for index = 1, select("#", ...) do
    words[#words + 1] = tostring((select(index, ...)) or "")
  end
end

-- All that decides, in one order: two sets of rules with this text decide alike.
local function canonical(spec, at)
  local words <const> = { "subsidiarity 1" }
  append(words, spec.start, spec.icb, at)
  for _, rule in ipairs(spec.rules) do
    append(words, rule.id, rule.criterion, rule.test, rule.direction, rule.at_least, rule.at_most, rule.why, rule.ref, #rule.when, #rule.sets)
    for _, input in ipairs(rule.when) do
      append(words, input.name, input.test)
    end
    for _, set in ipairs(rule.sets) do
      append(words, set.name, set.value)
    end
  end
  for _, row in ipairs(spec.scores and spec.scores.rows or {}) do
    for _, heading in ipairs(spec.scores.headings) do
      append(words, heading, row[heading])
    end
  end
  return table.concat(words, "\0")
end

local booleans <const> = core.dictionary.new { "false", "true" }

local function outcome_columns(found)
  local columns <const>, count <const> = {}, #found.outcomes
  local levels <const> = found.ladder.members
  local order <const> = levels.table:column(levels.key or "id"):dictionary()
  local function add(name, dictionary, label)
    local values <const> = {}
    for row = 1, count do
      values[row] = label(found.outcomes[row]) or false
    end
    columns[#columns + 1] = { name = name, values = core.column.labels(values, dictionary) }
  end
  for _, name in ipairs { "level", "accountable", "delivers", "hosts", "funds" } do
    add(name, order, function(outcome) return outcome[name] and found.ladder.ids[outcome[name]] end)
  end
  add("contested", booleans, function(outcome) return tostring(outcome.contested) end)
  add("variant", nil, function(outcome) return outcome.variant end)
  return columns
end

---A model whose functions carry what the rules gave.
---@param model remit.model
---@param rules remit.subsidiarity
---@param given? { at?: string }
---@return remit.model
function subsidiarity.assign(model, rules, given)
  if getmetatable(rules) ~= Subsidiarity then
    fault.raise { code = "subsidiarity", message = ("assign needs rules of subsidiarity first, not a %s"):format(type(rules)),
      hints = { 'base:assign(remit.subsidiarity "rules/subsidiarity.csv")' } }
  end
  local at <const>, spec <const> = declared_assign(given).at, state_of[rules].spec
  local found <const> = search.run(spec, model, at)
  local columns <const>, explained <const> = outcome_columns(found), {}
  for _, column in ipairs(columns) do
    explained[column.name] = reasons.of(found, column.name, spec.name)
  end
  local icb <const> = found.ladder.ids[found.ladder.icb]
  return derive.attributes(model, "fn", columns, { kind = "assign", text = canonical(spec, at), icb = icb, name = spec.name }, explained)
end

-- ---- Asking ----

---Every function with its level, and who is accountable, delivers, hosts and funds.
---@param model remit.model
---@return remit.frame
function Subsidiarity:outcome(model)
  return frames.outcome(found_on(self, model, "outcome"), model, state_of[self].spec)
end

---The functions whose tests contradict, with the reasons of both sides.
---@param model remit.model
---@return remit.frame
function Subsidiarity:contested(model)
  return frames.contested(found_on(self, model, "contested"), model, state_of[self].spec)
end

---Which function lacks which criterion, and the rules that could not be asked of it.
---@param model remit.model
---@return remit.frame
function Subsidiarity:missing(model)
  return frames.missing(found_on(self, model, "missing"), model, state_of[self].spec)
end

---Every rule with how many functions it passes for, and what to look at.
---@param model remit.model
---@return remit.frame
function Subsidiarity:verify(model)
  return frames.verify(found_on(self, model, "verify"), model, state_of[self].spec)
end

---Where a level serves more or fewer people than it usually does.
---@param model remit.model
---@return remit.frame
function Subsidiarity:warnings(model)
  need_model(model, "warnings")
  return frames.warnings(model, state_of[self].spec)
end

---What functions would cost at levels: fixed for each instance and variable per head.
---@param model remit.model
---@param given? { fn?: string|string[], levels?: string[] }
---@return remit.frame
function Subsidiarity:prices(model, given)
  need_model(model, "prices")
  return frames.prices(model, state_of[self].spec, given)
end

---@return string
function Subsidiarity:__tostring()
  local spec <const> = state_of[self].spec
  local text <const> = ("subsidiarity %s: %s"):format(spec.name, plain.counted(#spec.rules, "rule"))
  return text .. (spec.scores and ", scores from " .. spec.scores.name or "") .. (spec.costs and ", costs from " .. spec.costs.name or "")
end

object.guard(Subsidiarity, "rules of subsidiarity", { "outcome", "contested", "missing", "verify", "warnings", "prices" })

return subsidiarity
