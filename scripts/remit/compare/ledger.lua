-- SPDX-License-Identifier: Apache-2.0
-- The ledgers of two scenarios against each other, over the months in which they differ.

local changes <const> = require "remit.changes"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local ledger <const> = require "remit.transfers.ledger"
local plan <const> = require "remit.scenario.plan"
local state_of <const> = require "remit.state_of"

local between <const> = {}

-- A scenario's changes by what they say, with what the scenario makes of their parameters.
local function changes_of(model)
  local found <const> = {}
  for _, change in ipairs(plan.changes(model)) do
    local words <const> = { changes.canonical(change) }
    for _, id in ipairs(changes.parameters(change)) do
      words[#words + 1] = changes.value_text(state_of[model].params[id])
    end
    found[table.concat(words, "\n")] = change
  end
  return found
end

local function first_month(model, change)
  local first = plan.month(state_of[model].plan:first_month(change))
  return change.shadow and math.min(first, plan.month(change.shadow)) or change.golive and math.min(first, plan.month(change.golive)) or first
end

-- The first month in which a change of one bites that the other does not have.
local function begins(one, other)
  local of_other <const>, first = changes_of(other), nil
  for text, change in pairs(changes_of(one)) do -- the smallest: order does not matter
    if not of_other[text] then
      local month <const> = first_month(one, change)
      first = first and math.min(first, month) or month
    end
  end
  return first or math.maxinteger
end

-- Months in which they differ, as far as that can be told from the changes; other data differ from the beginning.
local function span(first, last, spec)
  local as_at <const> = plan.month(state_of[last].settings.as_at)
  local from, to <const> = math.min(begins(first, last), begins(last, first)), math.max(state_of[first].plan:last_month(), state_of[last].plan:last_month())
  local of_one_base <const> = state_of[first].root:hash() == state_of[last].root:hash()
  from = of_one_base and from < math.maxinteger and math.max(as_at, from) or as_at
  return spec.from or core.calendar.month_text(math.min(from, spec.to and plan.month(spec.to) or from)),
    spec.to or core.calendar.month_text(math.max(from, to, spec.from and plan.month(spec.from) or to))
end

---@param first remit.model
---@param last remit.model
---@param spec { from?: string, to?: string, basis: string, envelope?: remit.envelope, title: string, notes: string[] }
---@return remit.frame
function between.run(first, last, spec)
  for _, model in ipairs { first, last } do
    if not state_of[model].plan then
      fault.raise { code = "compare", message = "ledgers are of scenarios: a model without changes hands nothing over",
        hints = { 'base:scenario("as it is", {})' } }
    end
  end
  spec.open_from, spec.open_to = not spec.from, not spec.to
  spec.from, spec.to = span(first, last, spec)
  return ledger.between(first, last, spec)
end

return between
