-- SPDX-License-Identifier: Apache-2.0
-- Who leaves because of which change, by which route, what that costs once, from where to where when service or pay is not known, and when it is paid back.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local plan <const> = require "remit.scenario.plan"
local redundancy <const> = require "remit.redundancy"
local rows <const> = require "remit.scenario.rows"
local state_of <const> = require "remit.state_of"

local leaving <const> = {}

local MILLION <const> = redundancy.MILLION

local declared <const> = args.declare { name = "model:redundancy",
  doc = "What leaving costs, change by change: people, one-off (non-recurrent) cost with its range, payback.",
  example = 'print(plan:redundancy { at = "2027-04" })',
  { name = "at", kind = "month", doc = "the month; who has left by then" },
  { name = "route", kind = "string", doc = "how people leave where a change does not say" },
}

-- Complete years from a day to the first of a month.
local function complete_years(since, month)
  local year <const>, of_year <const>, day <const> = core.calendar.day_text(since):match "^(%d+)-(%d+)-(%d+)$"
  local months <const> = month - core.calendar.month(("%s-%s"):format(year, of_year)) - (day == "01" and 0 or 1)
  return math.max(0, months // 12)
end

-- ---- Everybody in a line ----

---@class remit.leavers
---@field effects remit.effects
---@field terms table
---@field pay? remit.rates
local Leavers <const> = {}
Leavers.__index = Leavers

-- Rows of assignments by the post that they are of.
local function assigned(model)
  local assignments <const>, by <const> = state_of[model].assignments, {}
  local posts <const> = assignments and assignments:column "post"
  for row = 1, assignments and assignments:rows() or 0 do
    local id <const> = posts:get(row)
    by[id] = by[id] or {}
    table.insert(by[id], row)
  end
  return by
end

local function leavers(self)
  local state <const> = state_of[self.view]
  local costed <const> = state.sources.pay_points and state.settings.price_base
  return setmetatable({ effects = self, assignments = state.assignments, assigned = assigned(self.view), terms = redundancy.terms(self.view),
    pay = costed and rows.rates(self.view) or nil, whole = {} }, Leavers)
end

-- The least and the most that full-time pay of a line may be.
function Leavers:salary(row)
  local lines <const> = self.effects.lines
  local salary <const> = self.pay and self.pay:salary_pence(lines:column("band"):get(row), lines:column("point"):get(row))
  return salary or self.terms.redundancy_pay_floor.value // 10000, salary or self.terms.redundancy_pay_cap.value // 10000
end

-- The filled WTE of a post before any change, over all the lines that it is shared over; nil for one that a change adds.
function Leavers:filled(id)
  if not next(self.whole) then
    local lines <const> = state_of[self.effects.plan.root].lines
    local filled <const> = fault.check(core.selection.test(lines, "vacant", "false"))
    local by <const> = fault.check(core.pivot.run(lines, { by = { "id" }, measures = { { name = "wte", column = "wte" } }, where = filled }))
    for row = 1, by:rows() do
      self.whole[by:column("id"):get(row)] = by:column("wte"):get(row)
    end
  end
  return self.whole[id]
end

-- The range for so much WTE of which service is not known.
function Leavers:unknown(low, high, wte)
  local years <const> = self.terms.redundancy_unknown_years
  return redundancy.pence(low, wte, years.low // MILLION, self.terms), redundancy.pence(high, wte, years.high // MILLION, self.terms)
end

-- What it costs when everybody in a line leaves: least and most, in pence.
function Leavers:line(row, month)
  local id <const>, wte <const> = self.effects.lines:column("id"):get(row), self.effects.lines:column("wte"):get(row)
  local lowest <const>, highest <const> = self:salary(row)
  local whole <const>, known, low, high = self:filled(id) or wte, 0, 0, 0
  if whole == 0 then
    return 0, 0
  end
  for _, person in ipairs(self.assigned[id] or {}) do
    local since <const> = self.assignments:column("service_from"):get(person)
    local works <const> = math.min(self.assignments:column("wte"):get(person), whole - known)
    if since then
      local years <const> = complete_years(since, month)
      low, high = low + redundancy.pence(lowest, works, years, self.terms), high + redundancy.pence(highest, works, years, self.terms)
      known = known + works
    end
  end
  local least <const>, most <const> = self:unknown(lowest, highest, whole - known)
  return fault.check(core.number.scale(low + least, wte, whole)), fault.check(core.number.scale(high + most, wte, whole))
end

-- ---- Who leaves ----

-- The month in which a change's people go: its first, or its transfer's go-live.
local function leaves_in(self, change)
  for _, entry in ipairs(self.plan.transfers) do
    if entry.change == change then
      return entry.golive
    end
  end
  return plan.month(change.from)
end

-- Accounts whose people leave, by change, in the order of the changes.
local function by_change(self)
  local list <const>, at <const> = {}, {}
  for index, account in ipairs(self.plan.accounts) do
    local share <const> = effects.leaving(account)
    if share and account.change and account.kind ~= "taken vacancies" then
      at[account.change] = at[account.change] or #list + 1
      list[at[account.change]] = list[at[account.change]] or { change = account.change, shares = {} }
      list[at[account.change]].shares[index] = share
    end
  end
  return list
end

-- Filled lines of which people leave by one change: the rows, and the factor of each.
local function leaving_rows(self, one)
  local factors <const> = self:factors(one.shares, plan.WTE)
  return self:rows({ kind = "pay", vacant = false }, factors), factors
end

local function scaled(value, factor)
  return (fault.check(core.number.scale(value, factor, plan.ONE)))
end

---Everybody who leaves by a month, change by change: their lines, and of each the WTE that leaves (micro) and what that costs, from `low` to `high` (pence).
---@param self remit.effects
---@param default? string a route
---@return { change: remit.change, route: table, from: integer, rows: integer[], leaving: integer[], low: integer[], high: integer[] }[]
function leaving.leavers(self, default)
  local routes <const>, usual <const> = redundancy.routes(self.view)
  local everybody <const>, list <const> = leavers(self), {}
  for _, one in ipairs(by_change(self)) do
    local route <const>, month <const> = redundancy.route(routes, one.change.route or default or usual), leaves_in(self, one.change)
    local found <const>, factors <const> = leaving_rows(self, one)
    local entry <const> = { change = one.change, shares = one.shares, route = route, from = month, rows = found, leaving = {}, low = {}, high = {} }
    for index, row in ipairs(found) do
      local factor <const>, low, high = factors[self.lines:column(plan.TRAIL):code(row)], 0, 0
      if route.pays then
        low, high = everybody:line(row, month)
      end
      entry.leaving[index] = scaled(self.lines:column("wte"):get(row), factor)
      entry.low[index], entry.high[index] = scaled(low, factor), scaled(high, factor)
    end
    list[#list + 1] = #found > 0 and entry or nil
  end
  return list
end

---The leavers as a table of the core, for grouping: the lines' columns, and leaving, low and high.
---@param self remit.effects
---@param list table[] as leaving.leavers gives
---@return remit.core.table
function leaving.table(self, list)
  local taken <const>, values <const> = {}, { leaving = {}, low = {}, high = {} }
  for _, entry in ipairs(list) do
    for index, row in ipairs(entry.rows) do
      taken[#taken + 1] = row
      for name, column in pairs(values) do -- each by its own name: order does not matter
        column[#taken] = entry[name][index]
      end
    end
  end
  return copy(self.lines:take(taken)):add("leaving", core.column.ints(values.leaving, "micro")):add("low", core.column.ints(values.low, "pence")):add("high",
    core.column.ints(values.high, "pence"))
end

-- ---- The frame ----

-- What the leavers' posts no longer cost, a year.
local function saving_of(self, entry)
  local where <const> = self:where { kind = "pay", vacant = false }
  local cells <const> = self:cells({}, { { name = "cost", column = "cost" } }, where)
  return self:sum(cells, "cost", self:factors(entry.shares, plan.COST))
end

-- The month by which a one-off cost has been saved; nil when there is nothing to pay back, or nothing saved.
local function payback(from, cost, saving)
  if saving <= 0 or cost <= 0 then
    return cost <= 0 and core.calendar.month_text(from) or nil
  end
  return core.calendar.month_text(from + (cost * 12 + saving - 1) // saving - 1) -- the first month saves too
end

local function row_of(self, entry)
  local people <const> = self:people(entry.rows)
  local low <const>, high <const>, saving <const> = exact.sum(entry.low), exact.sum(entry.high), saving_of(self, entry)
  local first <const>, last <const> = payback(entry.from, low, saving), payback(entry.from, high, saving)
  local heads <const> = people and people:rows() > 0 and fault.check(core.pivot.run(people, { measures = { { name = "heads", column = "person",
    how = "distinct" } } })):column("heads"):get(1)
  return { change = entry.change.id or entry.change.kind, route = entry.route.name, decide = core.calendar.month_text(entry.from - entry.route.lead),
    from = core.calendar.month_text(entry.from), wte = core.number.plain(exact.sum(entry.leaving), "micro"), people = people and (heads or 0) or false,
    low = exact.pounds(low), high = exact.pounds(high), cap = entry.route.against_cap and "yes" or "no",
    saving = exact.pounds(saving), payback = first == last and first or first and last and first .. " to " .. last or false }
end

local COLUMNS <const> = { { name = "change", display = "text" }, { name = "route", display = "text" },
  { name = "decide", title = "decide by", display = "text" }, { name = "from", title = "leave in", display = "text" },
  { name = "wte", title = "in post WTE", display = "WTE" },
  { name = "people", title = "people in these posts", display = "count" }, { name = "low", title = "one-off from £", display = "£" },
  { name = "high", title = "one-off to £", display = "£" }, { name = "cap", title = "against the cap", display = "text" },
  { name = "saving", title = "saved a year £", display = "£" }, { name = "payback", title = "paid back in", display = "text", follows = true } }

local function columns_of(list)
  local made <const> = {}
  for index, column in ipairs(COLUMNS) do
    made[index] = { name = column.name, title = column.title, display = column.display, follows = column.follows, values = {} }
    for row, values in ipairs(list) do
      made[index].values[row] = values[column.name]
    end
  end
  return made
end

local function pounds_text(pence)
  return "£" .. core.number.print(pence // 100, 0, true)
end

-- Lead times that no longer fit: whoever leaves must have been told before the pack's month.
local function late(self, list)
  local words <const>, as_at <const> = {}, state_of[self.view].settings.as_at
  for _, row in ipairs(list) do
    words[#words + 1] = row.decide < as_at and ("%s by %s"):format(row.change, row.decide) or nil
  end
  return #words > 0 and ("Before the pack's month (%s) it was to be decided: %s."):format(as_at, table.concat(words, ", ")) or nil
end

local function notes_of(self, list)
  local terms <const> = redundancy.terms(self.view)
  local years <const> = terms.redundancy_unknown_years
  local rule <const> = ("A month's pay a complete year, at least %d years and at most %d months, pay between %s and %s: %s."):format(
    terms.redundancy_min_years.value // MILLION, terms.redundancy_max_months.value // MILLION, pounds_text(terms.redundancy_pay_floor.value // 10000),
    pounds_text(terms.redundancy_pay_cap.value // 10000), terms.redundancy_pay_floor.source)
  local range <const> = ("From and to differ where service is not known (%d to %d years), or pay (floor to cap)."):format(years.low // MILLION,
    years.high // MILLION)
  return { rule, range, "Routes and lead times are the toolkit's own (vocabulary/routes.csv), or the pack's assumptions.",
    #list == 0 and "Nobody in post leaves." or late(self, list) }
end

---@param model remit.model
---@param given { at: string, route?: string }
---@return remit.frame
function leaving.run(model, given)
  local spec <const> = declared(given)
  local self <const> = effects.asked(model, spec.at, "redundancy")
  local list <const> = {}
  for index, entry in ipairs(leaving.leavers(self, spec.route)) do
    list[index] = row_of(self, entry)
  end
  return frame.from { keys = { "change" }, columns = columns_of(list), rows = #list,
    about = model:about { title = "Leaving, one-off (non-recurrent) cost and payback", at = spec.at, notes = notes_of(self, list) } }
end

return leaving
