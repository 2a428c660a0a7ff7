-- SPDX-License-Identifier: Apache-2.0
-- Sweeps: one question over many values of a parameter, or of a field of a change. Each value is a variant of the scenario, and where only amounts and
-- months differ no line is read again.

local args <const> = require "remit.args"
local changes <const> = require "remit.changes"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local noticed <const> = require "remit.noticed"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local progress <const> = require "remit.progress"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local sweep <const> = {}

local VALUES_MAX <const> = 10000
local RANGE <const> = 'values = { from = "0%", to = "-30%", step = "-5%" }'

local function a_function(value)
  if type(value) == "function" then
    return value
  end
  return nil, "it takes the scenario, as in function(variant) return variant:total(\"cost\", { at = \"2027-04\" }) end"
end

local declared <const> = args.declare(measures.declaration { name = "sweep",
  doc = "One question over many values of a parameter, or of a field of a change: a row a value.",
  example = 'print(plan:sweep { change = "held", field = "share", values = { from = "0%", to = "100%", step = "25%" }, at = "2027-04" })',
  { name = "param", kind = "string", doc = "the parameter, by its id" },
  { name = "change", kind = "string", doc = "or a change by its id, with" },
  { name = "field", kind = "string", doc = "its field: share, golive, receiver..." },
  { name = "values", kind = "table", required = true,
    doc = "a list, or a range of months, percentages or numbers, both ends included: { from =, to =, step = }" },
  { name = "across", kind = "table", doc = "a second param, or change and field, with its values: a column each" },
  { name = "measures", kind = "list", doc = "what to measure; cost without it" },
  { name = "figure", kind = a_function, doc = "a figure of one's own: a function of the scenario that gives a number" },
  { name = "envelope", kind = "remit.envelope", doc = "a cap: headroom below it, and whether each value is within it" },
})

local declared_axis <const> = args.declare { name = "sweep across", doc = "The second parameter or field of a sweep.",
  example = 'print(plan:sweep { change = "held", field = "from", values = { from = "2025-10", to = "2026-01" }, at = "2026-04", period = "in_year",\n'
    .. '  across = { change = "held", field = "share", values = { "50%", "100%" } } })',
  { name = "param", kind = "string", doc = "the parameter, by its id" },
  { name = "change", kind = "string", doc = "or a change by its id, with" },
  { name = "field", kind = "string", doc = "its field" },
  { name = "values", kind = "table", required = true, doc = "a list, or a range, both ends included: { from =, to =, step = }" },
}

local function refuse(message, ...)
  fault.raise { code = "sweep", message = message:format(...), hints = { RANGE, 'values = { "2026-10", "2027-04" }' } }
end

-- ---- Values ----

---@class remit.sweep.scale what a range runs over, in whole units
---@field read fun(value: any): integer?
---@field step fun(value: any): integer?
---@field write fun(units: integer, rises: boolean): string|number `rises`: the range was given with a plus

local function months_step(value)
  local count <const> = type(value) == "string" and value:match "^%s*([+-]?%d+)%s+months?%s*$"
  return value == nil and 1 or count and math.tointeger(count) or nil
end

local function percent(value)
  return type(value) == "string" and (args.percent(value)) or nil
end

local function number(value)
  return exact.finite(value) and (exact.integer(value, 6)) or nil
end

---@type remit.sweep.scale[]
local SCALES <const> = {
  { read = function(value) return type(value) == "string" and core.calendar.month(value) or nil end, step = months_step, write = core.calendar.month_text },
  { read = percent, step = percent, write = function(units, rises)
    return (rises and units > 0 and "+" or "") .. show.share(units)
  end },
  { read = number, step = number, write = function(units)
    return units % 1000000 == 0 and units // 1000000 or units / 1000000
  end },
}

