-- SPDX-License-Identifier: Apache-2.0
-- The published figures come out of the packs: NENC's from its lines, England's from the file as it comes.

local check <const> = require "check"
local core <const> = require "remit.core"
local remit <const> = require "remit"

local base <const> = remit.load "examples/nenc"

-- What the sources state, as they write it.
local function stated()
  local values <const> = {}
  for row in base:assumptions():rows() do
    values[row.id] = values[row.id] or row.value
  end
  return values
end

-- And once more as they stand in the decks: a pack and its assumptions that were both wrong in the same way would still agree.
check.test("the_assumptions_are_the_published_figures", function()
  local facts <const> = { current_cost = "100.307", current_per_head = "27.69", cap = "67.969", cap_per_head = "18.76", reduction_cost = "32.338",
    reduction_share = "32", budgeted_wte = "1048", reduce_wte = "336", vacancies = "116", vacancies_nursing = "48", reduction_in_post = "220",
    population = "3623081", population_registered = "3168771", population_weighted = "3487806" }
  local values <const> = stated()
  for id, value in pairs(facts) do
    check.same({ id, values[id] }, { id, value })
  end
end)

local function rounded(value, decimals)
  return ("%." .. decimals .. "f"):format(value)
end

local function cap()
  return remit.envelope { id = "cap", per_head = remit.param { id = "cap_per_head" }, population = remit.param { id = "population" },
    population_basis = "allocation" }
end

check.test("nenc_costs_what_was_published_in_all_and_a_head", function()
  local row <const> = cap():check(base)
  check.same(rounded(row:get(1, "cost") / 1e6, 3), stated().current_cost)
  check.same(rounded(row:get(1, "per_head"), 2), stated().current_per_head)
end)

check.test("the_cap_and_the_gap_are_the_published_ones", function()
  local gap <const> = -cap():headroom(base)
  check.same(rounded(gap / 1e6, 3), stated().reduction_cost)
  check.same(rounded((base:total "cost" - gap) / 1e6, 3), stated().cap)
end)

check.test("staff_and_vacancies_are_the_published_ones", function()
  check.same(base:total "wte", tonumber(stated().budgeted_wte) + 0.0)
  check.same(base:total "vacancies", tonumber(stated().vacancies) + 0.0)
  check.same(base:posts { profession = "nursing" }:sum "vacancies", tonumber(stated().vacancies_nursing) + 0.0)
end)

check.test("the_reduction_in_post_is_220_and_270_when_50_are_filled_again", function()
  local frame <const> = base:reduction { reduce_wte = remit.param { id = "reduce_wte" }, refill = { 0, 50 } }
  check.same({ frame:get(1, "reduction_in_post"), frame:get(2, "reduction_in_post") }, { 220.0, 270.0 })
  check.same({ frame:get(1, "establishment_after"), frame:get(2, "establishment_after") }, { 712.0, 712.0 })
end)

check.test("funded_cost_is_what_is_in_post_and_what_is_vacant", function()
  local vacant_pay <const> = base:lines { vacant = true }:sum "cost"
  local factor <const> = base:total "vacancy_factor"
  local cents <const> = function(value) return math.floor(value * 100 + 0.5) end
  check.same(cents(base:total "cost"), cents(base:total("cost", { basis = "in_post" })) + cents(vacant_pay) + cents(factor))
end)

check.test("the_three_shares_of_reduction_disagree_and_the_two_populations_do_not", function()
  local marks <const> = {}
  local frame <const> = base:assumptions { computed = { reduction_share = { value = 32.239, unit = "%", how = "worked out" } } }
  for row in frame:rows() do
    if row.sources ~= remit.none then
      marks[row.id] = row.sources
    end
  end
  check.same(marks, { reduction_share = "DISAGREE", population = "agree", cap_per_head = "agree" })
end)

check.test("englands_fte_and_headcount_are_those_of_the_reference_table_for_all_42", function()
  local england <const> = remit.load "examples/england"
  local frame <const> = england:pivot { measures = { "headcount", "fte" }, by = { "icb" } }:join(england:dim("icb"):members(), "icb", "ods_code")
  local count = 0
  for row in frame:rows() do
    count = count + 1
    check.same({ row.icb, row.headcount }, { row.icb, row.headcount_2025_11 })
    check.ok(math.abs(row.fte - row.fte_2025_11) <= 0.005 + 1e-9, row.icb .. " FTE")
  end
  check.same(count, 42)
end)

check.test("headcount_is_never_added_up", function()
  local england <const> = remit.load "examples/england"
  check.fails(function() england:total "headcount" end, "does not add up over icb")
  check.fails(function() england:pivot { measures = { "headcount" }, by = { "icb" }, totals = true } end, "does not add up over icb")
  check.fails(function() england:pivot { measures = { "headcount" }, by = { "staff_group" } } end, "does not add up over icb")
  local nenc <const> = { icb = "QHM" }
  local parts = 0
  for row in england:pivot({ measures = { "headcount" }, by = { "staff_group" }, where = nenc }):rows() do
    parts = parts + row.headcount
  end
  check.ok(parts > england:total("headcount", { where = nenc }), "people with two roles are counted twice in the parts")
end)

check.test("a_variant_brings_its_own_perimeter_and_what_is_outside_is_said", function()
  local frame <const> = cap():variants(base, { { name = "pay", include = { kind = "pay" } }, { name = "no pod", exclude = { tags = "pod" } } })
  check.same(frame:get("pay", "cost"), base:total "pay")
  check.same(("%.2f"):format(frame:get("pay", "outside")), ("%.2f"):format(base:total "cost" - base:total "pay"))
  check.same(("%.2f"):format(frame:get("no pod", "outside")), ("%.2f"):format(base:lines { tags = "pod" }:sum "cost"))
  local running <const> = remit.envelope { id = "r", per_head = 18.76, population = 3623081, population_basis = "allocation", include = { fund = "running" } }
  check.ok(tostring(running:check(base)):find("Counts lines where fund: running. Outside it: £", 1, true), "the perimeter is printed")
end)

check.test("above_the_cap_is_a_breach_only_once_it_is_due", function()
  local due <const> = remit.envelope { id = "d", per_head = 18.76, population = 3623081, population_basis = "allocation", due = "2026-01" }
  local frame <const> = due:check(base, { at = { "2025-12", "2026-01" } })
  check.same({ frame:get(1, "result"), frame:get(2, "result") }, { "above", "BREACH" })
end)

check.test("a_models_hash_is_the_same_each_time_and_changes_with_the_model", function()
  check.same(#base:hash(), 64)
  check.same(base:hash(), remit.load("examples/nenc"):hash())
  check.ok(base:hash() ~= remit.load("examples/nenc", { as_at = "2025-06" }):hash(), "another month is another model")
end)

check.test("json_of_a_frame_reads_back_the_same_by_another_library", function()
  local found <const>, cjson <const> = pcall(require, "cjson")
  check.ok(found, "lua-cjson is not installed")
  local frame <const> = base:pivot { measures = { "cost", "wte", "posts" }, by = { "group" }, totals = true }
  local text <const> = frame:json()
  local value <const> = cjson.decode(text)
  check.same(#value.rows, #frame)
  check.same(value.rows[#value.rows][2], base:total "cost")
  check.ok(core.json.read(text) ~= nil, "read strictly")
end)
