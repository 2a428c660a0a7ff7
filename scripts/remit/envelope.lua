-- SPDX-License-Identifier: Apache-2.0
-- A cap on cost per head of a population, and what is held against it: which lines count (the perimeter), on which basis, over which period.

local args <const> = require "remit.args"
local compliance <const> = require "remit.envelope.compliance"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local object <const> = require "remit.object"
local param <const> = require "remit.param"
local plain <const> = require "remit.plain"
local select <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"
local uplift <const> = require "remit.uplift"

local envelope <const> = {}

---@class remit.envelope
local Envelope <const> = plain.class { __name = "remit.envelope" }

local PERIODS <const> = { "run_rate", "in_year", "recurrent" }

local declared <const> = args.declare { name = "envelope", doc = "A cap per head of population, and the lines that count against it.",
  example = 'remit.envelope { id = "running cost", per_head = 18.76, population = 3623081, population_basis = "allocation" }',
  { name = "id", kind = "string", required = true, doc = "what the cap is called" },
  { name = "per_head", kind = "number|remit.param", required = true, doc = "the cap, pounds a head" },
  { name = "population", kind = "integer|remit.param", required = true, doc = "the heads" },
  { name = "population_basis", kind = "string", required = true, doc = "which population: allocation, registered, weighted" },
  { name = "include", kind = "selection", doc = "tests of the lines that count; all by default" },
  { name = "exclude", kind = "selection", doc = "tests of lines that do not" },
  { name = "due", kind = "month", doc = "the month from which the cap must be met" },
  measures.ANY_BASIS,
  { name = "period", kind = PERIODS, default = "run_rate", doc = "which part of cost" },
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices the cap is, and what is held against it; the pack's own without it" },
}

local declared_check <const> = args.declare { name = "envelope:check", doc = "Cost against the cap, a row a month.",
  example = "print(cap:check(base))",
  { name = "at", kind = "list", doc = "months, one row each" },
  { name = "by", kind = { "month" }, doc = "every month from `from` to `to`" },
  { name = "from", kind = "month", doc = "first month" },
  { name = "to", kind = "month", doc = "last month, included" },
  { name = "basis", kind = "list", doc = "bases to show side by side instead of the envelope's own" },
  measures.RISK,
}

local declared_headroom <const> = args.declare { name = "envelope:headroom", doc = "Pounds below the cap; negative when above it.",
  example = "print(cap:headroom(base))",
  { name = "at", kind = "month", doc = "the month" },
}

local declared_variant <const> = args.declare { name = "envelope:variants", doc = "The same cap over other perimeters, a row each.",
  example = 'print(cap:variants(base, { { name = "without POD", exclude = { tags = "pod" } } }))',
  { name = "name", kind = "string", required = true, doc = "what the perimeter is called" },
  { name = "include", kind = "selection", doc = "instead of the envelope's own" },
  { name = "exclude", kind = "selection", doc = "instead of the envelope's own" },
}

local declared_variants <const> = args.declare { name = "envelope:variants in a month", doc = "The month of a scenario's figures.",
  example = 'print(cap:variants(plan, { { name = "all" } }, { at = "2027-04" }))',
  { name = "at", kind = "month", doc = "the month" },
}

---@param given table
---@return remit.envelope
function envelope.new(given)
  return object.new(Envelope, declared(given))
end

local function need_model(model, call)
  if plain.object_name(model) ~= "remit.model" then
    fault.raise { code = "envelope", message = ("%s needs a model first: cap:%s(base)"):format(call, call) }
  end
end

-- Cap and heads in exact units: pence a head, people, pence.
local function cap_of(self, model)
  local per_head <const> = param.value(state_of[self].per_head, model, "per_head", { "£/head" })
  local population <const> = param.value(state_of[self].population, model, "population", { "people", "count" })
  if math.type(population) ~= "integer" or population <= 0 then
    fault.raise { code = "envelope", message = ("population is a whole number of people above 0, not %s"):format(tostring(population)) }
  end
  local micro <const> = exact.finite(per_head) and per_head > 0 and exact.integer(per_head, 6)
  if not micro or micro % 10000 ~= 0 then
    fault.raise { code = "envelope", message = ("per_head is pounds and pence a head, above 0, not %s"):format(tostring(per_head)) }
  end
  local pence <const> = micro // 10000
  local cap <const> = fault.check(core.number.scale(pence, population, 1))
  return { per_head = pence, population = population, pence = cap }
end

