-- SPDX-License-Identifier: Apache-2.0
-- worker: what it costs to run a bundle in a process of its own, against the same script guarded in this program's, measured by the program itself.

local figures <const> = require "figures"

local worker <const> = {}

-- Prints nanoseconds: from asking for a worker to its end, and of a whole guarded process.
local MEASURE <const> = [[
local worker, host = require "remit.worker", require "remit.host"
local rounds, script = %d, %q
local job = { main = "a.lua", files = { ["a.lua"] = script }, weak = true, print = function() end }
local path = os.tmpname()
do local file <close> = io.open(path, "wb") file:write(script) end
for _ = 1, rounds do
  local began = host.seconds()
  assert(worker.run(job).ok)
  local between = host.seconds()
  os.execute(%q .. " run " .. path .. " >/dev/null")
  print(("%%.0f %%.0f"):format((between - began) * 1e9, (host.seconds() - between) * 1e9))
end
os.remove(path)
]]

local scripts <const> = { { "nothing", "" }, { "print(remit.version)", "print(remit.version)" },
  { "100,000 printed lines", "for at = 1, 100000 do print(at, 'some words of a line') end" } }

local function measure(setting, script, rounds)
  local path <const> = setting.build .. "/bench/worker_script.lua"
  do
    local file <close> = assert(io.open(path, "wb"))
    file:write(MEASURE:format(rounds, script, setting.build .. "/remit"))
  end
  local inside <const>, beside <const> = {}, {}
  local pipe <close> = assert(io.popen(("'%s/remit' run --trust '%s' 2>/dev/null"):format(setting.build, path)))
  for line in pipe:lines() do
    local one <const>, other <const> = line:match "^(%d+) (%d+)$"
    table.insert(inside, tonumber(one))
    table.insert(beside, tonumber(other))
  end
  return inside, beside
end

---Measures, prints, and returns the list of results.
function worker.run(setting)
  local results <const>, rows <const> = {}, { { "script", "in a worker ms (middle half)", "remit run ms", "ratio" } }
  figures.heading "A worker, from being asked for to its end, against a guarded process by way of sh"
  for index, script in ipairs(scripts) do
    local inside <const>, beside <const> = measure(setting, script[2], index == #scripts and 5 or setting.quick and 20 or 100)
    rows[#rows + 1], results[index] = figures.beside(script[1], inside, beside, "worker_ns", "process_ns")
  end
  figures.print_table(rows)
  print "Wanted: nothing within 20 ms.\n"
  return results
end

return worker
