-- SPDX-License-Identifier: Apache-2.0
-- guard: what the guarded state costs, against the same script with --trust, whole processes side by side.

local figures <const> = require "figures"
local start <const> = require "start"

local guard <const> = {}

local TIGHT <const> = [[
local sum, names = 0, {}
for at = 1, 5000000 do
  sum = sum + at % 7
end
for at = 1, 20000 do
  names[at] = ("name %d"):format(at):upper():match "%d+"
end
table.sort(names)
print(sum, #table.concat(names))
]]

local function scripts(setting)
  local tight <const>, empty <const> = setting.build .. "/bench/tight.lua", setting.build .. "/bench/empty.lua"
  for path, text in pairs { [tight] = TIGHT, [empty] = "-- nothing\n" } do
    local file <close> = assert(io.open(path, "wb"))
    file:write(text)
  end
  return { { "nothing", empty }, { "examples/nenc/demo.lua", "examples/nenc/demo.lua" }, { "examples/england/demo.lua", "examples/england/demo.lua" },
    { "examples/nenc/blueprint.lua, a plan", "examples/nenc/blueprint.lua" },
    { "a tight loop, and texts", tight } }
end

---Measures, prints, and returns the list of results.
function guard.run(setting)
  local programs <const>, rounds <const>, results <const> = {}, setting.quick and 20 or 100, {}
  local listed <const> = scripts(setting)
  for _, script in ipairs(listed) do
    programs[#programs + 1] = { name = script[1], command = { setting.build .. "/remit", "run", script[2] } }
    programs[#programs + 1] = { name = script[1], command = { "sh", "-c", ("exec '%s/remit' run --trust '%s' 2>/dev/null"):format(setting.build, script[2]) } }
  end
  figures.heading(("The guard: %d interleaved rounds, whole processes"):format(rounds))
  local runs <const> = start.measure(setting, programs, rounds)
  local rows <const> = { { "script", "guarded ms (middle half)", "--trust ms", "ratio" } }
  for index, script in ipairs(listed) do
    rows[#rows + 1], results[index] = figures.beside(script[1], runs[2 * index - 1].wall, runs[2 * index].wall, "guarded_ns", "trusted_ns")
  end
  figures.print_table(rows)
  print "Wanted: the examples within 1.5. A tight loop costs more, for each instruction is counted. --trust is started by a shell here.\n"
  return results
end

return guard
