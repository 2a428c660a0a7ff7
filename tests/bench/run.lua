-- SPDX-License-Identifier: Apache-2.0
-- run: `make bench`. Prints what was measured, side by side in one run, and writes it to bench/results.json and, as tables, to
-- bench/results.md in the build folder.
--
--   REMIT_BUILD=build-bench lua5.4 tests/bench/run.lua [quick] [start] [guard] [worker] [questions] [decision] [scenarios] [scaling]
--
-- With no part named: all but scaling. quick: fewer rounds, 150,000 posts where otherwise 1,500,000. Timings are never asserted; that all
-- engines give the same sums is. docs/performance.md says what is measured and how.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = folder .. "/?.lua;" .. package.path

local engine <const> = require "engine"
local figures <const> = require "figures"

local build <const> = os.getenv "REMIT_BUILD" or "build-bench"
local out <const> = build .. "/bench"
local parts <const> = {}
for _, word in ipairs(arg) do
  parts[word] = true
end
local named <const> = parts.start or parts.guard or parts.worker or parts.questions or parts.decision or parts.scenarios or parts.scaling

local setting <const> = {
  folder = folder, build = build, programs = build .. "/tests/bench/", quick = parts.quick or false, kinds = engine.kinds(folder, build),
  numpy = engine.numpy(),
}

function setting.pack(order, posts)
  local pack <const> = ("%s/%s-%d"):format(out, order, posts)
  assert(os.execute(("mkdir -p '%s' && lua5.4 '%s/generate.lua' '%s' %d %s"):format(pack, folder, pack, posts, order)))
  return pack
end

local results <const> = { format = 2, quick = setting.quick, missing = {} }

local function say_missing()
  for _, kind in ipairs(setting.kinds) do
    if not kind.command then
      print(kind.name .. ": not installed (`make bench-peers`)")
      table.insert(results.missing, kind.name)
    end
  end
  print()
end

local function all_questions()
  results.questions = {}
  local most <const> = setting.quick and 150000 or 1500000
  for _, posts in ipairs { 1000, 100000, most } do
    for _, order in ipairs { "shuffled", "ordered" } do
      local run <const> = require("questions").run(setting, order, posts, posts == most and order == "shuffled")
      table.insert(results.questions, run)
    end
  end
  print "Each cell: the median, half the width of the middle half, and the median of the ratios to remit with as many threads, round by round."
  print "* answered from the rows, not from kept sums. Lua: base:pivot, which chooses how many threads (two from 200,000 posts) and keeps"
  print "sums itself; first: with none kept from before. Loading from Lua is remit.load: the whole pack, checked, and split into filled and"
  print "vacant parts.\n"
end

local function write(name, text)
  local path <const> = out .. "/" .. name
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(text, "\n"))
  print("Written: " .. path)
end

assert(os.execute(("mkdir -p '%s'"):format(out)))
say_missing()
if parts.start or not named then
  results.start = require("start").run(setting)
end
if parts.guard or not named then
  results.guard = require("guard").run(setting)
end
if parts.worker or not named then
  results.worker = require("worker").run(setting)
end
if parts.questions or not named then
  all_questions()
end
if parts.decision or not named then
  results.decision = require("decision").run(setting)
end
if parts.scenarios or not named then
  results.scenarios = require("scenarios").run(setting)
end
if parts.scaling then
  results.scaling = require("scaling").run(setting)
end
write("results.json", figures.json(results))
write("results.md", table.concat(figures.said, "\n"))
