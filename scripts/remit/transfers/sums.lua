-- SPDX-License-Identifier: Apache-2.0
-- Exact sums of money in two halves (decision 0019), and their rounding: parts are allotted so that they add up to what they are parts of.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plan <const> = require "remit.scenario.plan"

local sums <const> = {}

local TRAIL <const> = plan.TRAIL
local HALVES <const> = { { name = "cost#high", column = "cost#high" }, { name = "cost#low", column = "cost#low" } }

---Cells' cost times the factors of their trails.
---@param cells remit.core.table TRAIL and cost
---@param factors integer[] from 0, in units of 10^-12
---@return integer high, integer low
function sums.weighed(cells, factors)
  local made <const> = fault.check(core.pivot.run(fault.check(core.changeset.weighed(cells, TRAIL, factors, { "cost" })), { measures = HALVES }))
  return made:column("cost#high"):get(1) or 0, made:column("cost#low"):get(1) or 0
end

local nowhere <const> = core.dictionary.new {}

---An amount times a factor.
---@param pence integer
---@param factor integer
---@return integer high, integer low
function sums.amount(pence, factor)
  local cell <const> = core.table.new(1):add(TRAIL, core.column.labels({ false }, nowhere)):add("cost", core.column.ints({ pence }, "pence"))
  return sums.weighed(cell, { [0] = factor })
end

local function labelled(list, key)
  local values <const>, order <const>, seen <const> = {}, {}, {}
  for index, one in ipairs(list) do
    values[index] = one[key]
    order[#order + 1] = not seen[one[key]] and one[key] or nil
    seen[one[key]] = true
  end
  return core.column.labels(values, core.dictionary.new(order))
end

local function numbers(list, field)
  local values <const> = {}
  for index, one in ipairs(list) do
    values[index] = one[field]
  end
  return core.column.ints(values, "pence")
end

---The parts divided and rounded half to even: their total once, and they by largest remainder, by the first key and then by the second.
---@param list { high: integer, low: integer, [string]: string }[]
---@param first string
---@param second string
---@param divisor integer
---@return table<string, table<string, integer>> pence
function sums.settled(list, first, second, divisor)
  local found <const> = setmetatable({}, { __index = function() return {} end })
  if #list == 0 then
    return found
  end
  local made <const> = core.table.new(#list):add(first, labelled(list, first)):add(second, labelled(list, second))
    :add("cost#high", numbers(list, "high")):add("cost#low", numbers(list, "low"))
  local keys <const> = { first, second }
  local whole <const> = fault.check(core.changeset.settled(fault.check(core.pivot.run(made, { by = keys, measures = HALVES })), keys, { "cost" }, divisor))
  for row = 1, whole:rows() do
    local key <const> = whole:column(first):get(row)
    found[key] = rawget(found, key) or {}
    found[key][whole:column(second):get(row)] = whole:column("cost"):get(row)
  end
  return found
end

return sums
