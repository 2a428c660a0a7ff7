-- SPDX-License-Identifier: Apache-2.0
-- A scenario with some of its changes, without compiling it again, against the same compiled again.

local check <const> = require "check"
local core <const> = require "remit.core"
local remit <const> = require "remit"
local scenario <const> = require "remit.scenario"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local base <const> = remit.load "examples/nenc"

local list <const> = {
  remit.close { id = "vacancies", posts = { vacant = true }, share = "60%", from = "2025-10", confidence = "80%", why = "held" },
  remit.scale { id = "taken", lines = { fn = { blueprint = "retain" } }, change = "-15%", take = { "vacancies", "nonpay", "posts" }, from = "2026-01",
    why = "less" },
  remit.scale { id = "target", lines = { fn = "estates", kind = "nonpay" }, target = 10000, from = "2025-12", why = "a stated budget" },
  remit.scale { id = "rest", lines = { fn = "digital, data_collection" }, protect = { fn = "digital", kind = "nonpay" }, spread = "rest", change = "-5%",
    from = "2025-11", why = "others bear it" },
  remit.move { id = "moved", posts = { fn = "eprr" }, into = { group = "insights" }, from = "2025-10", why = "lead" },
  remit.regrade { id = "regraded", posts = { fn = "chc", band = "8b" }, band = "8a", from = "2026-02", protect_pay = 3, why = "spans" },
  remit.add { id = "added", posts = { { fn = "phm", band = "7", wte = 1, group = "insights" } }, from = "2026-03", why = "grow" },
  remit.set { id = "named", functions = { id = "green" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided" },
  remit.transfer { id = "sent", functions = { id = "pc_ops" }, place = "sunderland", split = { population = "registered" }, receiver = "stsft",
    shadow = "2026-01", golive = "2026-04", double_running = "20%", stranded = { share = "10%", months = 6 }, why = "workshop" },
}
local plan <const> = base:scenario("All kinds", { changes = list })

local function month(text)
  return (core.calendar.month(text))
end

local function held_of(bits)
  local held <const> = {}
  for index, change in ipairs(list) do
    held[change] = bits >> (index - 1) & 1 == 1 or nil
  end
  return held
end

check.test("some_changes_of_a_plan_come_to_what_they_do_compiled_by_themselves", function()
  local seed = 7
  for round = 1, 60 do
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    local held <const> = held_of(round == 1 and 0x1ff or round == 2 and 0 or seed >> 8 & 0x1ff)
    for _, at in ipairs { "2025-09", "2026-01", "2026-04", "2026-07" } do
      for _, spec in ipairs { { at = at }, { at = at, where = { group = "insights" } }, { at = at, where = { fn = { blueprint = "grow" } } } } do
        check.same(total.exact(scenario.in_months(plan, held, { month(at) }), "cost", spec), (total.exact(scenario.only(plan, held), "cost", spec)))
      end
    end
  end
end)

-- Months of two years, in which the last change bites too.
local months <const> = {}
for index = 0, 23 do
  months[index + 1] = month "2025-04" + index
end

check.test("some_changes_of_a_plan_come_to_the_same_over_years_and_in_what_recurs", function()
  local seed = 11
  for round = 1, 40 do
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    local held <const> = held_of(round == 1 and 0x1ff or round == 2 and 0 or seed >> 8 & 0x1ff)
    local part <const>, whole <const> = scenario.in_months(plan, held, months), scenario.only(plan, held)
    for _, period in ipairs { "in_year", "recurrent", "part_year", "cumulative" } do
      local spec <const> = { at = "2027-02", period = period, from = period == "cumulative" and "2025-09" or nil }
      check.same(total.exact(part, "cost", spec), (total.exact(whole, "cost", spec)))
    end
  end
end)

local function sum(bridge)
  local parts = 0
  for row = 2, #bridge - 1 do
    parts = parts + math.floor(bridge:get(row, "cost") * 100 + 0.5)
  end
  return math.floor(bridge:get(1, "cost") * 100 + 0.5) + parts, math.floor(bridge:get(#bridge, "cost") * 100 + 0.5)
end

check.test("a_bridge_leads_from_one_figure_of_compare_to_the_other_whatever_is_asked", function()
  local top <const> = plan:scenario("On top", { changes = {
    remit.close { id = "late", lines = { group = "insights" }, share = "3.3%", from = "2026-06", confidence = "45%", why = "later" },
  } })
  for _, model in ipairs { plan, top } do
    for _, spec in ipairs { { period = "in_year" }, { period = "recurrent" }, { period = "part_year" }, { period = "cumulative", from = "2025-11" },
      { risk = "confidence" }, { risk = "confidence", period = "in_year" }, { risk = "agreed" }, { basis = "in_post", period = "in_year" } } do
      spec.at = spec.period ~= "recurrent" and "2026-07" or nil
      local compared <const> = remit.compare { base, model }
      local table <const> = compared:table(spec)
      local parts <const>, last <const> = sum(compared:bridge(spec))
      check.same(parts, last)
      check.same(last, math.floor(table:get(1, "cost " .. state_of[model].name) * 100 + 0.5))
    end
  end
end)
