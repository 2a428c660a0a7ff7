-- SPDX-License-Identifier: Apache-2.0
-- Measures by dimensions: asks the core once for what stands on lines, once for what stands on people's assignments, and refuses sums that would be wrong.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local kept <const> = require "remit.kept"
local measures <const> = require "remit.measures"
local select <const> = require "remit.select"
local uplift <const> = require "remit.uplift"

local pivot <const> = {}

local declared <const> = args.declare { name = "pivot", doc = "Measures by dimensions and their attributes, as a frame.",
  example = 'print(base:pivot { measures = { "cost", "wte" }, by = { "fn.blueprint" }, totals = true })',
  { name = "measures", kind = "list", required = true, doc = "what to measure: cost, wte, in_post, vacancies, posts, heads..." },
  { name = "by", kind = "list", default = {}, doc = "dimensions or dimension.attribute" },
  { name = "where", kind = "selection", doc = "a table of tests, or a selection" },
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "over", kind = "table", doc = 'instead of at, of several months the "last", "mean" or "max": { month = "last", from = "2026-04", to = "2027-03" }' },
  { name = "basis", kind = measures.BASES, default = "funded", doc = "which cost: filled and vacant parts, filled ones, or the ledger's" },
  { name = "period", kind = measures.PERIODS, default = "run_rate",
    doc = "which part of cost: a month's rate a year, a financial year's, what recurs (full-year effect), what the year lacks of it, all months from `from`" },
  { name = "from", kind = "month", doc = "first month of a cumulative figure" },
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is, by uplifts.csv; the pack's own without it" },
  measures.RISK,
  { name = "totals", kind = "boolean", default = false, doc = "subtotals and a grand total" },
  { name = "sort", kind = "string", doc = "a measure: groups by it, largest first" },
  { name = "ascending", kind = "boolean", default = false, doc = "smallest first" },
  { name = "top", kind = "integer", doc = "so many groups, the others in one row" },
}

local declared_total <const> = args.declare { name = "total", doc = "One figure as a plain number: pounds, WTE or a count.",
  example = 'print(base:total("cost", { basis = "in_post" }))',
  { name = "where", kind = "selection", doc = "a table of tests, or a selection" },
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "over", kind = "table", doc = "instead of at, as in pivot: of several months the last, mean or max" },
  { name = "basis", kind = measures.BASES, default = "funded", doc = "which cost" },
  { name = "period", kind = measures.PERIODS, default = "run_rate", doc = "which part of cost" },
  { name = "from", kind = "month", doc = "first month of a cumulative figure" },
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices it is" },
  measures.RISK,
}

local function names_of(list)
  local names <const> = {}
  for index, item in ipairs(list) do
    names[index] = item.name
  end
  return names
end

