-- SPDX-License-Identifier: Apache-2.0
-- Figures of a scenario in a month: one grouping of the lines with the trail as a hidden key, times a factor a trail, folded. No row is read for a
-- further month.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local kept <const> = require "remit.kept"
local over <const> = require "remit.over"
local plan <const> = require "remit.scenario.plan"
local rows <const> = require "remit.scenario.rows"

local figures <const> = {}

local ONE <const>, TRAIL <const> = plan.ONE, plan.TRAIL

-- ---- The model in a month ----

local function which_month(model)
  local words <const>, last = {}, model.state.settings.as_at
  for _, month in ipairs(model.state.plan:months()) do
    last = core.calendar.month_text(month.month)
    words[#words + 1] = last .. (month.what and (" (%s)"):format(month.what) or "")
  end
  fault.raise { code = "month", message = ("which month? This scenario's changes bite in %s. Give at = \"%s\"."):format(table.concat(words, ", "), last) }
end

-- The months that a figure is of: one, a financial year's, or, for what recurs, the first in which every change has done its work.
local function months_of(model, spec)
  local mean <const> = over.mean(spec)
  if mean then
    return mean
  elseif spec.period == "recurrent" then
    return { model.state.plan:last_month() }
  elseif not spec.at then
    which_month(model)
  end
  local month <const> = plan.month(spec.at)
  if spec.period ~= "in_year" then
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
---@field months integer[] money is that of all of them, divided by their number
---@field at integer WTE and posts are those of this one
---@field mean boolean whether WTE too is the mean of the months
---@field accounts integer[] whose parts count
---@field once boolean whether one-off costs of the months count too
---@field capped boolean whether of them only those that count against the cap do

---The model in a month, for questions, and by what its lines are weighed.
---@param model remit.model
---@param spec { at?: string, period?: string, accounts?: integer[] }
---@return remit.model view, remit.weighed weighed
function figures.view(model, spec)
  local months <const> = months_of(model, spec)
  local compiled <const>, at <const> = model.state.plan, #months > 1 and plan.month(spec.at) or months[1]
  return compiled:members(at), { plan = compiled, scenario = model, months = months, at = at,
    accounts = spec.accounts or compiled:own_accounts(), once = spec.period == "in_year", capped = spec.capped or false,
    mean = spec.over ~= nil }
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
  local read <const> = where and columns_read(where.node, lines, {})
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
    local dimension <const> = view.state.lines:column(name) and view.state.lines:dimension(name)
    if dimension then
      made:link(name, dimension)
    end
  end
  return made
end

-- What a question groups in a month: cells, the lines grouped by what it needs before any change, with the members of the month; also the selection that
-- is to be taken of cells. One that reads numbers or lists is taken of the lines themselves.
local function cells_by_month(view, spec, list, measures_on)
  local lines <const>, compiled <const> = view.state.lines, spec.weighed.plan
  local set <const>, names <const>, of_lines <const> = compiled.set, key_columns(lines, spec.by, spec.where)
  if of_lines then
    local traced <const> = compiled:traced(lines)
    names[#names + 1] = TRAIL
    return function(month)
      local here <const> = linked(fault.check(set:recode(month, traced, TRAIL)), view)
      local chosen <const> = spec.where and spec.where:on(here, "") or nil
      return linked(fault.check(core.pivot.run(here, { by = names, measures = measures_on(here), where = chosen })), view)
    end
  end
  local cells <const> = fault.check(set:cells({ by = names, measures = list, kept = kept.of(spec.weighed.scenario) }, lines, TRAIL))
  return function(month)
    return linked(fault.check(set:recode(month, cells, TRAIL)), view)
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

-- The same for one month of several: what is not money is that of one month, as often as it is divided by.
local function month_factors(weighed, month, batch)
  local factors <const> = factors_of(weighed, month, batch.channel, batch.counted)
  if batch.channel ~= plan.COST and #weighed.months > 1 and not weighed.mean then
    for code = 0, #factors do
      factors[code] = month == weighed.at and factors[code] * #weighed.months or 0
    end
  end
  return factors
end

-- The factors of each measure; measures of one kind have the same.
local function factors_by_measure(weighed, lines, month, list)
  local known <const>, made <const> = {}, {}
  for index, measure in ipairs(list) do
    local batch <const> = { channel = channel_of(lines, measure), counted = COUNTED[measure.how] or false }
    local key <const> = batch.channel .. tostring(batch.counted)
    known[key] = known[key] or month_factors(weighed, month, batch)
    made[index] = known[key]
  end
  return made
end

-- Of cells that count in full.
local function full_factors(weighed, list)
  local made <const>, full <const> = {}, {}
  for code = 0, weighed.plan.set:labels():size() do
    full[code] = ONE
  end
  for index in ipairs(list) do
    made[index] = full
  end
  return made
end

local function names_of(list)
  local names <const> = {}
  for index, measure in ipairs(list) do
    names[index] = measure.name
  end
  return names
end

-- ---- Members are counted over the lines that are still there ----

---The lines that are there in a month, where they belong in it. Their figures are those before any change.
---@param view remit.model
---@param weighed remit.weighed
---@return remit.core.table
function figures.lines(view, weighed)
  local month <const> = weighed.at
  local lines <const> = linked(fault.check(weighed.plan.set:recode(month, weighed.plan:traced(view.state.lines), TRAIL)), view)
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
  local assignments <const>, lines <const> = view.state.assignments, figures.lines(view, weighed)
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

-- Whether a one-off cost passes a selection that is taken of lines themselves: it stands below one of them, whose labels tests may name.
local function passes(view, one, where)
  local lines <const> = view.state.lines
  local two <const> = fault.check(core.table.concat { lines:take { 1 }, rows.table(lines, { setmetatable({}, { __index = one.on }) }) })
  local found <const> = where:on(linked(two, view), ""):rows()
  return found[#found] == 2
end

-- One-off costs of the months, as cells; nil without any. `of_lines` is a selection that cells do not have the fields for.
local function once_cells(view, weighed, cells, list, of_lines)
  local made <const>, names <const> = {}, names_of(list)
  for _, one in ipairs(weighed.plan.once) do
    local counts <const> = one.change.against_cap or not weighed.capped
    local falls <const> = one.month >= weighed.months[1] and one.month <= weighed.months[#weighed.months]
    if counts and falls and (not of_lines or passes(view, one, of_lines)) then
      local row <const> = setmetatable({}, { __index = one.on })
      for _, name in ipairs(names) do
        row[name] = name == "cost" and one.pence * #weighed.months or 0
      end
      made[#made + 1] = row
    end
  end
  return #made > 0 and linked(rows.table(cells, made), view) or nil
end

-- Sums by the paths, exact and rounded once; the months are added up and divided by their number.
local function settled(view, spec, list, measures_on)
  local weighed <const>, parts <const> = spec.weighed, {}
  local cells_in <const>, where <const> = cells_by_month(view, spec, list, measures_on)
  local cells
  local function add(of, factors)
    parts[#parts + 1] = { cells = of, trail = TRAIL, factors = factors, where = where and where:on(of, "") or nil }
  end
  for _, month in ipairs(weighed.months) do
    cells = cells_in(month)
    add(cells, factors_by_measure(weighed, view.state.lines, month, list))
  end
  local once <const> = weighed.once and once_cells(view, weighed, cells, list, not where and spec.where or nil)
  if once then
    add(once, full_factors(weighed, list))
  end
  return fault.check(core.changeset.figures { parts = parts, by = spec.by, names = names_of(list), divisor = #weighed.months })
end

---The lines' measures of a model in a month.
---@param view remit.model from figures.view
---@param spec table by, where, totals, sort, ascending, top, weighed
---@param measures_on fun(lines: remit.core.table): table[] core measures of lines
---@return remit.core.table
function figures.run(view, spec, measures_on)
  local list <const> = measures_on(view.state.lines)
  local made <const> = settled(view, spec, list, measures_on)
  local measures <const> = {}
  for index, measure in ipairs(list) do
    measures[index] = { name = measure.name, column = measure.name }
  end
  return fault.check(core.pivot.run(made, { by = spec.by, measures = measures, totals = spec.totals, sort = spec.sort, ascending = spec.ascending,
    top = spec.top }))
end

return figures
