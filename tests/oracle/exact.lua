-- SPDX-License-Identifier: Apache-2.0
-- exact: products of integers past 64 bits, as naive as they can be.

local exact <const> = {}

local ONE <const> = 1000000000000
exact.ONE = ONE

local HALF <const> = 1000000 -- of the digits of ONE

-- a * b over ONE, by halves of their digits: quotient and remainder.
local function by_halves(a, b)
  local a1 <const>, a0 <const>, b1 <const>, b0 <const> = a // HALF, a % HALF, b // HALF, b % HALF
  local middle <const> = a1 * b0 + a0 * b1
  local low <const> = middle % HALF * HALF + a0 * b0
  return a1 * b1 + middle // HALF + low // ONE, low % ONE
end

-- a * b over c, bit by bit: quotient and remainder.
local function divided(a, b, c)
  if c == ONE then
    return by_halves(a, b)
  end
  local quotient, rest = 0, 0
  for bit = 62, 0, -1 do
    quotient, rest = 2 * quotient, 2 * rest + ((b >> bit) & 1 == 1 and a % c or 0)
    quotient, rest = quotient + rest // c, rest % c
  end
  return quotient + a // c * b, rest
end

---a * b / c rounded half to even.
function exact.scale(a, b, c)
  local negative <const> = (a < 0) ~= (b < 0) ~= (c < 0)
  a, b, c = math.abs(a), math.abs(b), math.abs(c)
  local quotient <const>, rest <const> = divided(a, b, c)
  local up <const> = rest > c - rest or (rest == c - rest and quotient % 2 == 1)
  local result <const> = quotient + (up and 1 or 0)
  return negative and -result or result
end

---a * b // c and a * b % c of what is not negative.
function exact.floor(a, b, c)
  return (divided(a, b, c))
end

function exact.rest(a, b, c)
  return select(2, divided(a, b, c))
end

---The product of two factors.
function exact.times(a, b)
  return (a == ONE and b) or (b == ONE and a) or (a == 0 and 0) or exact.scale(a, b, ONE)
end

---A figure times a factor, added to an exact sum { whole, part }, part in units of 10^-12 and from 0.
function exact.add(sum, figure, factor)
  if factor == ONE then
    sum[1] = sum[1] + figure
  elseif factor ~= 0 then
    local whole <const>, part <const> = divided(math.abs(figure), factor, ONE)
    sum[1], sum[2] = sum[1] + (figure < 0 and -whole or whole), sum[2] + (figure < 0 and -part or part)
  end
  sum[1], sum[2] = sum[1] + sum[2] // ONE, sum[2] % ONE
  return sum
end

---An exact sum divided and rounded half to even.
function exact.rounded(sum, divisor)
  local whole <const>, rest <const> = sum[1] // divisor, sum[1] % divisor
  local twice <const> = 2 * rest - divisor -- against the half, part aside
  local above <const> = twice > 0 or (twice == 0 and sum[2] > 0) or (twice == -1 and 2 * sum[2] > ONE)
  local even <const> = (twice == 0 and sum[2] == 0) or (twice == -1 and 2 * sum[2] == ONE)
  return whole + ((above or (even and whole % 2 == 1)) and 1 or 0)
end

return exact
