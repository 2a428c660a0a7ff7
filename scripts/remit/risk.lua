-- SPDX-License-Identifier: Apache-2.0
-- The risk-adjusted view. Changes are put on a ladder, the surest first; a rung is the scenario with the changes down to it, and the adjusted figure is the
-- mean of the rungs, each as often as it is how far things come. By status alone it is one rung: only what is so firm counts.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local param <const> = require "remit.param"
local plan <const> = require "remit.scenario.plan"
local progress <const> = require "remit.progress"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local uplift <const> = require "remit.uplift"

local risk <const> = {}

local ALL <const> = 1000000 -- weights are in millionths
risk.ALL = ALL

local FIRMNESS <const> = { idea = 1, planned = 2, agreed = 3, delivered = 4 }

-- ---- How sure a change is ----

local function confidence(model, change)
  local compiled <const> = state_of[model].plan
  if change.confidence then
    return compiled:share(change.confidence, "confidence") // 1000000
  end
  local fraction <const>, refusal <const> = fault.caught(compiled.share, compiled, param.new { id = "confidence_" .. change.status }, "confidence")
  if refusal then
    fault.raise { code = refusal.code, message = ("how likely are changes that are %s? %s"):format(change.status, refusal.message),
      hints = { ("a row confidence_%s of assumptions.csv in %%, with its source; or confidence = \"...\" of %s"):format(change.status, plan.name_of(change)) } }
  end
  return fraction // 1000000
end

local function weight(model, change, how)
  if how == "confidence" then
    return confidence(model, change)
  end
  return FIRMNESS[change.status] >= FIRMNESS[how] and ALL or 0
end

---@class remit.risk.step changes that are equally sure and of one status
---@field status string
---@field weight integer millionths
---@field changes remit.change[]

