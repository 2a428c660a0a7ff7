-- SPDX-License-Identifier: Apache-2.0
-- The figures of a settled question: the core is asked once for what stands on lines, once for what stands on people's assignments or on rows of
-- totals, and what is counted apart is put beside the rest.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local kept <const> = require "remit.kept"
local measures <const> = require "remit.measures"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local answer <const> = {}

local LINES <const> = { name = "(lines)", how = "rows" } -- where nothing else is asked of lines

-- What the core is asked for a measure: the same for every question of a table.
local function core_measure(model, measure, spec, core_table, prefix)
  local state <const> = state_of[model]
  local made <const> = state.core_measures or {}
  state.core_measures = made
  local key <const> = measure.money and ("%s/%s/%s/%s"):format(measure.name, spec.basis, spec.period, spec.kinds or "") or measure.name
  if not made[key] or made[key].on ~= core_table then
    local tests <const> = measures.tests(measure, spec)
    made[key] = { on = core_table, measure = { name = measure.name, column = measure.column, how = measure.how,
      where = #tests > 0 and select.of_tests(model, tests):on(core_table, prefix) or nil } }
  end
  return made[key].measure
end

-- Of a table that holds the lines' fields behind `prefix`. The latest are kept with the list of measures, which is the same for many questions.
local function core_measures(model, chosen, spec, core_table, prefix)
  local basis <const>, period <const>, kinds <const> = spec.basis, spec.period, spec.kinds
  local asked <const> = chosen.asked
  if asked and asked.on == core_table and asked.basis == basis and asked.period == period and asked.kinds == kinds then
    return asked.list
  end
  local list <const> = {}
  for index, measure in ipairs(chosen) do
    list[index] = core_measure(model, measure, spec, core_table, prefix)
  end
  chosen.asked = { on = core_table, basis = basis, period = period, kinds = kinds, list = list }
  return list
end

local function where_on(spec, core_table, prefix)
  return spec.where and spec.where:on(core_table, prefix) or nil
end

local function run_core(model, core_table, spec, where, by, list)
  local given <const> = { by = by, measures = list, where = where, totals = spec.totals or nil, sort = spec.sort, ascending = spec.ascending or nil,
    top = spec.top, kept = kept.of(model) }
  return (fault.check(core.pivot.run(core_table, given)))
end

-- For each of these groups of rows the figure that `column`, which stands first among them, has there; 0 where it has none.
local function figures_of(groups, column)
  local figures <const>, rows <const> = {}, column:count()
  for group = 1, groups:count() do
    local row <const> = groups:first(group)
    figures[group] = row <= rows and column:get(row) or 0
  end
  return figures
end

-- Columns of `other` put beside the rows of `result` that have the same keys: both one after the other, where `result` has no figures yet.
local function beside(result, other, by, chosen)
  local both <const> = fault.check(core.table.concat { other, result })
  local groups <const>, below <const> = both:distinct { "#level", table.unpack(by) }, {}
  for row = 1, result:rows() do
    below[row] = other:rows() + row
  end
  for _, measure in ipairs(chosen) do
    local name <const> = measure.name
    local filled <const> = both:fill(name, groups, figures_of(groups, other:column(name)))
    result:add(name, core.table.new(both:rows()):add(name, filled):take(below):column(name))
  end
end

-- The paths on a table that holds the lines' fields behind `prefix`, and what was asked for under each of them.
local function prefixed(core_table, prefix, by)
  local paths <const>, asked <const> = {}, {}
  for index, path in ipairs(by) do
    paths[index] = core_table:resolve(path) and path or prefix .. "." .. path
    asked[paths[index]] = path
  end
  return paths, asked
end

local function add_other_tables(model, spec, result, groups)
  local state <const> = state_of[model]
  if #groups.assignments > 0 then
    local people <const> = spec.weighed and require("remit.scenario.figures").people(model, spec.weighed) or state.assignments
    local by <const>, asked <const> = prefixed(people, "post", spec.by)
    local part <const> = run_core(model, people, { totals = spec.totals }, where_on(spec, people, "post"), by,
      core_measures(model, groups.assignments, spec, people, "post"))
    beside(result, copy(part, nil, asked), spec.by, groups.assignments)
  end
  if #groups.totals > 0 then
    local part <const> = run_core(model, state.totals.table, {}, where_on(spec, state.totals.table, ""), spec.by,
      core_measures(model, groups.totals, spec, state.totals.table, ""))
    beside(result, part, spec.by, groups.totals)
  end
end

local function counted_apart(groups)
  local sums <const>, counted <const> = {}, {}
  for _, measure in ipairs(groups.lines) do
    local list <const> = measure.how == "distinct" and counted or sums
    list[#list + 1] = measure
  end
  return sums, counted
end

---What the core is asked for each part of weighed figures: see scenario/figures.lua.
---@param view remit.model
---@param chosen remit.measure[]
---@param spec remit.pivot.spec
---@return fun(lines: remit.core.table, term: remit.term): table[]
function answer.measures_on(view, chosen, spec)
  return function(lines, term)
    local part <const> = setmetatable({ period = term.period, kinds = term.kinds }, { __index = spec })
    return core_measures(view, chosen, part, lines, "")
  end
end

-- In a month of a scenario: figures are weighed, and members are counted over the lines that are still there.
local function weighed_lines(view, spec, groups)
  local figures <const> = require "remit.scenario.figures"
  local sums <const>, counted <const> = counted_apart(groups)
  if #sums == 0 then
    sums[1] = LINES
  end
  local result = figures.run(view, spec, answer.measures_on(view, sums, spec))
  if #counted > 0 then
    local lines <const> = figures.lines(view, spec.weighed)
    local part <const> = run_core(view, lines, { totals = spec.totals }, where_on(spec, lines, ""), spec.by, core_measures(view, counted, spec, lines, ""))
    result = copy(result)
    beside(result, part, spec.by, counted)
  end
  return result
end

---The groups with their figures. Lines come first, so that groups without people stay.
---@param model remit.model as the question left it
---@param spec remit.pivot.spec
---@param groups remit.pivot.groups
---@return remit.core.table
function answer.table(model, spec, groups)
  local state <const> = state_of[model]
  local result
  if spec.weighed then
    result = weighed_lines(model, spec, groups)
  else
    local list <const> = #groups.lines > 0 and core_measures(model, groups.lines, spec, state.lines, "") or { LINES }
    result = run_core(model, state.lines, spec, where_on(spec, state.lines, ""), spec.by, list)
  end
  if #groups.assignments + #groups.totals > 0 then
    result = copy(result)
    add_other_tables(model, spec, result, groups)
  end
  return result
end

return answer
