-- SPDX-License-Identifier: Apache-2.0
-- What transfers mean for money: the ledgers of the ICB, of each receiver and of the whole system, and whether a package is only a cost shift.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local phase <const> = require "remit.phase"
local pivot <const> = require "remit.pivot"
local plan <const> = require "remit.scenario.plan"
local rows <const> = require "remit.scenario.rows"

local transfers <const> = {}

local ONE <const> = plan.ONE

-- ---- What a receiver spends ----

-- Full cost at another employer of the filled posts that a package touches, by trail, in pence: once per distinct (band, point, WTE, trail).
local function staff_cost_by_trail(model, compiled, employer_type)
  local lines <const> = compiled:traced()
  local filled <const> = fault.check(core.selection.test(lines, "kind", "pay")) & fault.check(core.selection.test(lines, "vacant", "false"))
  local posts <const> = filled:take()
  local groups <const> = fault.check(posts:distinct { "band", "point", "wte", "cost", plan.TRAIL })
  local pay <const> = rows.rates(model.state.root)
  local band <const>, point <const>, wte <const>, cost <const> = posts:column "band", posts:column "point", posts:column "wte", posts:column "cost"
  local costs <const> = {}
  for group = 1, groups:count() do
    local row <const> = groups:first(group)
    local salary <const> = pay:salary_pence(band:get(row), point:get(row))
    costs[group] = salary and fault.check(pay:components(salary, wte:get(row), employer_type)).total or cost:get(row)
  end
  local made <const> = core.table.new(posts:rows()):add(plan.TRAIL, posts:column(plan.TRAIL))
  local none <const> = core.table.new(posts:rows()):add("cost", core.column.same(false, posts:rows(), "pence"))
  return made:add("cost", fault.check(none:fill("cost", groups, costs)))
end

-- The sum of a table's figures times the factors of their trails, in pence.
local function weighed_sum(made, factors)
  local part <const> = { cells = made, trail = plan.TRAIL, factors = { factors } }
  return fault.check(core.changeset.figures { parts = { part }, names = { "cost" } }):column("cost"):get(1) or 0
end

local function share_of(staff, route)
  if not staff then
    return route == "tupe" and 1000000 or 0
  end
  return staff[route] and args.percent(staff[route]) or 0
end

-- What the receiver spends a year in a month: of what is given as much as has left by the profile, or the staff who move at its own employer type.
local function receiver_cost(model, compiled, entry, month, accounts)
  local given <const> = entry.change.receiver_cost
  if given ~= nil then
    local pounds <const> = compiled:value(given, "receiver_cost", { "£", "£m" })
    return (fault.check(core.number.scale(fault.check(exact.integer(pounds, 2)), entry.gone(month))))
  end
  local factors <const> = fault.check(compiled.set:factors(month, accounts, plan.WTE))
  local sum <const> = weighed_sum(staff_cost_by_trail(model, compiled, rows.employer_type(model.state.root, entry.receiver)), factors)
  return fault.check(core.number.scale(sum, share_of(entry.change.staff, "tupe"), 1000000))
end

-- ---- Cost shift ----

local declared <const> = args.declare { name = "cost_shift",
  doc = "Each transfer on the recurrent year: released, resource, receiver cost, shortfall, system saving.",
  example = 'print(plan:cost_shift { min_saving = "50%" })',
  { name = "min_saving", kind = "percent|remit.param", default = "50%", doc = "the saving that the system must make, of what is released" },
  { name = "basis", kind = { "funded", "in_post" }, default = "funded", doc = "which cost is released" },
}

local function amount(model, measure, month, accounts, basis)
  if not accounts then
    return 0
  end
  return (pivot.of_accounts(model, measure, { at = core.calendar.month_text(month), basis = basis, accounts = accounts }))
end

local function pounds(pence)
  return core.number.plain(pence, "pence")
end

local function shift_row(model, compiled, entry, month, min_saving, basis)
  local released <const> = amount(model, "cost", month, entry.accounts.moved, basis)
  local resource <const> = amount(model, "cost", month, entry.accounts.resource, basis)
  local cost <const> = entry.accounts.moved and receiver_cost(model, compiled, entry, month, entry.accounts.moved) or 0
  local moved <const> = amount(model, "in_post", month, entry.accounts.moved, basis)
  local shortfall <const>, saving <const> = cost - resource, released - cost
  local wanted <const> = fault.check(core.number.scale(released, min_saving, ONE))
  local staff <const> = fault.check(core.number.scale(moved, share_of(entry.change.staff, "tupe"), 1000000))
  local unfunded <const> = shortfall > 0 and cost > 0 and fault.check(core.number.scale(staff, shortfall, cost)) or 0
  return { transfer = entry.change.id or "transfer", receiver = entry.receiver, released = pounds(released), resource = pounds(resource),
    receiver_cost = pounds(cost), shortfall = pounds(shortfall), saving = pounds(saving),
    saving_share = released > 0 and saving / released or false, staff = core.number.plain(staff, "micro"),
    unfunded = core.number.plain(unfunded, "micro"), result = saving >= wanted and "pass" or "COST SHIFT" }
end

local function columns_of(list, declared_columns)
  for _, column in ipairs(declared_columns) do
    column.values = {}
    for index, row in ipairs(list) do
      column.values[index] = row[column.name]
    end
  end
  return declared_columns
end

