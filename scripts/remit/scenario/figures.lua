-- SPDX-License-Identifier: Apache-2.0
-- Figures of a scenario in a month: one grouping of the lines with the trail as a hidden key, times a factor a trail, folded. No row is read for a
-- further month.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local kept <const> = require "remit.kept"
local measures <const> = require "remit.measures"
local over <const> = require "remit.over"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local rows <const> = require "remit.scenario.rows"
local state_of <const> = require "remit.state_of"

local figures <const> = {}

local ONE <const>, TRAIL <const>, MILLION <const> = plan.ONE, plan.TRAIL, 1000000

-- ---- The model in a month ----

local function which_month(model)
  local words <const>, last = {}, state_of[model].settings.as_at
  for _, month in ipairs(state_of[model].plan:months()) do
    last = core.calendar.month_text(month.month)
    words[#words + 1] = last .. (month.what and (" (%s)"):format(month.what) or "")
  end
  fault.raise { code = "month", message = ("which month? %s. Give at = \"%s\"."):format(
    #words > 0 and "This scenario's changes bite in " .. table.concat(words, ", ") or "Nothing changes in this scenario", last) }
end

local MONTHS_OF_YEAR <const> = 12
local OF_YEAR <const> = { in_year = true, part_year = true }

-- Months that are added up, from `from` on.
local function so_far(model, spec, last)
  local first <const>, months <const> = plan.month(spec.from), {}
  if first > last then
    fault.raise { code = "month", message = ("from (%s) lies after at (%s)"):format(spec.from, spec.at) }
  end
  measures.check_month(model, spec.from)
  for month = first, last do
    months[#months + 1] = month
  end
  return months
end

-- The months that a figure is of: one, a financial year's, those so far, or, for what recurs, the first in which every change has done its work.
local function months_of(model, spec)
  local mean <const> = over.mean(spec)
  if mean then
    return mean
  elseif spec.period == "recurrent" then
    return { state_of[model].plan:last_month() }
  elseif not spec.at then
    which_month(model)
  end
  local month <const> = plan.month(spec.at)
  if spec.period == "cumulative" then
    return so_far(model, spec, month)
  elseif not OF_YEAR[spec.period] then
    return { month }
  end
  local year <const>, first <const> = {}, core.calendar.month_of_year(core.calendar.year_of_month(month))
  for index = 0, 11 do
    year[index + 1] = first + index
  end
  return year
end

---@class remit.weighed by what a question's lines are weighed
---@field plan remit.plan
---@field scenario remit.model
---@field months integer[] money is that of all of them, divided by `divisor`
---@field divisor integer 1 of one month's rate, 12 of what falls in months, of a mean their number
---@field at integer WTE and posts are those of this one
---@field mean boolean whether WTE too is the mean of the months
---@field accounts integer[] whose parts count
---@field terms remit.term[] what is added up
---@field once integer how often one-off costs of the months count: 1, 0, or -1
---@field capped boolean whether of them only those that count against the cap do
---@field weight integer? in millionths, of a model that a figure is only the mean of with others

---@class remit.term one part of a figure
---@field months integer[]
---@field often integer how often each month counts, -1 to take it off
---@field period string which lines of money count
---@field kinds? string a test of the kinds of lines of which money counts; nil for all
---@field rate integer what money is multiplied by, in units of 10^-12: an uplift to other prices

-- What a figure adds up: its months; of a part-year effect what recurs, less those; in other prices each kind of line by itself.
local function terms_of(model, spec, months)
  local terms <const>, split <const> = {}, spec.uplift and spec.uplift.kinds or { { rate = ONE } }
  for _, one in ipairs(split) do
    if spec.period == "part_year" then
      terms[#terms + 1] = { months = { state_of[model].plan:last_month() }, often = MONTHS_OF_YEAR, period = "recurrent", kinds = one.kinds, rate = one.rate }
    end
    terms[#terms + 1] = { months = months, often = spec.period == "part_year" and -1 or 1, period = spec.period == "part_year" and "in_year" or spec.period,
      kinds = one.kinds, rate = one.rate }
  end
  return terms
end

local ONCE <const> = { cumulative = 1, in_year = 1, part_year = -1 }

---The model in a month, for questions, and by what its lines are weighed.
---@param model remit.model
---@param spec { at?: string, period?: string, accounts?: integer[], uplift?: remit.uplift }
---@return remit.model view, remit.weighed weighed
function figures.view(model, spec)
  local months <const> = months_of(model, spec)
  local compiled <const>, at <const> = state_of[model].plan, #months > 1 and plan.month(spec.at) or months[1]
  return compiled:members(at), { plan = compiled, scenario = model, months = months, divisor = ONCE[spec.period] and MONTHS_OF_YEAR or #months,
    at = at, terms = terms_of(model, spec, months),
    accounts = spec.accounts or compiled:own_accounts(), once = not spec.accounts and ONCE[spec.period] or 0, capped = spec.capped or false,
    uplift = spec.uplift, mean = spec.over and spec.over.month == "mean" or false }
end

-- ---- Cells ----

local function base_of(path)
  return path:match "^[^.]+"
end

-- The columns that a selection reads, or nil when one of them holds numbers or lists, of which cells are no longer whole.
local function columns_read(node, lines, found)
  for _, pair in ipairs(node.tests or {}) do
    local name <const> = lines:column(pair[1]) and pair[1] or base_of(pair[1])
    local column <const> = lines:column(name)
    if not column or column:unit() ~= "code" or column:dictionary():separator() then
      return nil
    end
    found[name] = true
  end
  for _, inner in ipairs(node) do
    if not columns_read(inner, lines, found) then
      return nil
    end
  end
  return found
end

local KEYS <const> = 12 -- that leave room for those of trails

-- The columns that a question groups by before any change; also whether its lines must be read themselves.
local function key_columns(lines, by, where)
  local read <const> = where and columns_read(state_of[where].node, lines, {})
  local wanted <const>, names <const> = read or {}, {}
  for _, path in ipairs(by) do
    wanted[lines:column(path) and path or base_of(path)] = true
  end
  for _, name in ipairs(lines:names()) do
    names[#names + 1] = wanted[name] and name or nil
  end
  return names, where ~= nil and not read or #names > KEYS
end

-- Cells link to the dimensions as they are in the month.
local function linked(cells, view)
  local made <const> = copy(cells)
  for _, name in ipairs(cells:names()) do
    local dimension <const> = state_of[view].lines:column(name) and state_of[view].lines:dimension(name)
    if dimension then
      made:link(name, dimension)
    end
  end
  return made
end

-- What a question groups in a month: cells, the lines grouped by what it needs before any change, with the members of `there`, the model in the month;
-- also the selection that is to be taken of cells. One that reads numbers or lists is taken of the lines themselves.
local function cells_by_month(view, spec, term, list, measures_on)
  local lines <const>, compiled <const> = state_of[view].lines, spec.weighed.plan
  local set <const>, names <const>, of_lines <const> = compiled.set, key_columns(lines, spec.by, spec.where)
  if of_lines then
    local traced <const> = compiled:traced(lines)
    names[#names + 1] = TRAIL
    return function(month, there)
      local here <const> = linked(fault.check(set:recode(month, traced, TRAIL)), there)
      local chosen <const> = spec.where and spec.where:on(here, "") or nil
      return linked(fault.check(core.pivot.run(here, { by = names, measures = measures_on(here, term), where = chosen })), there)
    end
  end
  local cells <const> = fault.check(set:cells({ by = names, measures = list, kept = kept.of(spec.weighed.scenario) }, lines, TRAIL))
  return function(month, there)
    return linked(fault.check(set:recode(month, cells, TRAIL)), there)
  end, spec.where
end

-- ---- Weighing ----

local COUNTED <const> = { rows = true, distinct = true }

local function channel_of(lines, measure)
  return not COUNTED[measure.how] and lines:column(measure.column):unit() == "pence" and plan.COST or plan.WTE
end

-- The factor of each trail: what is still the ICB's, or for counts whether anything is.
local function factors_of(weighed, month, channel, counted)
  local factors <const> = fault.check(weighed.plan.set:factors(month, weighed.accounts, channel))
  if counted then
    for code = 0, #factors do
      factors[code] = factors[code] > 0 and ONE or 0
    end
  end
  return factors
end

-- The same in other prices, or of one model of several: a product of factors.
local function scaled(factors, by, whole)
  for code = 0, by ~= whole and #factors or -1 do
    factors[code] = fault.check(core.number.scale(factors[code], by, whole))
  end
  return factors
end

local function times(factors, by)
  for code = 0, by ~= 1 and #factors or -1 do
    factors[code] = factors[code] * by
  end
  return factors
end

-- The same for one month of several: what is not money is that of one month, as often as it is divided by.
local function month_factors(weighed, term, month, batch)
  local factors <const> = factors_of(weighed, month, batch.channel, batch.counted)
  if batch.channel == plan.COST then
    return times(scaled(factors, term.rate, ONE), term.often)
  elseif term ~= weighed.terms[1] then
    return times(factors, 0)
  end
  return weighed.mean and factors or times(factors, month == weighed.at and weighed.divisor or 0)
end

-- The factors of each measure; measures of one kind have the same.
local function factors_by_measure(weighed, term, lines, month, list)
  local known <const>, made <const> = {}, {}
  for index, measure in ipairs(list) do
    local batch <const> = { channel = channel_of(lines, measure), counted = COUNTED[measure.how] or false }
    local key <const> = batch.channel .. tostring(batch.counted)
    known[key] = known[key] or scaled(month_factors(weighed, term, month, batch), weighed.weight or MILLION, MILLION)
    made[index] = known[key]
  end
  return made
end

-- Of cells that all count alike.
local function same_factors(weighed, list, factor)
  local made <const>, same <const> = {}, {}
  for code = 0, weighed.plan.set:labels():size() do
    same[code] = factor
  end
  for index in ipairs(list) do
    made[index] = same
  end
  return made
end

-- ---- Members are counted over the lines that are still there ----

---The lines that are there in a month, where they belong in it. Their figures are those before any change.
---@param view remit.model
---@param weighed remit.weighed
---@return remit.core.table
function figures.lines(view, weighed)
  local month <const> = weighed.at
  local lines <const> = linked(fault.check(weighed.plan.set:recode(month, weighed.plan:traced(state_of[view].lines), TRAIL)), view)
  local factors <const> = factors_of(weighed, month, plan.WTE, false)
  local alive <const> = plan.on_trails(lines, function(code)
    return factors[code] > 0
  end)
  return alive and alive:take() or lines:take {}
end

---People's assignments to posts that are there in a month, with the fields that their posts have in it.
---@param view remit.model
---@param weighed remit.weighed
---@return remit.core.table
function figures.people(view, weighed)
  local assignments <const>, lines <const> = state_of[view].assignments, figures.lines(view, weighed)
  local filled <const> = fault.check(core.selection.test(lines, "vacant", "false")):take()
  local row_of <const>, ids <const> = {}, filled:column "id"
  for row = 1, filled:rows() do
    row_of[ids:get(row)] = row_of[ids:get(row)] or row
  end
  local posts <const>, rows_by_post <const>, held <const> = assignments:column "post", {}, {}
  for code, label in ipairs(posts:dictionary():labels()) do
    rows_by_post[code] = row_of[label] or false
  end
  for row = 1, assignments:rows() do
    held[#held + 1] = rows_by_post[posts:code(row)] and row or nil
  end
  return copy(assignments:take(held)):link("post", filled:take(rows_by_post))
end

-- ---- The question ----

---Whether a one-off cost passes a selection that is taken of lines themselves: it stands below one of them, whose labels tests may name.
---@param view remit.model
---@param one table of the plan's `once`
---@param where remit.selection
---@return boolean
function figures.passes(view, one, where)
  local lines <const> = state_of[view].lines
  local two <const> = fault.check(core.table.concat { lines:take { 1 }, rows.table(lines, { setmetatable({}, { __index = one.on }) }) })
  local found <const> = where:on(linked(two, view), ""):rows()
  return found[#found] == 2
end

---Whether a measure counts a one-off cost: money, of the kind that it is booked on.
---@param measure? remit.measure
---@param one table of the plan's `once`
---@return boolean
function figures.counts(measure, one)
  for _, test in ipairs(measure and measure.tests or {}) do
    if test[1] ~= "kind" or test[2] ~= one.on.kind then
      return false
    end
  end
  return measure ~= nil and measure.money == true
end

-- A one-off cost as a cell, and its factor; nil when it does not count. `of_lines` is a selection that cells do not have the fields for.
local function once_cell(weighed, one, there, cells, names, of_lines)
  local counts <const> = one.change.against_cap or not weighed.capped
  local falls <const> = one.month >= weighed.months[1] and one.month <= weighed.months[#weighed.months]
  if not counts or not falls or (of_lines and not figures.passes(there, one, of_lines)) then
    return nil
  end
  local row <const> = setmetatable({}, { __index = one.on })
  for _, name in ipairs(names) do
    row[name] = figures.counts(measures.named(there, name), one) and one.pence * weighed.divisor or 0
  end
  local rate <const> = weighed.uplift and weighed.uplift.rate(one.on.kind) or ONE
  return linked(rows.table(cells, { row }), there), fault.check(core.number.scale(rate * weighed.once, weighed.weight or MILLION, MILLION))
end

-- Cells of all months, each with the members as they are then, and the factors of each measure.
local function parts_of(view, spec, measures_on)
  local weighed <const>, parts <const>, list, cells, where = spec.weighed, {}, nil, nil, nil
  local function add(of, factors)
    parts[#parts + 1] = { cells = of, trail = TRAIL, factors = factors, where = where and where:on(of, "") or nil }
  end
  for _, term in ipairs(weighed.terms) do
    local cells_in
    list = measures_on(state_of[view].lines, term)
    cells_in, where = cells_by_month(view, spec, term, list, measures_on)
    for _, month in ipairs(term.months) do
      cells = cells_in(month, weighed.plan:members(month))
      add(cells, factors_by_measure(weighed, term, state_of[view].lines, month, list))
    end
  end
  for _, one in ipairs(weighed.once ~= 0 and weighed.plan.once or {}) do
    local there <const> = weighed.plan:members(one.month)
    local cell <const>, factor <const> = once_cell(weighed, one, there, cells, plain.names(list), not where and spec.where or nil)
    if cell then
      add(cell, same_factors(weighed, list, factor))
    end
  end
  return parts, list
end

-- The same of several models, each by its weight.
local function parts_of_rungs(spec, measures_on)
  local all <const>, list = {}, nil
  for _, rung in ipairs(spec.rungs) do
    local parts
    parts, list = parts_of(rung.view, setmetatable({ weighed = rung.weighed }, { __index = spec }), measures_on)
    table.move(parts, 1, #parts, #all + 1, all)
  end
  return all, list
end

---One figure, exact: #high and #low of it as decision 0019 has them, times the divisor of `weighed`.
---@param view remit.model from figures.view
---@param spec table where, weighed
---@param measures_on fun(lines: remit.core.table, term: remit.term): table[] core measures of lines
---@return integer high, integer low
function figures.halves(view, spec, measures_on)
  local parts <const>, list <const> = parts_of(view, spec, measures_on)
  local name <const>, high, low = list[1].name, 0, 0
  local names <const> = { name .. "#high", name .. "#low" }
  for _, part in ipairs(parts) do
    local chosen <const> = part.where and part.where:take() or part.cells
    local weighed <const> = fault.check(core.changeset.weighed(chosen, TRAIL, part.factors[1], { name }))
    local sums <const> = fault.check(core.pivot.run(weighed, { measures = { { name = names[1], column = names[1] }, { name = names[2], column = names[2] } } }))
    high, low = fault.check(core.number.add(high, sums:column(names[1]):get(1) or 0)), low + (sums:column(names[2]):get(1) or 0)
  end
  return high, low
end

---The lines' measures of a model in a month.
---@param view remit.model from figures.view
---@param spec table by, where, totals, sort, ascending, top, weighed
---@param measures_on fun(lines: remit.core.table, term: remit.term): table[] core measures of lines
---@return remit.core.table
function figures.run(view, spec, measures_on)
  local parts, list
  if spec.rungs then
    parts, list = parts_of_rungs(spec, measures_on)
  else
    parts, list = parts_of(view, spec, measures_on)
  end
  local made <const> = fault.check(core.changeset.figures { parts = parts, by = spec.by, names = plain.names(list), divisor = spec.weighed.divisor })
  local folded <const> = {}
  for index, measure in ipairs(list) do
    folded[index] = { name = measure.name, column = measure.name }
  end
  return fault.check(core.pivot.run(made, { by = spec.by, measures = folded, totals = spec.totals, sort = spec.sort, ascending = spec.ascending,
    top = spec.top }))
end

return figures
