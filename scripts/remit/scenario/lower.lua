-- SPDX-License-Identifier: Apache-2.0
-- The eight changes as the core's operations: scale, share, extra and recode, rows that are appended, and factors that are solved for a target.

local chosen <const> = require "remit.scenario.chosen"
local core <const> = require "remit.core"
local derived <const> = require "remit.scenario.derived"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local reuse <const> = require "remit.scenario.reuse"
local rows <const> = require "remit.scenario.rows"
local select <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local transfer <const> = require "remit.scenario.transfer"

local lower <const> = {}

local ONE <const>, COST <const>, WTE <const>, BEGINNING <const> = plan.ONE, plan.COST, plan.WTE, plan.BEGINNING

-- ---- What most of them share ----

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
  if change.route then
    local redundancy <const> = require "remit.redundancy"
    redundancy.route(redundancy.routes(self.root), change.route)
  end
  local where <const> = chosen.of(self, change, plan.month(change.from)).where
  scale(self, change, where, "closed", nil, steps(change, ONE - self:share(change.share, "share"), ONE))
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
  if self.sums[channel] then
    return self.sums[channel]
  end
  local name <const> = channel == COST and "cost" or "wte"
  local by <const> = fault.check(set:cells({ measures = { { name = name, column = name } } }, fault.check(set:marked(self.lines)), plan.TRAIL))
  local trails <const>, values <const>, sums <const> = by:column(plan.TRAIL), by:column(name), {}
  for row = 1, by:rows() do
    sums[trails:code(row)] = (sums[trails:code(row)] or 0) + values:get(row)
  end
  for code = 0, set:labels():size() do
    sums[code] = sums[code] or 0
  end
  self.sums[channel] = sums
  return sums
end

local function numbers_of(operations)
  local numbers <const> = {}
  for index, operation in ipairs(operations or {}) do
    numbers[index] = operation.number
  end
  return numbers
end