-- The ladder: the surest first; of equally sure ones the firmest status.
local function steps_of(model, how)
  local by <const>, list <const> = {}, {}
  for _, change in ipairs(plan.changes(model)) do
    local sure <const> = weight(model, change, how)
    local key <const> = sure .. change.status
    if not by[key] then
      by[key] = { status = change.status, weight = sure, changes = {} }
      list[#list + 1] = by[key]
    end
    table.insert(by[key].changes, change)
  end
  table.sort(list, function(a, b)
    return a.weight > b.weight or (a.weight == b.weight and FIRMNESS[a.status] > FIRMNESS[b.status])
  end)
  return list
end

-- The scenario with the changes of each step and of those before it; 0 is without any.
local function models_of(model, steps)
  local scenario <const> = require "remit.scenario"
  local made <const>, held <const> = { [0] = scenario.only(model, {}) }, {}
  for index, step in progress.each("steps of confidence", steps) do
    for _, change in ipairs(step.changes) do
      held[change] = true
    end
    made[index] = index == #steps and model or scenario.only(model, held)
  end
  return made
end

local function ladder(model, how)
  local known <const> = state_of[model].ladders or {}
  state_of[model].ladders = known
  if not known[how] then
    local steps <const> = steps_of(model, how)
    known[how] = { steps = steps, models = models_of(model, steps) }
  end
  return known[how]
end

---The ladder of a scenario; nil and why where nobody has said how likely a change is.
---@param model remit.model
---@param how string one of measures.RISK
---@return remit.risk.step[]?, string? reason
function risk.steps(model, how)
  local steps <const>, refusal <const> = fault.caught(steps_of, model, how)
  return steps, refusal and refusal.message
end

---The models that a risk-adjusted figure is the mean of, with weights in millionths that add up to one million; a model without changes is its own.
---@param model remit.model
---@param how string one of measures.RISK
---@return { model: remit.model, weight: integer }[]
function risk.rungs(model, how)
  if not state_of[model].plan then
    return { { model = model, weight = ALL } }
  end
  local found <const>, rungs <const> = ladder(model, how), {}
  for index = 0, #found.steps do
    local above <const> = index == 0 and ALL or found.steps[index].weight
    local below <const> = index == #found.steps and 0 or found.steps[index + 1].weight
    rungs[#rungs + 1] = above > below and { model = found.models[index], weight = above - below } or nil
  end
  return rungs
end

---The mean of integers by the rungs' weights: exact, and rounded once, half to even.
---@param rungs { weight: integer }[]
---@param value_of fun(rung: table): integer
---@return integer
function risk.mean(rungs, value_of)
  local whole, rest = 0, 0
  for _, rung in ipairs(rungs) do
    local value <const> = value_of(rung)
    whole = fault.check(core.number.add(whole, value // ALL * rung.weight))
    rest = rest + value % ALL * rung.weight
  end
  return (fault.check(core.number.add(whole, fault.check(core.number.scale(rest, 1, ALL)))))
end

-- ---- What rests on what ----

---@class remit.risk.part
---@field step remit.risk.step
---@field effect integer in the core's units, all of it
---@field counted integer what of it counts

---What a figure rests on: of each step of the ladder its effect, and what of it counts. Effects add up to the difference from the base, what counts to
---the adjusted figure less that of the base.
---@param model remit.model
---@param measure string
---@param spec table at, where, basis, period, from, prices, risk
---@return { base: integer, full: integer, adjusted: integer, unit: string, parts: remit.risk.part[] }
function risk.parts(model, measure, spec)
  local total <const> = require "remit.total"
  local found <const> = ladder(model, spec.risk)
  local function figure(of, how)
    return total.exact(of, measure, { at = spec.at, where = spec.where, basis = spec.basis, period = spec.period, from = spec.from,
      prices = spec.prices, risk = how })
  end
  local base <const>, unit <const> = figure(found.models[0])
  local adjusted <const> = figure(model, spec.risk)
  local parts <const>, before, sum, rounded = {}, base, 0, 0
  for index, step in progress.each("steps of confidence", found.steps) do
    local after <const> = figure(found.models[index])
    sum = sum + (after - before) * step.weight
    local so_far <const> = index == #found.steps and adjusted - base or fault.check(core.number.scale(sum, 1, ALL))
    parts[index] = { step = step, effect = after - before, counted = so_far - rounded }
    before, rounded = after, so_far
  end
  return { base = base, full = before, adjusted = adjusted, unit = unit, parts = parts }
end

local WORDS <const> = { confidence = "by confidence", planned = "planned or firmer", agreed = "agreed or delivered", delivered = "delivered" }

local function amount(value, unit)
  local display <const> = unit == "pence" and "£" or "WTE"
  local text <const> = show.number(value < 0 and -value or value, display)
  return (value < 0 and "-" or "") .. (unit == "pence" and "£" .. text or text .. " WTE")
end

---The unadjusted figure beside the adjusted one, and how much of it rests on what status, in a line.
---@param model remit.model
---@param measure string
---@param spec table
---@return string?
function risk.note(model, measure, spec)
  if not state_of[model].plan then
    return nil
  end
  local found <const>, words <const> = risk.parts(model, measure, spec), {}
  for _, part in ipairs(found.parts) do
    words[#words + 1] = part.effect ~= 0 and ("%s at %s: %s of %s"):format(part.step.status, show.share(part.step.weight), amount(part.counted, found.unit),
      amount(part.effect, found.unit)) or nil
  end
  return ("%s, risk-adjusted (%s): %s; unadjusted %s. Counted of what changes do: %s."):format(measure, WORDS[spec.risk], amount(found.adjusted, found.unit),
    amount(found.full, found.unit), #words > 0 and table.concat(words, "; ") or "nothing")
end

-- ---- The frame ----

local declared <const> = args.declare { name = "risk",
  doc = "The risk-adjusted figure beside the unadjusted one, and how much of it rests on what status.",
  example = 'print(plan:risk { measure = "cost", at = "2027-04" })',
  { name = "measure", kind = "string", default = "cost", doc = "money or WTE" },
  { name = "at", kind = "month", doc = "the month" },
  { name = "risk", kind = measures.RISK.kind, default = "confidence", doc = "changes by their confidence, or only those at least so firm" },
  { name = "where", kind = "selection", doc = "tests of the lines" },
  measures.BASIS,
  measures.PERIOD,
  measures.FROM,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is" },
}

local NAMED <const> = 4

-- The first of them: `changes` lists all.
local function names_of(list)
  local names <const>, shown <const> = {}, #list > NAMED + 1 and NAMED or #list
  for index = 1, shown do
    names[index] = list[index].id or list[index].kind
  end
  names[#names + 1] = shown < #list and ("and %d more"):format(#list - shown) or nil
  return table.concat(names, ", ")
end

local function rows_of(model, found)
  local rows <const> = { { "base", false, false, found.base, found.base, false } }
  for _, part in ipairs(found.parts) do
    local step <const> = part.step
    rows[#rows + 1] = { step.status, step.weight / ALL, #step.changes, part.effect, part.counted, names_of(step.changes) }
  end
  rows[#rows + 1] = { state_of[model].name, false, false, found.full, found.adjusted, false }
  return rows
end

---@param model remit.model
---@param given? table
---@return remit.frame
function risk.run(model, given)
  plan.of(model, "risk")
  local spec <const> = declared(given)
  local found <const> = risk.parts(model, spec.measure, spec)
  local display <const> = found.unit == "pence" and "£" or "WTE"
  local columns <const> = { { name = "status", display = "text" }, { name = "confidence", title = "counted at", display = "%" },
    { name = "changes", display = "count" }, { name = "unadjusted", display = display, sign = true },
    { name = "adjusted", title = "risk-adjusted " .. display, display = display, sign = true }, { name = "which", display = "text" } }
  for _, column in ipairs(columns) do
    column.values = {}
  end
  for row, values in ipairs(rows_of(model, found)) do
    values[4], values[5] = core.number.plain(values[4], found.unit), core.number.plain(values[5], found.unit)
    for index, column in ipairs(columns) do
      column.values[row] = values[index]
    end
  end
  local said <const> = measures.said(model, spec, { measures.named(model, spec.measure) })
  return frame.from { keys = {}, columns = columns, about = model:about { title = ("%s, risk-adjusted (%s)"):format(spec.measure, WORDS[spec.risk]),
    at = said.at, prices = spec.prices, basis = said.basis, money = said.money,
    notes = { "Changes by falling confidence; what changes share is with the less sure.",
      "The adjusted figure is the mean over how far down they come true." } } }
end

return risk