-- No tests exclude nothing: that is how a variant lifts what the envelope leaves out.
local function perimeter(model, include, exclude)
  local inside <const> = include and select.new(model, include, "lines") or nil
  local outside <const> = exclude and next(exclude) ~= nil and select.new(model, exclude, "lines") or nil
  if inside and outside then
    return inside & ~outside
  end
  return inside or outside and ~outside or nil
end

---The lines of a model that count against an envelope; nil for all. For the toolkit's own modules.
---@param self remit.envelope
---@param model remit.model
---@return remit.selection?
function envelope.inside(self, model)
  return perimeter(model, state_of[self].include, state_of[self].exclude)
end

local function cost_of(self, model, where, basis, at, how)
  local state <const> = state_of[self]
  local cost <const> = total.against_cap(model, { where = where, basis = basis, period = state.period, at = at, prices = state.prices, risk = how })
  local asked <const> = { where = where, basis = basis, period = state.period, at = at, prices = state.prices, inside = true }
  if how then
    local risk <const> = require "remit.risk"
    return cost + risk.mean(risk.rungs(model, how), function(rung)
      return compliance.handed_over(rung.model, asked)
    end)
  end
  return cost + compliance.handed_over(model, asked)
end

-- What money handed over would add if all of it counted; nil where none is handed over, for then there is nothing to dispute.
local function disputed(self, model, where, basis, at)
  if not compliance.hands_over(model) then
    return nil
  end
  local state <const> = state_of[self]
  return compliance.handed_over(model, { where = where, basis = basis, period = state.period, at = at, inside = false, prices = state.prices })
end

-- Before the month from which the cap is due, to be above it is no breach yet.
local function result_of(cost, cap, month, due)
  if cost <= cap.pence then
    return "ok"
  end
  return due and month and month < due and "above" or "BREACH"
end

-- Which lines count, and what the others cost, in the first month and, where that is another figure, the last: a perimeter that is not seen is not checked.
local function perimeter_note(self, model, where, first, last)
  if not where then
    return nil
  end
  local function outside(at)
    local pence <const> = cost_of(self, model, nil, state_of[self].basis, at) - cost_of(self, model, where, state_of[self].basis, at)
    return ("£%sm"):format(show.number(pence, "£m"))
  end
  local began <const>, ends <const> = outside(first), outside(last)
  if began ~= ends then
    return ("Counts %s. Outside it: %s in %s, %s in %s."):format(tostring(where), began, first, ends, last)
  end
  return ("Counts %s. Outside it%s: %s."):format(tostring(where), state_of[model].plan and (" in %s"):format(first) or "", began)
end

-- Of a year's cost, the months that the pack says nothing of.
local function before_pack(self, model, months)
  local words = ""
  for _, month in ipairs(state_of[self].period == "in_year" and months or {}) do
    words = words == "" and measures.before_pack(model, month) or words
  end
  return words
end

local function heading(self, cap, basis, before)
  local state <const> = state_of[self]
  return {
    title = ('Envelope "%s"   cap £%sm (£%s x %s, %s population)'):format(state.id, core.number.print(core.number.scale(cap.pence, 1, 100000), 3, true),
      core.number.print(cap.per_head, 2), core.number.print(cap.population, 0, true), state.population_basis),
    basis = (basis and measures.basis_words[basis] .. ", " or "") .. measures.period_words[state.period] .. before, prices = state.prices,
  }
end

local function months_between(from, to)
  if not from or not to then
    fault.raise { code = "envelope", message = 'by = "month" needs from and to: { by = "month", from = "2025-12", to = "2026-03" }' }
  end
  return require("remit.phase").months(from, to, "envelope")
end

local function months_of(model, spec, period)
  if spec.by then
    return months_between(spec.from, spec.to)
  elseif spec.at then
    for _, month in ipairs(spec.at) do
      if not core.calendar.month(month) then
        fault.raise { code = "month", message = ("at: '%s' is not a month such as \"2026-04\""):format(month) }
      end
    end
    return spec.at
  end
  local compiled <const> = state_of[model].plan
  if compiled and period ~= "recurrent" then
    require("remit.scenario.figures").view(model, {}) -- says which months there are
  end
  return { compiled and core.calendar.month_text(compiled:last_month()) or state_of[model].settings.as_at }
end

local RESULTS <const> = { "ok", "above", "BREACH" }
local COST_TITLE <const> = { run_rate = "run rate £m", in_year = "in the year £m", recurrent = "recurrent £m" }