-- An operation whose factor in a month follows from all others of the layer. `wanted(set, month, total)` says what its lines must come to.
local function solved(self, operation, change, channel, without, wanted)
  function operation.solve(set, month)
    local sums <const> = sums_by_trail(self, set, channel)
    local total <const> = fault.check(set:before(month, operation.number, channel, sums, numbers_of(without)))
    local target <const> = wanted(set, month, total, sums)
    if total == 0 and target ~= 0 then
      fault.raise { code = "change", message = ("%s: the lines come to nothing in %s, and cannot be scaled to anything else"):format(plan.name_of(change),
        core.calendar.month_text(month)) }
    end
    return total == 0 and ONE or fault.check(core.number.scale(ONE, target, total))
  end
  self.solve[#self.solve + 1] = function(set)
    operation.steps = {}
    for index, month in ipairs(months_from(set, plan.month(change.from), change.to and plan.month(change.to))) do
      operation.steps[index] = { month, operation.solve(set, month) }
    end
    if change.to then
      table.insert(operation.steps, { plan.month(change.to), ONE })
    end
    return fault.check(set:with(operation.number, operation.steps))
  end
end

local function amount(units, channel)
  return channel == COST and show.money(units, "£p") or core.number.plain(units, "micro") .. " WTE"
end

local function target_of(self, change, channel)
  local value <const> = self:value(change.target, "target", channel == COST and { "£", "£m" } or { "WTE" })
  local units <const> = exact.finite(value) and exact.integer(value, channel == COST and 2 or 6)
  if not units then
    fault.raise { code = "change", message = ("target is a number, not %s"):format(tostring(value)) }
  end
  return units
end

-- What the lines must come to in a month: a part of what is there.
local function wanted_in(self, change, channel, month, total)
  local target <const> = target_of(self, change, channel)
  local across <const> = target ~= 0 and (target < 0) ~= (total < 0)
  local wrong <const> = across and "on the other side of zero from" or math.abs(target) > math.abs(total) and "above" or nil
  if wrong then
    fault.raise { code = "change", message = ("%s: its target lies %s what is there in %s"):format(plan.name_of(change), wrong,
      core.calendar.month_text(month)), hints = { ("%s against %s"):format(amount(target, channel), amount(total, channel)) } }
  end
  return target
end

local function to_target(self, change, where)
  local channel <const> = change.measure == "wte" and WTE or COST
  local channels <const> = change.measure == "both" and { COST, WTE } or { channel }
  local operation <const> = scale(self, change, where, "saved", channels, {})
  solved(self, operation, change, channel, nil, function(_, month, total)
    return wanted_in(self, change, channel, month, total)
  end)
end

-- An operation that changes nothing: it finds what a selection comes to in each month.
local function probe(self, change, where)
  return self:operation { effect = "scale", where = where, account = 0, steps = {}, change = change }
end

-- The others bear what the protected would have: all of the cut falls on them.
local function to_the_rest(self, change, found, fraction)
  local channel <const> = change.measure == "wte" and WTE or COST
  local protected <const> = probe(self, change, found.protected())
  local operation <const> = scale(self, change, found.where, "saved", change.measure ~= "both" and CHANNELS[change.measure] or nil, {})
  solved(self, operation, change, channel, nil, function(set, month, total, sums)
    local spared <const> = fault.check(set:before(month, protected.number, channel, sums, nil))
    local cut <const> = fault.check(core.number.scale(total + spared, fraction, ONE))
    if total + cut < 0 then
      fault.raise { code = "change", message = ("%s: the rest cannot bear the cut of what is protected"):format(plan.name_of(change)) }
    end
    return total + cut
  end)
end

local TAKEN <const> = { vacancies = { vacant = true }, nonpay = { kind = "nonpay" }, posts = { kind = "pay", vacant = "not(true)" } }

local NO_SAVING <const> = "take says where a saving comes from, and this change is none"

-- What is to be taken of the lines after the list's closes: a percentage, or without one what leads to the target.
local function saving_of(self, change, channel, month, whole, fraction)
  if fraction then
    return fault.check(core.number.scale(whole, -fraction, ONE))
  end
  local saving <const> = whole - wanted_in(self, change, channel, month, whole)
  if saving < 0 then
    fault.raise { code = "change", message = ("%s: %s"):format(plan.name_of(change), NO_SAVING) }
  end
  return saving
end

-- It is taken from each kind in turn as far as that goes.
local function by_taking(self, change, found, fraction)
  if fraction and fraction > 0 then
    fault.raise { code = "change", message = NO_SAVING }
  end
  local channel <const> = change.measure == "wte" and WTE or COST
  local all <const> = probe(self, change, found.where)
  local kinds <const>, without <const> = {}, {}
  for index, kind in ipairs(change.take) do
    kinds[index] = scale(self, change, found.narrowed(TAKEN[kind]), "taken " .. kind, kind == "nonpay" and { COST } or nil, {})
    without[index] = kinds[index]
  end
  local left <const> = {} -- by month, what is still to be taken
  for index, operation in ipairs(kinds) do
    solved(self, operation, change, channel, without, function(set, month, total, sums)
      if index == 1 then
        local whole <const> = fault.check(set:before(month, all.number, channel, sums, numbers_of(without)))
        left[month] = saving_of(self, change, channel, month, whole, fraction)
      end
      local taken <const> = math.max(0, math.min(left[month], total))
      left[month] = left[month] - taken
      if index == #kinds and left[month] > 0 then
        self:warn(change, ": %s of it cannot be taken from %s in %s", amount(left[month], channel), table.concat(change.take, ", "),
          core.calendar.month_text(month))
      end
      return total - taken
    end)
  end
end

-- "50%" where a cut is meant would go unseen, and 15 where 15 % is: what rises says so.
local function warn_of_rise(self, change)
  local given <const> = self:value(change.change, "change", { "%", "number" })
  local text <const> = type(given) == "string" and given:match "^%s*(%d.-)%s*$"
  if math.type(given) == "integer" and given > 1 then
    self:warn(change, ": change %d is +%d%%: a part is written '+%d%%' or '-%d%%'", given, given * 100, given, given)
  elseif text and not text:find "^[0.]*%%$" then
    self:warn(change, ": change '%s' has no sign, and raises what it scales: '+%s' says so, '-%s' is a cut", text, text, text)
  end
end

function lower.scale(self, change)
  local found <const> = chosen.of(self, change, plan.month(change.from))
  if change.target or change.take or change.spread then
    self:claim("targets (or cuts taken in an order, or borne by the rest)", change, found.where)
  end
  if change.spread and (change.target or change.take) then
    fault.raise { code = "change", message = ("spread says who bears a percentage, and does not go with %s"):format(change.target and "target" or "take") }
  elseif change.target and change.take then
    return by_taking(self, change, found)
  elseif change.target then
    return to_target(self, change, found.where)
  end
  local fraction <const> = self:fraction(change.change, "change")
  if fraction < -ONE then
    fault.raise { code = "change", message = "change: nothing is left to cut below -100%",
      hints = { type(change.change) == "number" and ("%g is %g%%: write \"%g%%\""):format(change.change, change.change * 100, change.change) or nil } }
  end
  warn_of_rise(self, change)
  if change.take then
    return by_taking(self, change, found, fraction)
  elseif change.spread then
    return to_the_rest(self, change, found, fraction)
  end
  scale(self, change, found.where, "saved", change.measure ~= "both" and CHANNELS[change.measure] or nil, steps(change, ONE + fraction, ONE))
end

-- ---- add, regrade ----

-- Rows that are there in some months: in the others all of them is in an account of what is not there.
local function appended(self, change, list, first, last)
  if #list == 0 then
    return
  end
  self.births = self.births + 1
  self.makers[#self.makers + 1] = change
  self.makers.derived = self.makers.derived or list[1][derived.OF] ~= nil
  local born <const> = ("%d"):format(self.births)
  for _, row in ipairs(list) do
    row[plan.BORN] = born
    self.appended[#self.appended + 1] = row
  end
  local given <const> = { { BEGINNING, 0 }, { first, ONE } }
  given[3] = last and { last, 0 } or nil
  self:operation { effect = "scale", early = "born", born = born, account = self:account { kind = "unborn", change = change }, steps = given, change = change }
end

local function check_new_id(self, id)
  if self.lines:column("id"):dictionary():find(id) ~= 0 or self.ids[id] then
    fault.raise { code = "field", message = ("there is a line '%s' already: give the new one another id"):format(id) }
  end
  self.ids[id] = true
end

-- What is wrong with a row of several says which.
local function in_row(change, index, call)
  local result <const>, refusal <const> = fault.caught(call)
  if refusal then
    local several <const> = #(change.posts or change.lines) > 1
    fault.raise { code = refusal.code, message = (several and ("row %d: "):format(index) or "") .. refusal.message, hints = refusal.hints }
  end
  return result
end

-- Where all lines have a fund, a cap over funds would not see one without.
local function warn_of_no_fund(self, change, list)
  local funds <const>, without = state_of[self.root].lines:column "fund", 0
  for _, row in ipairs(list) do
    without = without + (row.fund and 0 or 1)
  end
  if without > 0 and funds and reuse.count(fault.check(core.selection.test(state_of[self.root].lines, "fund", "none"))) == 0 then
    self:warn(change, ": %s without a fund, which every line of the pack has: an envelope that includes funds does not count %s", show.counted(without, "line"),
      without == 1 and "it" or "them")
  end
end

function lower.add(self, change)
  local list <const>, id <const> = {}, change.id or ("added %d"):format(#self.operations + 1)
  local pay <const> = change.posts and rows.rates(self.root)
  for index, given in ipairs(change.posts or change.lines) do
    local name <const> = ("%s/%d"):format(id, index)
    local made <const> = in_row(change, index, function()
      return change.posts and rows.post(self.root, pay, given, name) or { rows.budget_line(self.root, given, name) }
    end)
    check_new_id(self, made[1].id)
    table.move(made, 1, #made, #list + 1, list)
  end
  self.count[change] = #list
  warn_of_no_fund(self, change, list)
  appended(self, change, list, plan.month(change.from), change.to and plan.month(change.to))
end

local function line_at(lines, row)
  local made <const> = {}
  for _, name in ipairs(lines:names()) do
    made[name] = lines:column(name):get(row)
  end
  return made
end

-- What a post costs in its new band, with the employer that it has then.
local function regraded_pence(self, change, pay, wte, org)
  return rows.post_pence(pay, change.band, change.point, wte, rows.employer_type(self.root, org))
end

-- The line that stands for another from then on: what moves, closes or hands over that one does the same to it.
local function standing_for(self, change, row)
  local line <const> = line_at(self.lines, row)
  line[derived.OF], line[derived.BY] = row, change
  return line
end

function lower.regrade(self, change)
  local from <const>, to <const> = plan.month(change.from), change.to and plan.month(change.to)
  local found <const> = chosen.of(self, change, from)
  local where <const> = found.narrowed { kind = "pay" }
  if reuse.count(where) < reuse.count(found.where) then
    self:warn(change, " leaves %d lines that are not posts as they are", reuse.count(found.where) - reuse.count(where))
  end
  self:claim("regrades", change, where)
  local pay <const>, after <const>, protected <const> = rows.rates(self.root), {}, {}
  local band <const>, orgs <const> = rows.member(self.root, "band", change.band), state_of[found.view].lines:column "org"
  for index, row in ipairs(where:rows()) do
    local line <const> = standing_for(self, change, row)
    local cost <const> = regraded_pence(self, change, pay, line.wte, orgs and orgs:get(row))
    if line.cost > cost and change.protect_pay > 0 and line.vacant == "false" then
      local spared <const> = standing_for(self, change, row)
      spared.cost, spared.wte = line.cost - cost, 0
      protected[#protected + 1] = spared
    end
    line.band, line.point, line.cost = band, change.point, cost
    after[index] = line
  end
  self:operation { effect = "scale", early = "replaced", where = where, account = self:account { kind = "regraded", change = change },
    steps = steps(change, 0, ONE), change = change }
  appended(self, change, after, from, to)
  appended(self, change, protected, from, math.min(to or math.maxinteger, from + change.protect_pay))
  self.count[change] = reuse.count(where)
end

-- ---- move, set, once ----

local function unknown_field(self, field, what)
  local names <const> = state_of[self.root].lines:names()
  fault.raise { code = "field", message = ("lines have no field '%s' %s. %s"):format(field, what, fault.suggest(field, names)
    or "They have: " .. table.concat(names, ", ")) }
end

local function code_of(self, field, label)
  local column <const> = self.lines:column(field)
  if not column or column:unit() ~= "code" then
    unknown_field(self, field, "to move into")
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
  local where <const> = chosen.of(self, change, plan.month(change.from)).where
  for _, field in ipairs(plain.keys(change.into)) do
    recode(self, change, where, field, change.into[field], plan.month(change.from), change.to and plan.month(change.to))
  end
end

-- An attribute's new value as its column has it.
local function attribute_value(members, name, value)
  local was <const>, kind <const> = members:column(name), type(value)
  if not was or was:unit() ~= "code" then
    local names <const> = members:names()
    fault.raise { code = "field", message = ("fn has no attribute '%s'%s. %s"):format(name, was and " that is a label" or "", fault.suggest(name, names)
      or "It has: " .. table.concat(names, ", ")) }
  elseif value == none then
    return false
  elseif kind ~= "string" and kind ~= "boolean" and kind ~= "number" then
    fault.raise { code = "change", message = ("into.%s is a %s, not a label"):format(name, kind) }
  end
  local target <const> = members:dimension(name)
  if target and was:dictionary():find(tostring(value)) == 0 then
    fault.raise { code = "member", message = ("%s: there is no '%s'. %s"):format(name, tostring(value),
      fault.suggest(tostring(value), was:dictionary():labels()) or "") }
  end
  return tostring(value)
end

function lower.set(self, change)
  local from <const> = plan.month(change.from)
  local view <const> = self:view(from)
  local members <const>, into <const> = state_of[view].members.fn, {}
  local found <const> = select.new(view, change.functions, "fn", nil, members.table):on(members.table, "", "fn"):rows()
  if #found == 0 then
    self:warn(change, " selects nothing")
  end
  for _, name in ipairs(plain.keys(change.into)) do
    into[name] = attribute_value(members.table, name, change.into[name])
    local labels <const> = members.table:column(name):dictionary()
    if into[name] and labels:find(into[name]) == 0 then
      self:warn(change, ": no function has %s '%s' so far. %s", name, into[name], fault.suggest(into[name], labels:labels())
        or "Is it meant?")
    end
  end
  self.sets[#self.sets + 1] = { number = #self.sets + 1, dimension = "fn", rows = found, into = into, names = plain.keys(into), from = from,
    to = change.to and plan.month(change.to), layer = self.depth, change = change }
end

-- A field of lines and its member, from what an analyst wrote.
local function booked_on(self, field, label)
  local column <const> = self.lines:column(field)
  if not column or column:unit() ~= "code" then
    unknown_field(self, field, "a cost is booked on")
  elseif field == "kind" and column:dictionary():find(tostring(label)) == 0 then
    fault.raise { code = "member", message = ("kind: '%s' is none of %s"):format(tostring(label), table.concat(column:dictionary():labels(), ", ")) }
  end
  return rows.member(self.root, field, label)
end

function lower.once(self, change)
  local value <const> = self:value(change.cost, "cost", { "£", "£m" })
  local pence <const> = exact.finite(value) and exact.integer(value, 2)
  if not pence then
    fault.raise { code = "change", message = ("cost is a number of pounds, not %s"):format(tostring(value)) }
  end
  local on <const> = {}
  for _, field in ipairs(plain.keys(change.on or {})) do
    on[field] = booked_on(self, field, change.on[field])
  end
  on.kind = on.kind or "nonpay"
  self.once[#self.once + 1] = { month = plan.month(change.month), pence = pence, on = on, change = change }
end

lower.transfer = transfer.lower

return lower
