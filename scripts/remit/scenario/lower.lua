-- SPDX-License-Identifier: Apache-2.0
-- The eight changes as the core's operations: scale, share, extra and recode, rows that are appended, and factors that are solved for a target.

local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local rows <const> = require "remit.scenario.rows"
local select <const> = require "remit.select"
local shares <const> = require "remit.scenario.shares"

local lower <const> = {}

local ONE <const>, COST <const>, WTE <const>, BEGINNING <const> = plan.ONE, plan.COST, plan.WTE, plan.BEGINNING

-- ---- What most of them share ----

local function selection_of(view, change)
  for _, what in ipairs { "posts", "lines", "functions" } do
    if change[what] then
      return view[what](view, change[what])
    end
  end
end

-- The lines that a change touches, as the model below has them in its first month: rows, and the selection that they come from.
local function chosen(self, change, month)
  local view <const> = self:view(month)
  local selection = selection_of(view, change)
  if change.protect then
    selection = selection & ~view:lines(change.protect)
  end
  local found <const> = selection:on(view.state.lines, "")
  if found:count() == 0 then
    self:warn("%s selects nothing", plan.name_of(change))
  end
  return found, selection, view
end

-- A factor from one month on, and what it was again after the last.
local function steps(change, factor, after)
  local made <const> = { { plan.month(change.from), factor } }
  if change.to then
    made[2] = { plan.month(change.to), after }
  end
  return made
end

local CHANNELS <const> = { cost = { COST }, wte = { WTE } }

local function scale(self, change, where, kind, channels, given)
  return self:operation { effect = "scale", where = where, channels = channels, account = self:account { kind = kind, change = change },
    steps = given, change = change }
end

-- ---- close, scale ----

function lower.close(self, change)
  local where <const> = chosen(self, change, plan.month(change.from))
  scale(self, change, where, "closed", nil, steps(change, ONE - self:fraction(change.share, "share"), ONE))
end

