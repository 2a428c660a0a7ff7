-- SPDX-License-Identifier: Apache-2.0
-- Lua numbers into the core's integers, sums of those, and money back. A number means its shortest decimal text: 2.675 is 2.675 and not the double a
-- little below.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local exact <const> = {}

local function shortest(value)
  for digits = 14, 16 do
    local text <const> = ("%." .. digits .. "e"):format(value)
    if tonumber(text) == value or digits == 16 then
      return text
    end
  end
end

-- Digits are picked out one by one so that a locale's decimal comma does no harm.
local function decimal_text(value)
  local sign <const>, first <const>, rest <const>, exponent <const> = shortest(value):match "^(-?)(%d)%D?(%d*)e([+-]%d+)$"
  local digits <const> = first .. rest
  local point <const> = 1 + tonumber(exponent)
  if point <= 0 then
    return sign .. "0." .. ("0"):rep(math.min(-point, 30)) .. digits
  elseif point >= #digits then
    return sign .. digits .. ("0"):rep(math.min(point - #digits, 30))
  end
  return sign .. digits:sub(1, point) .. "." .. digits:sub(point + 1)
end

---@param value any
---@return boolean
function exact.finite(value)
  return type(value) == "number" and value == value and value ~= math.huge and value ~= -math.huge
end

---Units of 10^-decimals, rounded half to even.
---@param value number finite
---@param decimals integer
---@return integer? result, string? message, string? code
function exact.integer(value, decimals)
  local text <const> = math.type(value) == "integer" and ("%d"):format(value) or decimal_text(value)
  local result <const>, message <const>, code <const> = core.number.parse(text, { decimals = decimals, round = true })
  if result == nil then
    return nil, message, code
  end
  return result
end

---The sum of integers; one past 64 bits is refused.
---@param list integer[]
---@return integer
function exact.sum(list)
  local sum = 0
  for _, value in ipairs(list) do
    sum = fault.check(core.number.add(sum, value))
  end
  return sum
end

---Pounds of pence, as scripts have them.
---@param pence integer
---@return number
function exact.pounds(pence)
  return core.number.plain(pence, "pence")
end

return exact
