-- SPDX-License-Identifier: Apache-2.0
-- Named checks of a model: the toolkit's own, the ten design principles (S0) and the analyst's. Each passes, fails or is open, and says on what evidence.

local args <const> = require "remit.args"
local builtin <const> = require "remit.checks.builtin"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local sheet <const> = require "remit.sheet"
local state_of <const> = require "remit.state_of"
local vocabulary <const> = require "remit.vocabulary"

local checks <const> = {}

---@class remit.check
---@field id string
local Check <const> = plain.class { __name = "remit.check" }

local function test_function(value)
  if type(value) == "function" then
    return value
  end
  return nil, "a function of the model and the month that gives \"pass\", \"fail\" or \"open\" (or true, false, nil) and the evidence"
end

local declared_check <const> = args.declare { name = "check", doc = "A check of the analyst's own: a figure that must lie between bounds, or a function.",
  example = 'remit.check { id = "safeguarding", measure = "wte", where = { fn = "safeguarding" }, at_least = 40, why = "board minute" }',
  { name = "id", kind = "string", required = true, doc = "what it is called" },
  { name = "name", kind = "string", doc = "in a few words" },
  { name = "why", kind = "string", doc = "the reason for it" },
  { name = "principle", kind = "string", doc = "the design principle that it answers: simple, technology, great_place" },
  { name = "measure", kind = "string", doc = "a figure of the model" },
  { name = "where", kind = "selection", doc = "tests of its lines" },
  { name = "at_least", kind = "number", doc = "the least that it may be" },
  { name = "at_most", kind = "number", doc = "the most that it may be" },
  { name = "test", kind = test_function, doc = "or a function of the model and the month: a status, and the evidence" },
}

local declared <const> = args.declare { name = "checks", doc = "Named checks, the toolkit's and the analyst's: pass, fail, open, with evidence.",
  example = "print(base:checks { envelope = remit.envelope { id = \"running cost\", per_head = 18.76, population = 3623081, "
    .. "population_basis = \"allocation\" } })",
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "envelope", kind = "remit.envelope", doc = "the cap to hold it against" },
  { name = "own", kind = "items", default = {}, doc = "checks of the analyst's own: remit.check { ... }, or tables with the same fields" },
  { name = "min_saving", kind = "percent|remit.param", default = "50%", doc = "the saving that each transfer must make for the system" },
  { name = "max_taken", kind = "percent|remit.param",
    doc = "the most of what was there that non-pay or posts may give to a cut with take; without it max_taken of assumptions.csv, else 50%" },
  { name = "leaders", kind = "table", default = { band = ">= 8d" }, doc = "tests of the posts that lead" },
  { name = "principles", kind = "boolean", default = true, doc = "whether the ten design principles are listed" },
}

---@param given table
---@return remit.check
function checks.new(given)
  local made <const> = declared_check(given)
  if (made.test == nil) == (made.measure == nil) then
    fault.raise { code = "check", message = ("check '%s': give a measure with its bounds, or test, a function"):format(made.id) }
  elseif made.measure and not made.at_least and not made.at_most then
    fault.raise { code = "check", message = ("check '%s': at_least or at_most says what '%s' must be"):format(made.id, made.measure) }
  end
  return object.new(Check, made)
end

-- ---- The analyst's own ----

local WORDS <const> = { pass = "pass", fail = "fail", open = "open", [true] = "pass", [false] = "fail" }

local function by_function(one, model, at)
  local status <const>, evidence <const> = one.test(model, at)
  local word <const> = status == nil and "open" or WORDS[status]
  if not word then
    fault.raise { code = "check", message = ("check '%s' gives pass, fail or open, not %s"):format(one.id, tostring(status)) }
  end
  return word, evidence ~= nil and tostring(evidence) or one.why or ""
end