local function range(given)
  for _, scale in ipairs(SCALES) do
    local from <const>, to <const>, step <const> = scale.read(given.from), scale.read(given.to), scale.step(given.step)
    if from and to and not step then
      refuse("values: a range has a step of the same kind as its ends%s", given.step ~= nil and ", not " .. tostring(given.step) or "")
    elseif from and to and (step == 0 or (to - from) * step < 0) then
      refuse("values: a step of %s does not lead from %s to %s", tostring(given.step or "1 month"), tostring(given.from), tostring(given.to))
    elseif from and to and (to - from) // step >= VALUES_MAX then
      refuse("values: %d values are more than %d", (to - from) // step + 1, VALUES_MAX)
    elseif from and to then
      local list <const>, rises <const> = {}, (tostring(given.from) .. tostring(given.to)):find("+", 1, true) ~= nil
      for units = from, to, step do
        list[#list + 1] = scale.write(units, rises)
      end
      return list
    end
  end
  refuse("values: from and to are two months, two percentages or two numbers, not %s and %s", tostring(given.from), tostring(given.to))
end

local function text_of(value)
  return type(value) == "string" and value or changes.value_text(value)
end

local function values_of(given)
  local problem <const>, key <const> = plain.astray(given, #given == 0 and { "from", "to", "step" } or nil)
  if type(key) == "string" then
    refuse("values is a list, or a range with from, to and step: '%s' is neither", key)
  elseif problem then
    refuse("values: %s", problem)
  end
  if next(given) == nil then
    refuse "values: name one at least"
  end
  local list <const> = #given > 0 and given or range(given)
  if #list > VALUES_MAX then
    refuse("values: %d values are more than %d", #list, VALUES_MAX)
  end
  local texts <const> = {}
  for index, value in ipairs(list) do
    texts[index] = text_of(value)
  end
  local again <const> = plain.repeated(texts)
  if again then
    refuse("values: %s", again)
  end
  return list
end

---@class remit.sweep.axis
---@field name string
---@field values any[]
---@field vary fun(model: remit.model, value: any): remit.model
---@field made integer how many variants there were
---@field warned integer how many of them are warned of something that the scenario is not
---@field warning? string the first

-- What its column is called: no figure's name.
local function name_of(spec)
  local taken <const> = plain.set(spec.measures or { "cost" })
  taken.figure, taken.headroom, taken.result = true, true, true
  if taken[spec.param or spec.field] then
    return ("%s.%s"):format(spec.param and "param" or spec.change, spec.param or spec.field)
  end
  return spec.param or spec.field
end

local function axis_of(spec)
  if (spec.param == nil) == (spec.change == nil) or (spec.change == nil) ~= (spec.field == nil) then
    fault.raise { code = "sweep", message = "sweep what? Give param, or change and its field",
      hints = { 'param = "retain_cut"', 'change = "sunderland", field = "golive"' } }
  end
  return { name = name_of(spec), values = values_of(spec.values), made = 0, warned = 0, vary = function(model, value)
    if spec.param then
      return model:with { params = { [spec.param] = value } }
    end
    return model:amend(spec.change, { [spec.field] = value })
  end }
end

-- What a variant is warned of and the scenario itself is not, as "retain_cut -20%: ...".
local function hear(axis, model, value, made)
  local known <const> = {}
  for _, one in ipairs(state_of[model].findings or {}) do
    known[one.text] = true
  end
  for _, one in ipairs(state_of[made].findings or {}) do
    if not known[one.text] then
      axis.warned, axis.warning = axis.warned + 1, axis.warning or ("%s %s: %s"):format(axis.name, text_of(value), one.text)
      break
    end
  end
end

-- A variant, whose errors say of which value.
local function varied(axis, model, value)
  local ok <const>, made <const> = noticed.quietly(axis.vary, model, value)
  if not ok and fault.is(made) then
    fault.raise { code = made.code, message = ("%s = %s: %s"):format(axis.name, text_of(value), made.message), hints = made.hints, at = made.at }
  elseif not ok then
    error(made, 0)
  end
  axis.made = axis.made + 1
  hear(axis, model, value, made)
  return made
end

-- How many variants are warned of something, and what the first is.
local function warned_note(axis)
  if axis.warned > 0 then
    return ("%d of %d are warned: %s%s"):format(axis.warned, axis.made, axis.warning, axis.warned > 1 and "; and so on" or "")
  end
end

-- ---- Figures ----

---@class remit.sweep.figure
---@field name string
---@field title? string
---@field display string
---@field of fun(model: remit.model): number

local DISPLAYS <const> = { pence = "£", micro = "WTE", count = "count" }

local function of_measure(model, name, spec)
  local asked <const> = measures.figure(spec, {})
  local _, unit <const> = total.exact(model, name, asked)
  return { name = name, display = DISPLAYS[unit] or "number", of = function(variant)
    return core.number.plain(total.exact(variant, name, asked))
  end }
end

local function of_function(work)
  return { name = "figure", display = "number", of = function(variant)
    local value <const> = work(variant)
    if not exact.finite(value) then
      fault.raise { code = "sweep", message = ("figure gives a number, not %s"):format(tostring(value)) }
    end
    return value
  end }
end

local function measures_of(spec)
  return spec.measures or (not spec.figure and not (spec.across and spec.envelope) and { "cost" }) or {}
end

local function figures_of(model, spec)
  local list <const> = {}
  for index, name in ipairs(measures_of(spec)) do
    list[index] = of_measure(model, name, spec)
  end
  list[#list + 1] = spec.figure and of_function(spec.figure) or nil
  list[#list + 1] = spec.envelope and { name = "headroom", display = "£", sign = true, of = function(variant)
    return spec.envelope:headroom(variant, { at = spec.at })
  end } or nil
  return list
end

local function value_column(axis)
  local column <const> = { name = axis.name, display = "number", values = {} }
  for index, value in ipairs(axis.values) do
    column.display = type(value) == "number" and column.display or "text"
    column.values[index] = value
  end
  for index, value in ipairs(column.display == "text" and axis.values or {}) do
    column.values[index] = text_of(value)
  end
  return column
end

-- ---- Rows ----

-- A row a value: each figure, what it differs from the scenario as it is, and whether it is within the cap.
local function by_value(model, axis, spec)
  local columns <const>, figures <const> = { value_column(axis) }, figures_of(model, spec)
  local result <const> = { name = "result", display = "text", values = {}, words = { "ok", "above", "BREACH" } }
  local as_is <const> = {}
  for at, figure in ipairs(figures) do
    as_is[at] = figure.of(model)
    columns[2 * at] = { name = figure.name, display = figure.display, sign = figure.sign, values = {} }
    columns[2 * at + 1] = { name = figure.name .. " change", title = "change", display = figure.display, sign = true, values = {} }
  end
  local due <const> = spec.envelope and spec.envelope.due
  for row, value in progress.each("values", axis.values) do
    local variant <const> = varied(axis, model, value)
    for at, figure in ipairs(figures) do
      local found <const> = figure.of(variant)
      columns[2 * at].values[row], columns[2 * at + 1].values[row] = found, found - as_is[at]
      result.values[row] = found >= 0 and "ok" or (due and spec.at and spec.at < due) and "above" or "BREACH"
    end
  end
  columns[#columns + 1] = spec.envelope and result or nil
  return columns, spec.envelope and result
end

-- A row a value, a column each value of the second axis.
local function by_both(model, axis, across, spec)
  local figures <const> = figures_of(model, spec)
  if #figures ~= 1 then
    fault.raise { code = "sweep", message = "across has one figure a cell: one measure, or figure, or envelope", hints = { 'measures = { "cost" }' } }
  end
  local columns <const> = { value_column(axis) }
  for at, value in ipairs(across.values) do
    columns[at + 1] = { name = ("%s %s"):format(across.name, text_of(value)), display = figures[1].display, sign = figures[1].sign, values = {} }
  end
  for row, value in progress.each("values", axis.values) do
    local variant <const> = varied(axis, model, value)
    for at, other in ipairs(across.values) do
      columns[at + 1].values[row] = figures[1].of(varied(across, variant, other))
    end
  end
  return columns, figures[1].name
end

-- Where a sweep comes within the cap.
local function cap_note(axis, result)
  for row, word in ipairs(result.values) do
    if word == "ok" then
      return ("First within the cap at %s %s."):format(axis.name, text_of(axis.values[row]))
    end
  end
  return "No value is within the cap."
end

local function words_of(spec)
  local words <const> = table.move(measures_of(spec), 1, #measures_of(spec), 1, {})
  words[#words + 1] = spec.figure and "figure" or nil
  words[#words + 1] = spec.envelope and "headroom" or nil
  return words
end

-- What the figures are of. Headroom has the basis and period of its envelope; where those are others than the measures', a note says so.
local function said(model, spec, notes)
  local chosen <const>, cap <const> = {}, spec.envelope
  for index, name in ipairs(measures_of(spec)) do
    chosen[index] = measures.named(model, name)
  end
  local of_cap <const> = cap and measures.in_words(model, { basis = cap.basis, period = cap.period, at = spec.at })
  local found <const> = measures.said(model, spec, chosen)
  if cap and not found.money then
    found.basis, found.money = of_cap, true
  elseif cap and of_cap ~= measures.in_words(model, spec) then
    notes[#notes + 1] = ("headroom: %s."):format(of_cap)
  end
  found.at = spec.period ~= "recurrent" and found.at or false
  return found
end

---@param model remit.model
---@param given table
---@return remit.frame
function sweep.run(model, given)
  plan.of(model, "sweep")
  local spec <const> = declared(given)
  local second <const> = spec.across and declared_axis(spec.across)
  local axis <const>, across <const> = axis_of(spec), second and axis_of(second)
  if second and second.param == spec.param and second.change == spec.change and second.field == spec.field then
    refuse("across is another parameter or field than %s, whose values would be lost", axis.name)
  end
  local notes <const> = {}
  local columns, result
  if across then
    columns = by_both(model, axis, across, spec)
  else
    columns, result = by_value(model, axis, spec)
    notes[1] = ("Change is from %s as it is."):format(state_of[model].name)
    notes[2] = result and cap_note(axis, result) or nil
  end
  notes[#notes + 1] = warned_note(axis)
  notes[#notes + 1] = across and warned_note(across) or nil
  notes[#notes + 1] = spec.risk and ("Measures are risk-adjusted (%s)."):format(spec.risk) or nil
  local about <const> = said(model, spec, notes)
  about.shows = { measures = words_of(spec), by = { axis.name }, rest = across and " and " .. across.name or nil }
  about.notes, about.prices = notes, spec.prices
  return frame.from { keys = { axis.name }, columns = columns, rows = #axis.values, about = model:about(about) }
end

return sweep
