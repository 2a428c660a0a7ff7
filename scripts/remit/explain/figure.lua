-- SPDX-License-Identifier: Apache-2.0
-- Explanations of a figure: the base, what each change that touched it did to it and why, and, for one of them, the source lines.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local explain <const> = require "remit.explain"
local fault <const> = require "remit.fault"
local figures <const> = require "remit.scenario.figures"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local select <const> = require "remit.select"
local show <const> = require "remit.show"
local total <const> = require "remit.total"

local figure <const> = {}

local declared <const> = args.declare { name = "explain of a figure",
  doc = "A figure from the base on: each change that touched it, and the lines of one of them.",
  example = 'print(plan:explain("cost", { at = "2027-04", where = { fn = "chc" } }))',
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "where", kind = "table", default = {}, doc = "a table of tests" },
  measures.BASIS,
  { name = "period", kind = { "run_rate", "in_year" }, default = "run_rate", doc = "the month's rate, or what falls in its financial year" },
  { name = "change", kind = "string", doc = "a change by its id, or \"base\": its lines, largest first" },
  { name = "lines", kind = "integer", default = 10, doc = "how many of them" },
}

local BASE <const> = "base"

-- ---- What is asked for ----

local function measure_of(model, name)
  local names <const> = {}
  for _, measure in ipairs(model.state.measures) do
    if measure.name == name and measure.column and not measure.how and not measure.of then
      return measure
    elseif measure.column and not measure.how and not measure.of then
      names[#names + 1] = measure.name
    end
  end
  fault.raise { code = "explain", message = ("a figure to explain is a sum, such as cost or wte, not '%s'. %s"):format(tostring(name),
    type(name) == "string" and fault.suggest(name, names) or "There are: " .. table.concat(names, ", ")) }
end

-- The measure's lines on a table that belongs to `model`.
local function chosen(model, lines, measure, spec)
  local tests <const> = table.move(measure.tests or {}, 1, #(measure.tests or {}), 1, {})
  local of_basis <const> = measure.money and measures.basis[spec.basis] or {}
  table.move(of_basis, 1, #of_basis, #tests + 1, tests)
  local found = select.new(model, spec.where, "lines"):on(lines, "")
  if #tests > 0 then
    found = found & select.of_tests(model, tests):on(lines, "")
  end
  return found
end

---@class remit.figure
---@field model remit.model
---@field root remit.model
---@field measure remit.measure
---@field spec table
---@field effects? remit.effects nil on a base
---@field unit string
---@field before remit.core.table lines where they were, with their trail
---@field old remit.core.selection those that made the base's figure
---@field new? remit.core.selection the month's lines that make the figure
local Figure <const> = {}
Figure.__index = Figure

local function new(model, name, spec)
  local root <const>, measure <const> = model.state.root or model, measure_of(model, name)
  local self <const> = setmetatable({ model = model, root = root, measure = measure, spec = spec }, Figure)
  self.unit = root.state.lines:column(measure.column):unit()
  if not model.state.plan then
    self.before = model.state.lines
    self.old = chosen(model, self.before, measure, spec)
    return self
  end
  self.effects = effects.of(model, spec.at, "explain")
  self.channel = self.unit == "pence" and plan.COST or plan.WTE
  self.before = model.state.plan:traced()
  self.old = chosen(root, self.before, measure, spec)
  if self.before:column(plan.BORN) then
    self.old = self.old & fault.check(core.selection.test(self.before, plan.BORN, "none"))
  end
  self.new = chosen(self.effects.view, self.effects.lines, measure, spec)
  return self
end

local function lines_text(count, more)
  return show.counted(count, (more or "") .. "line")
end

function Figure:text(value, signed)
  return (signed and value > 0 and "+" or "") .. explain.value(value, self.unit)
end

-- ---- What each change did ----

local OURS <const> = { stranded = true, resource = true } -- what stays, and what the figure never had

-- Whether an account makes the figure less, more or leaves it. Lines that are not there, or stand for others, belong to the change that made them.
function Figure:sign(account, change, code)
  if account.kind == "unborn" then
    return self:mover(code) == change and -1 or 0
  elseif account.change ~= change or OURS[account.kind] then
    return 0
  end
  return account.kind ~= "double" and -1 or change.paid_by == "icb" and 1 or 0
end

-- Of each trail the factor by which a change makes it more or less: what it took, less; double running that the ICB pays for, more.
function Figure:factors(change)
  local made <const>, scenario <const> = self.effects:same(0), self.effects
  for index, account in ipairs(scenario.plan.accounts) do
    local parts <const> = (account.change == change or account.kind == "unborn") and fault.check(scenario.plan.set:factors(scenario.month, index,
      self.channel)) or {}
    for code = 0, #parts do
      made[code] = made[code] + (parts[code] and parts[code] ~= 0 and self:sign(account, change, code) * parts[code] or 0)
    end
  end
  return made
end

-- What moved lines of each trail belong to: the change that says so last; `false` where only attributes have changed.
function Figure:mover(code)
  local found
  for _, number in ipairs(self.effects:operations(code)) do
    local operation <const> = self.effects.plan.operations[number]
    if operation.born then
      return operation.change
    elseif operation.effect == "recode" and self.effects:holds(operation) then
      found = operation.change
    end
  end
  return found or false
end

local function by_trail(lines, column, where)
  local cells <const> = fault.check(core.pivot.run(lines, { by = { plan.TRAIL }, where = where, measures = { { name = "sum", column = column } } }))
  local sums <const> = {}
  for row = 1, cells:rows() do
    sums[cells:column(plan.TRAIL):code(row)] = cells:column("sum"):get(row)
  end
  return sums, cells
end

-- What moves, new lines and attributes that have changed bring into the figure, or take out of it, by change (`false`: attributes).
function Figure:brought()
  local now <const>, cells <const> = by_trail(self.effects.lines, self.measure.column, self.new)
  local was <const>, made <const> = by_trail(self.before, self.measure.column, self.old), {}
  for code = 0, self.effects.plan.set:labels():size() do
    local difference <const> = (now[code] or 0) - (was[code] or 0)
    if difference ~= 0 then
      local mover <const> = self:mover(code)
      made[mover] = (made[mover] or 0) + difference
    end
  end
  return made, cells
end

local function every_change(model)
  local list <const> = {}
  for _, layer in ipairs(model.state.layers) do
    table.move(layer.changes, 1, #layer.changes, #list + 1, list)
  end
  return list
end

local function change_line(self, change, effect)
  local touched <const> = self.effects.plan:touched(change) or 0
  local words <const> = { ("%s from %s"):format(change.kind, self.effects.plan:first_month(change)), change.why or "no reason given", change.ref }
  words[#words + 1] = "it touches " .. lines_text(touched)
  return { head = change.id or change.kind, value = self:text(effect, true), text = table.concat(words, "; ") }
end

local function base_line(self)
  local sum <const> = fault.check(core.pivot.run(self.before, { where = self.old, measures = { { name = "sum", column = self.measure.column } } }))
  local value <const>, count <const> = sum:column("sum"):get(1) or 0, self.old:count()
  return { head = BASE, value = self:text(value), text = ("%s; %s as at %s"):format(self.measure.doc or self.measure.name, lines_text(count),
    self.root.state.settings.as_at) }, value
end

-- What each change did in the month of `self`, added to `sums` by change (`false`: attributes).
local function add_effects(self, sums)
  local brought <const>, cells <const> = self:brought()
  for _, change in ipairs(every_change(self.model)) do
    local effect <const> = (brought[change] or 0) + (cells:rows() > 0 and fault.check(self.effects:weigh(
      cells, {}, { "sum" }, self:factors(change))):column("sum"):get(1) or 0)
    sums[change] = (sums[change] or 0) + effect
  end
  sums[false] = (sums[false] or 0) + (brought[false] or 0)
  return sums
end

local MONTHS_OF_YEAR <const> = 12

-- One-off costs that fall in a year, as often as its months are divided by.
local function add_once(self, sums, first)
  for _, one in ipairs(self.measure.name == "cost" and self.effects.plan.once or {}) do
    local view <const> = self.effects.plan:members(one.month)
    if one.month >= first and one.month < first + MONTHS_OF_YEAR and figures.passes(view, one, select.new(view, self.spec.where, "lines")) then
      sums[one.change] = sums[one.change] + one.pence * MONTHS_OF_YEAR
    end
  end
end

-- The same of a financial year: each month with the members and lines that it has, and one-off costs.
local function year_effects(self)
  local first <const>, sums <const> = core.calendar.month_of_year(core.calendar.year_of_month(self.effects.month)), {}
  for month = first, first + MONTHS_OF_YEAR - 1 do
    local spec <const> = setmetatable({ at = core.calendar.month_text(month) }, { __index = self.spec })
    add_effects(new(self.model, self.measure.name, spec), sums)
  end
  add_once(self, sums, first)
  for change, sum in pairs(sums) do -- each by itself: order does not matter
    sums[change] = fault.check(core.number.scale(sum, 1, MONTHS_OF_YEAR))
  end
  return sums
end

local function change_lines(self, lines)
  local effects_of <const> = self.spec.period == "in_year" and year_effects(self) or add_effects(self, {})
  local sum = 0
  for _, change in ipairs(every_change(self.model)) do
    local effect <const> = effects_of[change]
    if effect ~= 0 then
      lines[#lines + 1] = change_line(self, change, effect)
    end
    sum = sum + effect
  end
  if effects_of[false] ~= 0 then
    lines[#lines + 1] = { head = "attributes", value = self:text(effects_of[false], true),
      text = "members that pass the tests now, and did not, or the other way round" }
  end
  return sum + effects_of[false]
end

local function overview(self)
  local base <const>, before <const> = base_line(self)
  local lines <const> = { base }
  local value = before
  if self.effects then
    local sum <const> = before + change_lines(self, lines)
    value = total.exact(self.model, self.measure.name, { at = core.calendar.month_text(self.effects.month), where = self.spec.where, basis = self.spec.basis,
      period = self.spec.period })
    if value ~= sum then
      lines[#lines + 1] = { head = "rounding", value = self:text(value - sum, true), text = "each effect is rounded by itself" }
    end
  end
  lines[#lines + 1] = { head = "=>", value = self:text(value), text = self.model.state.name or "no changes" }
  return lines, value
end

-- ---- The lines of one ----

-- Where a line was read: "posts.csv:214".
local function source_of(model, id)
  for _, name in ipairs { "posts", "budget_lines" } do
    local source <const> = model.state.sources[name]
    local found <const> = source and id and core.selection.test(source.table, "id", plain.quoted(id))
    local row <const> = found and found:rows(1)[1]
    if row then
      return ("%s:%d"):format(source.path, source.row(row))
    end
  end
  return "added by the scenario"
end

local function label(lines, name, row)
  local column <const> = lines:column(name)
  return column and column:get(row) or nil
end

local function base_effects(self)
  local found <const>, column <const> = {}, self.before:column(self.measure.column)
  for index, row in ipairs(self.old:rows()) do
    found[index] = { lines = self.before, row = row, effect = column:get(row) }
  end
  return found
end

-- The rows of a figure's lines that a change can have touched.
local function touched(self, change, factors, lines, where)
  local made <const>, by_trail_of <const> = {}, self.effects:of_trails(lines, function(code)
    return factors[code] ~= 0 or self:mover(code) == change
  end)
  for _, row in ipairs(by_trail_of and (by_trail_of & where):rows() or {}) do
    made[row] = true
  end
  return made
end

-- What one change did to each line that was or is in the figure.
local function change_effects(self, change)
  local factors <const>, lines <const>, found <const> = self:factors(change), self.effects.lines, {}
  local was <const>, is <const> = touched(self, change, factors, self.before, self.old), touched(self, change, factors, lines, self.new)
  local trails <const>, column <const>, either <const> = lines:column(plan.TRAIL), lines:column(self.measure.column), {}
  for _, rows in ipairs { was, is } do
    for row in pairs(rows) do -- a set is made: order does not matter
      either[row] = true
    end
  end
  for _, row in ipairs(plain.rows(either)) do
    local code <const>, value <const> = trails:code(row), column:get(row) or 0
    local effect = is[row] and fault.check(core.number.scale(value, factors[code], plan.ONE)) or 0
    if was[row] ~= is[row] and self:mover(code) == change then
      effect = effect + (is[row] and value or -value)
    end
    if effect ~= 0 then
      found[#found + 1] = { lines = lines, row = row, effect = effect }
    end
  end
  return found
end

local function change_named(model, id)
  local ids <const> = { BASE }
  for _, change in ipairs(model.state.layers and every_change(model) or {}) do
    if change.id == id then
      return change
    end
    ids[#ids + 1] = change.id
  end
  fault.raise { code = "explain", message = ("there is no change '%s'. %s"):format(id, fault.suggest(id, ids) or "There are: " .. table.concat(ids, ", ")) }
end

local function line_text(self, one, first_sign)
  local words <const> = { source_of(self.root, label(one.lines, "id", one.row)) }
  for _, name in ipairs { "title", "fn" } do
    words[#words + 1] = label(one.lines, name, one.row)
  end
  words[#words + 1] = label(one.lines, "vacant", one.row) == "true" and "vacant" or nil
  return { head = label(one.lines, "id", one.row) or ("line %d"):format(one.row), value = self:text(one.effect, first_sign),
    text = table.concat(words, "; ") }
end

local function source_lines(self)
  local id <const> = self.spec.change
  local found <const> = id == BASE and base_effects(self) or change_effects(self, change_named(self.model, id))
  table.sort(found, function(a, b)
    if math.abs(a.effect) ~= math.abs(b.effect) then
      return math.abs(a.effect) > math.abs(b.effect)
    end
    return a.row < b.row
  end)
  local lines <const>, sum, rest = {}, 0, 0
  for index, one in ipairs(found) do
    sum = sum + one.effect
    if index <= self.spec.lines then
      lines[index] = line_text(self, one, id ~= BASE)
    else
      rest = rest + one.effect
    end
  end
  if #found > self.spec.lines then
    lines[#lines + 1] = { head = "others", value = self:text(rest, id ~= BASE),
      text = lines_text(#found - self.spec.lines, "more ") }
  end
  lines[#lines + 1] = { head = "=>", value = self:text(sum, id ~= BASE), text = id }
  return lines, sum
end

local function check(model, spec, self)
  if spec.lines < 0 then
    fault.raise { code = "explain", message = "lines is 0 or more" }
  elseif spec.period == "in_year" and spec.change then
    fault.raise { code = "explain", message = "the lines of a change are those of a month: leave out period, or change" }
  elseif spec.period == "in_year" and (not self.measure.money or not model.state.plan) then
    fault.raise { code = "explain", message = model.state.plan and ("'%s' is a stock, of a month and not of a year"):format(self.measure.name)
      or "a base has one rate in every month: leave out period" }
  end
end

-- When the figure is: a month, or a financial year.
local function when_of(self)
  local month <const> = self.effects and core.calendar.month_text(self.effects.month) or self.spec.at or self.model.state.settings.as_at
  return self.spec.period == "in_year" and core.calendar.year_text(core.calendar.year_of_month(self.effects.month)) or month
end

---Explains a figure of a model.
---@param model remit.model
---@param name string a measure that is a sum
---@param given table
---@return remit.explanation
function figure.run(model, name, given)
  local spec <const> = declared(given)
  local self <const> = new(model, name, spec)
  check(model, spec, self)
  local lines <const>, value <const> = (spec.change and source_lines or overview)(self)
  local tests <const> = next(spec.where) and tostring(select.new(model, spec.where, "lines")) or "all lines"
  return explain.new { id = name, name = tests, facts = { { when_of(self), self:text(value, spec.change and spec.change ~= BASE) } }, lines = lines }
end

return figure