local function by_figure(one, model, at)
  local value <const> = model:total(one.measure, { at = at, where = one.where })
  local within <const> = value >= (one.at_least or value) and value <= (one.at_most or value)
  local words <const> = {}
  words[1] = one.at_least and ("at least %s"):format(builtin.number(one.at_least)) or nil
  words[#words + 1] = one.at_most and ("at most %s"):format(builtin.number(one.at_most)) or nil
  return within and "pass" or "fail", ("%s is %s; %s"):format(one.measure, builtin.number(value), table.concat(words, ", "))
end

local function own_rows(model, spec, list, answers)
  for _, given in ipairs(spec.own) do
    local one <const> = state_of[getmetatable(given) == Check and given or checks.new(given)]
    local status <const>, evidence <const> = (one.test and by_function or by_figure)(one, model, spec.at)
    list[#list + 1] = { id = one.id, name = one.name or one.id, of = "own", status = status, evidence = evidence }
    if one.principle then
      answers[one.principle] = answers[one.principle] or {}
      table.insert(answers[one.principle], list[#list])
    end
  end
  local ids <const> = {}
  for row, one in ipairs(list) do
    ids[row] = one.id
  end
  local again <const> = plain.repeated(ids)
  if again then
    fault.raise { code = "check", message = "checks: own: " .. again, hints = { "a row is found by its id" } }
  end
end

-- ---- Design principles ----

local WORST <const> = { pass = 1, open = 2, fail = 3 }

-- A principle is as good as the worst of the checks that answer it; without any it is open.
local function principle_row(principle, answers)
  local status, words <const> = nil, {}
  for _, answer in ipairs(answers) do
    status = WORST[answer.status] > WORST[status or "pass"] and answer.status or status or "pass"
    words[#words + 1] = ("%s: %s"):format(answer.id, answer.status)
  end
  return { id = principle.id, name = principle.name, of = "principle", status = status or "open",
    evidence = status and table.concat(words, ", ") or "no check speaks to it" }
end

local function principle_rows(list, answers)
  local known <const> = {}
  for _, principle in ipairs(sheet.records(vocabulary.folder() .. "/principles.csv")) do
    known[#known + 1] = principle.id
    local all <const> = answers[principle.id] or {}
    for _, row in ipairs(list) do
      if row.of == "toolkit" and row.id == principle.check then
        table.insert(all, 1, row)
      end
    end
    list[#list + 1] = principle_row(principle, all)
    answers[principle.id] = nil
  end
  local unknown <const> = next(answers)
  if unknown then
    fault.raise { code = "check", message = ("there is no design principle '%s'. %s"):format(unknown, fault.suggest(unknown, known)
      or "There are: " .. table.concat(known, ", ")) }
  end
end

-- ---- The frame ----

local WORDS_OF <const> = { status = { "pass", "fail", "open" }, of = { "toolkit", "own", "principle" } }

---@param model remit.model
---@param given? table
---@return remit.frame
function checks.run(model, given)
  local spec <const> = declared(given)
  local list <const>, answers <const> = builtin.rows(model, spec), {}
  own_rows(model, spec, list, answers)
  if spec.principles then
    principle_rows(list, answers)
  end
  local counts <const>, columns <const> = { pass = 0, fail = 0, open = 0 }, {}
  for index, name in ipairs { "check", "name", "of", "status", "evidence" } do
    columns[index] = { name = name, display = "text", values = {}, words = WORDS_OF[name] }
  end
  for row, one in ipairs(list) do
    counts[one.status] = counts[one.status] + 1
    for index, value in ipairs { one.id, one.name, one.of, one.status, one.evidence } do
      columns[index].values[row] = value ~= "" and value or false
    end
  end
  return frame.from { keys = { "check" }, columns = columns, rows = #list, about = model:about { title = "Checks", at = spec.at, notes = {
    ("%d pass, %d fail, %d open."):format(counts.pass, counts.fail, counts.open) } } }
end

---@return string
function Check:__tostring()
  return ("check '%s'"):format(state_of[self].id)
end

object.guard(Check, "a check", {}, { "id", "name", "why", "principle", "measure", "where", "at_least", "at_most", "test" })

return checks
