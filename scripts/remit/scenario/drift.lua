-- SPDX-License-Identifier: Apache-2.0
-- What a change selects is fixed in its first month. When a list below it later moves lines into or out of what it names, readers are told.

local core <const> = require "remit.core"
local plan <const> = require "remit.scenario.plan"
local state_of <const> = require "remit.state_of"

local drift <const> = {}

-- The moves of the lists below, once a change and month, that begin or end while a change lasts.
local function later_moves(self, change, month)
  local list <const>, seen <const> = {}, {}
  for _, operation in ipairs(self.depth > 0 and self.operations or {}) do
    local move <const> = operation.change
    for _, bound in ipairs(operation.effect == "recode" and operation.layer < self.depth and { "from", "to" } or {}) do
      local at <const> = move[bound] and plan.month(move[bound])
      seen[move] = seen[move] or {}
      if at and at > month and (not change.to or at < plan.month(change.to)) and not seen[move][at] then
        seen[move][at] = true
        list[#list + 1] = { at = at, move = move, rows = operation.where:rows() }
      end
    end
  end
  return list
end

local function counted(before, after)
  local held <const>, left, joined = {}, #before, 0
  for _, row in ipairs(before) do
    held[row] = true
  end
  for _, row in ipairs(after) do
    left, joined = held[row] and left - 1 or left, held[row] and joined or joined + 1
  end
  return left, joined
end

local function lines(count)
  return count == 1 and "the line" or ("the %d lines"):format(count)
end

---Tells of the moves below that a change does not follow.
---@param self remit.plan
---@param change remit.change
---@param month integer in which it selects
---@param select_in fun(view: remit.model): remit.selection
function drift.warn(self, change, month, select_in)
  for _, one in ipairs(later_moves(self, change, month)) do
    local now <const>, later <const> = self:view(month), self:view(one.at)
    local left <const>, joined <const> = counted(select_in(now):on(state_of[now].lines:take(one.rows), ""):rows(),
      select_in(later):on(state_of[later].lines:take(one.rows), ""):rows())
    local when <const> = ("%s: it selects in %s"):format(core.calendar.month_text(one.at), core.calendar.month_text(month))
    if left > 0 then
      self:warn(change, " keeps %s that %s takes elsewhere in %s", lines(left), plan.name_of(one.move), when)
    end
    if joined > 0 then
      self:warn(change, " does not touch %s that %s brings in %s", lines(joined), plan.name_of(one.move), when)
    end
  end
end

return drift
