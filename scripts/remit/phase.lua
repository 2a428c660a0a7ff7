-- SPDX-License-Identifier: Apache-2.0
-- The timeline of a model: figures month by month, or year by year. A stock (a rate, WTE, posts) is a year's last month; only the cost of a year
-- adds months up.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local progress <const> = require "remit.progress"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"
local uplift <const> = require "remit.uplift"

local phase <const> = {}

local MONTHS_MAX <const> = 600

local declared <const> = args.declare { name = "phase", doc = "Figures month by month or year by year.",
  example = 'print(plan:phase { measures = { "cost", "wte" }, from = "2025-10", to = "2027-04" })',
  { name = "measures", kind = "list", default = { "cost", "wte" }, doc = "what to measure" },
  { name = "by", kind = { "month", "year" }, default = "month", doc = "months, or financial years: cost in the year; WTE and posts of its last month" },
  { name = "from", kind = "month", required = true, doc = "first month" },
  { name = "to", kind = "month", required = true, doc = "last month, included" },
  { name = "where", kind = "selection", doc = "tests of the lines" },
  measures.BASIS,
  { name = "period", kind = { "run_rate", "in_year", "part_year", "cumulative" },
    doc = "which part of cost: of months run_rate (as they are) or cumulative from the first; of years in_year (as they are), part_year or cumulative" },
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is" },
  measures.RISK,
}

---The months from one to another, as texts; at most 600.
---@param from string
---@param to string
---@param code? string of the error that there are none or more; "month"
---@return string[]
function phase.months(from, to, code)
  local first <const>, last <const> = fault.check(core.calendar.month(from)), fault.check(core.calendar.month(to))
  if last < first then
    fault.raise { code = code or "month", message = ("to (%s) lies before from (%s)"):format(to, from) }
  elseif last - first >= MONTHS_MAX then
    fault.raise { code = code or "month", message = ("%s to %s is not a span of 1 to %d months"):format(from, to, MONTHS_MAX) }
  end
  local months <const> = {}
  for month = first, last do
    months[#months + 1] = core.calendar.month_text(month)
  end
  return months
end

-- Of a year that has the pack's month in it every month is counted, and its caption says so; of an earlier one, or of a month before, there is nothing.
local function check_past(model, spec, names, months)
  if not names then
    measures.check_month(model, spec.from)
  elseif months[1] < (state_of[model].settings.as_at or "") then
    fault.raise { code = "month", message = ("from (%s) lies in %s, which ends before the pack's month, %s"):format(spec.from, names[1],
      state_of[model].settings.as_at), hints = { ("from = \"%s\" asks for the whole year that it lies in"):format(state_of[model].settings.as_at) } }
  end
end

-- The financial years that a span touches, the last month of each, and the first of all.
local function years(from, to)
  local names <const>, months <const> = {}, {}
  local first <const> = core.calendar.year_of_month(fault.check(core.calendar.month(from)))
  for year = first, core.calendar.year_of_month(fault.check(core.calendar.month(to))) do
    names[#names + 1] = core.calendar.year_text(year)
    months[#months + 1] = core.calendar.month_text(core.calendar.month_of_year(year) + 11)
  end
  return names, months, core.calendar.month_text(core.calendar.month_of_year(first))
end

local function display_of(model, name)
  local measure <const> = measures.named(model, name)
  if measure then
    return measure.display, measure.money
  end
end

local WORDS <const> = measures.period_words
local PERIODS <const> = { month = { run_rate = WORDS.run_rate .. " in each month", cumulative = "cost from %s to the end of each month" },
  year = { in_year = "cost in the year", part_year = WORDS.part_year .. measures.LESS, cumulative = "cost from %s to the end of each year" } }

local OF_YEAR <const> = { in_year = true, part_year = true }

local function check_period(spec)
  spec.period = spec.period or (spec.by == "year" and "in_year" or "run_rate")
  if not PERIODS[spec.by][spec.period] then
    fault.raise { code = "month", message = ("a phase by %s has no '%s'. It has: %s"):format(spec.by, spec.period,
      table.concat(plain.keys(PERIODS[spec.by]), ", ")) }
  end
end

local function check_measures(list)
  if #list == 0 then
    fault.raise { message = "phase: measures names no measure", hints = { 'measures = { "cost", "wte" }' } }
  end
end

-- What is asked of a measure in one month; WTE and posts are always those of the month.
local function question(spec, money, month, first)
  local period <const> = money and spec.period or "run_rate"
  return { at = month, where = spec.where, basis = spec.basis, period = period, prices = spec.prices, from = period == "cumulative" and first or nil }
end

-- What each risk-adjusted figure rests on in the last month, in lines.
local function risk_notes(model, spec, last, first)
  local notes <const> = {}
  for _, name in ipairs(spec.risk and spec.measures or {}) do
    local _, money <const> = display_of(model, name)
    local asked <const> = question(spec, money, last, first)
    asked.risk = spec.risk
    notes[#notes + 1] = require("remit.risk").note(model, name, asked)
  end
  if #notes > 0 then
    table.insert(notes, 1, ("In %s:"):format(last))
  end
  return notes
end

-- What the figures are of: money of the months or years, and WTE and counts of a month.
local function said(model, spec, first)
  local chosen <const> = {}
  for index, name in ipairs(spec.measures) do
    chosen[index] = measures.named(model, name)
  end
  local found <const> = measures.said(model, { basis = spec.basis, period = "run_rate" }, chosen)
  local when <const> = spec.by == "year" and "of the year's last month" or spec.period == "cumulative" and "of the month" or nil
  local before <const> = OF_YEAR[spec.period] and measures.before_pack(model, first) or ""
  found.basis = found.basis and ("%s, %s%s%s"):format(measures.basis_words[spec.basis], PERIODS[spec.by][spec.period]:format(first), before,
    measures.beside(spec, chosen, when))
  return found
end

---@param model remit.model
---@param given table
---@return remit.frame
function phase.run(model, given)
  local spec <const> = declared(given)
  check_period(spec)
  check_measures(spec.measures)
  local names, months = nil, phase.months(spec.from, spec.to)
  local first <const> = months[1]
  local shown = first
  if spec.by == "year" then
    names, months, shown = years(spec.from, spec.to)
  end
  check_past(model, spec, names, months)
  local columns <const> = { { name = spec.by, display = "text", values = names or months } }
  for _, name in ipairs(spec.measures) do
    local display <const>, money <const> = display_of(model, name)
    local function add(column, how)
      column.display, column.values = display, {}
      for index, month in progress.each("months", months) do
        local asked <const> = question(spec, money, month, first)
        asked.risk = how
        column.values[index] = total.plain(model, name, asked)
      end
      columns[#columns + 1] = column
    end
    add { name = name }
    if spec.risk then
      add({ name = name .. " risk-adjusted", measure = name, rest = " risk-adjusted" }, spec.risk)
    end
  end
  local about <const> = said(model, spec, first)
  about.shows, about.prices = { measures = spec.measures, by = { spec.by } }, spec.prices
  about.notes = risk_notes(model, spec, months[#months], first)
  about.at, about.to = shown, months[#months]
  return frame.from { keys = { spec.by }, columns = columns, about = model:about(about) }
end

return phase
