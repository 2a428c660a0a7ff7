-- SPDX-License-Identifier: Apache-2.0
-- The ascending search, against a naive one on random rules; and what the rules of the example say of NENC.

local check <const> = require "check"
local core <const> = require "remit.core"
local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"

local base <const> = remit.load "examples/nenc"
local rules <const> = remit.subsidiarity "examples/nenc/rules/subsidiarity.csv"

local function rows_of(frame, key)
  local rows <const> = {}
  for row in frame:rows() do
    rows[row[key]] = row
  end
  return rows
end

check.test("the_example_is_about_every_function_and_lacks_nothing", function()
  check.same(#rules:outcome(base), 34)
  check.same(#rules:missing(base), 0)
  for row in rules:verify(base):rows() do
    check.ok(row.finding == remit.none, row.rule .. " " .. tostring(row.finding))
  end
end)

check.test("continuing_healthcare_is_delivered_at_place_and_the_duty_stays", function()
  local chc <const> = rows_of(rules:outcome(base), "fn").chc
  check.same({ chc.level, chc.accountable, chc.delivers, chc.hosts, chc.funds }, { "place", "system", "place", "place", "system" })
end)

check.test("medicines_optimisation_is_contested_as_in_the_workshop", function()
  local contested <const> = rows_of(rules:contested(base), "fn")
  check.same({ contested.meds_opt.one, contested.meds_opt.other }, { "at least region", "at most place" })
  local outcome <const> = rows_of(rules:outcome(base), "fn").meds_opt
  check.same({ outcome.level, outcome.delivers, outcome.accountable }, { "contested", remit.none, "system" })
end)

check.test("an_assigned_model_adds_up_over_levels", function()
  local model <const> = base:assign(rules)
  local sum = 0
  for row in model:pivot({ measures = { "cost" }, by = { "fn.level" } }):rows() do
    sum = sum + row.cost
  end
  check.same(sum, base:total "cost")
  check.same(model:total("wte", { where = { fn = { contested = true } } }), base:total("wte", { where = { fn = "nbhd_commissioning, send, meds_opt" } }))
end)

check.test("levels_keep_their_order_on_functions", function()
  local model <const> = base:assign(rules)
  check.same(model:find("fn", "data_collection").level, "national")
  check.same(model:functions({ level = ">= region" }):count(), model:functions({ level = "region, national" }):count())
end)

check.test("a_model_says_in_its_hash_by_which_rules_it_was_assigned", function()
  local function with(why, at_least, score)
    return base:assign(remit.subsidiarity { scores = { { fn = "chc", la_interface = score } }, rules = {
      { criterion = "la_interface", test = ">= 3", at_least = at_least, why = why } } }):hash()
  end
  local hash <const> = with("why", "system", 3)
  check.same(with("why", "system", 3), hash)
  check.ok(with("because", "system", 3) ~= hash)
  check.ok(with("why", "region", 3) ~= hash)
  check.ok(with("why", "system", 2) ~= hash)
  check.ok(base:hash() ~= hash)
end)

check.test("a_second_assignment_takes_the_place_of_the_first", function()
  local second <const> = base:assign(rules):assign(remit.subsidiarity { start = "system", rules = {
    { criterion = "fn", test = "chc", at_least = "region", why = "as an example" } } })
  check.same({ second:find("fn", "chc").level, second:find("fn", "send").level }, { "region", "system" })
  check.same(second:find("fn", "core_ops").variant, remit.none)
  check.ok(tostring(second:explain("chc", "level")):find "rule 1")
end)

check.test("not_passes_nothing_that_has_no_value_unless_none_is_asked_for", function()
  local function levels(test)
    local outcome <const> = rows_of(remit.subsidiarity({ scores = { { fn = "chc", la_interface = 1 }, { fn = "send", la_interface = 3 } }, rules = {
      { criterion = "la_interface", test = test, at_least = "region", why = "as an example" } } }):outcome(base), "fn")
    return { outcome.chc.level, outcome.send.level, outcome.ipc.level }
  end
  check.same(levels "not(3)", { "region", "place", "place" })
  check.same(levels "none", { "place", "place", "region" })
  check.same(levels "not(none)", { "region", "region", "place" })
  check.same(levels "none, 3", { "place", "region", "region" })
  check.same(levels "-", { "region", "region", "region" })
end)

check.test("criteria_in_per_cent_are_tested_with_the_sign_or_without", function()
  local function lifted(test)
    local outcome <const> = rows_of(remit.subsidiarity({ scores = { { fn = "chc", patient_flow = "85%" }, { fn = "send", patient_flow = 40 } }, rules = {
      { criterion = "patient_flow", test = test, at_least = "region", why = "as an example" } } }):outcome(base), "fn")
    return { outcome.chc.level, outcome.send.level }
  end
  for _, test in ipairs { "> 80%", "> 80", "(80%..100 %]", "85%" } do
    check.same(lifted(test), { "region", "place" })
  end
  check.same(lifted "<= 40%, 85", { "region", "region" })
end)

check.test("figures_of_the_model_are_criteria", function()
  local function passing(criterion, test)
    local names <const> = {}
    for row in remit.subsidiarity({ rules = { { criterion = criterion, test = test, at_least = "national", why = "as an example" } } }):outcome(base):rows() do
      names[#names + 1] = row.level == "national" and row.fn or nil
    end
    return names
  end
  check.same(passing("wte", "> 80"), { "core_ops", "chc" })
  check.same(passing("cost", "> £7000000"), { "core_ops", "chc" })
  check.same(passing("wte_per_place", ">= 6"), { "core_ops", "chc" })
  check.same(passing("cost_per_head", "> 3.7"), { "chc" })
  check.same(passing("cost_per_head_per_place", "> 0.26"), { "chc" })
  check.same(#passing("places", "14"), 34)
  check.same(#passing("heads", "> 1000"), 0)
end)

-- ---- Against a naive search ----

local LEVELS <const> = { "neighbourhood", "place", "system", "cluster", "region", "national" }

local function random_rules(count)
  local list <const> = {}
  for index = 1, count do
    local low, high <const> = math.random(2, 6), math.random(2, 6)
    low = math.random() < 0.7 and low or nil
    local top <const> = (not low or high >= low) and math.random() < 0.5 and high or nil
    list[index] = { criterion = "la_interface", test = ({ "0", ">= 1", "[1..2]", "3", "none" })[math.random(5)], low = low, top = top,
      at_least = low and LEVELS[low], at_most = top and LEVELS[top], sets = not low and not top and "variant = hosted" or nil, why = "as an example" }
  end
  return list
end

local passes <const> = {
  ["0"] = function(score) return score == 0 end,
  [">= 1"] = function(score) return score ~= nil and score >= 1 end,
  ["[1..2]"] = function(score) return score == 1 or score == 2 end,
  ["3"] = function(score) return score == 3 end,
  none = function(score) return score == nil end,
}

local function naive(list, score)
  local floor, ceiling = 2, 6
  for _, rule in ipairs(list) do
    if passes[rule.test](score) then
      floor, ceiling = math.max(floor, rule.low or 2), math.min(ceiling, rule.top or 6)
    end
  end
  return floor <= ceiling and LEVELS[floor] or "contested"
end

check.test("the_search_is_the_naive_one", function()
  math.randomseed(20250603)
  local ids <const> = core.table.new(0) and state_of[base].members.fn.dictionary:labels()
  for _ = 1, 40 do
    local list <const>, scores <const>, score_of <const> = random_rules(math.random(1, 6)), {}, {}
    for index, id in ipairs(ids) do
      score_of[id] = math.random() < 0.8 and math.random(0, 3) or nil
      scores[index] = { fn = id, la_interface = score_of[id] }
    end
    local given <const> = {}
    for index, rule in ipairs(list) do
      given[index] = { criterion = rule.criterion, test = rule.test, at_least = rule.at_least, at_most = rule.at_most, sets = rule.sets, why = rule.why }
    end
    for row in remit.subsidiarity({ scores = scores, rules = given }):outcome(base):rows() do
      check.same({ row.fn, row.level }, { row.fn, naive(list, score_of[row.fn]) })
    end
  end
end)

-- ---- Reference data ----

check.test("the_vocabulary_has_sixteen_criteria_with_the_directions_of_the_source", function()
  local criteria <const> = state_of[base].sources.criteria.table
  local counts <const> = {}
  for row = 1, criteria:rows() do
    local direction <const> = criteria:column("direction"):get(row)
    counts[direction] = (counts[direction] or 0) + 1
    check.ok(criteria:column("question"):get(row) and criteria:column("source"):get(row))
  end
  check.same(counts, { gate = 4, ["pull down"] = 3, ["push up"] = 7, either = 2 })
end)

check.test("prices_are_fixed_by_instance_and_variable_by_head", function()
  local people = 0
  for place in base:dim("place"):members():rows() do
    people = people + place.population
  end
  local prices <const> = rows_of(rules:prices(base, { fn = "chc" }), "level")
  check.same(prices.place.instances, 14)
  check.same(prices.place.total, 14 * 95000 + 3.0 * people)
  check.same(prices.system.total, 520000 + 3.4 * people)
end)
