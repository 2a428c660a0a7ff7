-- SPDX-License-Identifier: Apache-2.0
-- Ledgers: what the ICB carries inside and outside the cap, what each receiver does, and the whole system, month by month. Money handed over is between
-- them: the ICB's ledger has it as a cost, the receiver's as what it is paid.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local figures <const> = require "remit.scenario.figures"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local phase <const> = require "remit.phase"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local receivers <const> = require "remit.transfers.receivers"
local sums <const> = require "remit.transfers.sums"
local total <const> = require "remit.total"
local uplift <const> = require "remit.uplift"

local ledger <const> = {}

local pounds <const> = require("remit.exact").pounds

local INSIDE <const>, OUTSIDE <const> = "ICB inside the cap", "ICB outside the cap"
local SIDES <const> = { INSIDE, OUTSIDE }

local declared <const> = args.declare { name = "ledger", doc = "Three ledgers: the ICB inside and outside the cap, each receiver, the whole system.",
  example = 'print(plan:ledger { by = "receiver", from = "2027-04", to = "2027-06" })',
  { name = "by", kind = { "month", "receiver" }, default = "month", doc = "a row a month, or in each month a row for the ICB, each receiver and the system" },
  { name = "from", kind = "month", required = true, doc = "first month" },
  { name = "to", kind = "month", required = true, doc = "last month, included" },
  measures.BASIS,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is; the pack's own without it" },
  { name = "envelope", kind = "remit.envelope", doc = "the cap: lines that it leaves out are outside; without it all lines are inside" },
}

-- ---- Parts of a month, exact ----

