-- SPDX-License-Identifier: Apache-2.0
-- same: one question asked in several ways, of which all must give the same penny. Each gives what is wrong, or nil.

local core <const> = require "remit.core"
local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"

local same <const> = {}

-- ---- Explanations ----

local function units(amount, unit)
  return math.tointeger(tonumber(("%.0f"):format(amount * (unit == "£" and 100 or 1000000))))
end

local function added(lines, unit)
  local sum = 0
  for index = 1, #lines - 1 do
    sum = sum + units(lines[index].amount, unit)
  end
  return sum, units(lines[#lines].amount, unit)
end

-- The parts of a figure come to it, and the lines of each part to the part.
function same.explained(plan, spec)
  local given <const> = { at = core.calendar.month_text(spec.month), basis = spec.basis, period = spec.period, where = spec.where, prices = spec.prices,
    from = spec.from and core.calendar.month_text(spec.from), risk = spec.risk, lines = 100000 }
  local unit <const> = spec.measure == "cost" and "£" or "WTE"
  local whole <const> = plan:explain(spec.measure, given)
  local sum <const>, last <const> = added(whole.lines, unit)
  given.lines = nil
  local total <const> = units(plan:total(spec.measure, given), unit)
  if sum ~= last or last ~= total then
    return ("%s in %s is explained as %d = %d and not %d"):format(spec.measure, given.at, sum, last, total)
  end
  given.lines = 100000
  for _, line in ipairs(whole.lines) do
    given.change = line.head
    if line.head ~= "=>" and not line.head:find "^uplift" then
      local parts <const>, value <const> = added(plan:explain(spec.measure, given).lines, unit)
      if parts ~= value or value ~= units(line.amount, unit) then
        return ("%s in %s: %s has lines of %d = %d and not %d"):format(spec.measure, given.at, line.head, parts, value, units(line.amount, unit))
      end
    end
  end
end

local FEW <const> = 5 -- changes, of which all subsets are compiled

-- A bridge from the base leads to the figure that a table has.
function same.bridged(model, plan, spec)
  if #plan:changes() > FEW then
    return nil
  end
  local given <const> = { at = core.calendar.month_text(spec.month), basis = spec.basis, period = spec.period, where = spec.where, prices = spec.prices,
    from = spec.from and core.calendar.month_text(spec.from), risk = spec.risk, measure = spec.measure }
  local unit <const>, sum = spec.measure == "cost" and "£" or "WTE", 0
  local bridge <const> = remit.compare { model, plan }:bridge(given)
  for row = 1, #bridge - 1 do
    sum = sum + units(bridge:get(row, spec.measure), unit)
  end
  given.measure = nil
  local total <const> = units(plan:total(spec.measure, given), unit)
  if sum ~= total or units(bridge:get(#bridge, spec.measure), unit) ~= total then
    return ("the bridge of %s in %s leads to %d and not %d"):format(spec.measure, given.at, sum, total)
  end
end

-- ---- One question asked everywhere ----

-- The month's figure as a phase has it: of the month, or of its year; nil for what phases do not say.
local function in_phase(plan, spec, given)
  local month <const> = spec.period == "run_rate" or spec.period == "cumulative"
  if spec.period == "recurrent" or (spec.measure ~= "cost" and not month) then
    return nil
  end
  local result <const> = plan:phase { measures = { spec.measure }, by = month and "month" or "year", from = given.from or given.at, to = given.at,
    period = spec.period, basis = spec.basis, where = spec.where, prices = spec.prices, risk = spec.risk }
  return result:get(#result, spec.measure .. (spec.risk and " risk-adjusted" or ""))
end

-- A sweep over reasons, which change nothing; of a change that the scenario has.
local function swept(plan, spec, given)
  local layers <const> = state_of[plan].layers
  local change <const> = layers[#layers].changes[1]
  local asked <const> = { measures = { spec.measure }, change = change and change.id, field = "why", values = { "one", "another" } }
  for name, value in pairs(given) do -- copying: order does not matter
    asked[name] = value
  end
  return change and plan:sweep(asked)
end

-- The figure of a question is the same to the penny in a pivot, a phase, a comparison and a sweep; what it differs from the base, too.
function same.everywhere(model, plan, spec)
  local given <const> = { at = core.calendar.month_text(spec.month), basis = spec.basis, period = spec.period, where = spec.where, prices = spec.prices,
    from = spec.from and core.calendar.month_text(spec.from), risk = spec.risk }
  local total <const>, before <const> = plan:total(spec.measure, given), model:total(spec.measure, given)
  local name <const>, found <const> = state_of[plan].name, { phase = in_phase(plan, spec, given) }
  local sweep <const> = swept(plan, spec, given)
  for row = 1, sweep and #sweep or 0 do
    found["sweep " .. row] = sweep:get(row, spec.measure)
  end
  given.measures, given.by = { spec.measure }, spec.path and { spec.path } or {}
  local both <const> = remit.compare { model, plan }:table(given)
  found.table, found.base = both:get(#both, ("%s %s"):format(spec.measure, name)), both:get(#both, spec.measure .. " base") + total - before
  found.change = both:get(#both, spec.measure .. " change") + before
  given.totals = spec.path ~= nil
  local pivot <const> = plan:pivot(given)
  found.pivot = pivot:get(#pivot, spec.measure)
  local unit <const> = spec.measure == "cost" and "£" or "WTE"
  for _, what in ipairs { "phase", "sweep 1", "sweep 2", "table", "base", "change", "pivot" } do
    if found[what] and units(found[what], unit) ~= units(total, unit) then
      return ("%s of %s in %s, %s %s, is %s and not %s"):format(what, spec.measure, given.at, spec.basis, spec.period, tostring(found[what]),
        tostring(total))
    end
  end
end

return same
