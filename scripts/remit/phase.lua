-- SPDX-License-Identifier: Apache-2.0
-- The timeline of a model: figures month by month, or year by year. A stock (a rate, WTE, posts) is a year's last month; only the cost of a year
-- adds months up.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local pivot <const> = require "remit.pivot"
local progress <const> = require "remit.progress"

local phase <const> = {}

local MONTHS_MAX <const> = 600

local declared <const> = args.declare { name = "phase", doc = "Figures month by month or year by year.",
  example = 'print(plan:phase { measures = { "cost", "wte" }, from = "2025-10", to = "2027-04" })',
  { name = "measures", kind = "list", default = { "cost", "wte" }, doc = "what to measure" },
  { name = "by", kind = { "month", "year" }, default = "month", doc = "months, or financial years: cost in the year, and stocks in its last month" },
  { name = "from", kind = "month", required = true, doc = "first month" },
  { name = "to", kind = "month", required = true, doc = "last month" },
  { name = "where", kind = "selection", doc = "tests of the lines" },
  { name = "basis", kind = { "funded", "in_post" }, default = "funded", doc = "which cost" },
  measures.RISK,
}

---The months from one to another, as texts; at most 600.
---@param from string
---@param to string
---@return string[]
function phase.months(from, to)
  local first <const>, last <const> = fault.check(core.calendar.month(from)), fault.check(core.calendar.month(to))
  if last < first or last - first >= MONTHS_MAX then
    fault.raise { code = "month", message = ("%s to %s is not a span of 1 to %d months"):format(from, to, MONTHS_MAX) }
  end
  local months <const> = {}
  for month = first, last do
    months[#months + 1] = core.calendar.month_text(month)
  end
  return months
end

-- The financial years that a span touches, and the last month of each.
local function years(from, to)
  local names <const>, months <const> = {}, {}
  local first <const> = core.calendar.year_of_month(fault.check(core.calendar.month(from)))
  for year = first, core.calendar.year_of_month(fault.check(core.calendar.month(to))) do
    names[#names + 1] = core.calendar.year_text(year)
    months[#months + 1] = core.calendar.month_text(core.calendar.month_of_year(year) + 11)
  end
  return names, months
end

local function display_of(model, name)
  for _, measure in ipairs(model.state.measures) do
    if measure.name == name then
      return measure.display, measure.money
    end
  end
end

local function period_of(spec, money)
  return spec.by == "year" and money and "in_year" or "run_rate"
end

-- What each risk-adjusted figure rests on in the last month, in lines.
local function risk_notes(model, spec, last)
  local notes <const> = {}
  for _, name in ipairs(spec.risk and spec.measures or {}) do
    local _, money <const> = display_of(model, name)
    notes[#notes + 1] = require("remit.risk").note(model, name, { at = last, where = spec.where, basis = spec.basis, risk = spec.risk,
      period = period_of(spec, money) })
  end
  if #notes > 0 then
    table.insert(notes, 1, ("In %s:"):format(last))
  end
  return notes
end

---@param model remit.model
---@param given table
---@return remit.frame
function phase.run(model, given)
  local spec <const> = declared(given)
  local names, months = nil, phase.months(spec.from, spec.to)
  if spec.by == "year" then
    names, months = years(spec.from, spec.to)
  end
  local columns <const> = { { name = spec.by, display = "text", values = names or months } }
  for _, name in ipairs(spec.measures) do
    local display <const>, money <const> = display_of(model, name)
    local function add(column, how)
      column.display, column.values = display, {}
      for index, month in progress.each("months", months) do
        column.values[index] = pivot.total(model, name, { at = month, where = spec.where, basis = spec.basis, period = period_of(spec, money), risk = how })
      end
      columns[#columns + 1] = column
    end
    add { name = name }
    if spec.risk then
      add({ name = name .. " risk-adjusted", title = ("%s %s risk-adjusted"):format(name, display) }, spec.risk)
    end
  end
  local what <const> = spec.by == "year" and "cost in the year; stocks in its last month" or "annual run rate in each month"
  return frame.from { keys = { spec.by }, columns = columns, about = model:about { title = table.concat(spec.measures, ", ") .. " by " .. spec.by,
    basis = (spec.basis == "funded" and "funded, " or "in post, ") .. what, at = months[1],
    notes = risk_notes(model, spec, months[#months]) } }
end

return phase