---Each transfer on the recurrent year.
---@param model remit.model
---@param given? table
---@return remit.frame
function transfers.cost_shift(model, given)
  local compiled <const> = plan.of(model, "cost_shift")
  local spec <const> = declared(given)
  local min_saving <const>, month <const>, list <const> = compiled:fraction(spec.min_saving, "min_saving"), compiled:last_month(), {}
  for index, entry in ipairs(compiled.transfers) do
    list[index] = shift_row(model, compiled, entry, month, min_saving, spec.basis)
  end
  local columns <const> = columns_of(list, { { name = "transfer", display = "text" }, { name = "receiver", display = "text" },
    { name = "released", display = "£" }, { name = "resource", display = "£" }, { name = "receiver_cost", title = "receiver cost £", display = "£" },
    { name = "shortfall", display = "£", sign = true }, { name = "saving", title = "system saving £", display = "£", sign = true },
    { name = "saving_share", title = "saving %", display = "%" }, { name = "staff", title = "staff who move WTE", display = "WTE" },
    { name = "unfunded", title = "unfunded WTE", display = "WTE" }, { name = "result", display = "text" } })
  local notes <const> = { ("System saving is released less receiver cost, and must be at least %s of what is released. %s"):format(
    type(spec.min_saving) == "string" and spec.min_saving or "the stated share", "Shortfall is receiver cost less resource.") }
  if #list == 0 then
    notes[1] = "No transfers."
  end
  return frame.from { keys = { "transfer" }, columns = columns, rows = #list, about = model:about {
    title = "Cost shift, recurrent year", at = core.calendar.month_text(month),
    basis = spec.basis == "funded" and "funded" or "in post", notes = notes } }
end

-- ---- Ledgers ----

local declared_ledger <const> = args.declare { name = "ledger", doc = "Three ledgers: the ICB inside and outside the cap, each receiver, the whole system.",
  example = 'print(plan:ledger { from = "2026-04", to = "2027-06" })',
  { name = "from", kind = "month", required = true, doc = "first month" },
  { name = "to", kind = "month", required = true, doc = "last month" },
  { name = "basis", kind = { "funded", "in_post" }, default = "funded", doc = "which cost" },
}

local function account_list(compiled, kind, wanted)
  local list <const> = {}
  for index, account in ipairs(compiled.accounts) do
    list[#list + 1] = account.kind == kind and (not wanted or wanted(account)) and index or nil
  end
  return #list > 0 and list or nil
end

local function once_in(compiled, month)
  local inside, outside = 0, 0
  for _, one in ipairs(compiled.once) do
    if one.month == month then
      inside = inside + (one.change.against_cap and one.pence or 0)
      outside = outside + (one.change.against_cap and 0 or one.pence)
    end
  end
  return inside, outside
end

local function receivers_cost(model, compiled, month)
  local sum = 0
  for _, entry in ipairs(compiled.transfers) do
    sum = sum + (entry.accounts.moved and receiver_cost(model, compiled, entry, month, entry.accounts.moved) or 0)
  end
  return sum
end

local function ledger_row(model, compiled, text, basis)
  local month <const> = plan.month(text)
  local function of(accounts)
    return amount(model, "cost", month, accounts, basis)
  end
  local function of_icb(account)
    return account.change.paid_by == "icb"
  end
  local kept <const>, stranded <const> = of { 0 }, of(account_list(compiled, "stranded"))
  local double <const> = of(account_list(compiled, "double", of_icb))
  local resource <const> = of(account_list(compiled, "resource"))
  local once <const>, once_outside <const> = once_in(compiled, month)
  local cost <const> = receivers_cost(model, compiled, month) + of(account_list(compiled, "double", function(account)
    return not of_icb(account)
  end))
  return { month = text, kept = pounds(kept), stranded = pounds(stranded), double = pounds(double), resource = pounds(resource),
    icb = pounds(kept + stranded + double), icb_with = pounds(kept + stranded + double + resource), once = pounds(once + once_outside),
    receivers = pounds(cost), gap = pounds(cost - resource), system = pounds(kept + stranded + double + cost) }
end

---The ICB's ledger without and with the money that it hands over, the receivers', and the system's, as annual rates month by month.
---@param model remit.model
---@param given table
---@return remit.frame
function transfers.ledger(model, given)
  local compiled <const> = plan.of(model, "ledger")
  local spec <const>, list <const> = declared_ledger(given), {}
  for index, text in ipairs(phase.months(spec.from, spec.to)) do
    list[index] = ledger_row(model, compiled, text, spec.basis)
  end
  local columns <const> = columns_of(list, { { name = "month", display = "text" }, { name = "kept", display = "£" }, { name = "stranded", display = "£" },
    { name = "double", title = "double running £", display = "£" }, { name = "icb", title = "ICB £", display = "£" },
    { name = "resource", title = "handed over £", display = "£" }, { name = "icb_with", title = "ICB with it £", display = "£" },
    { name = "receivers", title = "receivers' cost £", display = "£" }, { name = "gap", title = "receivers' gap £", display = "£", sign = true },
    { name = "system", title = "system £", display = "£" }, { name = "once", title = "one-off in the month £", display = "£" } })
  return frame.from { keys = { "month" }, columns = columns, about = model:about { title = "Ledgers", at = spec.from,
    basis = (spec.basis == "funded" and "funded" or "in post") .. ", annual run rate",
    notes = { "ICB is what counts when money handed over does not; ICB with it when it does. "
      .. "System: ICB and receivers' cost; the money handed over is between them." } } }
end

return transfers
