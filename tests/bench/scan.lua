-- SPDX-License-Identifier: Apache-2.0
-- scan: one process that loads a big pack and asks it five questions. run.lua starts it; it prints a line for each figure.
--
--   lua5.4 tests/bench/scan.lua PACK REPEATS
--
-- Times are processor seconds of this process. A question is asked whole each time, from arguments to frame: once with no sums kept, so that
-- its rows are read, and once again, answered from the sums that the first time kept ("again": no rows are read).

local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"

local pack <const>, repeats <const> = arg[1], math.tointeger(arg[2])
local MEASURES <const> = { "cost", "wte" }

-- `reads`: the columns of lines that are looked at.
local questions <const> = {
  { name = "total", reads = {}, spec = { measures = MEASURES } },
  { name = "by fn", reads = { "fn" }, spec = { measures = MEASURES, by = { "fn" } } },
  { name = "by fn, place", reads = { "fn", "place" }, spec = { measures = MEASURES, by = { "fn", "place" } } },
  { name = "by org, fn, band", reads = { "org", "fn", "band" }, spec = { measures = MEASURES, by = { "org", "fn", "band" } } },
  { name = "by org, 5 of 60 fn", reads = { "org", "fn" },
    spec = { measures = MEASURES, by = { "org" }, where = { fn = "f001, f002, f003, f004, f005" } } },
}

local function peak_kib()
  local file <close> = io.open "/proc/self/status"
  return file and file:read "a":match "VmHWM:%s+(%d+)" or "0"
end

local function timed(body)
  collectgarbage()
  local start <const> = os.clock()
  local result <const> = body()
  return os.clock() - start, result
end

local took <const>, base <const> = timed(function()
  return remit.load(pack)
end)
print(("load\t%.6f"):format(took))
print(("peak_loaded\t%s"):format(peak_kib()))
print(("posts\t%d"):format(base:total "posts"))
print(("lines\t%d"):format(base:total "lines"))

local lines <const> = state_of[base].lines

-- Bytes a line of the columns that a question reads, as they are stored.
local function bytes_of(reads)
  local sum = 0
  for _, list in ipairs { MEASURES, reads } do
    for _, name in ipairs(list) do
      sum = sum + lines:column(name):memory() // lines:rows()
    end
  end
  return sum
end

local function ask(question, name, bytes)
  local seconds <const>, frame <const> = timed(function()
    return base:pivot(question.spec)
  end)
  print(("question\t%s\t%d\t%d\t%.6f"):format(name, bytes, #frame, seconds))
end

for _ = 1, repeats do
  for _, question in ipairs(questions) do
    state_of[base].kept = nil
    ask(question, question.name, bytes_of(question.reads))
    ask(question, question.name .. ", again", 0)
  end
end
print(("peak\t%s"):format(peak_kib()))
