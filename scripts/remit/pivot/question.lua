-- SPDX-License-Identifier: Apache-2.0
-- What a pivot asks, made sure of before anything is summed: the model as it stands in the month asked, its lines, and its measures by the table
-- that each is counted on.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local measures <const> = require "remit.measures"
local memory <const> = require "remit.pivot.memory"
local plain <const> = require "remit.plain"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"
local uplift <const> = require "remit.uplift"

local question <const> = {}

---@class remit.pivot.spec what was asked; the fields from `scenario` on are found out here
---@field measures string[]
---@field by string[]
---@field where? table|remit.selection tests; a selection once the question is settled
---@field at? string
---@field basis string
---@field period string
---@field from? string
---@field prices? string
---@field risk? string
---@field over? { month: string, months: string[] }
---@field totals? boolean
---@field sort? string
---@field ascending? boolean
---@field top? integer
---@field kinds? string a test of the lines that money is of, in one part of a figure
---@field accounts? integer[] only what some accounts of a scenario bear
---@field capped? boolean leaves out one-off costs that do not count against a cap
---@field scenario? remit.model the model asked; a base, too
---@field uplift? table
---@field weighed? table how figures of the month are weighed: see scenario/figures.lua
---@field rungs? { view: remit.model, weighed: table }[] of a risk-adjusted figure

---@class remit.pivot.groups measures by the table that they are counted on
---@field lines remit.measure[]
---@field assignments remit.measure[]
---@field totals remit.measure[]

