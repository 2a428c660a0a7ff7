-- SPDX-License-Identifier: Apache-2.0
-- What a figure is made of: the base, its uplift to other prices, and what each change did. Exact sums in two halves (decision 0019), whatever months,
-- kinds of lines and risk-adjusted scenarios the figure adds up; the factors of a trail's parts add up to the factor that the figure itself has.

local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local fault <const> = require "remit.fault"
local figures <const> = require "remit.scenario.figures"
local measures <const> = require "remit.measures"
local plan <const> = require "remit.scenario.plan"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"
local sums <const> = require "remit.transfers.sums"

local parts <const> = {}

local ONE <const>, MILLION <const>, TRAIL <const>, BORN <const> = plan.ONE, 1000000, plan.TRAIL, plan.BORN

parts.BASE = "base"

---@class remit.explain.question
---@field model remit.model without changes
---@field measure remit.measure
---@field spec table where, basis, period
---@field watch any the part whose lines are wanted; nil for none
---@field list remit.explain.one[]
---@field of table<any, remit.explain.one> the same by key
---@field ids any[] lines of the watched part: their row in the base, or of an appended one a text
---@field factors table<any, integer> by such a line what the part is of it, in units of 10^-12
---@field appended table<string, table> lines that changes appended, and where they stand
---@field once table<remit.change, integer> the months of one-off costs that count
---@field unmoved table<remit.model, remit.model> scenarios as they are before any change
---@field channel integer
---@field divisor integer

---@class remit.explain.one a part
---@field key any parts.BASE, a kind of line that is uplifted, or a change
---@field kinds? string of an uplift: which lines; nil for all
---@field rate? integer of an uplift
---@field high integer
---@field low integer
---@field value integer rounded
---@field rest integer what of it is not on lines that were wanted

-- ---- Which lines ----

-- The tests that lines pass in a part of the figure, beside those of the question.
local function tests_of(asked, term)
  return measures.tests(asked.measure, { basis = asked.spec.basis, period = term.period, kinds = term.kinds })
end

---The lines of a model that a figure counts.
---@param asked remit.explain.question
---@param model remit.model
---@param term remit.term
---@return remit.core.selection of its lines
function parts.chosen(asked, model, term)
  local lines <const>, tests <const> = state_of[model].lines, tests_of(asked, term)
  local found <const> = select.new(model, asked.spec.where, "lines"):on(lines, "")
  return #tests > 0 and found & select.of_tests(model, tests):on(lines, "") or found
end

