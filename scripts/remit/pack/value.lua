-- SPDX-License-Identifier: Apache-2.0
-- The core's integers as a problem's text shows them.

local core <const> = require "remit.core"

local value <const> = {}

---The decimals of the core's units.
value.decimals = { pence = 2, micro = 6, count = 0 }

---An integer of a column as text; a label as it is.
---@param column table core column
---@param given integer|string|nil
---@return string?
function value.text(column, given)
  local unit <const> = column:unit()
  if given == nil or unit == "code" then
    return given
  end
  local text <const> = core.number.print(given, value.decimals[unit] or 0)
  return text:find(".", 1, true) and (text:gsub("0+$", ""):gsub("%.$", "")) or text
end

return value
