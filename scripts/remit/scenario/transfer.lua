-- SPDX-License-Identifier: Apache-2.0
-- A package that is handed over, said in the core's operations: what leaves month by month, what stays behind for a time, what runs twice and what
-- money goes with it.

local chosen <const> = require "remit.scenario.chosen"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local reuse <const> = require "remit.scenario.reuse"
local rows <const> = require "remit.scenario.rows"
local shares <const> = require "remit.scenario.shares"
local state_of <const> = require "remit.state_of"

local transfer <const> = {}

local ONE <const>, COST <const> = plan.ONE, plan.COST

-- The place's part of a line that belongs to no place.
local function split_of(self, change, place)
  local split <const> = change.split
  if not split then
    return 0
  elseif split.share then
    return self:share(split.share, "split.share")
  end
  return shares.of(self.root, place, split)
end

-- What has left of a share k months after go-live, of `months`, by profile.
local released <const> = {
  step = function() return 1, 1 end,
  linear = function(k, months) return k, months end,
  front = function(k, months) return k * (2 * months + 1 - k), months * (months + 1) end, -- the first month the most, falling evenly
  back = function(k, months) return k * (k + 1), months * (months + 1) end,
}

local function part(share, numerator, denominator)
  return fault.check(core.number.scale(share, numerator, denominator))
end

-- How much has left in the k-th month from go-live, as a fraction.
local function gone(change, k)
  if k < 1 then
    return 0, 1
  end
  return released[change.profile](math.min(k, change.months), change.months)
end

-- Month by month from go-live on: how much of `share` has left, and how much of that is stranded.
local function leaving(self, change, share, golive)
  local stranded <const> = change.stranded and self:share(change.stranded.share, "stranded.share") or 0
  local tail <const> = stranded > 0 and change.stranded.months or 0
  local left <const>, held <const> = {}, {}
  for k = 1, math.max(change.months, tail + 1) do
    local whole <const> = part(share, gone(change, k))
    local behind <const> = tail > 0 and part(part(whole, stranded, ONE), math.max(tail - (k - 1), 0), tail) or 0
    left[k], held[k] = { golive + k - 1, whole - behind }, { golive + k - 1, behind }
  end
  return left, held
end

local function slipped(change)
  local months <const> = tonumber(change.if_not_ready:match "^slip (%d+)")
  for _, item in ipairs(plain.keys(change.ready)) do
    if not change.ready[item] and months then
      return months
    end
  end
  return 0
end

local function share_operation(self, entry, effect, kind, where, given, channels)
  local account <const> = self:account { kind = kind, change = entry.change, receiver = entry.receiver }
  entry.accounts[kind] = entry.accounts[kind] or {}
  table.insert(entry.accounts[kind], account)
  self:operation { effect = effect, where = where, account = account, steps = given, channels = channels, change = entry.change }
end

-- One part of a package: the place's own lines, or its share of those of the whole system.
local function transfer_part(self, entry, where, share)
  local change <const> = entry.change
  if share == 0 or reuse.count(where) == 0 then
    return
  end
  local left <const>, held <const> = leaving(self, change, share, entry.golive)
  share_operation(self, entry, "share", "moved", where, left)
  if change.stranded then
    share_operation(self, entry, "share", "stranded", where, held)
  end
  local double <const> = self:share(change.double_running, "double_running")
  if double > 0 and entry.shadow and entry.shadow < entry.golive then
    share_operation(self, entry, "extra", "double", where, { { entry.shadow, part(share, double, ONE) }, { entry.golive, 0 } }, { COST })
  end
  local resource <const> = self:share(change.resource, "resource")
  if resource > 0 then
    local money <const> = {}
    for index, step in ipairs(left) do
      money[index] = { step[1], part(step[2] + held[index][2], resource, ONE) }
    end
    share_operation(self, entry, "extra", "resource", where, money, { COST })
  end
  entry.parts[#entry.parts + 1] = { where = where, share = share }
end

-- Pounds of a field that may be a parameter, in pence.
local function pence_of(self, change, field)
  local value <const> = change[field] ~= nil and self:value(change[field], field, { "£", "£m" }) or 0
  local pence <const> = exact.finite(value) and exact.integer(value, 2)
  if not pence or pence < 0 then
    fault.raise { code = "change", message = ("%s is a number of pounds a year from 0, not %s"):format(field, tostring(value)) }
  end
  return pence
end

---@param self remit.plan
---@param change remit.change
function transfer.lower(self, change)
  local slip <const> = slipped(change)
  local golive <const> = plan.month(change.golive) + slip
  local shadow <const> = change.shadow and plan.month(change.shadow)
  local receiver <const> = rows.member(self.root, "org", change.receiver)
  for _, other in ipairs(change.alternatives) do
    rows.member(self.root, "org", other)
  end
  if receiver == state_of[self.root].settings.organisation then
    fault.raise { code = "change", message = ("the receiver is the pack's own organisation, '%s': nothing would be handed over"):format(receiver),
      hints = { "move changes the group or the place inside the ICB" } }
  elseif self:share(change.double_running, "double_running") > 0 and (not shadow or shadow >= golive) then
    self:warn(change, ": its double running has no months, for no shadow running comes before go-live")
  end
  if change.profile ~= "step" and change.months == 1 then
    self:warn(change, ": by profile '%s' over 1 month all leave at once: give the months", change.profile)
  end
  local found <const> = chosen.of(self, change, shadow or golive)
  local entry <const> = { change = change, receiver = receiver, shadow = shadow, golive = golive, slip = slip, accounts = {}, parts = {},
    delegated = pence_of(self, change, "delegated"), receiver_pence = change.receiver_cost ~= nil and pence_of(self, change, "receiver_cost") or nil,
    gone = function(month) return gone(change, month - golive + 1) end }
  self.transfers[#self.transfers + 1] = entry
  local share <const> = self:share(change.share, "share")
  if not change.place then
    return transfer_part(self, entry, found.where, share)
  end
  entry.place = rows.member(self.root, "place", change.place)
  local here <const>, everywhere <const> = found.narrowed { place = plain.quoted(entry.place) }, found.narrowed { place = "none" }
  transfer_part(self, entry, here, share)
  transfer_part(self, entry, everywhere, part(share, split_of(self, change, entry.place), ONE))
  self.count[change] = reuse.count(here) + (change.split and reuse.count(everywhere) or 0)
  local places <const> = plain.quoted(entry.place) .. (change.split and ", none" or "")
  self.touching[change] = function()
    return found.all & found.view:lines({ place = places }):on(state_of[found.view].lines, "")
  end
  if #entry.parts == 0 then
    self:warn(change, ": no lines of its functions at %s%s", entry.place, change.split and "" or
      ", and without split no part of the system-wide ones")
  end
end

return transfer