local function accounts_of(compiled, kind, wanted)
  local list <const> = {}
  for index, account in ipairs(compiled.accounts) do
    list[#list + 1] = account.kind == kind and wanted(account) and index or nil
  end
  return list
end

local function icb_pays(account)
  return account.change.paid_by ~= "receiver"
end

local function any()
  return true
end

-- Parts of what the ICB spends, and which accounts are of each; what is kept is the first of all accounts.
local OWN <const> = { { "kept" }, { "stranded", any }, { "double", icb_pays } }

-- The receivers that packages name, in the order of the packages. A ledger has its receiver's name.
local function receivers_of(compiled)
  local list <const>, seen <const> = {}, {}
  for _, entry in ipairs(compiled.transfers) do
    if plain.among(SIDES, entry.receiver) then
      fault.raise { code = "change", message = ("the receiver '%s' is called as the ICB's own ledger is"):format(entry.receiver),
        hints = { "give the organisation another id" } }
    end
    list[#list + 1] = not seen[entry.receiver] and entry.receiver or nil
    seen[entry.receiver] = true
  end
  return list
end

---@class remit.ledger.question
---@field model remit.model
---@field compiled remit.plan
---@field basis string
---@field prices? string
---@field uplift? remit.uplift to those
---@field perimeters table<string, remit.selection|false> by side: the lines of it, false for all; nil for none
---@field receivers string[]

local function question(model, spec, call)
  local compiled <const> = plan.of(model, call)
  local inside <const> = spec.envelope and require("remit.envelope").inside(spec.envelope, model) or nil
  return { model = model, compiled = compiled, basis = spec.basis, prices = spec.prices, uplift = uplift.of(model, spec.prices),
    receivers = receivers_of(compiled),
    perimeters = { [INSIDE] = inside or false, [OUTSIDE] = inside and ~inside } }
end

local function halves(asked, month, accounts, where)
  if #accounts == 0 then
    return 0, 0
  end
  return total.halves(asked.model, { at = core.calendar.month_text(month), accounts = accounts, basis = asked.basis, where = where or nil,
    prices = asked.prices })
end

local function add(list, of, part, high, low)
  if high ~= 0 or low ~= 0 then
    list[#list + 1] = { ledger = of, part = part, high = high, low = low }
  end
end

-- What the ICB and the receivers spend in a month, in parts, as a rate a year.
local function spent(asked, month)
  local list <const>, compiled <const> = {}, asked.compiled
  for _, side in ipairs(SIDES) do
    local where <const> = asked.perimeters[side]
    for _, one in ipairs(where ~= nil and OWN or {}) do
      add(list, side, one[1], halves(asked, month, one[2] and accounts_of(compiled, one[1], one[2]) or { 0 }, where))
    end
  end
  for _, entry in ipairs(compiled.transfers) do
    add(list, entry.receiver, "costs", receivers.halves(asked.model, compiled, entry, month, asked.uplift))
  end
  for _, receiver in ipairs(asked.receivers) do
    add(list, receiver, "double", halves(asked, month, accounts_of(compiled, "double", function(account)
      return account.receiver == receiver and not icb_pays(account)
    end)))
  end
  return list
end

-- What it hands over to each, by the side of the cap on which it counts: inside what a package says so of, of lines that count.
local function handed(asked, month)
  local list <const>, inside <const> = {}, asked.perimeters[INSIDE]
  for _, receiver in ipairs(asked.receivers) do
    local function of(counts)
      return accounts_of(asked.compiled, "resource", function(account)
        return account.receiver == receiver and account.change.inside_cap == counts
      end)
    end
    add(list, receiver, INSIDE, halves(asked, month, of(true), inside))
    add(list, receiver, OUTSIDE, halves(asked, month, of(false)))
    if inside then
      add(list, receiver, OUTSIDE, halves(asked, month, of(true), asked.perimeters[OUTSIDE]))
    end
  end
  return list
end

-- One-off costs of a month by the side of the cap on which they count, exact.
local function once_of(asked, month)
  local list <const>, inside <const> = {}, asked.perimeters[INSIDE]
  for _, one in ipairs(asked.compiled.once) do
    if one.month == month then
      local counts <const> = one.change.against_cap and (not inside or figures.passes(asked.compiled:members(month), one, inside))
      add(list, counts and INSIDE or OUTSIDE, "once", sums.amount(one.pence, asked.uplift and asked.uplift.rate(one.on.kind) or plan.ONE))
    end
  end
  return list
end

-- Delegated programme budgets that have gone to a receiver by a month: a memo, in pence a year.
local function delegated(asked, receiver, month)
  local sum = 0
  for _, entry in ipairs(asked.compiled.transfers) do
    if entry.receiver == receiver and entry.delegated > 0 then
      local pence <const> = fault.check(core.number.scale(entry.delegated, entry.gone(month)))
      sum = sum + fault.check(core.number.scale(pence, receivers.rise(entry.change, asked.uplift), plan.ONE))
    end
  end
  return sum
end

-- ---- Frames ----

local function sum_of(parts)
  local sum = 0
  for _, pence in pairs(parts) do -- adding up: order does not matter
    sum = sum + pence
  end
  return sum
end

-- A month's figures, settled: what each ledger spends by part, and what each receiver gets by side of the cap.
local function month_of(asked, text)
  local month <const> = plan.month(text)
  local once <const> = sums.settled(once_of(asked, month), "ledger", "part", 1)
  local found <const> = { month = month, spent = sums.settled(spent(asked, month), "ledger", "part", 1),
    once = { [INSIDE] = once[INSIDE].once or 0, [OUTSIDE] = once[OUTSIDE].once or 0 },
    handed = sums.settled(handed(asked, month), "ledger", "part", 1), paid = { [INSIDE] = 0, [OUTSIDE] = 0 } }
  for _, receiver in ipairs(asked.receivers) do
    for _, side in ipairs(SIDES) do
      found.paid[side] = found.paid[side] + (found.handed[receiver][side] or 0)
    end
  end
  return found
end

local function month_row(asked, text)
  local found <const> = month_of(asked, text)
  local function both(part)
    return (found.spent[INSIDE][part] or 0) + (found.spent[OUTSIDE][part] or 0)
  end
  local icb <const>, resource <const>, cost = sum_of(found.spent[INSIDE]) + sum_of(found.spent[OUTSIDE]), sum_of(found.paid), 0
  for _, receiver in ipairs(asked.receivers) do
    cost = cost + sum_of(found.spent[receiver])
  end
  return { month = text, kept = pounds(both "kept"), stranded = pounds(both "stranded"), double = pounds(both "double"), icb = pounds(icb),
    resource = pounds(resource), icb_with = pounds(icb + resource), receivers = pounds(cost), gap = pounds(cost - resource), system = pounds(icb + cost),
    once = pounds(sum_of(found.once)), inside = pounds(sum_of(found.spent[INSIDE]) + found.paid[INSIDE]),
    outside = pounds(sum_of(found.spent[OUTSIDE]) + found.paid[OUTSIDE]) }
end

local function row_of(month, name, spends, pays, memo, once, level)
  return { month = month, ledger = name, spends = pounds(spends), pays = pounds(pays), bears = pounds(spends + pays), delegated = pounds(memo),
    once = pounds(once), level = level }
end

-- The rows of a month: the ICB on both sides of the cap, each receiver, and last the system, which is their sum.
local function receiver_rows(asked, text, list)
  local found <const> = month_of(asked, text)
  local spends, memo = 0, 0
  for _, side in ipairs(SIDES) do
    spends = spends + sum_of(found.spent[side])
    list[#list + 1] = row_of(text, side, sum_of(found.spent[side]), found.paid[side], 0, found.once[side], 2)
  end
  for _, receiver in ipairs(asked.receivers) do
    local budget <const> = delegated(asked, receiver, found.month)
    spends, memo = spends + sum_of(found.spent[receiver]), memo + budget
    list[#list + 1] = row_of(text, receiver, sum_of(found.spent[receiver]), -sum_of(found.handed[receiver]), budget, 0, 2)
  end
  list[#list + 1] = row_of(text, false, spends, 0, memo, sum_of(found.once), 1)
end

local ONE_OFF <const> = "One-off: non-recurrent costs that fall in the month, which are in no annual rate."

local function by_month(asked, spec)
  local list <const> = {}
  for index, text in ipairs(phase.months(spec.from, spec.to)) do
    list[index] = month_row(asked, text)
  end
  local columns <const> = { { name = "month", display = "text" }, { name = "kept", display = "£" }, { name = "stranded", display = "£" },
    { name = "double", title = "double running £", display = "£" }, { name = "icb", title = "ICB £", display = "£" },
    { name = "resource", title = "handed over £", display = "£" }, { name = "icb_with", title = "ICB with it £", display = "£" },
    { name = "receivers", title = "receivers' cost £", display = "£" }, { name = "gap", title = "receivers' gap £", display = "£", sign = true },
    { name = "system", title = "system £", display = "£" }, { name = "once", title = "one-off in the month £", display = "£" } }
  if spec.envelope then
    table.insert(columns, 8, { name = "inside", title = "inside the cap £", display = "£" })
    table.insert(columns, 9, { name = "outside", title = "outside the cap £", display = "£" })
  end
  return frame.from { keys = { "month" }, columns = plain.filled(list, columns), about = asked.model:about { title = "Ledgers", at = spec.from, to = spec.to,
    prices = spec.prices, basis = measures.in_words(asked.model, { basis = spec.basis, period = "run_rate" }),
    notes = { "ICB is what counts when money handed over does not; "
      .. "ICB with it when it does. System: ICB and receivers' cost; the money handed over is between them.", ONE_OFF } } }
end

local function has_memo(asked)
  for _, entry in ipairs(asked.compiled.transfers) do
    if entry.delegated > 0 then
      return true
    end
  end
  return false
end

local function by_receiver(asked, spec)
  local list <const>, levels <const> = {}, {}
  for _, text in ipairs(phase.months(spec.from, spec.to)) do
    receiver_rows(asked, text, list)
  end
  for index, row in ipairs(list) do
    levels[index] = row.level
  end
  local columns <const> = { { name = "month", display = "text" }, { name = "ledger", display = "text", dimension = "org" },
    { name = "spends", title = "spends £", display = "£" }, { name = "pays", title = "hands over £", display = "£", sign = true },
    { name = "bears", title = "bears £", display = "£" }, { name = "once", title = "one-off in the month £", display = "£" } }
  local notes <const> = { "Bears: what it spends and hands over, less what it is paid (-). "
    .. "The total is the whole system: what is handed over is between them. As printed, columns add up, and a row may be off in its last digit.", ONE_OFF }
  if has_memo(asked) then
    columns[#columns + 1] = { name = "delegated", title = "memo: delegated budgets £", display = "£" }
    notes[3] = "Memo: programme budgets that go along, a year: outside the cap, and in no other figure."
  end
  return frame.from { keys = { "month", "ledger" }, columns = plain.filled(list, columns), levels = levels, about = asked.model:about {
    title = "Ledgers by receiver", at = spec.from, to = spec.to,
    prices = spec.prices, basis = measures.in_words(asked.model, { basis = spec.basis, period = "run_rate" }), notes = notes } }
end

---The ICB's ledger inside and outside the cap, the receivers', and the system's, as annual rates month by month.
---@param model remit.model
---@param given table
---@return remit.frame
function ledger.run(model, given)
  local spec <const> = declared(given)
  local asked <const> = question(model, spec, "ledger")
  return (spec.by == "month" and by_month or by_receiver)(asked, spec)
end

-- ---- Between two scenarios ----

-- What one model's ledgers bear in a month, exact, `sign` times: twelfths of the rates, and one-off costs.
local function borne(asked, month, sign, list)
  local text <const> = core.calendar.month_text(month)
  local function bear(of, high, low, times)
    list[#list + 1] = { ledger = of, month = text, high = high * sign * times, low = low * sign * times }
  end
  for _, one in ipairs(spent(asked, month)) do
    bear(one.ledger, one.high, one.low, 1)
  end
  for _, one in ipairs(handed(asked, month)) do
    bear(one.part, one.high, one.low, 1)
    bear(one.ledger, one.high, one.low, -1)
  end
  for _, one in ipairs(once_of(asked, month)) do
    bear(one.ledger, one.high, one.low, 12)
  end
end

local function union(first, last)
  local list <const>, seen <const> = table.move(first, 1, #first, 1, {}), {}
  for _, name in ipairs(first) do
    seen[name] = true
  end
  for _, name in ipairs(last) do
    list[#list + 1] = not seen[name] and name or nil
  end
  return list
end

-- The column of a ledger: its name, unless another column is called so.
local function column_of(name)
  return (name == "month" or name == "system") and "receiver " .. name or name
end

-- A row of a month, or without one of all of them.
local function price_row(found, names, month)
  local row <const>, sum = { month = month or false }, 0
  for _, name in ipairs(names) do
    local pence <const> = month and (found[name][month] or 0) or sum_of(found[name])
    row[column_of(name)], sum = pounds(pence), sum + pence
  end
  row.system = pounds(sum)
  return row
end

local function differs(row, names)
  for _, name in ipairs(names) do
    if row[column_of(name)] ~= 0 then
      return true
    end
  end
  return false
end

-- The rows of the months, without those before the first and after the last difference where nobody asked for them.
local function price_rows(found, names, months, spec)
  local list <const> = {}
  for index, text in ipairs(months) do
    list[index] = price_row(found, names, text)
  end
  local first, last = 1, #list
  while spec.open_from and first < last and not differs(list[first], names) do
    first = first + 1
  end
  while spec.open_to and last > first and not differs(list[last], names) do
    last = last - 1
  end
  return table.move(list, first, last, 1, {}), last == #list and differs(list[#list], names)
end

local function price_columns(names)
  local columns <const> = { { name = "month", display = "text" } }
  for _, name in ipairs(names) do
    columns[#columns + 1] = { name = column_of(name), title = column_of(name) .. " £", display = "£", sign = true }
  end
  columns[#columns + 1] = { name = "system", title = "system £", display = "£", sign = true }
  return columns
end

---What the second scenario costs each ledger more (+) or less (-) than the first, month by month and in total, in money of the months.
---@param first remit.model
---@param last remit.model
---@param spec { from: string, to: string, basis: string, prices?: string, envelope?: remit.envelope, title: string, notes: string[] } and open_from and
---  open_to, where nobody asked for the first or the last month
---@return remit.frame
function ledger.between(first, last, spec)
  local before <const>, after <const> = question(first, spec, "compare:ledger"), question(last, spec, "compare:ledger")
  local months <const>, parts <const>, levels <const> = phase.months(spec.from, spec.to), {}, {}
  for _, text in ipairs(months) do
    borne(before, plan.month(text), -1, parts)
    borne(after, plan.month(text), 1, parts)
  end
  local named <const> = union(before.receivers, after.receivers)
  local names <const> = table.move(named, 1, #named, 3, { INSIDE, OUTSIDE })
  local found <const> = sums.settled(parts, "ledger", "month", 12)
  local list <const>, still <const> = price_rows(found, names, months, spec)
  for index = 1, #list do
    levels[index] = 1
  end
  list[#list + 1], levels[#levels + 1] = price_row(found, names), 0
  local notes <const> = { still and ("They still differ in %s: months after it are not in the total."):format(months[#months]) or nil }
  table.move(spec.notes, 1, #spec.notes, #notes + 1, notes)
  return frame.from { keys = { "month" }, columns = plain.filled(list, price_columns(names)), levels = levels, about = last:about { title = spec.title,
    at = list[1].month or spec.from, to = #list > 1 and list[#list - 1].month or nil, basis = measures.basis_words[spec.basis] .. ", money of the months",
    prices = spec.prices, notes = notes } }
end

return ledger
