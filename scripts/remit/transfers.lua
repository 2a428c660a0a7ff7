-- SPDX-License-Identifier: Apache-2.0
-- Whether a transfer saves anything, or only shifts cost to somebody else.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local receivers <const> = require "remit.transfers.receivers"
local show <const> = require "remit.show"
local total <const> = require "remit.total"
local uplift <const> = require "remit.uplift"

local transfers <const> = {}

local ONE <const> = plan.ONE

-- ---- Cost shift ----

local declared <const> = args.declare { name = "cost_shift",
  doc = "Each transfer on the recurrent year: released, resource, receiver cost, shortfall, system saving.",
  example = 'print(plan:cost_shift { min_saving = "50%" })',
  { name = "min_saving", kind = "percent|remit.param", default = "50%", doc = "the saving that the system must make, of what is released" },
  { name = "basis", kind = { "funded", "in_post" }, default = "funded", doc = "which cost is released" },
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is; the pack's own without it" },
}

local function amount(model, measure, month, accounts, spec)
  if not accounts then
    return 0
  end
  return (total.of_accounts(model, measure, { at = core.calendar.month_text(month), basis = spec.basis, prices = spec.prices, accounts = accounts }))
end

local function shift_row(model, compiled, entry, month, min_saving, spec)
  local released <const> = amount(model, "cost", month, entry.accounts.moved, spec)
  local resource <const> = amount(model, "cost", month, entry.accounts.resource, spec)
  local cost <const> = entry.accounts.moved and receivers.pence(model, compiled, entry, month, uplift.of(model, spec.prices)) or 0
  local moved <const> = amount(model, "in_post", month, entry.accounts.moved, spec)
  local shortfall <const>, saving <const> = cost - resource, released - cost
  local wanted <const> = fault.check(core.number.scale(released, min_saving, ONE))
  local staff <const> = fault.check(core.number.scale(moved, effects.staff(entry.change, "tupe"), 1000000))
  local unfunded <const> = shortfall > 0 and cost > 0 and fault.check(core.number.scale(staff, shortfall, cost)) or 0
  return { transfer = entry.change.id or "transfer", receiver = entry.receiver, released = exact.pounds(released), resource = exact.pounds(resource),
    receiver_cost = exact.pounds(cost), shortfall = exact.pounds(shortfall), saving = exact.pounds(saving),
    saving_share = released > 0 and saving / released or false, staff = core.number.plain(staff, "micro"),
    unfunded = core.number.plain(unfunded, "micro"), result = saving >= wanted and "pass" or "COST SHIFT" }
end

---Each transfer on the recurrent year.
---@param model remit.model
---@param given? table
---@return remit.frame
function transfers.cost_shift(model, given)
  local compiled <const> = plan.of(model, "cost_shift")
  local spec <const> = declared(given)
  local min_saving <const>, month <const>, list <const> = compiled:share(spec.min_saving, "min_saving"), compiled:last_month(), {}
  for index, entry in ipairs(compiled.transfers) do
    list[index] = shift_row(model, compiled, entry, month, min_saving, spec)
  end
  local columns <const> = plain.filled(list, { { name = "transfer", display = "text" }, { name = "receiver", display = "text", dimension = "org" },
    { name = "released", display = "£" }, { name = "resource", display = "£" }, { name = "receiver_cost", title = "receiver cost £", display = "£" },
    { name = "shortfall", display = "£", sign = true }, { name = "saving", title = "system saving £", display = "£", sign = true },
    { name = "saving_share", title = "saving %", display = "%" }, { name = "staff", title = "staff who move WTE", display = "WTE" },
    { name = "unfunded", title = "unfunded WTE", display = "WTE" }, { name = "result", display = "text", words = { "pass", "COST SHIFT" } } })
  local notes <const> = { ("System saving is released less receiver cost, and must be at least %s of what is released. %s"):format(
    show.share(min_saving // 1000000), "Shortfall is receiver cost less resource.") }
  if #list == 0 then
    notes[1] = "No transfers."
  end
  return frame.from { keys = { "transfer" }, columns = columns, rows = #list, about = model:about {
    title = "Cost shift, recurrent year", prices = spec.prices, at = core.calendar.month_text(month),
    basis = measures.basis_words[spec.basis], notes = notes } }
end

return transfers
