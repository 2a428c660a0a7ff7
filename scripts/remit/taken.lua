-- SPDX-License-Identifier: Apache-2.0
-- What each kind of lines gave to a cut that takes from one after another (`take`): what was there, what was taken, what is left. A kind that comes first may
-- be emptied while the whole cut looks modest.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local state_of <const> = require "remit.state_of"

local taken <const> = {}

local declared <const> = args.declare { name = "taken", doc = "What vacancies, non-pay and posts each gave to a cut that takes from one after another.",
  example = 'print(plan:taken { at = "2027-04" })',
  { name = "at", kind = "month", doc = "the month" },
}

---@class remit.taken one kind of one cut, in a month
---@field change remit.change
---@field kind "vacancies"|"nonpay"|"posts"
---@field was integer pence that were there when its turn came: the lists below and all other changes of its own list have had theirs
---@field pence integer that it gave
---@field wte integer micro-WTE that it gave
---@field account integer
---@field operation table
---@field cut integer[]

-- Operations of cuts that are in force, each with the numbers of all of its cut, which stand together.
local function operations_of(self)
  local list <const> = {}
  for _, operation in ipairs(self.plan.operations) do
    local change <const>, account <const> = operation.change, self.plan.accounts[operation.account]
    local kind <const> = account and account.kind:match "^taken (.+)$"
    if kind and plan.month(change.from) <= self.month and not (change.to and plan.month(change.to) <= self.month) then
      local last <const> = list[#list]
      local same <const> = last and last.change == change and last.operation.layer == operation.layer
      list[#list + 1] = { change = change, kind = kind, account = operation.account, operation = operation, cut = same and last.cut or {} }
      table.insert(list[#list].cut, operation.number)
    end
  end
  return list
end

-- Cost and WTE by trail, before any change.
local function sums_of(self)
  local cells <const>, sums <const> = self:cells({}, { { name = "cost", column = "cost" }, { name = "wte", column = "wte" } }),
    { [plan.COST] = self:same(0), [plan.WTE] = self:same(0) }
  for row = 1, cells:rows() do
    local code <const> = cells:column(plan.TRAIL):code(row)
    sums[plan.COST][code], sums[plan.WTE][code] = cells:column("cost"):get(row) or 0, cells:column("wte"):get(row) or 0
  end
  return sums
end

-- What was there of a channel, and what of it is taken.
local function taken_of(self, one, channel, sums, without)
  local was <const> = fault.check(self.plan.set:before(self.month, one.operation.number, channel, sums[channel], without))
  return was, was - fault.check(core.number.scale(was, self:left_by(one.operation), plan.ONE))
end

local FILLED <const> = { kind = "pay", vacant = false }

local function people_of(self, one)
  if one.kind ~= "posts" then
    return state_of[self.view].assignments and 0
  end
  local people <const> = self:people(self:rows(FILLED, self:factors({ [one.account] = 1000000 }, plan.WTE)))
  if not people then
    return nil
  end
  local counted <const> = fault.check(core.pivot.run(people, { by = {}, measures = { { name = "heads", column = "person", how = "distinct" } } }))
  return counted:column("heads"):get(1) or 0
end

---Every kind of every such cut that is in force in a month, in the order of the changes and of their `take`.
---@param self remit.effects
---@return remit.taken[]
function taken.of(self)
  local list <const> = operations_of(self)
  local sums <const> = #list > 0 and sums_of(self)
  for _, one in ipairs(list) do
    one.was, one.pence = taken_of(self, one, plan.COST, sums, one.cut)
    one.wte = one.kind ~= "nonpay" and select(2, taken_of(self, one, plan.WTE, sums, one.cut)) or 0
  end
  return list
end

local function columns_of(with_people)
  return { { name = "change", display = "text" }, { name = "kind", display = "text", words = { "vacancies", "nonpay", "posts" } },
    { name = "was", title = "was there £ a year", display = "£" }, { name = "taken", title = "taken £ a year", display = "£" },
    { name = "left", title = "left £ a year", display = "£" }, { name = "share", title = "taken %", display = "%" },
    { name = "wte", title = "WTE taken", display = "WTE" }, with_people and { name = "people", title = "people", display = "count" } or nil }
end

local function row_of(self, one)
  return { change = one.change.id or one.change.kind, kind = one.kind, was = exact.pounds(one.was), taken = exact.pounds(one.pence),
    left = exact.pounds(one.was - one.pence), share = one.was ~= 0 and one.pence / one.was or false, wte = core.number.plain(one.wte, "micro"),
    people = people_of(self, one) }
end

---@param model remit.model
---@param given { at: string }
---@return remit.frame
function taken.run(model, given)
  local spec <const> = declared(given)
  local self <const> = effects.asked(model, spec.at, "taken")
  local rows <const>, with_people <const> = {}, state_of[self.view].assignments ~= nil
  for index, one in ipairs(taken.of(self)) do
    rows[index] = row_of(self, one)
  end
  local notes <const> = { #rows == 0 and "No cut takes from one kind after another." or "Was there: when the turn of the kind came.",
    with_people and #rows > 0 and "People: everybody in a post that is taken from, whole or in part." or nil }
  return frame.from { keys = { "change", "kind" }, columns = plain.filled(rows, columns_of(with_people)), rows = #rows,
    about = model:about { title = "Taken, by kind", at = spec.at, basis = "funded", notes = notes } }
end

return taken