-- Months from `first` on in which something changes: a solved factor is solved again in each.
local function months_from(set, first, last)
  local made <const> = { first }
  for _, month in ipairs(set:months()) do
    if month > first and (not last or month < last) then
      made[#made + 1] = month
    end
  end
  return made
end

-- The cost or WTE of lines by trail, before any change.
local function sums_by_trail(self, set, channel)
  local name <const> = channel == COST and "cost" or "wte"
  local lines <const> = plan.with_trail(set, self.lines)
  local by <const> = fault.check(core.pivot.run(lines, { by = { plan.TRAIL }, measures = { { name = name, column = name } } }))
  local trails <const>, values <const>, sums <const> = by:column(plan.TRAIL), by:column(name), {}
  for row = 1, by:rows() do
    sums[trails:code(row)] = values:get(row)
  end
  for code = 0, set:trails():dictionary():size() do
    sums[code] = sums[code] or 0
  end
  return sums
end

-- An operation whose factor is solved once all others of the layer are known. `wanted(set, month, total)` says what its lines must come to.
local function solved(self, operation, change, channel, without, wanted)
  self.solve[#self.solve + 1] = function(_, set)
    local sums <const>, made <const> = sums_by_trail(self, set, channel), {}
    for _, month in ipairs(months_from(set, plan.month(change.from), change.to and plan.month(change.to))) do
      local total <const> = fault.check(set:before(month, operation, channel, sums, without))
      local target <const> = wanted(set, month, total, sums)
      if total == 0 and target ~= 0 then
        fault.raise { code = "change", message = ("%s: the lines come to nothing in %s, and cannot be scaled to anything else"):format(plan.name_of(change),
          core.calendar.month_text(month)) }
      end
      made[#made + 1] = { month, total == 0 and ONE or fault.check(core.number.scale(ONE, target, total)) }
    end
    if change.to then
      made[#made + 1] = { plan.month(change.to), ONE }
    end
    self.operations[operation].steps = made
    return fault.check(set:with(operation, made))
  end
end

local function target_of(self, change, channel)
  local value <const> = self:value(change.target, "target", channel == COST and { "£", "£m" } or { "WTE" })
  local units <const> = exact.finite(value) and exact.integer(value, channel == COST and 2 or 6)
  if not units then
    fault.raise { code = "change", message = ("target is a number, not %s"):format(tostring(value)) }
  end
  return units
end

local function to_target(self, change, where)
  local channel <const> = change.measure == "wte" and WTE or COST
  local channels <const> = change.measure == "both" and { COST, WTE } or { channel }
  local operation <const> = scale(self, change, where, "saved", channels, {})
  solved(self, operation, change, channel, nil, function(_, month, total)
    local target <const> = target_of(self, change, channel)
    if target > total then
      fault.raise { code = "change", message = ("%s: its target lies above what is there in %s"):format(plan.name_of(change),
        core.calendar.month_text(month)), hints = { ("%s against %s"):format(core.number.plain(target, channel == COST and "pence" or "micro"),
        core.number.plain(total, channel == COST and "pence" or "micro")) } }
    end
    return target
  end)
end

-- An operation that changes nothing: it finds what a selection comes to in each month.
local function probe(self, change, where)
  return self:operation { effect = "scale", where = where, account = 0, steps = {}, change = change }
end

-- The others bear what the protected would have: all of the cut falls on them.
local function to_the_rest(self, change, where, view, fraction)
  local channel <const> = change.measure == "wte" and WTE or COST
  local protected <const> = probe(self, change, (selection_of(view, change) & view:lines(change.protect)):on(view.state.lines, ""))
  local operation <const> = scale(self, change, where, "saved", change.measure ~= "both" and CHANNELS[change.measure] or nil, {})
  solved(self, operation, change, channel, nil, function(set, month, total, sums)
    local spared <const> = fault.check(set:before(month, protected, channel, sums, nil))
    local cut <const> = fault.check(core.number.scale(total + spared, fraction, ONE))
    if total + cut < 0 then
      fault.raise { code = "change", message = ("%s: the rest cannot bear the cut of what is protected"):format(plan.name_of(change)) }
    end
    return total + cut
  end)
end

local TAKEN <const> = { vacancies = { vacant = true }, nonpay = { kind = "nonpay" }, posts = { kind = "pay", vacant = "not(true)" } }

-- The amount is a percentage of the lines after the list's closes; it is taken from each kind in turn as far as that goes.
local function by_taking(self, change, selection, view, fraction)
  local channel <const> = change.measure == "wte" and WTE or COST
  local all <const> = probe(self, change, selection:on(view.state.lines, ""))
  local kinds <const>, without <const> = {}, {}
  for index, kind in ipairs(change.take) do
    local where <const> = (selection & view:lines(TAKEN[kind])):on(view.state.lines, "")
    kinds[index] = scale(self, change, where, "taken " .. kind, kind == "nonpay" and { COST } or nil, {})
    without[index] = kinds[index]
  end
  local left <const> = {} -- by month, what is still to be taken
  for index, operation in ipairs(kinds) do
    solved(self, operation, change, channel, without, function(set, month, total, sums)
      if index == 1 then
        local whole <const> = fault.check(set:before(month, all, channel, sums, without))
        left[month] = fault.check(core.number.scale(whole, -fraction, ONE))
      end
      local taken <const> = math.max(0, math.min(left[month], total))
      left[month] = left[month] - taken
      if index == #kinds and left[month] > 0 then
        self:warn("%s: %s of it cannot be taken from %s in %s", plan.name_of(change), channel == COST
          and "£" .. core.number.print(left[month], 2, true) or core.number.print(left[month], 6) .. " WTE", table.concat(change.take, ", "),
          core.calendar.month_text(month))
      end
      return total - taken
    end)
  end
end

function lower.scale(self, change)
  local month <const> = plan.month(change.from)
  local where <const>, selection <const>, view <const> = chosen(self, change, month)
  if change.target then
    return to_target(self, change, where)
  end
  local fraction <const> = self:fraction(change.change, "change")
  if fraction < -ONE then
    fault.raise { code = "change", message = "change: nothing is left to cut below -100%" }
  elseif change.take then
    return by_taking(self, change, selection, view, fraction)
  elseif change.spread then
    return to_the_rest(self, change, where, view, fraction)
  end
  scale(self, change, where, "saved", change.measure ~= "both" and CHANNELS[change.measure] or nil, steps(change, ONE + fraction, ONE))
end

-- ---- add, regrade ----

-- Rows that are there in some months: in the others all of them is in an account of what is not there.
local function appended(self, change, list, first, last)
  local born <const> = ("%d"):format(#self.operations + 1)
  for _, row in ipairs(list) do
    row[plan.BORN] = born
    self.appended[#self.appended + 1] = row
  end
  local given <const> = { { BEGINNING, 0 }, { first, ONE } }
  given[3] = last and { last, 0 } or nil
  self:operation { effect = "scale", born = born, account = self:account { kind = "unborn", change = change }, steps = given, change = change }
end

function lower.add(self, change)
  local list <const>, id <const> = {}, change.id or "added"
  local pay <const> = change.posts and rows.rates(self.root)
  for index, given in ipairs(change.posts or change.lines) do
    local name <const> = ("%s/%d"):format(id, index)
    local made <const> = change.posts and rows.post(self.root, pay, given, name) or { rows.budget_line(self.root, given, name) }
    table.move(made, 1, #made, #list + 1, list)
  end
  appended(self, change, list, plan.month(change.from), change.to and plan.month(change.to))
end

-- A post's line in its new band, and what it costs less.
local function regraded(self, change, pay, line)
  local cost <const> = rows.post_pence(pay, change.band, change.point, line.wte, rows.employer_type(self.root, line.org))
  local made <const> = {}
  for name, value in pairs(line) do -- copying: order does not matter
    made[name] = value
  end
  made.band, made.point, made.cost = rows.member(self.root, "band", change.band), change.point, cost
  return made, line.cost - cost
end

local function line_at(lines, row)
  local made <const> = {}
  for _, name in ipairs(lines:names()) do
    made[name] = lines:column(name):get(row)
  end
  return made
end

function lower.regrade(self, change)
  local from <const>, to <const> = plan.month(change.from), change.to and plan.month(change.to)
  local selected <const>, selection <const>, view <const> = chosen(self, change, from)
  local where <const> = (selection & view:lines { kind = "pay" }):on(view.state.lines, "")
  if where:count() < selected:count() then
    self:warn("%s leaves %d lines that are not posts as they are", plan.name_of(change), selected:count() - where:count())
  end
  local pay <const>, after <const>, protected <const> = rows.rates(self.root), {}, {}
  for index, row in ipairs(where:rows()) do
    local line <const> = line_at(view.state.lines, row)
    local less
    after[index], less = regraded(self, change, pay, line)
    if less > 0 and change.protect_pay > 0 then
      line.cost, line.wte = less, 0
      protected[#protected + 1] = line
    end
  end
  self:operation { effect = "scale", where = where, account = self:account { kind = "regraded", change = change },
    steps = steps(change, 0, ONE), change = change }
  appended(self, change, after, from, to)
  if #protected > 0 then
    appended(self, change, protected, from, from + change.protect_pay)
  end
end

-- ---- move, set, once ----

local function code_of(self, field, label)
  local column <const> = self.lines:column(field)
  if not column or column:unit() ~= "code" then
    local names <const> = self.lines:names()
    fault.raise { code = "field", message = ("lines have no field '%s' to move into. %s"):format(field, fault.suggest(field, names) or "") }
  end
  local id <const> = rows.member(self.root, field, label)
  local code <const> = column:dictionary():find(id)
  if code == 0 then
    fault.raise { code = "member", message = ("%s: '%s' is not one of its labels. %s"):format(field, id, fault.suggest(id, column:dictionary():labels())
      or "") }
  end
  return code
end

local function recode(self, change, where, field, label, from, to)
  local given <const> = { { from, ONE } }
  given[2] = to and { to, 0 } or nil
  self:operation { effect = "recode", where = where, column = field, code = code_of(self, field, label), steps = given, change = change }
end

function lower.move(self, change)
  local where <const> = chosen(self, change, plan.month(change.from))
  for _, field in ipairs(plain.keys(change.into)) do
    recode(self, change, where, field, change.into[field], plan.month(change.from), change.to and plan.month(change.to))
  end
end

function lower.set(self, change)
  local from <const> = plan.month(change.from)
  local view <const> = self:view(from)
  local members <const> = view.state.members.fn
  local found <const> = select.new(view, change.functions, "functions", nil, members.table):on(members.table, "", "functions"):rows()
  if #found == 0 then
    self:warn("%s selects nothing", plan.name_of(change))
  end
  self.sets[#self.sets + 1] = { number = #self.sets + 1, dimension = "fn", rows = found, into = change.into, names = plain.keys(change.into), from = from,
    to = change.to and plan.month(change.to), layer = self.depth, change = change }
end

function lower.once(self, change)
  local value <const> = self:value(change.cost, "cost", { "£", "£m" })
  local pence <const> = exact.finite(value) and exact.integer(value, 2)
  if not pence then
    fault.raise { code = "change", message = ("cost is a number of pounds, not %s"):format(tostring(value)) }
  end
  local on <const> = {}
  for _, field in ipairs(plain.keys(change.on or {})) do
    on[field] = rows.member(self.root, field, change.on[field])
  end
  self.once[#self.once + 1] = { month = plan.month(change.month), pence = pence, on = on, change = change }
end

-- ---- transfer ----

-- The place's part of a line that belongs to no place.
local function split_of(self, change, place)
  local split <const> = change.split
  if not split then
    return 0
  elseif split.share then
    return self:fraction(split.share, "split.share")
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

-- Month by month from go-live on: how much of `share` has left, and how much of that is stranded.
local function leaving(self, change, share, golive)
  local stranded <const> = change.stranded and self:fraction(change.stranded.share, "stranded.share") or 0
  local tail <const> = stranded > 0 and change.stranded.months or 0
  local left <const>, held <const> = {}, {}
  for k = 1, math.max(change.months, tail + 1) do
    local gone <const> = part(share, released[change.profile](math.min(k, change.months), change.months))
    local behind <const> = tail > 0 and part(part(gone, stranded, ONE), math.max(tail - (k - 1), 0), tail) or 0
    left[k], held[k] = { golive + k - 1, gone - behind }, { golive + k - 1, behind }
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
  if share == 0 or where:count() == 0 then
    return
  end
  local left <const>, held <const> = leaving(self, change, share, entry.golive)
  share_operation(self, entry, "share", "moved", where, left)
  if change.stranded then
    share_operation(self, entry, "share", "stranded", where, held)
  end
  local double <const> = self:fraction(change.double_running, "double_running")
  if double > 0 and entry.shadow then
    share_operation(self, entry, "extra", "double", where, { { entry.shadow, part(share, double, ONE) }, { entry.golive, 0 } }, { COST })
  end
  local resource <const> = self:fraction(change.resource, "resource")
  if resource > 0 then
    local money <const> = {}
    for index, step in ipairs(left) do
      local gone <const> = step[2] + held[index][2]
      money[index] = { step[1], part(gone, resource, ONE) }
    end
    share_operation(self, entry, "extra", "resource", where, money, { COST })
  end
  entry.parts[#entry.parts + 1] = { where = where, share = share }
end

function lower.transfer(self, change)
  local slip <const> = slipped(change)
  local golive <const> = plan.month(change.golive) + slip
  local shadow <const> = change.shadow and plan.month(change.shadow)
  local receiver <const> = rows.member(self.root, "org", change.receiver)
  local _, selection <const>, view <const> = chosen(self, { functions = change.functions, kind = change.kind, id = change.id }, shadow or golive)
  local entry <const> = { change = change, receiver = receiver, shadow = shadow, golive = golive, slip = slip, accounts = {}, parts = {} }
  self.transfers[#self.transfers + 1] = entry
  local share <const> = self:fraction(change.share, "share")
  if not change.place then
    return transfer_part(self, entry, selection:on(view.state.lines, ""), share)
  end
  entry.place = rows.member(self.root, "place", change.place)
  local here <const> = selection & view:lines { place = plain.quoted(entry.place) }
  transfer_part(self, entry, here:on(view.state.lines, ""), share)
  local everywhere <const> = selection & view:lines { place = "none" }
  transfer_part(self, entry, everywhere:on(view.state.lines, ""), part(share, split_of(self, change, entry.place), ONE))
  if #entry.parts == 0 then
    self:warn("%s: no lines of its functions at %s%s", plan.name_of(change), entry.place, change.split and "" or
      ", and without split no part of the system-wide ones")
  end
end

return lower
