-- SPDX-License-Identifier: Apache-2.0
-- A hundred values of a parameter of twenty changes, as a sweep and as as many variants asked one by one: scenario_sweep.lua PACK CLOCK ROUNDS.
-- Prints how many values there are, and a line a round with the nanoseconds of each. No round has another's values, so that none is remembered.

local remit <const> = require "remit"

local COUNT <const>, AT <const> = 100, "2026-04"
local base <const> = remit.load(arg[1])
local now <const> = assert(package.loadlib(arg[2], "bench_clock"))
local rounds <const> = math.tointeger(arg[3])

local function plan_of()
  local changes <const> = { remit.scale { id = "cut", lines = { fn = { blueprint = "retain" } }, change = remit.param { id = "cut", default = "-10%" },
    from = "2025-10", why = "less of it" } }
  for number = 2, 20 do
    changes[number] = remit.scale { id = "c" .. number, lines = { fn = ("f%03d"):format(number), band = number % 2 == 0 and ">= 8a" or "< 8a" },
      change = ("-%d%%"):format(number), from = "2025-11", why = "a little less" }
  end
  return base:scenario("Plan", { changes = changes })
end

local plan <const> = plan_of()

local function values_of(turn)
  local values <const> = {}
  for number = 1, COUNT do
    values[number] = ("-%d.%03d%%"):format(number - 1, turn)
  end
  return values
end

local function swept(values)
  local start <const>, found <const> = now(), {}
  local frame <const> = plan:sweep { param = "cut", values = values, at = AT }
  local took <const> = now() - start
  for row = 1, #values do
    found[row] = frame:get(row, "cost")
  end
  return took, found
end

local function one_by_one(values)
  local start <const>, found <const> = now(), {}
  for row, value in ipairs(values) do
    found[row] = plan:with({ params = { cut = value } }):total("cost", { at = AT })
  end
  return now() - start, found
end

local function check_same(values)
  local _, ours <const> = swept(values)
  local _, theirs <const> = one_by_one(values)
  for row = 1, COUNT do
    assert(ours[row] == theirs[row], "the sweep comes to other figures")
  end
end

check_same(values_of(0))
print("values " .. COUNT)
for round = 1, rounds do
  print(("round %d %d"):format((swept(values_of(2 * round))), (one_by_one(values_of(2 * round + 1)))))
end