local function measure_of(model, name)
  local measure <const> = measures.named(model, name)
  if measure then
    return measure
  end
  if name == "heads" then
    fault.raise { code = "measure", message = "heads needs people: this pack has no assignments.csv",
      hints = { "filled_posts counts posts with somebody in them" } }
  end
  local names <const> = names_of(model.state.measures)
  fault.raise { code = "measure", message = ("there is no measure '%s'. %s"):format(name, fault.suggest(name, names)
    or #names == 0 and "The pack declares none." or "There are: " .. table.concat(names, ", ")) }
end

local function tests_of(measure, spec)
  local tests <const> = {}
  local sources <const> = { measure.tests or {}, measure.money and measures.basis[spec.basis] or {}, measure.money and measures.period[spec.period] or {} }
  for _, list in ipairs(sources) do
    table.move(list, 1, #list, #tests + 1, tests)
  end
  tests[#tests + 1] = measure.money and spec.kinds and { "kind", spec.kinds } or nil
  return tests
end

-- What the core is asked for a measure: the same for every question of a table.
local function core_measure(model, measure, spec, core_table, prefix)
  local made <const> = model.state.core_measures or {}
  model.state.core_measures = made
  local key <const> = measure.money and ("%s/%s/%s/%s"):format(measure.name, spec.basis, spec.period, spec.kinds or "") or measure.name
  if not made[key] or made[key].on ~= core_table then
    local tests <const> = tests_of(measure, spec)
    made[key] = { on = core_table, measure = { name = measure.name, column = measure.column, how = measure.how,
      where = #tests > 0 and select.of_tests(model, tests):on(core_table, prefix) or nil } }
  end
  return made[key].measure
end

local function core_measures(model, chosen, spec, core_table, prefix)
  local list <const> = {}
  for index, measure in ipairs(chosen) do
    list[index] = core_measure(model, measure, spec, core_table, prefix)
  end
  return list
end

-- A test of a path as Lua writes it: fn = { blueprint = ... }.
local function nested(path, test)
  local head <const>, rest <const> = path:match "^([^.]+)%.(.+)$"
  return head and ("%s = { %s }"):format(head, nested(rest, test)) or ("%s = %s"):format(path, test)
end

-- Paths to group by, each looked up once a model.
local function check_path(model, path)
  local core_table <const>, known <const> = model.state.lines, model.state.paths or {}
  if known[path] then
    return
  end
  local target <const> = select.resolve(core_table, path)
  if not target then
    select.unknown_field(core_table, path, "by")
  elseif target:unit() ~= "code" then
    fault.raise { code = "field", message = ("'%s' is a number, and lines are grouped by labels"):format(path),
      hints = { ("select by it instead: where = { %s }"):format(nested(path, '"> 0"')) } }
  end
  known[path] = true
  model.state.paths = known
end

local function run_core(model, core_table, spec, where, by, list)
  local given <const> = { by = by, measures = list, where = where, totals = spec.totals, sort = spec.sort, ascending = spec.ascending,
    top = spec.top, kept = kept.of(model) }
  local result <const>, message <const>, code <const> = core.pivot.run(core_table, given)
  if not result then
    fault.raise { code = code, message = message }
  end
  return result
end

-- ---- Sums that would be wrong ----

local function code_columns(core_table)
  local names <const> = {}
  for _, name in ipairs(core_table:names()) do
    if core_table:unit(name) == "code" then
      names[#names + 1] = name
    end
  end
  return names
end

local function in_list(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then
      return true
    end
  end
  return false
end

-- Whether some group of the pivot holds several members of a dimension: then the measure is being summed over it.
local function summed_over(core_table, spec, where, name)
  local result <const> = fault.check(core.pivot.run(core_table, { by = spec.by, where = where, totals = spec.totals and #spec.by > 0,
    measures = { { name = "members", column = name, how = "distinct" } } }))
  local column <const> = result:column("members")
  return column:count() > 0 and column:stats().max > 1
end

local function wrongly_summed(core_table, spec, where, measure)
  for _, name in ipairs(code_columns(core_table)) do
    if not measures.adds_over(measure, name) and (spec.totals or not in_list(spec.by, name))
      and summed_over(core_table, spec, where, name) then
      return name
    end
  end
end

local function refuse_sum(model, measure, name)
  local other
  for _, candidate in ipairs(model.state.measures) do
    other = other or (measures.adds_over(candidate, name) and candidate.name) or nil
  end
  fault.raise { code = "additivity", message = ("'%s' does not add up over %s%s"):format(measure.name, name, measure.doc and ": " .. measure.doc or ""),
    hints = { ("group by %s too, or select one: where = { %s = \"...\" }"):format(name, name), other and ("'%s' adds up"):format(other) or nil } }
end

-- Non-additive measures are read from the rows of totals where those answer the question: not grouped, not selected by what they total.
local function totals_answer(model, spec, name)
  local totals <const> = model.state.totals
  return totals and totals.name == name and not in_list(spec.by, name) and not spec.totals
end

-- ---- Putting it together ----

-- From here on `where` is a selection: its tests are read and checked once.
local function select_where(model, spec)
  spec.where = spec.where and select.new(model, spec.where, "lines")
end

local function where_on(spec, core_table, prefix)
  return spec.where and spec.where:on(core_table, prefix) or nil
end

local function split_measures(model, spec)
  local groups <const> = { lines = {}, assignments = {}, totals = {} }
  local chosen <const> = {}
  for index, name in ipairs(spec.measures) do
    local measure <const> = measure_of(model, name)
    chosen[index] = measure
    local kind = measure.of or "lines"
    if measure.additive_over and measure.additive_over ~= "all" then
      local wrong <const> = wrongly_summed(model.state.lines, spec, where_on(spec, model.state.lines, ""), measure)
      if wrong and totals_answer(model, spec, wrong) then
        kind = "totals"
        local still <const> = wrongly_summed(model.state.totals.table, spec, where_on(spec, model.state.totals.table, ""), measure)
        if still then
          refuse_sum(model, measure, still)
        end
      elseif wrong then
        refuse_sum(model, measure, wrong)
      end
    end
    groups[kind][#groups[kind] + 1] = measure
  end
  return chosen, groups
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

local function base_by(model, spec)
  for _, path in ipairs(spec.by) do
    check_path(model, path)
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
  local state <const> = model.state
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

local function check_top(spec, groups)
  if #groups.assignments + #groups.totals == 0 then
    return
  end
  local names <const> = names_of(groups.assignments)
  if spec.top or in_list(names, spec.sort or "") then
    local apart <const> = (groups.assignments[1] or groups.totals[1]).name
    fault.raise { code = "pivot", message = ("'%s' is counted apart from the lines: sort and cut the frame instead"):format(apart),
      hints = { "base:pivot { ... }:sort(\"heads\"):top(5, \"heads\")" } }
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

-- Whether something is there is no figure that could be likely.
local function check_risk(spec, groups)
  for _, list in ipairs(spec.rungs and { groups.lines, groups.assignments } or {}) do
    for _, measure in ipairs(list) do
      if measure.how == "rows" or measure.how == "distinct" then
        fault.raise { code = "risk", message = ("'%s' is counted, and a count is not risk-adjusted: ask for cost or WTE"):format(measure.name) }
      end
    end
  end
end

-- What a question asks of one part of its figures.
local function term_spec(spec, term)
  return setmetatable({ period = term.period, kinds = term.kinds }, { __index = spec })
end

-- In a month of a scenario: figures are weighed, and members are counted over the lines that are still there.
local function weighed_lines(view, spec, groups)
  local figures <const> = require "remit.scenario.figures"
  local sums <const>, counted <const> = counted_apart(groups)
  check_risk(spec, groups)
  if #sums == 0 then
    sums[1] = { name = "(lines)", how = "rows" }
  end
  local result = figures.run(view, spec, function(lines, term)
    return core_measures(view, sums, term_spec(spec, term), lines, "")
  end)
  if #counted > 0 then
    local lines <const> = figures.lines(view, spec.weighed)
    local part <const> = run_core(view, lines, { totals = spec.totals }, where_on(spec, lines, ""), spec.by, core_measures(view, counted, spec, lines, ""))
    result = copy(result)
    beside(result, part, spec.by, counted)
  end
  return result
end

-- Several tables or one: lines first, so that groups without people stay.
local function tables(model, spec, groups)
  local state <const> = model.state
  local result
  if spec.weighed then
    result = weighed_lines(model, spec, groups)
  else
    local list <const> = core_measures(model, groups.lines, spec, state.lines, "")
    list[1] = list[1] or { name = "(lines)", how = "rows" }
    result = run_core(model, state.lines, spec, where_on(spec, state.lines, ""), spec.by, list)
  end
  if #groups.assignments + #groups.totals > 0 then
    result = copy(result)
    add_other_tables(model, spec, result, groups)
  end
  return result
end

local function check_at(model, spec)
  local as_at <const> = model.state.settings.as_at
  if spec.at and as_at and spec.at < as_at then
    fault.raise { code = "month", message = ("%s lies before the pack's month, %s"):format(spec.at, as_at) }
  end
end

local function check_actual(spec)
  if spec.basis == "actual" then
    fault.raise { code = "basis", message = "actual cost comes from the ledger, which is by cost centre, not by line",
      hints = { 'base:total("cost", { basis = "actual" }), or base:reconcile { by = "cost_centre" }' } }
  end
end

-- WTE and posts are those of a month, and there is no part of a year in them.
local function check_money(spec, chosen)
  for _, measure in ipairs(spec.period == "part_year" and chosen or {}) do
    if not measure.money then
      fault.raise { code = "additivity", message = ("a part-year effect is of money, and '%s' is a stock"):format(measure.name),
        hints = { ('total("%s", { at = ... }) in two months'):format(measure.name) } }
    end
  end
end

local function money_in(chosen)
  for _, measure in ipairs(chosen) do
    if measure.display == "£" then
      return true
    end
  end
  return false
end

local basis_text <const> = { funded = "funded", in_post = "in post", actual = "actual" }
local period_text <const> = { run_rate = "annual run rate", in_year = "in-year", recurrent = "recurrent",
  part_year = "part-year effect (recurrent less in-year)" }

local function period_of(spec)
  return period_text[spec.period] or ("cumulative from %s"):format(spec.from)
end

---What money is of, in words, as below every table; nil of lines that are no establishment's.
---@param model remit.model
---@param spec { basis: string, period: string, from?: string }
---@return string?
function pivot.basis(model, spec)
  return model.state.posts_kind and basis_text[spec.basis] .. ", " .. period_of(spec) or nil
end

local function about(model, spec, chosen)
  local titles <const> = {}
  for index, measure in ipairs(chosen) do
    titles[index] = measure.name
  end
  local title = table.concat(titles, ", ")
  if #spec.by > 0 then
    title = ("%s by %s"):format(title, table.concat(spec.by, ", "))
  end
  local money <const> = money_in(chosen)
  local notes <const> = { spec.where and tostring(spec.where) or nil }
  if spec.over and spec.over.month == "mean" then
    title = ("%s, mean of %s to %s"):format(title, spec.over.months[1], spec.at)
  end
  if spec.totals and #spec.by > 0 and in_list(titles, "heads") then
    notes[#notes + 1] = "heads: somebody with posts in two groups is counted in both, and once in the total."
  end
  for _, measure in ipairs(spec.rungs and chosen or {}) do
    notes[#notes + 1] = require("remit.risk").note(spec.scenario, measure.name, spec)
  end
  return model:about { title = title, basis = money and pivot.basis(model, spec) or nil, money = money, at = spec.at, notes = notes, prices = spec.prices }
end

local headings <const> = setmetatable({}, { __mode = "k" })

-- A measure's column of frames: the same in each.
local function heading(measure)
  local made <const> = headings[measure] or { name = measure.name, display = measure.display }
  headings[measure] = made
  return made
end

local function frame_columns(spec, chosen)
  local columns <const> = {}
  for index, path in ipairs(spec.by) do
    columns[index] = { name = path, display = "text", title = path }
  end
  for _, measure in ipairs(chosen) do
    columns[#columns + 1] = heading(measure)
  end
  return columns
end

-- A base as a scenario without changes, for what is worked out month by month.
local function still(model)
  local state <const> = model.state
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

-- A scenario is asked in a month: its lines and members as they are then.
local function in_month(model, spec)
  check_period(spec)
  spec.scenario, spec.uplift = model, uplift.of(model, spec.prices)
  if not model.state.plan then
    if not model.state.posts_kind or not (spec.uplift or MONTH_BY_MONTH[spec.period]) then
      return model
    end
    model, spec.at = still(model), spec.at or model.state.settings.as_at
  end
  local figures <const> = require "remit.scenario.figures"
  local view <const>, weighed <const> = figures.view(model, spec)
  spec.weighed = weighed
  if spec.risk and spec.scenario.state.plan then
    spec.rungs = {}
    for index, rung in ipairs(require("remit.risk").rungs(model, spec.risk)) do
      local seen <const>, by <const> = figures.view(rung.model, spec)
      by.weight = rung.weight
      spec.rungs[index] = { view = seen, weighed = by }
    end
  end
  return view
end

---Runs a pivot of a model.
---@param model remit.model
---@param given table
---@return remit.frame
function pivot.run(model, given)
  local spec <const> = declared(given)
  local over <const> = require "remit.over"
  over.check(spec)
  if spec.over and spec.over.month == "max" then
    return over.largest(model, spec)
  elseif #spec.measures == 0 then
    fault.raise { code = "pivot", message = "measures: name one at least, as in measures = { \"cost\" }" }
  elseif spec.top and (spec.top < 1 or #spec.by == 0) then
    fault.raise { code = "pivot", message = #spec.by == 0 and "top needs by: the largest of what?" or ("top is 1 or more, not %d"):format(spec.top) }
  end
  local view <const> = in_month(model, spec)
  check_at(model, spec)
  check_actual(spec)
  base_by(view, spec)
  if spec.sort and not in_list(spec.measures, spec.sort) then
    fault.raise { code = "pivot", message = ("sort: '%s' is not among the measures. %s"):format(spec.sort, fault.suggest(spec.sort, spec.measures)
      or "They are: " .. table.concat(spec.measures, ", ")) }
  end
  select_where(view, spec)
  local chosen <const>, groups <const> = split_measures(view, spec)
  check_money(spec, chosen)
  check_top(spec, groups)
  local result <const> = tables(view, spec, groups)
  return frame.new { table = result, columns = frame_columns(spec, chosen), keys = spec.by,
    about = function() return about(model, spec, chosen) end }
end

-- The ledger's cost: what was booked in its months, as a rate a year. It knows of no changes, and has the prices that were paid.
local function actual_pence(model, spec)
  local ledger <const> = model.state.ledger
  if model.state.plan then
    fault.raise { code = "basis", message = "actual cost is what the ledger booked, and no change of a scenario is in it",
      hints = { 'basis = "in_post", or "funded"' } }
  elseif spec.prices and spec.prices ~= model.state.settings.price_base then
    fault.raise { code = "prices", message = "actual cost is what the ledger booked: it has no prices of another year" }
  end
  if not ledger or not model.state.ledger_months then
    fault.raise { code = "basis", message = "actual cost needs a general_ledger.csv with actual figures" }
  end
  local where <const> = spec.where and select.new(model, spec.where, "the ledger", nil, ledger):on(ledger, "", "the ledger")
  local rows <const> = where and where:take() or ledger
  local result <const>, message <const> = core.pivot.run(rows, { measures = { { name = "actual", column = "actual" } } })
  if not result then
    fault.raise { code = "basis", message = "the ledger: " .. message, hints = { "every ledger row needs an actual figure; 0 is one" } }
  end
  return fault.check(core.number.scale(result:column("actual"):get(1), 12, model.state.ledger_months))
end

local function figure(model, name, spec)
  local view <const> = in_month(model, spec)
  check_at(model, spec)
  check_actual(spec)
  select_where(view, spec)
  local chosen <const>, groups <const> = split_measures(view, spec)
  check_money(spec, chosen)
  local column <const> = tables(view, spec, groups):column(name)
  return column:get(1), column:unit()
end

---One figure, of what pivot takes with one measure and no `by`; for the toolkit's own modules.
---@param model remit.model
---@param name string
---@param spec table checked
---@return integer value, string unit
function pivot.figure(model, name, spec)
  return figure(model, name, setmetatable({}, { __index = spec }))
end

---The scenarios that such a figure adds up, each in its months and by its weight; none for a base as it stands.
---@param model remit.model
---@param spec table
---@return remit.weighed[]
function pivot.weighed(model, spec)
  local asked <const>, list <const> = setmetatable({}, { __index = spec }), {}
  in_month(model, asked)
  for index, rung in ipairs(asked.rungs or {}) do
    list[index] = rung.weighed
  end
  return asked.rungs and list or { asked.weighed }
end

---A measure's part in some accounts of a scenario, without one-off costs, in the core's units.
---@param model remit.model
---@param name string
---@param given { at?: string, accounts: integer[], basis?: string, period?: string, where?: table, prices?: string }
---@return integer value, string unit
function pivot.of_accounts(model, name, given)
  local spec <const> = { measures = { name }, by = {}, at = given.at, basis = given.basis or "funded", period = given.period or "run_rate", where = given.where,
    accounts = given.accounts, prices = given.prices }
  return figure(model, name, spec)
end

---The cost in some accounts of a scenario in a month, exact: #high and #low as decision 0019 has them.
---@param model remit.model
---@param given { at: string, accounts: integer[], basis?: string, where?: remit.selection, prices?: string }
---@return integer high, integer low
function pivot.halves(model, given)
  local spec <const> = { measures = { "cost" }, by = {}, at = given.at, basis = given.basis, period = "run_rate", where = given.where,
    accounts = given.accounts, prices = given.prices }
  local view <const> = in_month(model, spec)
  check_at(model, spec)
  select_where(view, spec)
  local chosen <const> = split_measures(view, spec)
  return require("remit.scenario.figures").halves(view, spec, function(lines, term)
    return core_measures(view, chosen, term_spec(spec, term), lines, "")
  end)
end

---The cost that counts against a cap, in pence: one-off costs that do not are left out.
---@param model remit.model
---@param given { at?: string, basis: string, period: string, where?: table, prices?: string }
---@return integer
function pivot.against_cap(model, given)
  if given.basis == "actual" then
    return (pivot.exact(model, "cost", given))
  end
  return (figure(model, "cost", { measures = { "cost" }, by = {}, at = given.at, basis = given.basis, period = given.period, where = given.where,
    prices = given.prices, capped = true, risk = given.risk }))
end

---One figure of a model.
---@param model remit.model
---@param name string
---@param given? table
---@return number
function pivot.total(model, name, given)
  return core.number.plain(pivot.exact(model, name, given))
end

---The same in the core's units, for the toolkit's own sums: an integer and its unit.
---@return integer value, string unit
function pivot.exact(model, name, given)
  if type(name) ~= "string" then
    fault.raise { code = "measure", message = "total needs the name of a measure first: total(\"cost\")" }
  end
  local spec <const> = declared_total(given)
  local measure <const> = measure_of(model, name)
  if spec.basis == "actual" and measure.name == "cost" then
    return actual_pence(model, spec), "pence"
  end
  spec.measures, spec.by = { name }, {}
  local over <const> = require "remit.over"
  over.check(spec)
  if spec.over and spec.over.month == "max" then
    local month <const> = over.greatest(spec, function(at)
      return (pivot.figure(model, name, setmetatable({ at = at, over = false }, { __index = spec })))
    end)
    spec.at, spec.over = month, nil
  end
  return figure(model, name, spec)
end

return pivot
