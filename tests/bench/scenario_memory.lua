-- SPDX-License-Identifier: Apache-2.0
-- Scenarios of examples/nenc, each asked for a total, and held: scenario_memory.lua COUNT [append]. Prints the resident KiB that each takes.

local remit <const> = require "remit"

local count <const>, append <const> = tonumber(arg[1]), arg[2] == "append"
local base <const>, held <const> = remit.load "examples/nenc", {}

local function resident()
  collectgarbage()
  collectgarbage()
  for line in io.lines "/proc/self/status" do
    local size <const> = line:match "^VmRSS:%s+(%d+)"
    if size then
      return tonumber(size)
    end
  end
end

local function hold(number)
  local change <const> = ("-%d%%"):format(number % 50 + 1)
  local changes <const> = { remit.scale { id = "cut", lines = { fn = "chc" }, change = change, from = "2026-04", why = "less of it" } }
  changes[2] = append and remit.add { id = "new", posts = { { fn = "chc", band = "8a", wte = 1 } }, from = "2026-04", why = "one more" } or nil
  held[number] = base:scenario("Plan " .. number, { changes = changes })
  held[number]:total("cost", { at = "2026-05" })
end

hold(0)
local before <const> = resident()
for number = 1, count do
  hold(number)
end
print(("%.1f"):format((resident() - before) / count))
