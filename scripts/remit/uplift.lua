-- SPDX-License-Identifier: Apache-2.0
-- Prices of another year: what the yearly uplifts of uplifts.csv make of money, by kind of line. A rate of 2026/27 leads from the prices of 2025/26 to
-- those of 2026/27; the way back divides.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local state_of <const> = require "remit.state_of"

local uplift <const> = {}

---@class remit.uplift
---@field prices string the financial year
---@field kinds { kinds?: string, rate: integer }[] for each kind of line (a test; nil for all) what its money is multiplied by, in units of 10^-12
---@field rate fun(kind: string): integer

local ONE <const> = 1000000000000
local KINDS <const> = { "pay", "nonpay", "income", "vacancy_factor" }
local MEASURE_OF <const> = { vacancy_factor = "pay" } -- pay that is not spent rises as pay does

local function refuse(message, ...)
  fault.raise { code = "prices", message = message:format(...),
    hints = { "uplifts.csv: year,measure,rate, with measure pay, nonpay, income, or cost for the others" } }
end

---A financial year as it is written, for declarations.
---@param value any
---@return string? year, string? message
function uplift.year(value)
  local year <const> = type(value) == "string" and core.calendar.year(value)
  if year then
    return core.calendar.year_text(year)
  end
  return nil, ("prices are those of a financial year such as \"2026/27\"%s"):format(type(value) == "string" and ", not '" .. value .. "'" or "")
end

-- The factor of each year and measure.
local function read(model)
  local source <const>, rates <const> = state_of[model].sources.uplifts, {}
  for row = 1, source and source.table:rows() or 0 do
    local label <const>, text <const> = source.table:column("year"):get(row), source.table:column("rate"):get(row)
    local year <const> = core.calendar.year(label)
    local rate <const> = core.number.parse(text, { decimals = 6, percent = true })
    if not year then
      refuse("uplifts.csv: '%s' is not a financial year such as \"2026/27\"", label)
    elseif not rate or rate <= -100000000 then
      refuse("uplifts.csv: a rate of '%s' leaves no prices", text)
    end
    rates[year] = rates[year] or {}
    rates[year][source.table:column("measure"):get(row)] = ONE + rate * 10000
  end
  return rates
end

local function chain(rates, kind, from, to)
  local factor, measure <const> = ONE, MEASURE_OF[kind] or kind
  for year = math.min(from, to) + 1, math.max(from, to) do
    local one <const> = rates[year] and (rates[year][measure] or rates[year].cost)
    if not one then
      refuse(next(rates) and "no uplift of %s to the prices of %s" or "no uplift of %s to the prices of %s: this pack has no uplifts", measure,
        core.calendar.year_text(year))
    end
    factor = fault.check(core.number.scale(factor, one, ONE))
  end
  return to < from and fault.check(core.number.scale(ONE, ONE, factor)) or factor
end

local function of_kinds(model, rate)
  local lines <const>, groups <const>, alike = state_of[model].plan and state_of[model].plan.lines or state_of[model].lines, {}, true
  for _, kind in ipairs(KINDS) do
    if fault.check(core.selection.test(lines, "kind", kind)):count() > 0 then
      groups[#groups + 1] = { kinds = kind, rate = rate(kind) }
      alike = alike and groups[#groups].rate == groups[1].rate
    end
  end
  return (alike and #groups > 0) and { { rate = groups[1].rate } } or groups
end

---What leads from a model's prices to others; nil when they are the same.
---@param model remit.model
---@param prices? string
---@return remit.uplift?
function uplift.of(model, prices)
  local base <const> = state_of[model].settings.price_base
  if not prices or prices == base then
    return nil
  elseif not state_of[model].posts_kind then
    refuse("prices of other years are of an establishment's cost: this pack has lines of its own")
  elseif not base or not core.calendar.year(base) then
    refuse("this pack does not say in which year's prices its money is: \"price_base\" in datapackage.json")
  elseif core.calendar.year(base) == core.calendar.year(prices) then
    return nil
  end
  local rates <const>, known <const> = read(model), {}
  local function rate(kind)
    known[kind] = known[kind] or chain(rates, kind, core.calendar.year(base), core.calendar.year(prices))
    return known[kind]
  end
  return { prices = prices, kinds = of_kinds(model, rate), rate = rate }
end

return uplift