local function columns_of(rows, period)
  local columns <const> = {
    { name = "period", display = "text" }, { name = "basis", display = "text" },
    { name = "cost", title = COST_TITLE[period], display = "£m" }, { name = "per_head", title = "£/head", display = "£/head" },
    { name = "vs_cap", title = "vs cap £m", display = "£m", sign = true }, { name = "result", display = "text", words = RESULTS },
  }
  if rows[1] and rows[1].vs_cap_with then
    columns[#columns + 1] = { name = "vs_cap_with", title = "vs cap with money handed over £m", display = "£m", sign = true }
    columns[#columns + 1] = { name = "result_with", title = "result with it", display = "text", words = RESULTS }
  end
  if rows[1] and rows[1].vs_cap_risk then
    columns[#columns + 1] = { name = "vs_cap_risk", title = "vs cap risk-adjusted £m", display = "£m", sign = true }
    columns[#columns + 1] = { name = "result_risk", title = "result risk-adjusted", display = "text", words = RESULTS }
  end
  return plain.filled(rows, columns)
end

local function row_of(cost, cap, period, basis, due)
  return { period = period, basis = basis, cost = exact.pounds(cost), per_head = exact.pounds(fault.check(core.number.scale(cost, 1, cap.population))),
    vs_cap = exact.pounds(cost - cap.pence), result = result_of(cost, cap, period, due) }
end

local function check_spec(spec)
  if spec.at and (spec.by or #spec.at == 0) then
    fault.raise { code = "envelope", message = spec.by and "give at, or by with from and to, not both" or "at: name one month at least" }
  elseif not spec.by and (spec.from or spec.to) then
    fault.raise { code = "envelope", message = 'from and to go with by = "month"' }
  elseif spec.basis and #spec.basis == 0 then
    fault.raise { code = "envelope", message = "basis: name one at least" }
  end
  for _, basis in ipairs(spec.basis or {}) do
    if not plain.among(measures.BASES, basis) then
      fault.raise { code = "envelope", message = ("basis: '%s' is not one of %s"):format(basis, table.concat(measures.BASES, ", ")),
        hints = { fault.suggest(basis, measures.BASES) } }
    end
  end
end

-- The same row were all money handed over to count.
local function with_disputed(row, cost, more, cap, due)
  if more then
    row.vs_cap_with, row.result_with = exact.pounds(cost + more - cap.pence), result_of(cost + more, cap, row.period, due)
  end
  return row
end

-- The same row as changes are likely to come.
local function with_risk(self, row, model, cap, where, how)
  if how then
    local cost <const> = cost_of(self, model, where, row.basis, row.period, how)
    row.vs_cap_risk, row.result_risk = exact.pounds(cost - cap.pence), result_of(cost, cap, row.period, state_of[self].due)
  end
  return row
end

-- What the closing lines of a check are worked out from.
local function question(self, model, cap, where, basis, how)
  return { model = model, cap = cap.pence, due = state_of[self].due, run_rate = state_of[self].period == "run_rate", cost = function(at)
    return cost_of(self, model, where, basis, at, how)
  end, disputed = function(at)
    return disputed(self, model, where, basis, at)
  end }
end

---Cost against the cap, month by month: run rate, pounds a head, distance from the cap, ok or BREACH.
---@param model remit.model
---@param given? { at?: string|string[], by?: "month", from?: string, to?: string, basis?: string[], risk?: string }
---@return remit.frame
function Envelope:check(model, given)
  local state <const> = state_of[self]
  need_model(model, "check")
  local spec <const> = declared_check(given)
  check_spec(spec)
  local cap <const> = cap_of(self, model)
  local where <const>, months <const> = perimeter(model, state.include, state.exclude), months_of(model, spec, state.period)
  local rows <const> = {}
  for _, month in require("remit.progress").each("months", months) do
    for _, basis in ipairs(spec.basis or { state.basis }) do
      local cost <const> = cost_of(self, model, where, basis, month)
      local row <const> = with_disputed(row_of(cost, cap, month, basis, state.due), cost, disputed(self, model, where, basis, month), cap, state.due)
      rows[#rows + 1] = with_risk(self, row, model, cap, where, state_of[model].plan and spec.risk)
    end
  end
  local columns <const> = columns_of(rows, state.period)
  if not spec.basis then
    table.remove(columns, 2)
  end
  local about <const> = heading(self, cap, not spec.basis and state.basis or nil, before_pack(self, model, months))
  about.notes = compliance.notes(question(self, model, cap, where, state.basis))
  if spec.risk and state_of[model].plan then
    about.notes[#about.notes + 1] = compliance.risk_line(question(self, model, cap, where, state.basis, spec.risk))
    about.notes[#about.notes + 1] = ("In %s, %s"):format(months[#months], require("remit.risk").note(model, "cost", { at = months[#months], where = where,
      basis = state.basis, period = state.period, prices = state.prices, risk = spec.risk }))
  end
  about.notes[#about.notes + 1] = perimeter_note(self, model, where, months[1], months[#months])
  about.notes[#about.notes + 1] = state.due and not state_of[model].plan and ("Cap due from %s."):format(state.due) or nil
  about.notes[#about.notes + 1] = model:unchanged_note(months[#months])
  local said <const> = model:about(about)
  said.at, said.to = months[1], months[#months]
  return frame.from { columns = columns, keys = { "period" }, about = said }
end

---Pounds below the cap in a month; negative when above it.
---@param model remit.model
---@param given? { at?: string }
---@return number
function Envelope:headroom(model, given)
  local state <const> = state_of[self]
  need_model(model, "headroom")
  local spec <const> = declared_headroom(given)
  local cap <const> = cap_of(self, model)
  return exact.pounds(cap.pence - cost_of(self, model, perimeter(model, state.include, state.exclude), state.basis, spec.at))
end

---The first month in which the cost is within the cap: of a base its own month, of a scenario the months up to its last change.
---@param model remit.model
---@return string? month, string? message
function Envelope:first_ok(model)
  local state <const> = state_of[self]
  need_model(model, "first_ok")
  local where <const> = perimeter(model, state.include, state.exclude)
  local month <const> = compliance.first_ok(question(self, model, cap_of(self, model), where, state.basis))
  if month then
    return month
  end
  return nil, "no month is within the cap"
end

---The same cap held against other perimeters.
---@param model remit.model
---@param list table[] { name =, include =, exclude = }
---@param given? { at?: string }
---@return remit.frame
function Envelope:variants(model, list, given)
  local state <const> = state_of[self]
  need_model(model, "variants")
  local at <const> = declared_variants(given).at
  if type(list) ~= "table" or #list == 0 then
    fault.raise { code = "envelope", message = "variants needs a list of perimeters", hints = { '{ { name = "without POD", exclude = { tags = "pod" } } }' } }
  end
  local problem <const> = plain.astray(list)
  if problem then
    fault.raise { code = "envelope", message = "variants: " .. problem,
      hints = { '{ { name = "all" }, { name = "without POD", exclude = { tags = "pod" } } }' } }
  end
  local variants <const>, names <const> = {}, { "as declared" }
  for index, one in ipairs(list) do
    variants[index] = declared_variant(one)
    names[index + 1] = variants[index].name
  end
  local again <const> = plain.repeated(names)
  if again then
    fault.raise { code = "envelope", message = "variants: " .. again }
  end
  local cap <const> = cap_of(self, model)
  local all <const> = cost_of(self, model, nil, state.basis, at)
  local rows <const> = {}
  local function add(name, include, exclude)
    local cost <const> = cost_of(self, model, perimeter(model, include, exclude), state.basis, at)
    local row <const> = row_of(cost, cap, name)
    row.result, row.outside = result_of(cost, cap, at or state_of[model].settings.as_at, state.due), exact.pounds(all - cost)
    rows[#rows + 1] = row
  end
  add("as declared", state.include, state.exclude)
  for _, variant in ipairs(variants) do
    add(variant.name, variant.include or state.include, variant.exclude or state.exclude)
  end
  local columns <const> = columns_of(rows, state.period)
  columns[1].name, columns[1].title = "perimeter", "perimeter"
  columns[2] = { name = "outside", title = "outside £m", display = "£m", values = {} }
  for index, row in ipairs(rows) do
    columns[2].values[index] = row.outside
  end
  local about <const> = heading(self, cap, state.basis, before_pack(self, model, { at or state_of[model].settings.as_at }))
  about.at = at
  return frame.from { columns = columns, keys = { "perimeter" }, about = model:about(about) }
end

---@return string
function Envelope:__tostring()
  return ('envelope "%s"'):format(state_of[self].id)
end

object.guard(Envelope, "an envelope", { "check", "first_ok", "headroom", "variants" }, { "id", "per_head", "population", "population_basis",
  "include", "exclude", "due", "basis", "period", "prices" })

return envelope
