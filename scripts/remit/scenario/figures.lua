-- SPDX-License-Identifier: Apache-2.0
-- Figures of a scenario in a month: one grouping of the lines with the trail as a hidden key, times a factor a trail, folded. No row is read for a further month.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local derive <const> = require "remit.derive"
local fault <const> = require "remit.fault"
local kept <const> = require "remit.kept"
local plan <const> = require "remit.scenario.plan"

local figures <const> = {}

local ONE <const>, TRAIL <const> = plan.ONE, plan.TRAIL

-- ---- The model in a month ----

local function month_of(model, at)
  local compiled <const> = model.state.plan
  if at then
    return plan.month(at)
  end
  local words <const> = {}
  for _, month in ipairs(compiled:months()) do
    words[#words + 1] = core.calendar.month_text(month.month) .. (month.what and (" (%s)"):format(month.what) or "")
  end
  local last <const> = compiled:months()[#words]
  fault.raise { code = "month", message = ("which month? This scenario's changes bite in %s. Give at = \"%s\"."):format(table.concat(words, ", "),
    last and core.calendar.month_text(last.month) or model.state.settings.as_at) }
end

---The model in a month, for questions: its dimensions as they are then. Figures of its lines are weighed by `figures.run`.
---@param model remit.model
---@param at? string
---@return remit.model
function figures.view(model, at)
  local month <const> = month_of(model, at)
  local compiled <const> = model.state.plan
  local view <const> = compiled:members(month)
  view.state.weighed = { plan = compiled, month = month, scenario = model, kept = model }
  return view
end

-- ---- Cells ----

local function base_of(path)
  return path:match "^[^.]+"
end

-- The columns that a selection reads, or nil when one of them holds numbers.
local function columns_read(node, lines, found)
  for _, pair in ipairs(node.tests or {}) do
    local name <const> = lines:column(pair[1]) and pair[1] or base_of(pair[1])
    if not lines:column(name) or lines:column(name):unit() ~= "code" then
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

local function key_columns(lines, by, where)
  local wanted <const> = where and columns_read(where.node, lines, {}) or (not where and {}) or nil
  for _, path in ipairs(wanted and by or {}) do
    wanted[lines:column(path) and path or base_of(path)] = true
  end
  local names <const> = {}
  for _, name in ipairs(wanted and lines:names() or {}) do
    names[#names + 1] = wanted[name] and name or nil
  end
  names[#names + 1] = TRAIL
  return wanted and names
end

-- Cells link to the dimensions as they are in the month.
local function linked(cells, view)
  local made <const> = core.table.new(cells:rows())
  for _, name in ipairs(cells:names()) do
    made:add(name, cells:column(name))
    local dimension <const> = view.state.lines:column(name) and view.state.lines:dimension(name)
    if dimension then
      made:link(name, dimension)
    end
  end
  return made
end

-- The lines grouped by what the question needs, before any change; of a question about numbers the lines themselves.
local function cells_of(weighed, lines, names, list)
  if not names then
    return lines
  end
  return fault.check(core.pivot.run(lines, { by = names, measures = list, kept = kept.of(weighed.kept) }))
end

-- ---- Weighing ----

local COUNTED <const> = { rows = true, distinct = true }

local function channel_of(lines, measure)
  return not COUNTED[measure.how] and lines:column(measure.column):unit() == "pence" and plan.COST or plan.WTE
end

-- The factor of each trail: what is still the ICB's, or for counts whether anything is.
local function factors_of(weighed, month, channel, counted)
  local factors <const> = fault.check(weighed.plan.set:factors(month, weighed.accounts or weighed.plan:own_accounts(), channel))
  if counted then
    for code = 0, #factors do
      factors[code] = factors[code] > 0 and ONE or 0
    end
  end
  return factors
end

-- Names of the measures that have the same factors.
local function batches(lines, list)
  local made <const> = {}
  for _, measure in ipairs(list) do
    local counted <const> = COUNTED[measure.how] or false
    local channel <const> = channel_of(lines, measure)
    local key <const> = channel .. tostring(counted)
    if not made[key] then
      made[key] = { channel = channel, counted = counted, names = {} }
      made[#made + 1] = made[key]
    end
    table.insert(made[key].names, measure.name)
  end
  return made
end

local function weigh(weighed, lines, cells, month, list)
  for _, batch in ipairs(batches(lines, list)) do
    cells = fault.check(core.changeset.weighed(cells, TRAIL, factors_of(weighed, month, batch.channel, batch.counted), batch.names))
  end
  return cells
end

local function pair_measures(list)
  local made <const> = {}
  for _, measure in ipairs(list) do
    for _, half in ipairs { "#high", "#low" } do
      made[#made + 1] = { name = measure.name .. half, column = measure.name .. half }
    end
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

-- ---- Distinct members are counted over lines ----

local function alive_rows(weighed, lines, month)
  local factors <const> = factors_of(weighed, month, plan.WTE, true)
  local dictionary <const>, passing <const> = lines:column(TRAIL):dictionary(), {}
  for code = 1, dictionary:size() do
    passing[#passing + 1] = factors[code] > 0 and '"' .. dictionary:label(code) .. '"' or nil
  end
  passing[#passing + 1] = factors[0] > 0 and "none" or nil
  return #passing > 0 and fault.check(core.selection.test(lines, TRAIL, table.concat(passing, ", "))) or nil
end

-- The lines where they belong in the month, and those of them that are still there.
local function lines_in(view, weighed, month)
  local lines <const> = linked(fault.check(weighed.plan.set:recode(month, view.state.lines, TRAIL)), view)
  local alive <const> = alive_rows(weighed, lines, month)
  return alive and alive:take() or lines:take {}
end

local function distinct(view, weighed, spec, where, by, measure)
  local lines <const> = lines_in(view, weighed, weighed.month)
  local counted <const> = { name = measure.name, column = measure.column, how = measure.how, where = measure.tests and measure.tests:on(lines, "") }
  return fault.check(core.pivot.run(lines, { by = by, measures = { counted }, where = where and where:on(lines, ""), totals = spec.totals }))
end

figures.distinct = distinct
figures.lines_in = lines_in

-- ---- The question ----

-- Sums by the paths, exact and rounded once; `months` are added up and divided by their number.
local function settled(view, weighed, where, by, list, months)
  local lines <const> = view.state.lines
  local names <const> = key_columns(lines, by, where)
  local cells <const>, parts <const> = cells_of(weighed, lines, names, list), {}
  for index, month in ipairs(months) do
    local here <const> = linked(fault.check(weighed.plan.set:recode(month, cells, TRAIL)), view)
    parts[index] = weigh(weighed, lines, here, month, list)
  end
  local all <const> = #parts == 1 and parts[1] or fault.check(core.table.concat(parts))
  local grouped <const> = fault.check(core.pivot.run(all, { by = by, measures = pair_measures(list), where = where and where:on(all, "") }))
  return fault.check(core.changeset.settled(grouped, by, names_of(list), #months))
end

---A core pivot of the model in a month.
---@param view remit.model from figures.view
---@param spec table totals, sort, ascending, top
---@param where? remit.selection
---@param by string[]
---@param list table[] core measures
---@return remit.core.table
function figures.run(view, spec, where, by, list)
  local weighed <const> = view.state.weighed
  local made <const> = settled(view, weighed, where, by, list, weighed.months or { weighed.month })
  local measures <const> = {}
  for index, measure in ipairs(list) do
    measures[index] = { name = measure.name, column = measure.name }
  end
  return fault.check(core.pivot.run(made, { by = by, measures = measures, totals = spec.totals, sort = spec.sort, ascending = spec.ascending, top = spec.top }))
end

return figures