---The measure of a name; one that the model does not have is refused.
---@param model remit.model
---@param name string
---@return remit.measure
function question.measure(model, name)
  local measure <const> = measures.named(model, name)
  if measure then
    return measure
  end
  if name == "heads" then
    fault.raise { code = "measure", message = "heads needs people: this pack has no assignments.csv",
      hints = { "filled_posts counts posts with somebody in them" } }
  end
  local names <const> = plain.names(state_of[model].measures)
  fault.raise { code = "measure", message = ("there is no measure '%s'. %s"):format(name, fault.suggest(name, names)
    or #names == 0 and "The pack declares none." or "There are: " .. table.concat(names, ", ")) }
end

-- ---- In a month ----

-- A base as a scenario without changes, for what is worked out month by month.
local function still(model)
  local state <const> = state_of[model]
  state.still = state.still or require("remit.derive").variant(model, require("remit.scenario.plan").compile(model, {}, {}))
  return state.still
end

local MONTH_BY_MONTH <const> = { part_year = true, cumulative = true }

local function check_period(spec)
  if (spec.period == "cumulative") ~= (spec.from ~= nil) then
    fault.raise { code = "month", message = spec.from and "from goes with period = \"cumulative\"" or "a cumulative figure needs its first month",
      hints = { 'period = "cumulative", from = "2026-04", at = "2027-03"' } }
  end
end

---A scenario is asked in a month: its lines and members as they are then.
---@param model remit.model
---@param spec remit.pivot.spec
---@return remit.model view
function question.in_month(model, spec)
  check_period(spec)
  spec.scenario, spec.uplift = model, uplift.of(model, spec.prices)
  local state <const> = state_of[model]
  if not state.plan then
    if not state.posts_kind or not (spec.uplift or MONTH_BY_MONTH[spec.period]) then
      return model
    end
    model, spec.at = still(model), spec.at or state.settings.as_at
  end
  local figures <const> = require "remit.scenario.figures"
  local view <const>, weighed <const> = figures.view(model, spec)
  spec.weighed = weighed
  if spec.risk and state.plan then
    spec.rungs = {}
    for index, rung in ipairs(require("remit.risk").rungs(model, spec.risk)) do
      local seen <const>, by <const> = figures.view(rung.model, spec)
      by.weight = rung.weight
      spec.rungs[index] = { view = seen, weighed = by }
    end
  end
  return view
end

-- ---- Groups, lines and measures ----

-- A test of a path as Lua writes it: fn = { blueprint = ... }.
local function nested(path, test)
  local head <const>, rest <const> = path:match "^([^.]+)%.(.+)$"
  return head and ("%s = { %s }"):format(head, nested(rest, test)) or ("%s = %s"):format(path, test)
end

local function check_path(core_table, path)
  local target <const> = select.resolve(core_table, path)
  if not target then
    select.unknown_field(core_table, path, "by")
  elseif target:unit() ~= "code" then
    fault.raise { code = "field", message = ("'%s' is a number, and lines are grouped by labels"):format(path),
      hints = { ("select by it instead: where = { %s }"):format(nested(path, '"> 0"')) } }
  end
end

-- Paths to group by, each looked up once a model, which keeps the column that frames have of it.
local function check_by(state, spec)
  local known <const> = state.paths or {}
  state.paths = known
  for _, path in ipairs(spec.by) do
    if not known[path] then
      check_path(state.lines, path)
      known[path] = { name = path, display = "text", title = path }
    end
  end
end

local function check_actual(spec)
  if spec.basis == "actual" then
    fault.raise { code = "basis", message = "actual cost comes from the ledger, which is by cost centre, not by line",
      hints = { 'base:total("cost", { basis = "actual" }), or base:reconcile { by = "cost_centre" }' } }
  end
end

local function check_sort(spec)
  if spec.sort and not plain.among(spec.measures, spec.sort) then
    fault.raise { code = "pivot", message = ("sort: '%s' is not among the measures. %s"):format(spec.sort, fault.suggest(spec.sort, spec.measures)
      or "They are: " .. table.concat(spec.measures, ", ")) }
  end
end

local function table_of(model, spec, measure)
  if measure.additive_over and measure.additive_over ~= "all" and require("remit.pivot.sums").from_totals(model, spec, measure) then
    return "totals"
  end
  return measure.of or "lines"
end

local function split_measures(model, spec)
  local chosen <const>, groups <const>, always = {}, { lines = {}, assignments = {}, totals = {} }, true
  for index, name in ipairs(spec.measures) do
    local measure <const> = question.measure(model, name)
    chosen[index] = measure
    table.insert(groups[table_of(model, spec, measure)], measure)
    always = always and measure.additive_over == nil
  end
  return { chosen = chosen, groups = groups }, always
end

-- The measures of a question, remembered where every question splits them alike.
local function measures_of(model, spec)
  local key <const> = core.fields.key(spec.measures)
  local known <const> = key and memory.of(state_of[model], "splits", key)
  if known then
    return known.chosen, known.groups
  end
  local found <const>, always <const> = split_measures(model, spec)
  if always and key then
    memory.keep(state_of[model], "splits", key, found)
  end
  return found.chosen, found.groups
end

-- WTE and posts are those of a month, and there is no part of a year in them.
local function check_money(chosen)
  for _, measure in ipairs(chosen) do
    if not measure.money then
      fault.raise { code = "additivity", message = ("a part-year effect is of money, and '%s' is a stock"):format(measure.name),
        hints = { ('total("%s", { at = ... }) in two months'):format(measure.name) } }
    end
  end
end

local function check_top(spec, groups)
  if #groups.assignments + #groups.totals == 0 then
    return
  end
  local names <const> = plain.names(groups.assignments)
  if spec.top or plain.among(names, spec.sort or "") then
    local apart <const> = (groups.assignments[1] or groups.totals[1]).name
    fault.raise { code = "pivot", message = ("'%s' is counted apart from the lines: sort and cut the frame instead"):format(apart),
      hints = { "base:pivot { ... }:sort(\"heads\"):top(5, \"heads\")" } }
  end
end

-- Whether something is there is no figure that could be likely.
local function check_risk(groups)
  for _, list in ipairs { groups.lines, groups.assignments } do
    for _, measure in ipairs(list) do
      if measure.how == "rows" or measure.how == "distinct" then
        fault.raise { code = "risk", message = ("'%s' is counted, and a count is not risk-adjusted: ask for cost or WTE"):format(measure.name) }
      end
    end
  end
end

---Settles a question, or raises what is wrong with it. From then on `where` is a selection: its tests are read and checked once.
---@param model remit.model
---@param spec remit.pivot.spec
---@return remit.model view as it stands in the month
---@return remit.measure[] chosen in the order asked
---@return remit.pivot.groups groups
function question.settle(model, spec)
  local view <const> = question.in_month(model, spec)
  measures.check_month(model, spec.at)
  check_actual(spec)
  check_by(state_of[view], spec)
  check_sort(spec)
  spec.where = spec.where and select.new(view, spec.where, "lines")
  local chosen <const>, groups <const> = measures_of(view, spec)
  if spec.period == "part_year" then
    check_money(chosen)
  end
  check_top(spec, groups)
  if spec.rungs then
    check_risk(groups)
  end
  return view, chosen, groups
end

return question
