-- SPDX-License-Identifier: Apache-2.0
-- What a post costs a year: salary by band and point, and what the employer pays on top. Every component is rounded half up to the penny, as
-- payroll does. National Insurance is due above a threshold per employment, so the cost is not linear in WTE: two half-time posts cost £750 less
-- than one full-time one (15 % of £5,000, 2025/26).

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local rates <const> = {}

---@class remit.rates
local Rates <const> = plain.class { __name = "remit.rates" }

local MICRO <const> = 1000000
local PERCENT_UNIT <const> = 100 * MICRO -- a rate is kept in millionths of a per cent

local view_components <const> = {
  employer = { "national_insurance", "pension", "apprenticeship_levy" },
  economic = { "national_insurance", "pension_full", "apprenticeship_levy" },
}

local function share(amount, rate)
  return fault.check(core.number.scale(amount, rate, PERCENT_UNIT, "half_up"))
end

local function folded(label)
  return core.text.fold(label) or label
end

local function read_salaries(self, table)
  local state <const> = state_of[self]
  local years <const>, bands <const>, names <const>, salaries <const> = table:column "year", table:column "band", table:column "point", table:column "salary"
  for row = 1, table:rows() do
    if years:get(row) == state.year then
      local band <const>, point <const> = bands:get(row), names:get(row)
      state.salaries[band .. "\0" .. point] = salaries:get(row)
      state.rows[band .. "\0" .. point] = row
      local points <const> = state.points[band] or {}
      points[#points + 1] = point
      state.points[band] = points
    end
  end
end

-- The rate in force in the year's first month: the latest that had begun by then.
local function read_on_costs(self, table)
  local state <const> = state_of[self]
  local begins <const> = core.calendar.month_of_year(fault.check(core.calendar.year(state.year)))
  local since <const> = {}
  for row = 1, table:rows() do
    local employer <const>, component <const> = table:column("employer_type"):get(row), table:column("component"):get(row)
    local from <const> = table:column("from"):get(row)
    local name <const> = folded(employer)
    local key <const> = name .. "\0" .. component
    if from <= begins and from >= (since[key] or from) then
      since[key] = from
      local rate <const> = fault.check(core.number.parse(table:column("rate"):get(row), { decimals = 6, percent = true }))
      state.on_costs[name] = state.on_costs[name] or {}
      state.employers[employer] = true
      state.on_costs[name][component] = { rate = rate, threshold = table:column("threshold"):get(row), row = row }
    end
  end
end

---The rates of a year from a pack's tables.
---@param pay_points table core table
---@param on_costs table core table
---@param year string "2025/26"
---@param view? "employer"|"economic"
---@return remit.rates
function rates.new(pay_points, on_costs, year, view)
  local self <const> = object.new(Rates, { year = year, view = view or "employer", salaries = {}, rows = {}, points = {}, on_costs = {}, employers = {},
    lacks = {} })
  read_salaries(self, pay_points)
  read_on_costs(self, on_costs)
  return self
end

---A full-time year's salary in pence, or nil and why there is none.
---@param band string?
---@param point string?
---@return integer? pence, string? message
function Rates:salary_pence(band, point)
  local state <const> = state_of[self]
  local known <const> = state.points[band or ""]
  if not band then
    return nil, "no cost, and no band to work it out from"
  elseif next(state.points) == nil then
    return nil, ("no cost, and there are no pay points for %s"):format(state.year)
  elseif not known then
    return nil, ("no cost, and band %s has no pay points in %s: give the post its cost"):format(band, state.year)
  end
  local salary <const> = point and state.salaries[band .. "\0" .. point]
  if not point then
    return nil, ("no cost, and no pay point; band %s has %s"):format(band, table.concat(known, ", "))
  elseif not salary then
    return nil, ("no cost, and no pay point '%s' in band %s, which has %s"):format(point, band, table.concat(known, ", "))
  end
  return salary
end

local function lacking_of(self, employer_type)
  local state <const> = state_of[self]
  local on_costs <const> = state.on_costs[folded(employer_type)]
  if next(state.on_costs) == nil then
    return { { message = ("there are no on-costs for %s"):format(state.year) } }
  elseif not on_costs then
    return { { employer = true, message = ("no on-costs for employer type '%s' in %s; there are some for %s"):format(employer_type, state.year,
      table.concat(plain.keys(state.employers), ", ")) } }
  end
  local list <const> = {}
  for _, component in ipairs(view_components[state.view]) do
    if not on_costs[component] then
      list[#list + 1] = { message = ("no rate of %s for employer type '%s' is in force when %s begins: give one, 0%% if there is none to pay"):format(
        component, employer_type, state.year) }
    end
  end
  return list
end

---What the on-costs of an employer lack to cost a post, each as { message, employer? }; `employer` when the employer type itself is not known.
---@param employer_type string
---@return table[]
function Rates:lacking(employer_type)
  local lacking <const> = state_of[self].lacks[employer_type] or lacking_of(self, employer_type)
  state_of[self].lacks[employer_type] = lacking
  return lacking
end

