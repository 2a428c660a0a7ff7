-- SPDX-License-Identifier: Apache-2.0
-- One figure of a model: a measure over the lines that a question selects, exact in the core's units, or as a plain number for scripts.

local answer <const> = require "remit.pivot.answer"
local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local measures <const> = require "remit.measures"
local question <const> = require "remit.pivot.question"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"
local uplift <const> = require "remit.uplift"

local total <const> = {}

local declared <const> = args.declare { name = "total", doc = "One figure as a plain number: pounds, WTE or a count.",
  example = 'print(base:total("cost", { basis = "in_post" }))',
  { name = "where", kind = "selection", doc = "a table of tests, or a selection" },
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "over", kind = "table", doc = "instead of at, as in pivot: of several months the last, mean or max" },
  measures.ANY_BASIS,
  measures.PERIOD,
  measures.FROM,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices it is" },
  measures.RISK,
}

-- The ledger's cost: what was booked in its months, as a rate a year. It knows of no changes, and has the prices that were paid.
local function actual_pence(model, spec)
  local ledger <const> = state_of[model].ledger
  if state_of[model].plan then
    fault.raise { code = "basis", message = "actual cost is what the ledger booked, and no change of a scenario is in it",
      hints = { 'basis = "in_post", or "funded"' } }
  elseif spec.prices and spec.prices ~= state_of[model].settings.price_base then
    fault.raise { code = "prices", message = "actual cost is what the ledger booked: it has no prices of another year" }
  end
  if not ledger or not state_of[model].ledger_months then
    fault.raise { code = "basis", message = "actual cost needs a general_ledger.csv with actual figures" }
  end
  local where <const> = spec.where and select.new(model, spec.where, "the ledger", nil, ledger):on(ledger, "", "the ledger")
  local rows <const> = where and where:take() or ledger
  local result <const>, message <const> = core.pivot.run(rows, { measures = { { name = "actual", column = "actual" } } })
  if not result then
    fault.raise { code = "basis", message = "the ledger: " .. message, hints = { "every ledger row needs an actual figure; 0 is one" } }
  end
  return fault.check(core.number.scale(result:column("actual"):get(1), 12, state_of[model].ledger_months))
end

local function value_of(model, name, spec)
  spec.measures, spec.by = { name }, {}
  local view <const>, _, groups <const> = question.settle(model, spec)
  local column <const> = answer.table(view, spec, groups):column(name)
  return column:get(1), column:unit()
end

---One figure, of what pivot takes with one measure and no `by`; for the toolkit's own modules.
---@param model remit.model
---@param name string
---@param spec table checked
---@return integer value, string unit
function total.of(model, name, spec)
  return value_of(model, name, setmetatable({}, { __index = spec }))
end

---The scenarios that such a figure adds up, each in its months and by its weight; none for a base as it stands.
---@param model remit.model
---@param spec table
---@return remit.weighed[]
function total.weighed(model, spec)
  local asked <const>, list <const> = setmetatable({}, { __index = spec }), {}
  question.in_month(model, asked)
  for index, rung in ipairs(asked.rungs or {}) do
    list[index] = rung.weighed
  end
  return asked.rungs and list or { asked.weighed }
end

---One figure in the core's units, for the toolkit's own sums.
---@param model remit.model
---@param name string
---@param given? table
---@return integer value, string unit
function total.exact(model, name, given)
  if type(name) ~= "string" then
    fault.raise { code = "measure", message = "total needs the name of a measure first: total(\"cost\")" }
  end
  local spec <const> = declared(given)
  local measure <const> = question.measure(model, name)
  if spec.basis == "actual" and measure.name == "cost" then
    return actual_pence(model, spec), "pence"
  end
  if spec.over then
    local over <const> = require "remit.over"
    spec.measures, spec.by = { name }, {}
    over.check(spec, model)
    if spec.over.month == "max" then
      spec.at = over.greatest(spec, function(at)
        return (total.of(model, name, setmetatable({ at = at, over = false }, { __index = spec })))
      end)
      spec.over = nil
    end
  end
  return value_of(model, name, spec)
end

---The same as a plain number: pounds, WTE or a count.
---@param model remit.model
---@param name string
---@param given? table
---@return number
function total.plain(model, name, given)
  return core.number.plain(total.exact(model, name, given))
end

---A measure's part in some accounts of a scenario, without one-off costs, in the core's units.
---@param model remit.model
---@param name string
---@param given { at?: string, accounts: integer[], basis?: string, period?: string, where?: table, prices?: string }
---@return integer value, string unit
function total.of_accounts(model, name, given)
  return value_of(model, name, { at = given.at, basis = given.basis or "funded", period = given.period or "run_rate", where = given.where,
    accounts = given.accounts, prices = given.prices })
end

---The cost in some accounts of a scenario in a month, exact: #high and #low as decision 0019 has them.
---@param model remit.model
---@param given { at: string, accounts: integer[], basis?: string, where?: remit.selection, prices?: string }
---@return integer high, integer low
function total.halves(model, given)
  local spec <const> = { measures = { "cost" }, by = {}, at = given.at, basis = given.basis, period = "run_rate", where = given.where,
    accounts = given.accounts, prices = given.prices }
  local view <const>, chosen <const> = question.settle(model, spec)
  return require("remit.scenario.figures").halves(view, spec, answer.measures_on(view, chosen, spec))
end

---The cost that counts against a cap, in pence: one-off costs that do not are left out.
---@param model remit.model
---@param given { at?: string, basis: string, period: string, where?: table, prices?: string, risk?: string }
---@return integer
function total.against_cap(model, given)
  if given.basis == "actual" then
    return (total.exact(model, "cost", given))
  end
  return (value_of(model, "cost", { at = given.at, basis = given.basis, period = given.period, where = given.where, prices = given.prices,
    capped = true, risk = given.risk }))
end

return total
