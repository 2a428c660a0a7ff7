-- SPDX-License-Identifier: Apache-2.0
-- Risk-adjusted figures of both packs: the mean of scenarios that can be written down, by any dimension, in any order of changes.

local check <const> = require "check"
local remit <const> = require "remit"

local function changes_for(receiver)
  return {
    remit.close { id = "vacancies", posts = { vacant = true }, from = "2025-10", status = "agreed", why = "held" },
    remit.scale { id = "streamline", lines = { fn = { blueprint = "retain" } }, change = "-25%", take = { "vacancies", "nonpay", "posts" },
      from = "2026-01", confidence = "70%", why = "at scale" },
    remit.move { id = "lead", posts = { fn = "eprr" }, into = { fn = "phm" }, from = "2025-11", confidence = "35.5%", why = "interim lead" },
    remit.transfer { id = "away", functions = { id = "pc_ops" }, receiver = receiver, shadow = "2026-02", golive = "2026-06", resource = "50%",
      double_running = "25%", stranded = { share = "8%", months = 6 }, status = "idea", why = "ranked first" },
    remit.set { id = "class", functions = { id = "phm" }, into = { blueprint = "retain" }, from = "2026-03", status = "delivered", why = "as an example" },
    remit.once { id = "pot", cost = 123456.78, month = "2026-02", confidence = "33.3333%", why = "set-up" },
  }
end

local packs <const> = {}
for name, receiver in pairs { nenc = "stsft", surrey = "sash" } do -- each is looked up by name: order does not matter
  local base <const> = remit.load("examples/" .. name)
  packs[name] = { base = base, receiver = receiver, plan = base:scenario("Plan", { changes = changes_for(receiver) }) }
end

-- By hand: scenarios with the changes down to each confidence, and the mean of their figures.
local LADDER <const> = { { "class", 1 }, { "vacancies", 0.9 }, { "streamline", 0.7 }, { "lead", 0.355 }, { "pot", 0.333333 }, { "away", 0.2 } }

local function by_hand(pack, measure, given)
  local held <const>, before = {}, pack.base:scenario("None", { changes = {} }):total(measure, given)
  local sum = before
  for _, step in ipairs(LADDER) do
    held[step[1]] = true
    local list <const> = {}
    for _, change in ipairs(changes_for(pack.receiver)) do
      list[#list + 1] = held[change.id] and change or nil
    end
    local after <const> = pack.base:scenario("Some", { changes = list }):total(measure, given)
    sum, before = sum + step[2] * (after - before), after
  end
  return sum
end

for _, name in ipairs { "nenc", "surrey" } do
  local pack <const> = packs[name]
  local plan <const> = pack.plan

  check.test("a_likely_figure_is_the_mean_of_scenarios_" .. name, function()
    for _, given in ipairs { { at = "2026-02" }, { at = "2026-07" }, { at = "2026-02", period = "in_year" }, { at = "2026-07", basis = "in_post" },
      { at = "2026-07", where = { fn = "phm" } }, { period = "recurrent", at = "2027-01" } } do
      given.risk = "confidence"
      local adjusted <const> = plan:total("cost", given)
      given.risk = nil
      local expected <const> = by_hand(pack, "cost", given)
      check.ok(math.abs(adjusted - expected) < 0.011, ("%s: %.4f against %.4f"):format(given.at, adjusted, expected))
    end
    check.ok(math.abs(plan:total("wte", { at = "2026-07", risk = "confidence" }) - by_hand(pack, "wte", { at = "2026-07" })) < 2e-6)
  end)

  check.test("likely_figures_by_any_dimension_add_up_to_their_total_" .. name, function()
    for _, by in ipairs { "group", "fn", "fn.blueprint", "band" } do
      local sum, shown = 0, plan:pivot { measures = { "cost" }, by = { by }, at = "2026-07", risk = "confidence", totals = true }
      for row in shown:rows() do
        sum = row["#level"] == 1 and sum + math.floor(row.cost * 100 + 0.5) or sum
      end
      local whole <const> = plan:total("cost", { at = "2026-07", risk = "confidence" })
      check.same(sum, math.floor(whole * 100 + 0.5), by)
      check.same(shown:get("Total", "cost"), whole, by)
    end
  end)

  check.test("the_order_of_changes_does_not_matter_to_a_likely_figure_" .. name, function()
    local list <const> = changes_for(pack.receiver)
    for index = 1, #list // 2 do
      list[index], list[#list + 1 - index] = list[#list + 1 - index], list[index]
    end
    local turned <const> = pack.base:scenario("Plan", { changes = list })
    check.same(turned:total("cost", { at = "2026-07", risk = "confidence" }), plan:total("cost", { at = "2026-07", risk = "confidence" }))
  end)

  check.test("what_rests_on_what_adds_up_to_both_figures_" .. name, function()
    for _, how in ipairs { "confidence", "planned", "agreed", "delivered" } do
      local given <const> = { at = "2026-02", risk = how, period = "in_year" }
      local full, counted, rows = 0, 0, {}
      for row in plan:risk(given):rows() do
        rows[#rows + 1] = { math.floor(row.unadjusted * 100 + 0.5), math.floor(row.adjusted * 100 + 0.5) }
      end
      for index = 1, #rows - 1 do
        full, counted = full + rows[index][1], counted + rows[index][2]
      end
      check.same(full, rows[#rows][1])
      check.same(counted, rows[#rows][2])
      check.same(rows[#rows][2], math.floor(plan:total("cost", given) * 100 + 0.5))
    end
  end)
end

check.test("only_what_is_so_firm_is_the_scenario_with_only_that", function()
  local pack <const> = packs.nenc
  local list <const> = {}
  for _, change in ipairs(changes_for(pack.receiver)) do
    list[#list + 1] = (change.status == "agreed" or change.status == "delivered") and change or nil
  end
  check.same(pack.plan:total("cost", { at = "2026-07", risk = "agreed" }), pack.base:scenario("Firm", { changes = list }):total("cost", { at = "2026-07" }))
end)

check.test("a_mean_of_large_figures_is_exact", function()
  local risk <const> = require "remit.risk"
  local rungs <const> = { { weight = 333333, value = 9007199254740993 }, { weight = 666667, value = -9007199254740993 } }
  check.same(risk.mean(rungs, function(rung) return rung.value end), -3002405756379834)
  check.same(risk.mean({ { weight = 500000, value = 1 }, { weight = 500000, value = 2 } }, function(rung) return rung.value end), 2)
  check.same(risk.mean({ { weight = 500000, value = 0 }, { weight = 500000, value = 1 } }, function(rung) return rung.value end), 0)
end)
