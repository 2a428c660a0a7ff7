-- SPDX-License-Identifier: Apache-2.0
-- Savings by name that nobody has said where from: a scale of the cost of posts alone. Each with the WTE that it would take at average cost.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"

local unidentified <const> = {}

local declared <const> = args.declare { name = "unidentified", doc = "Savings that nobody has said where from, and the WTE that each would take.",
  example = 'print(plan:unidentified { at = "2027-04" })',
  { name = "at", kind = "month", doc = "the month" },
}

-- Scales of cost alone, with what they leave of their lines in the month.
local function scales(self)
  local list <const> = {}
  for _, operation in ipairs(self.plan.operations) do
    local change <const>, account <const>, factor <const> = operation.change, self.plan.accounts[operation.account], self:left_by(operation)
    if account and account.kind == "saved" and change.kind == "scale" and change.measure == "cost" and factor < plan.ONE then
      list[#list + 1] = { change = change, account = operation.account, factor = factor }
    end
  end
  return list
end

-- Of each trail what there would be more without the scale: of what other changes leave, for what they close is saved by them.
local function missing(self, one, taken)
  local own <const>, made <const> = self:own(plan.COST), {}
  for code = 0, #taken do
    made[code] = taken[code] > 0 and (one.factor == 0 and taken[code] or fault.check(core.number.scale(own[code], plan.ONE - one.factor, one.factor))) or 0
  end
  return made
end

-- Factors that are one for trails that an account takes from, else nothing.
local function touched(factors)
  local made <const> = {}
  for code = 0, #factors do
    made[code] = factors[code] > 0 and plan.ONE or 0
  end
  return made
end

---Each such saving in a month: the amount in pence, and in micro-WTE what it would take at the average cost of the posts that it touches.
---@param self remit.effects
---@return { change: remit.change, pence: integer, wte: integer, average: integer }[]
function unidentified.of(self)
  local list <const> = {}
  local cells <const> = self:cells({}, { { name = "cost", column = "cost" }, { name = "wte", column = "wte" } }, self:where { kind = "pay" })
  for _, one in ipairs(scales(self)) do
    local factors <const> = self:factors({ [one.account] = 1000000 }, plan.COST)
    local pence <const>, all <const> = self:sum(cells, "cost", missing(self, one, factors)), touched(factors)
    local cost <const>, wte <const> = self:sum(cells, "cost", all), self:sum(cells, "wte", all)
    if pence > 0 and cost > 0 and wte > 0 then
      list[#list + 1] = { change = one.change, pence = pence, wte = fault.check(core.number.scale(wte, pence, cost)),
        average = fault.check(core.number.scale(cost, 1000000, wte)) }
    end
  end
  return list
end

---@param model remit.model
---@param given { at: string }
---@return remit.frame
function unidentified.run(model, given)
  local spec <const> = declared(given)
  local rows <const> = {}
  for row, one in ipairs(unidentified.of(effects.asked(model, spec.at, "unidentified"))) do
    rows[row] = { change = one.change.id or "scale", saving = exact.pounds(one.pence), average = exact.pounds(one.average),
      wte = core.number.plain(one.wte, "micro"), why = one.change.why or false, owner = one.change.owner or false }
  end
  local columns <const> = plain.filled(rows, { { name = "change", display = "text" }, { name = "saving", title = "unidentified £ a year", display = "£" },
    { name = "average", title = "average cost of a WTE £", display = "£" }, { name = "wte", title = "WTE that it would take", display = "WTE" },
    { name = "why", display = "text" }, { name = "owner", display = "text" } })
  return frame.from { keys = { "change" }, columns = columns, rows = #rows, about = model:about { title = "Unidentified savings", at = spec.at,
    basis = "funded", notes = { #rows == 0 and "None." or "Cost of posts that is scaled without take: no staff consequence is stated." } } }
end

return unidentified
