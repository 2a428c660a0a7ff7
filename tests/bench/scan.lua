-- SPDX-License-Identifier: Apache-2.0
-- scan: one process that loads a big pack and asks it five questions. run.lua starts it; it prints a line for each figure.
--
--   lua5.4 tests/bench/scan.lua PACK REPEATS
--
-- Times are processor seconds of this process, which has one thread. A question is asked whole each time: arguments, selection, scan, frame.

local remit <const> = require "remit"

local pack <const>, repeats <const> = arg[1], math.tointeger(arg[2])
local MEASURES <const> = { "cost", "wte" }

-- `bytes` a line: two measures of eight bytes, and a code of one byte for each label looked at.
local questions <const> = {
  { name = "total", bytes = 16, spec = { measures = MEASURES } },
  { name = "by fn", bytes = 17, spec = { measures = MEASURES, by = { "fn" } } },
  { name = "by fn, place", bytes = 18, spec = { measures = MEASURES, by = { "fn", "place" } } },
  { name = "by org, fn, band", bytes = 19, spec = { measures = MEASURES, by = { "org", "fn", "band" } } },
  { name = "by org, 5 of 60 fn", bytes = 18, spec = { measures = MEASURES, by = { "org" }, where = { fn = "f001, f002, f003, f004, f005" } } },
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
for _ = 1, repeats do
  for _, question in ipairs(questions) do
    local seconds <const>, frame <const> = timed(function()
      return base:pivot(question.spec)
    end)
    print(("question\t%s\t%d\t%d\t%.6f"):format(question.name, question.bytes, #frame, seconds))
  end
end
print(("peak\t%s"):format(peak_kib()))
