-- SPDX-License-Identifier: Apache-2.0
-- pivot: remit as people use it, one of the engines that run.lua asks, in the words of engine.lua.
--
--   lua5.4 tests/bench/pivot.lua PACK CLOCK first|again
--
-- CLOCK is clock.so, a clock of nanoseconds: Lua's own counts microseconds, of the processor. A question runs from arguments to frame,
-- without printing. First: no sums are kept from before and no question is remembered, so that it is checked, rows are read, and sums made that a
-- later question could use.

local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"

local pack <const> = arg[1]
local base <const> = remit.load(pack)
local now <const> = assert(package.loadlib(arg[2], "bench_clock"))
local first <const> = arg[3] == "first"
local MEASURES <const> = { "cost", "wte" }
local SENIOR <const> = { band = "8a, 8b, 8c, 8d, 9", ["place.parent"] = "r003" }

local questions <const> = {
  { measures = MEASURES },
  { measures = MEASURES, by = { "fn" } },
  { measures = MEASURES, by = { "fn", "place" } },
  { measures = MEASURES, by = { "org", "fn", "band" } },
  { measures = MEASURES, by = { "fn" }, where = SENIOR },
  { measures = MEASURES, by = { "fn.parent", "fn", "place.parent", "place" }, totals = true },
}

local function whole(number, units)
  return ("%d"):format(math.floor(number * units + 0.5))
end

local function show(question)
  local lines <const> = {}
  for row in base:pivot(question):rows() do
    local texts <const> = {}
    for index, key in ipairs(question.by or {}) do
      local value <const> = row[key]
      texts[index] = (value == nil or value == remit.none) and "" or value
    end
    table.insert(texts, whole(row.cost, 100))
    table.insert(texts, whole(row.wte, 1000000))
    lines[#lines + 1] = table.concat(texts, "|")
  end
  lines[#lines + 1] = "."
  return table.concat(lines, "\n")
end

local function timed(body, times)
  local start <const> = now()
  for _ = 1, times do
    body()
  end
  return now() - start
end

local answers <const> = {
  show = function(number)
    return show(questions[number])
  end,
  ask = function(number, times)
    local question <const> = questions[number]
    return timed(function()
      if first then
        state_of[base].kept, state_of[base].asked = nil, nil
      end
      base:pivot(question)
    end, times)
  end,
  load = function()
    collectgarbage()
    return timed(function() remit.load(pack) end, 1)
  end,
}

print("ready " .. remit.version)
io.stdout:flush()
for line in io.lines() do
  local word <const>, number <const>, times <const> = line:match "^(%l+) ?(%d*) ?(%d*)$"
  print(answers[word](math.tointeger(number), math.tointeger(times)))
  io.stdout:flush()
end
