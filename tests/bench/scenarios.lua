-- SPDX-License-Identifier: Apache-2.0
-- scenarios: a plan of 20 changes on the NENC pack and its 36 months, as a process against one that does nothing, and in parts.

local figures <const> = require "figures"

local scenarios <const> = {}

local function lines_of(command)
  local pipe <const>, found <const> = assert(io.popen(command)), {}
  for line in pipe:lines() do
    local name <const>, number <const> = line:match "^(%a+)\t([%d.e+-]+)$"
    if name then
      found[name] = tonumber(number)
    end
  end
  assert(pipe:close(), "this failed: " .. command)
  return found
end

local function wall(setting, rounds, script)
  local command <const> = ("%sbench_process %d -- lua5.4 -e '' -- lua5.4 %s"):format(setting.programs, rounds, script)
  local pipe <const>, runs <const> = assert(io.popen(command)), { {}, {} }
  for number, time in pipe:read "a":gmatch "(%d+) (%d+) %d+ %d+\n" do
    table.insert(runs[tonumber(number)], tonumber(time))
  end
  assert(pipe:close(), "bench_process failed")
  return runs[1], runs[2]
end

function scenarios.run(setting)
  local rounds <const>, script <const> = setting.quick and 5 or 15, setting.folder .. "/scenario_phase.lua"
  figures.heading "A scenario of 20 changes on the NENC pack, and 36 months of it"
  local empty <const>, whole <const> = wall(setting, rounds, script)
  local parts <const> = { build = {}, phase = {}, memory = {} }
  for round = 1, setting.quick and 3 or 7 do
    for name, value in pairs(lines_of(("lua5.4 %s seconds"):format(script))) do -- each by its own name: order does not matter
      parts[name][round] = value
    end
  end
  local build <const>, phase <const>, memory <const> = figures.summary(parts.build), figures.summary(parts.phase), figures.summary(parts.memory)
  local result <const> = { wall_ns = figures.summary(whole), ratio_to_empty_lua = figures.ratio(whole, empty), build_seconds = build, phase_seconds = phase,
    kib_a_scenario = memory }
  figures.print_table {
    { "what", "figure" },
    { "whole process ms", figures.brief(result.wall_ns, 1e6) },
    { "x lua5.4 -e ''", ("%.1f"):format(result.ratio_to_empty_lua) },
    { "build ms", figures.brief(build, 1e-3) },
    { "36 months ms", figures.brief(phase, 1e-3) },
    { "KiB a scenario of six changes", figures.brief(memory, 1) },
  }
  return result
end

return scenarios