local function employments_of(wte)
  return math.max(1, (wte + MICRO - 1) // MICRO)
end

---What one post costs, component by component, in pence. A post above 1 WTE is as many equal employments as it takes.
---@param salary integer pence a full-time year
---@param wte integer micro-WTE
---@param employer_type string
---@return table<string, integer>? components with salary and total, string? message
function Rates:components(salary, wte, employer_type)
  local state <const> = state_of[self]
  local lacking <const> = self:lacking(employer_type)
  if #lacking > 0 then
    return nil, lacking[1].message
  end
  local on_costs <const> = state.on_costs[employer_type] or state.on_costs[folded(employer_type)]
  local pay <const> = fault.check(core.number.scale(salary, wte, MICRO, "half_up"))
  local employments <const> = employments_of(wte)
  local parts <const> = { salary = pay, total = pay }
  for _, component in ipairs(view_components[state.view]) do
    local one <const> = on_costs[component]
    local amount <const> = share(math.max(0, pay - employments * one.threshold), one.rate)
    parts[component] = amount
    parts.total = parts.total + amount
  end
  return parts
end

---@class remit.rates.part a component of what a post costs
---@field name string
---@field pence integer
---@field row integer of pay_points.csv for the salary, of on_costs.csv for the others
---@field rate? integer of what is above the threshold, in millionths of a per cent
---@field threshold? integer pence an employment
---@field employments? integer that the post is for this

---What one post costs, in the order in which it adds up: its salary by band and point, and each on-cost with its rate. Only of what `components` can cost.
---@param band string
---@param point string
---@param wte integer micro-WTE
---@param employer_type string
---@return remit.rates.part[]
function Rates:parts(band, point, wte, employer_type)
  local state <const> = state_of[self]
  local key <const> = band .. "\0" .. point
  local pence <const> = fault.check(self:components(state.salaries[key], wte, employer_type))
  local list <const> = { { name = "salary", pence = pence.salary, row = state.rows[key] } }
  for index, component in ipairs(view_components[state.view]) do
    local one <const> = state.on_costs[folded(employer_type)][component]
    list[index + 1] = { name = component, pence = pence[component], row = one.row, rate = one.rate, threshold = one.threshold,
      employments = employments_of(wte) }
  end
  return list
end

local declared <const> = args.declare { name = "rates:cost", doc = "What a post costs a year, component by component.",
  example = 'remit.rates { year = "2025/26" }:cost { band = "8a", point = "top" }.total',
  { name = "band", kind = "string", doc = "the pay band" },
  { name = "point", kind = "string", doc = "entry, intermediate or top" },
  { name = "salary", kind = "money", doc = "a full-time year's salary, instead of band and point" },
  { name = "wte", kind = "number", default = 1, doc = "whole-time equivalents" },
  { name = "employer_type", kind = "string", default = "nhs", doc = "nhs or council" },
}

local components <const> = { "salary", "national_insurance", "pension", "pension_full", "apprenticeship_levy", "total" }

local LARGEST <const> = 1000000000

local function in_range(name, value, places)
  if value < 0 or value > LARGEST then
    fault.raise { code = "rates", message = ("%s: %s is not between 0 and %d"):format(name, tostring(value), LARGEST) }
  end
  return fault.check(exact.integer(value, places))
end

---Salary, on-costs and total in pounds.
---@param given { band?: string, point?: string, salary?: number, wte?: number, employer_type?: string }
---@return table<string, number>
function Rates:cost(given)
  local spec <const> = declared(given)
  local salary, message, parts
  if spec.salary then
    salary = in_range("salary", spec.salary, 2)
  else
    salary, message = self:salary_pence(spec.band, spec.point)
  end
  if salary then
    parts, message = self:components(salary, in_range("wte", spec.wte, 6), spec.employer_type)
  end
  if not parts then
    fault.raise { code = "rates", message = message }
  end
  local pounds <const> = {}
  for _, name in ipairs(components) do
    pounds[name] = parts[name] and exact.pounds(parts[name])
  end
  return pounds
end

local declared_rates <const> = args.declare { name = "rates", doc = "Pay rates of a year: salaries and what the employer pays on top.",
  example = 'remit.rates { year = "2025/26" }:cost { band = "8a", point = "top" }.total',
  { name = "year", kind = "string", required = true, doc = "a financial year such as 2025/26" },
  { name = "view", kind = { "employer", "economic" }, default = "employer", doc = "whether the pension paid centrally is left out or counted" },
}

---The rates of the shipped vocabulary.
---@param given { year: string, view?: "employer"|"economic" }
---@return remit.rates
function rates.shipped(given)
  local spec <const> = declared_rates(given)
  local tables <const> = require("remit.pack").vocabulary()
  local made <const> = rates.new(tables.pay_points, tables.on_costs, spec.year, spec.view)
  if next(state_of[made].points) == nil then
    fault.raise { code = "rates", message = ("there are no pay points for %s"):format(spec.year) }
  end
  return made
end

object.guard(Rates, "rates", { "cost" }, { "year", "view" })

return rates