local function paths_read(node, found)
  for _, pair in ipairs(node.tests or {}) do
    found[#found + 1] = pair[1]
  end
  for _, inner in ipairs(node) do
    paths_read(inner, found)
  end
  return found
end

-- Whether a change says in the month where lines belong, or which attributes functions have, of which the figure's tests speak.
local function places(self, change, read)
  for _, operation in ipairs(self.effects.plan.operations) do
    if operation.change == change and operation.effect == "recode" and read[operation.column] and self.effects:holds(operation) then
      return true
    end
  end
  for _, one in ipairs(self.effects.plan.sets) do
    if one.change == change and read[one.dimension] and one.from <= self.month and (not one.to or self.month < one.to) then
      return true
    end
  end
  return false
end

-- Those changes, list by list.
local function placing(self, term)
  local read <const>, list <const> = {}, {}
  for _, path in ipairs(paths_read(state_of[select.new(self.effects.view, self.asked.spec.where, "lines")].node, {})) do
    read[path:match "^[^.]+"] = true
  end
  for _, pair in ipairs(tests_of(self.asked, term)) do
    read[pair[1]] = true
  end
  for _, change in ipairs(plan.changes(self.model)) do
    list[#list + 1] = places(self, change, read) and change or nil
  end
  return list
end

-- ---- Factors ----

-- By what a sum is multiplied: an uplift, how often, and the weight among scenarios, each rounded as figures round them, and for how many months.
local function scaled(self, factor, rate)
  local by <const> = self.by
  rate = rate or by.rate
  factor = (rate ~= ONE and fault.check(core.number.scale(factor, rate, ONE)) or factor) * by.often
  return (by.weight ~= MILLION and fault.check(core.number.scale(factor, by.weight, MILLION)) or factor) * by.count
end

-- The change that appended the lines of a trail.
local function maker(self, code)
  for _, number in ipairs(self.effects:operations(code)) do
    if self.effects.plan.operations[number].born then
      return self.effects.plan.operations[number].change
    end
  end
end

local EXTRA <const> = { double = true, resource = true }

-- What the rounding of uplifts and weights left over goes to the part that is the largest.
local function settle(self, of_change, own)
  local whole <const> = scaled(self, ONE)
  for code = 0, #own do
    local rest, largest = scaled(self, own[code]) - whole, nil
    for _, change in ipairs(self.order) do
      local factors <const> = of_change[change]
      if factors and factors[code] ~= 0 then
        factors[code] = scaled(self, factors[code])
        rest = rest - factors[code]
        largest = (not largest or math.abs(factors[code]) > math.abs(largest[code])) and factors or largest
      end
    end
    if largest then
      largest[code] = largest[code] + rest
    end
  end
  return of_change
end

-- Of each change that does something in the month the factors by which it makes lines more or less, by trail: what it took, less; double running that
-- the ICB pays for, more. Lines that are not there, or whose like a list below has dealt with, belong to the change that made them.
local function factors(self)
  local of_change <const>, own <const>, compiled <const> = {}, {}, self.effects.plan
  for _, account in ipairs(compiled:own_accounts()) do
    own[account] = true
  end
  for index, account in ipairs(compiled.accounts) do
    local sign <const> = own[index] and account.kind == "double" and 1 or (own[index] or EXTRA[account.kind]) and 0 or -1
    local taken <const> = sign ~= 0 and fault.check(compiled.set:factors(self.month, index, self.channel)) or {}
    for code = 0, sign ~= 0 and #taken or -1 do
      local change <const> = taken[code] ~= 0 and (account.change or maker(self, code)) or nil
      if change then
        of_change[change] = of_change[change] or self.effects:same(0)
        of_change[change][code] = of_change[change][code] + sign * taken[code]
      end
    end
  end
  return settle(self, of_change, self.effects:own(self.channel))
end

-- ---- Adding up ----

local function part(asked, key)
  local one = asked.of[key]
  if not one then
    one = { key = key, high = 0, low = 0 }
    asked.of[key] = one
    asked.list[#asked.list + 1] = one
  end
  return one
end

local function add(asked, key, high, low)
  local one <const> = part(asked, key)
  one.high, one.low = fault.check(core.number.add(one.high, high)), fault.check(core.number.add(one.low, low))
end

local function sum(self, lines, where)
  local cells <const> = fault.check(core.pivot.run(lines, { where = where, measures = { { name = "sum", column = self.asked.measure.column } } }))
  return cells:column("sum"):get(1) or 0
end

-- Notes what a part did to lines, where it is the part whose lines are wanted. Lines of the base are known by their row, appended ones, which have other
-- rows in other scenarios, by what they are.
local function note(self, key, lines, rows, factor_of)
  local asked <const> = self.asked
  for _, row in ipairs(key == asked.watch and rows or {}) do
    local id = row
    if row > self.lines_of_base then
      id = ("%s\0%s\0%d"):format(lines:column("id"):get(row), lines:column("vacant"):get(row), lines:column(asked.measure.column):get(row) or 0)
      asked.appended[id] = asked.appended[id] or { lines = lines, row = row }
    end
    asked.ids[#asked.ids + 1] = not asked.factors[id] and id or nil
    asked.factors[id] = fault.check(core.number.add(asked.factors[id] or 0, factor_of(row)))
  end
end

-- A scenario's lines where they were before any change, with those that it appends.
local function unmoved(self)
  local known <const> = self.asked.unmoved
  known[self.model] = known[self.model] or state_of[self.model].plan and state_of[self.model].plan:placed(self.month, {}) or self.model
  return known[self.model]
end

-- The base's money in its own prices; what an uplift makes of it is a part by itself.
local function add_base(self, term)
  local before <const> = unmoved(self)
  local lines <const>, where = state_of[before].lines, parts.chosen(self.asked, before, term)
  if lines:column(BORN) then
    where = where & fault.check(core.selection.test(lines, BORN, "none"))
  end
  local value <const>, whole <const>, plainly <const> = sum(self, lines, where), scaled(self, ONE), scaled(self, ONE, ONE)
  add(self.asked, parts.BASE, sums.amount(value, plainly))
  if whole ~= plainly then
    local key <const> = "uplift " .. (term.kinds or "")
    add(self.asked, key, sums.amount(value, whole - plainly))
    local one <const> = part(self.asked, key)
    one.kinds, one.rate = term.kinds, self.by.rate
  end
  if self.asked.watch == parts.BASE then
    note(self, parts.BASE, lines, where:rows(), function() return plainly end)
  end
end

-- New lines where they would be without any move.
local function add_born(self, model, where)
  local lines <const>, whole <const> = state_of[model].lines, scaled(self, ONE)
  if not lines:column(BORN) then
    return
  end
  local new <const> = where & fault.check(core.selection.test(lines, BORN, "not(none)"))
  local cells <const> = fault.check(core.pivot.run(lines, { by = { TRAIL }, where = new, measures = { { name = "sum", column = self.asked.measure.column } } }))
  for row = 1, cells:rows() do
    local change <const> = maker(self, cells:column(TRAIL):code(row))
    add(self.asked, change, sums.amount(cells:column("sum"):get(row) or 0, whole))
  end
  local trails <const> = lines:column(TRAIL)
  local watched <const> = self.asked.watch ~= nil and self.asked.watch ~= parts.BASE
  for _, row in ipairs(watched and new:rows() or {}) do
    note(self, maker(self, trails:code(row)), lines, { row }, function() return whole end)
  end
end

-- What a move or a set brings into the figure, or takes out of it: lines that pass its tests now and did not, or the other way round.
local function add_moved(self, change, before, after)
  local whole <const> = scaled(self, ONE)
  local difference <const> = sum(self, state_of[after.model].lines, after.where) - sum(self, state_of[before.model].lines, before.where)
  add(self.asked, change, sums.amount(difference, whole))
  if change ~= self.asked.watch then
    return
  end
  local was <const>, came <const> = {}, {}
  for _, row in ipairs(before.where:rows()) do
    was[row] = true
  end
  for _, row in ipairs(after.where:rows()) do
    came[#came + 1] = not was[row] and row or nil
    was[row] = nil
  end
  local went <const> = {}
  for row in pairs(was) do -- put in order below
    went[#went + 1] = row
  end
  table.sort(went)
  note(self, change, state_of[after.model].lines, came, function() return whole end)
  note(self, change, state_of[after.model].lines, went, function() return -whole end)
end

-- Lines that come in and go out, change by change.
local function add_placed(self, term)
  local list <const>, held <const> = placing(self, term), {}
  if #list == 0 and not self.effects.lines:column(BORN) then
    return
  end
  local before = { model = unmoved(self) }
  before.where = parts.chosen(self.asked, before.model, term)
  add_born(self, before.model, before.where)
  for count, change in ipairs(list) do
    held[change] = true
    local after <const> = { model = count == #list and self.effects.view or self.effects.plan:placed(self.month, held) }
    after.where = parts.chosen(self.asked, after.model, term)
    add_moved(self, change, before, after)
    before = after
  end
end

local function add_factors(self, term)
  local view <const>, lines <const> = self.effects.view, self.effects.lines
  local where <const> = parts.chosen(self.asked, view, term)
  local cells <const> = fault.check(core.pivot.run(lines, { by = { TRAIL }, where = where,
    measures = { { name = "cost", column = self.asked.measure.column } } }))
  local of_change <const> = factors(self)
  for _, change in ipairs(self.order) do
    local of <const> = of_change[change]
    if of then
      add(self.asked, change, sums.weighed(cells, of))
    end
    local touched <const> = of and change == self.asked.watch and self.effects:of_trails(lines, function(code) return of[code] ~= 0 end)
    if touched then
      local trails <const> = lines:column(TRAIL)
      note(self, change, lines, (touched & where):rows(), function(row) return of[trails:code(row)] end)
    end
  end
end

-- ---- Months ----

-- How often a month counts in a sum of months; what is not money is that of one month, as often as months are divided by.
local function often_of(weighed, term, month, money)
  if money then
    return term.often
  elseif term ~= weighed.terms[1] then
    return 0
  end
  return weighed.mean and 1 or month == weighed.at and weighed.divisor or 0
end

-- The first month of each stretch in which nothing changes, how often each of its months counts, and how many there are.
local function stretches(model, weighed, term, money)
  local begins <const>, list <const>, by <const> = {}, {}, {}
  for _, month in ipairs(state_of[model].plan.set:months()) do
    begins[#begins + 1] = month
  end
  for _, one in ipairs(state_of[model].plan:months()) do
    begins[#begins + 1] = one.month
  end
  for _, month in ipairs(term.months) do
    local often <const>, stretch = often_of(weighed, term, month, money), plan.BEGINNING
    for _, begin in ipairs(begins) do
      stretch = begin <= month and math.max(stretch, begin) or stretch
    end
    if often ~= 0 and not by[stretch] then
      by[stretch] = { month = month, often = often, count = 0 }
      list[#list + 1] = by[stretch]
    end
    if often ~= 0 then
      by[stretch].count = by[stretch].count + 1
    end
  end
  return list
end

local function add_once(asked, weighed, weight)
  for _, one in ipairs(weighed.once ~= 0 and weighed.plan.once or {}) do
    local view <const> = weighed.plan:members(one.month)
    local falls <const> = one.month >= weighed.months[1] and one.month <= weighed.months[#weighed.months]
    if falls and figures.counts(asked.measure, one) and figures.passes(view, one, select.new(view, asked.spec.where, "lines")) then
      local rate <const> = weighed.uplift and weighed.uplift.rate(one.on.kind) or ONE
      add(asked, one.change, sums.amount(one.pence * weighed.divisor, fault.check(core.number.scale(rate * weighed.once, weight, MILLION))))
      asked.once[one.change] = one.month
    end
  end
end

-- One scenario, `weight` millionths of the figure.
local function add_model(asked, weighed, weight)
  local model <const>, money <const> = weighed.scenario, asked.channel == plan.COST
  local order <const>, base_lines <const> = plan.changes(model), state_of[state_of[model].root or model].lines:rows()
  for _, term in ipairs(weighed.terms) do
    for _, stretch in ipairs(stretches(model, weighed, term, money)) do
      local self <const> = { asked = asked, model = model, month = stretch.month, channel = asked.channel, order = order, lines_of_base = base_lines,
        effects = effects.of(model, core.calendar.month_text(stretch.month), "explain"),
        by = { rate = money and term.rate or ONE, often = stretch.often, count = stretch.count, weight = weight } }
      add_base(self, term)
      add_placed(self, term)
      add_factors(self, term)
    end
  end
  add_once(asked, weighed, weight)
end

-- A base as it stands.
local function add_plainly(asked, model)
  add_base({ asked = asked, model = model, lines_of_base = state_of[model].lines:rows(), by = { rate = ONE, often = 1, count = 1, weight = MILLION } },
    { period = asked.spec.period })
end

-- ---- Rounding ----

-- The lines of the watched part on which it did most, and how many there are.
local function largest(asked, count)
  local best <const>, all = {}, 0
  local values <const> = state_of[asked.model].lines:column(asked.measure.column)
  for seen, id in ipairs(asked.ids) do
    local appended <const> = asked.appended[id]
    local value <const> = (appended and appended.lines:column(asked.measure.column):get(appended.row) or not appended and values:get(id)) or 0
    local one <const> = { id = id, value = value, size = math.abs(value + 0.0) * math.abs(asked.factors[id] + 0.0), order = math.tointeger(id) or seen << 32 }
    all = all + (one.size > 0 and 1 or 0)
    local at = #best + 1
    while at > 1 and (best[at - 1].size < one.size or (best[at - 1].size == one.size and best[at - 1].order > one.order)) do
      at = at - 1
    end
    if one.size > 0 and at <= count then
      table.insert(best, at, one)
      best[count + 1] = nil
    end
  end
  return best, all
end

-- Parts rounded so that they add up to the figure, and the lines of one so that they add up to it.
local function settled(asked, best)
  local list <const> = {}
  for index, one in ipairs(asked.list) do
    local rest <const> = { part = tostring(index), line = "rest", high = one.high, low = one.low }
    for at, line in ipairs(one.key == asked.watch and best or {}) do
      local high <const>, low <const> = sums.amount(line.value, asked.factors[line.id])
      list[#list + 1] = { part = rest.part, line = tostring(at), high = high, low = low }
      rest.high, rest.low = rest.high - high, rest.low - low
    end
    list[#list + 1] = rest
  end
  local found <const> = sums.settled(list, "part", "line", asked.divisor)
  for index, one in ipairs(asked.list) do
    local pieces <const> = found[tostring(index)]
    one.value, one.rest = 0, pieces.rest
    for _, piece in pairs(pieces) do -- adding up: order does not matter
      one.value = one.value + piece
    end
    for at, line in ipairs(one.key == asked.watch and best or {}) do
      line.effect = pieces[tostring(at)]
    end
  end
end

-- The base, then uplifts, then changes in their order.
local function in_order(asked, model)
  local place <const> = { [parts.BASE] = 0 }
  for index, change in ipairs(plan.changes(model)) do
    place[change] = index + #asked.list
  end
  for index, one in ipairs(asked.list) do
    place[one.key] = place[one.key] or index
  end
  table.sort(asked.list, function(a, b)
    return place[a.key] < place[b.key]
  end)
end

---What a figure is made of. Parts add up to it exactly, and so do the lines of the part that is watched.
---@param model remit.model
---@param measure remit.measure a sum
---@param spec table where, basis, period
---@param weighed remit.weighed[] the scenarios that the figure adds up; none for a base as it stands
---@param watch any a part's key, or nil
---@param count integer how many of its lines are wanted
---@return remit.explain.one[] list each with its `value`, and that of its lines that were not wanted in `rest`
---@return table[] lines those wanted, largest first, with their `effect`
---@return integer all how many the part did something to
function parts.of(model, measure, spec, weighed, watch, count)
  local root <const> = state_of[model].root or model
  local unit <const> = state_of[root].lines:column(measure.column):unit()
  local asked <const> = { model = root, measure = measure, spec = spec, watch = watch, of = {}, list = {}, ids = {}, factors = {}, appended = {},
    once = {}, unmoved = {}, channel = unit == "pence" and plan.COST or plan.WTE, divisor = weighed[1] and weighed[1].divisor or 1 }
  part(asked, parts.BASE)
  for _, one in ipairs(weighed) do
    add_model(asked, one, one.weight or MILLION)
  end
  if #weighed == 0 then
    add_plainly(asked, model)
  end
  in_order(asked, model)
  local best <const>, all <const> = largest(asked, count)
  settled(asked, best)
  for _, line in ipairs(best) do
    local appended <const> = asked.appended[line.id]
    line.lines, line.row = appended and appended.lines or state_of[root].lines, appended and appended.row or line.id
  end
  return asked.list, best, all, asked.once[watch]
end

return parts
