-- SPDX-License-Identifier: Apache-2.0
-- Establishment against ledger: the cost of the lines beside the budget that the ledger holds, and the line that would balance them.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local reconcile <const> = {}

local declared <const> = args.declare { name = "reconcile", doc = "Establishment against ledger, with a balancing line.",
  example = 'print(base:reconcile { by = "cost_centre" })',
  { name = "by", kind = "string", default = "cost_centre", doc = "a field that lines and ledger share" },
}

local function grouped(core_table, by, list)
  local result <const>, message <const> = core.pivot.run(core_table, { by = { by }, measures = list })
  if not result then
    fault.raise { code = "reconcile", message = message }
  end
  local rows <const> = {}
  for row = 1, result:rows() do
    local values <const> = {}
    for index, measure in ipairs(list) do
      values[index] = result:column(measure.name):get(row)
    end
    rows[result:column(by):get(row) or ""] = values
  end
  return rows
end

local function ledger_measures(ledger)
  local list <const> = { { name = "budget", column = "budget" } }
  if ledger:column("wte_budgeted"):stats().missing == 0 and ledger:rows() > 0 then
    list[2] = { name = "wte", column = "wte_budgeted" }
  end
  return list
end

local function keys_of(left, right)
  local keys <const>, seen <const> = {}, {}
  for _, side in ipairs { left, right } do
    for key in pairs(side) do
      if not seen[key] then
        seen[key] = true
        keys[#keys + 1] = key
      end
    end
  end
  table.sort(keys)
  return keys
end

local function note_of(own, booked)
  if not booked then
    return "not in the ledger"
  elseif not own then
    return "not in the establishment"
  end
  return own[1] ~= booked[1] and "differs" or false
end

local function check_by(model, ledger, by)
  for _, side in ipairs { { state_of[model].lines, "lines" }, { ledger, "the ledger" } } do
    local column <const> = not by:find("\0", 1, true) and side[1]:column(by)
    if not column then
      select.unknown_field(side[1], by, side[2])
    elseif column:unit() ~= "code" then
      fault.raise { code = "reconcile", message = ("'%s' is a number: reconcile by a label"):format(by) }
    end
  end
end

---@param model remit.model
---@param given? { by?: string }
---@return remit.frame
function reconcile.run(model, given)
  local spec <const> = declared(given)
  local ledger <const> = state_of[model].ledger
  if not ledger then
    fault.raise { code = "reconcile", message = "this pack has no general_ledger.csv to reconcile against" }
  end
  check_by(model, ledger, spec.by)
  local booked_measures <const> = ledger_measures(ledger)
  local lines <const> = grouped(state_of[model].lines, spec.by, { { name = "cost", column = "cost" }, { name = "wte", column = "wte" } })
  local booked <const> = grouped(ledger, spec.by, booked_measures)
  local labels <const>, cost <const>, budget <const>, wte <const>, ledger_wte <const>, notes <const> = {}, {}, {}, {}, {}, {}
  local gap, wte_gap = 0, 0
  for index, key in ipairs(keys_of(lines, booked)) do
    local own <const>, other <const> = lines[key] or { 0, 0 }, booked[key] or { 0, 0 }
    labels[index] = key ~= "" and key or false
    cost[index], budget[index], wte[index], ledger_wte[index] = own[1], other[1], own[2], other[2] or 0
    notes[index] = note_of(lines[key], booked[key])
    gap, wte_gap = gap + other[1] - own[1], wte_gap + (other[2] or 0) - own[2]
  end
  local count <const> = #labels + 1
  labels[count], cost[count], budget[count], wte[count], ledger_wte[count] = "balancing line", gap, 0, wte_gap, 0
  notes[count] = "what the establishment would need to equal the ledger"
  return reconcile.frame(model, spec.by, { labels = labels, cost = cost, budget = budget, notes = notes,
    wte = booked_measures[2] and wte, ledger_wte = ledger_wte })
end

local function with_total(values)
  values[#values + 1] = exact.sum(values)
  return values
end

-- The frame: a row a key, the balancing line, and a total in which both sides are equal.
function reconcile.frame(model, by, rows)
  local count <const> = #rows.labels
  local difference <const>, level <const> = {}, {}
  for index = 1, count do
    difference[index] = rows.budget[index] - rows.cost[index]
    level[index] = 1
  end
  level[count + 1], rows.labels[count + 1], rows.notes[count + 1] = 0, false, false
  local result <const> = core.table.new(count + 1):add(by, core.column.labels(rows.labels))
    :add("establishment", core.column.ints(with_total(rows.cost), "pence")):add("ledger", core.column.ints(with_total(rows.budget), "pence"))
    :add("difference", core.column.ints(with_total(difference), "pence"))
  local columns <const> = { { name = by, display = "text" }, { name = "establishment", title = "establishment £", display = "£" },
    { name = "ledger", title = "ledger budget £", display = "£" }, { name = "difference", title = "difference £", display = "£", sign = true } }
  if rows.wte then
    result:add("wte", core.column.ints(with_total(rows.wte), "micro")):add("ledger_wte", core.column.ints(with_total(rows.ledger_wte), "micro"))
    columns[#columns + 1] = { name = "wte", title = "WTE", display = "WTE" }
    columns[#columns + 1] = { name = "ledger_wte", title = "ledger WTE", display = "WTE" }
  end
  result:add("note", core.column.labels(rows.notes)):add("#level", core.column.ints(level, "count"))
  columns[#columns + 1] = { name = "note", display = "text" }
  return frame.new { table = result, columns = columns, keys = { by }, about = model:about { title = "Establishment against ledger by " .. by,
    basis = measures.in_words(model, { basis = "funded", period = "run_rate" }),
    notes = state_of[model].plan and { "The establishment is that of the base: a ledger knows of no changes." } or nil } }
end

return reconcile
