-- SPDX-License-Identifier: Apache-2.0
-- What receivers spend on what they take over: as given, or the staff who move at their own employer type.

local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local fault <const> = require "remit.fault"
local plan <const> = require "remit.scenario.plan"
local rows <const> = require "remit.scenario.rows"
local state_of <const> = require "remit.state_of"
local sums <const> = require "remit.transfers.sums"

local receivers <const> = {}

local ONE <const>, MILLION <const> = plan.ONE, 1000000

-- Full cost at another employer of the filled posts that packages touch, by trail, in pence: once per distinct (band, point, WTE, trail).
local function cost_by_trail(model, compiled, employer_type)
  local lines <const> = compiled:traced()
  local filled <const> = fault.check(core.selection.test(lines, "kind", "pay")) & fault.check(core.selection.test(lines, "vacant", "false"))
  local posts <const> = filled:take()
  local groups <const> = fault.check(posts:distinct { "band", "point", "wte", "cost", plan.TRAIL })
  local pay <const> = rows.rates(state_of[model].root)
  local band <const>, point <const>, wte <const>, cost <const> = posts:column "band", posts:column "point", posts:column "wte", posts:column "cost"
  local costs <const> = {}
  for group = 1, groups:count() do
    local row <const> = groups:first(group)
    local salary <const> = pay:salary_pence(band:get(row), point:get(row))
    costs[group] = salary and fault.check(pay:components(salary, wte:get(row), employer_type)).total or cost:get(row)
  end
  local made <const> = core.table.new(posts:rows()):add(plan.TRAIL, posts:column(plan.TRAIL))
  local none <const> = core.table.new(posts:rows()):add("cost", core.column.same(false, posts:rows(), "pence"))
  made:add("cost", fault.check(none:fill("cost", groups, costs)))
  return fault.check(core.pivot.run(made, { by = { plan.TRAIL }, measures = { { name = "cost", column = "cost" } } }))
end

-- The same, once a scenario and employer type.
local function staff_cost(model, compiled, employer_type)
  local known <const> = compiled.staff_costs or {}
  compiled.staff_costs = known
  known[employer_type] = known[employer_type] or cost_by_trail(model, compiled, employer_type)
  return known[employer_type]
end

---What money that a package states rises by, of which nobody says what it is spent on; an error names the package.
---@param change remit.change
---@param uplift? remit.uplift
---@return integer in units of 10^-12
function receivers.rise(change, uplift)
  return uplift and plan.naming(change, function()
    return uplift.rate "cost"
  end) or ONE
end

---What a package's receiver spends a year in a month: of what is given as much as has left by the profile, or the staff who move.
---@param model remit.model
---@param compiled remit.plan
---@param entry table
---@param month integer
---@param uplift? remit.uplift to other prices: staff rise as pay does, a given cost as cost
---@return integer high, integer low
function receivers.halves(model, compiled, entry, month, uplift)
  local change <const> = entry.change
  if not entry.accounts.moved then
    return 0, 0
  elseif entry.receiver_pence then
    local factor <const> = fault.check(core.number.scale(ONE, entry.gone(month)))
    return sums.amount(entry.receiver_pence, fault.check(core.number.scale(factor, receivers.rise(change, uplift), ONE)))
  end
  local factors <const>, share <const> = fault.check(compiled.set:factors(month, entry.accounts.moved, plan.WTE)), effects.staff(change, "tupe")
  for code = 0, #factors do
    factors[code] = fault.check(core.number.scale(factors[code], share, MILLION))
    factors[code] = uplift and fault.check(core.number.scale(factors[code], uplift.rate "pay", ONE)) or factors[code]
  end
  return sums.weighed(staff_cost(model, compiled, rows.employer_type(state_of[model].root, entry.receiver)), factors)
end

---The same in pence, rounded once.
---@return integer
function receivers.pence(model, compiled, entry, month, uplift)
  local high <const>, low <const> = receivers.halves(model, compiled, entry, month, uplift)
  return sums.settled({ { receiver = "it", part = "all", high = high, low = low } }, "receiver", "part", 1).it.all
end

return receivers
