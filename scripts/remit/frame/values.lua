-- SPDX-License-Identifier: Apache-2.0
-- Plain Lua values (pounds, WTE, labels, "2026-04") into columns of the core and back.

local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local show <const> = require "remit.show"

local values <const> = {}

---@param value any
---@return boolean
function values.absent(value)
  return value == nil or value == false or value == none
end

local function fail_value(name, row, message)
  fault.raise { message = ("%s: row %d: %s"):format(name, row, message) }
end

local LONGEST <const> = 65535 -- bytes of a label of the core

local function label_of(value, name, row)
  if type(value) ~= "string" then
    fail_value(name, row, "text is a string, not a " .. type(value))
  elseif #value > LONGEST then
    fail_value(name, row, ("text is at most %d bytes, not %d"):format(LONGEST, #value))
  end
  return value ~= "" and value
end

local function month_of(value, name, row)
  local month <const> = type(value) == "string" and core.calendar.month(value)
  if not month then
    fail_value(name, row, ("a month is a string such as \"2026-04\", not %s"):format(tostring(value)))
  end
  return month
end

local function figure_of(value, name, row, display)
  if not exact.finite(value) then
    fail_value(name, row, ("%s is not a finite number; remit.none is no value"):format(tostring(value)))
  elseif display == "count" and not math.tointeger(value) then
    fail_value(name, row, ("a count is a whole number, not %s"):format(tostring(value)))
  end
  local integer <const>, message <const> = exact.integer(value, show.stored_decimals(display))
  if integer == nil then
    fail_value(name, row, message)
  end
  return integer
end

-- The labels that a column may hold, those that it does not hold too: a test may name them.
local function labels_of(words, converted)
  local labels <const>, seen <const> = {}, {}
  for _, list in ipairs { words, converted } do
    for index = 1, #list do
      local label <const> = list[index]
      labels[#labels + 1] = label and not seen[label] and label or nil
      seen[label] = true
    end
  end
  return core.dictionary.new(labels)
end

---A column from plain values; numbers are rounded half to even to what the display keeps. Text that only some words can be says which (`words`).
---@param given any[] nil, false and remit.none are no value
---@param count integer
---@param column remit.frame.column
---@return remit.core.column
function values.column(given, count, column)
  local unit <const> = show.unit(column.display)
  local read <const> = unit == "code" and label_of or unit == "month" and month_of or figure_of
  local converted <const> = {}
  for row = 1, count do
    converted[row] = not values.absent(given[row]) and read(given[row], column.name, row, column.display)
  end
  if unit == "code" and column.words then
    return core.column.labels(converted, labels_of(column.words, converted))
  end
  return unit == "code" and core.column.labels(converted) or core.column.ints(converted, unit)
end

---@param state remit.frame.state
---@param column remit.frame.column
---@param row integer
---@return number|string|remit.none
function values.plain(state, column, row)
  local source <const> = state.table:column(column.name)
  local value <const> = source:get(row)
  if value == nil then
    return none
  elseif column.display == "month" then
    return core.calendar.month_text(value)
  end
  return column.display == "text" and value or core.number.plain(value, source:unit())
end

return values
