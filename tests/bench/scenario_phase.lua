-- SPDX-License-Identifier: Apache-2.0
-- A scenario of 20 changes on the NENC pack, and its 36 months: what bench times as a process. With "seconds" it prints, to a line each, what it
-- took to build the scenario and to run its months, and the KiB of a scenario of a thousand.

local remit <const> = require "remit"

local function changes(cut)
  local list <const> = {
    remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc)" }, from = "2025-10", why = "vacancies held" },
    remit.scale { id = "streamline", lines = { fn = { blueprint = "retain" } }, protect = { fn = "quality" }, change = cut,
      take = { "vacancies", "nonpay", "posts" }, from = "2026-01", why = "do some at scale" },
    remit.move { id = "eprr", posts = { fn = "eprr" }, into = { group = "insights" }, from = "2025-10", why = "interim lead" },
    remit.regrade { id = "spans", posts = { band = "8d" }, band = "8c", from = "2026-04", why = "wider spans" },
    remit.set { id = "class", functions = { id = "green" }, into = { blueprint = "review" }, from = "2026-04", why = "decided" },
    remit.once { id = "redundancy", cost = 2500000, month = "2025-12", why = "voluntary scheme" },
  }
  local places <const> = { "county_durham", "cumberland", "darlington", "gateshead", "hartlepool", "middlesbrough", "newcastle", "north_tyneside",
    "northumberland", "redcar_cleveland", "south_tyneside", "stockton", "sunderland", "westmorland_furness" }
  for index, place in ipairs(places) do
    list[#list + 1] = remit.transfer { id = place, functions = { id = "pc_ops, nbhd_partnerships" }, place = place, split = { population = "registered" },
      receiver = "stsft", shadow = "2026-04", golive = index % 2 == 0 and "2027-04" or "2026-10", profile = "linear", months = 3, resource = "50%",
      double_running = "25%", stranded = { share = "8%", months = 12 }, why = "place workshop" }
  end
  return list
end

local function resident()
  local file <close> = assert(io.open "/proc/self/status")
  return tonumber(file:read "a":match "VmRSS:%s+(%d+)")
end

local base <const> = remit.load "examples/nenc"
local function timed(label, body)
  local before <const> = os.clock()
  body()
  print(label, os.clock() - before)
end

local plan
if arg[1] ~= "seconds" then
  plan = base:scenario("plan", { changes = changes "-15%" })
  print(plan:phase { from = "2025-10", to = "2028-09" })
  return
end
plan = base:scenario("plan", { changes = changes "-14%" })
timed("build", function() plan = base:scenario("plan", { changes = changes "-15%" }) end)
timed("phase", function() plan:phase { from = "2025-10", to = "2028-09" } end)
collectgarbage()
local before <const>, held <const> = resident(), {}
for number = 1, 1000 do
  held[number] = base:scenario("plan", { changes = table.move(changes(("-%d.%d%%"):format(number % 50, number % 10)), 1, 6, 1, {}) })
  held[number]:total("cost", { at = "2027-04" })
end
collectgarbage()
print("memory", (resident() - before) / #held)
