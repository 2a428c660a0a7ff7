-- SPDX-License-Identifier: Apache-2.0
-- Readiness of transfers: what is met, what they wait for, who objects; and what it costs when a package that is not ready slips.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local uplift <const> = require "remit.uplift"

local readiness <const> = {}

-- Items by what a package says of them: met, not met; those that it does not name are neither.
local function items_of(change)
  local met, missing <const> = 0, {}
  for _, item in ipairs(plain.keys(change.ready)) do
    met = met + (change.ready[item] and 1 or 0)
    missing[#missing + 1] = not change.ready[item] and item or nil
  end
  return met, missing
end

---What a package waits for, in words: items of readiness that are not met, events outside, objections.
---@param change remit.change
---@return string[] words, boolean unmet whether an item of readiness is not met
function readiness.waits_for(change)
  local _, words <const> = items_of(change)
  local unmet <const> = #words > 0
  table.move(change.depends_on, 1, #change.depends_on, #words + 1, words)
  for _, objection in ipairs(change.objections) do
    words[#words + 1] = "objection: " .. objection
  end
  return words, unmet
end

local function result_of(entry, missing)
  if entry.slip > 0 then
    return "slips " .. plain.counted(entry.slip, "month")
  elseif #missing > 0 then
    return "flagged"
  end
  return next(entry.change.ready) == nil and "nobody has said" or "ready"
end

local function listed(words, separator)
  return #words > 0 and table.concat(words, separator) or nil
end

local function row_of(entry)
  local change <const> = entry.change
  local met <const>, missing <const> = items_of(change)
  return { transfer = change.id or "transfer", receiver = entry.receiver, met = met, missing = listed(missing, ", "), planned = change.golive,
    golive = core.calendar.month_text(entry.golive), waits = listed(change.depends_on, "; "), objections = listed(change.objections, "; "),
    result = result_of(entry, missing) }
end

---A row a transfer: readiness, what it waits for, objections, and whether it slips.
---@param model remit.model
---@return remit.frame
function readiness.frame(model)
  local compiled <const>, rows <const> = plan.of(model, "readiness"), {}
  for index, entry in ipairs(compiled.transfers) do
    rows[index] = row_of(entry)
  end
  local columns <const> = plain.filled(rows, { { name = "transfer", display = "text" }, { name = "receiver", display = "text", dimension = "org" },
    { name = "met", title = "items met", display = "count" }, { name = "missing", title = "not met", display = "text" },
    { name = "planned", title = "planned go-live", display = "text" }, { name = "golive", title = "go-live", display = "text" },
    { name = "waits", title = "waits for", display = "text" }, { name = "objections", display = "text" }, { name = "result", display = "text" } })
  local note <const> = #rows == 0 and "No transfers."
    or "Of five items: form, dates, clarity, resource, governance. slip_price says what slipping costs."
  return frame.from { keys = { "transfer" }, columns = columns, rows = #rows,
    about = model:about { title = "Readiness of transfers", money = false, notes = { note } } }
end

-- ---- What slipping costs ----

local declared <const> = args.declare { name = "slip_price",
  doc = "What slipping costs the ICB inside and outside the cap, each receiver and the system, against going live on time.",
  example = 'late = remit.transfer { functions = { id = "eprr" }, receiver = "region", golive = "2026-10", ready = { form = false }, '
    .. 'if_not_ready = "slip 3 months", why = "duty rota" }\nprint(plan:with { add = { late } }:slip_price())',
  { name = "transfer", kind = "string", doc = "one transfer by its id; all that slip without it" },
  { name = "from", kind = "month", doc = "first month; the first that differs without it" },
  { name = "to", kind = "month", doc = "last month, included; the last that differs without it" },
  measures.BASIS,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is; the pack's own without it" },
  { name = "envelope", kind = "remit.envelope", doc = "the cap: lines that it leaves out are outside; without it all lines are inside" },
}

-- The packages that slip, of one id or all.
local function slipping(compiled, id)
  local held <const>, words <const>, ids <const>, known = {}, {}, {}, false
  for _, entry in ipairs(compiled.transfers) do
    ids[#ids + 1], known = entry.change.id, known or entry.change.id == id
    if entry.slip > 0 and (not id or entry.change.id == id) then
      held[entry.change] = true
      words[#words + 1] = ("%s slips %s to %s"):format(plan.name_of(entry.change), plain.counted(entry.slip, "month"), core.calendar.month_text(entry.golive))
    end
  end
  if id and not known then
    fault.raise { code = "change", message = ("there is no transfer '%s'. %s"):format(id, fault.suggest(id, ids)
      or #ids == 0 and "None has an id." or "There are: " .. table.concat(ids, ", ")) }
  elseif #words == 0 then
    fault.raise { code = "change", message = id and ("'%s' does not slip: it is ready, or it is only flagged"):format(id)
      or "no transfer slips: each is ready, or is only flagged", hints = { 'plan:amend("...", { if_not_ready = "slip 3 months" }):slip_price()' } }
  end
  return held, words
end

---The price of slipping: the scenario against itself with every package on time.
---@param model remit.model
---@param given? table
---@return remit.frame
function readiness.price(model, given)
  local compiled <const>, spec <const> = plan.of(model, "slip_price"), declared(given)
  local held <const>, words <const> = slipping(compiled, spec.transfer)
  local on_time <const> = require("remit.scenario").on_time(model, held)
  spec.title, spec.notes = "What slipping costs", { table.concat(words, "; ") .. "." }
  return require("remit.compare.ledger").run(on_time, model, spec)
end

return readiness
