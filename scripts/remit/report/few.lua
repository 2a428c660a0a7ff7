-- SPDX-License-Identifier: Apache-2.0
-- How many posts are behind what a report says of packages: money that is by few posts is nearly a salary, in whichever table it stands.

local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local plan <const> = require "remit.scenario.plan"
local risk <const> = require "remit.risk"
local state_of <const> = require "remit.state_of"

local few <const> = {}

local ALL <const> = 1000000

-- Posts of which something is in some accounts: those with somebody in them, or where there are none all.
local function posts(self, picks)
  local factors <const> = self:factors(self:accounts(function(account)
    return account.kind == "moved" and picks(account) and ALL or nil
  end), plan.WTE)
  for _, tests in ipairs { { kind = "pay", vacant = false }, { kind = "pay" } } do
    local seen <const>, ids <const> = {}, self.lines:column "id"
    local count = 0
    for _, row in ipairs(self:rows(tests, factors)) do
      count, seen[ids:get(row)] = count + (seen[ids:get(row)] and 0 or 1), true
    end
    if count > 0 then
      return count
    end
  end
  return 0
end

---The posts behind each transfer, in the order of cost_shift, and the fewest behind any transfer or receiver.
---@param model remit.model
---@return integer[] counts, integer? fewest nil when nothing that has posts is transferred
function few.transferred(model)
  local compiled <const>, counts <const>, seen <const> = state_of[model].plan, {}, {}
  if #compiled.transfers == 0 then
    return counts, nil
  end
  local self <const>, fewest = effects.of(model, core.calendar.month_text(compiled:last_month()), "report"), nil
  local function take(count)
    fewest = count > 0 and math.min(fewest or count, count) or fewest
  end
  for index, entry in ipairs(compiled.transfers) do
    counts[index] = posts(self, function(account)
      return account.change == entry.change
    end)
    take(counts[index])
    if not seen[entry.receiver] then
      seen[entry.receiver] = true
      take(posts(self, function(account)
        return account.receiver == entry.receiver
      end))
    end
  end
  return counts, fewest
end

---The lines that each change of a scenario touches, by its name in tables; the fewest where several have one name.
---@param model remit.model
---@return table<string, integer>
function few.touched(model)
  local lines <const> = {}
  for _, layer in ipairs(state_of[model].layers) do
    for _, change in ipairs(layer.changes) do
      local name <const>, count <const> = change.id or change.kind, state_of[model].plan:touched(change) or 0
      lines[name] = math.min(lines[name] or count, count)
    end
  end
  return lines
end

---Whether the changes picked, if any, all rest on one rung of the ladder of confidence: a risk-adjusted figure says no more of them then than their sum.
---Confidence that nobody has stated is none.
---@param model remit.model
---@param picks fun(change: remit.change): boolean
---@return boolean
function few.on_one_rung(model, picks)
  local rungs = 0
  for _, step in ipairs(risk.steps(model, "confidence") or {}) do
    local any = false
    for _, change in ipairs(step.changes) do
      any = any or picks(change)
    end
    rungs = rungs + (any and 1 or 0)
  end
  return rungs <= 1
end

return few
