-- SPDX-License-Identifier: Apache-2.0
-- Questions that a model remembers: nobody can tell but by the time.

local check <const> = require "check"
local derive <const> = require "remit.derive"
local effects <const> = require "remit.scenario.effects"
local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"

local base <const> = remit.load "examples/nenc"

-- The same of a model that was asked nothing yet.
local function asked_afresh(given)
  return remit.load("examples/nenc"):pivot(given)
end

check.test("a_question_asked_again_has_the_same_answer", function()
  for _, given in ipairs { { measures = "cost" }, { measures = { "cost", "heads" }, by = { "fn.blueprint" }, totals = true },
    { measures = { "wte" }, by = "group", where = { band = ">= 8a", fn = { blueprint = "grow" } }, sort = "wte", top = 3 } } do
    local first <const> = tostring(base:pivot(given))
    check.same(tostring(base:pivot(given)), first)
    check.same(tostring(asked_afresh(given)), first)
  end
end)

check.test("a_table_that_was_changed_asks_another_question", function()
  local given <const> = { measures = { "wte" }, by = { "group" }, where = { band = "8a" } }
  base:pivot(given)
  given.where.band = "8b"
  check.same(base:pivot(given):csv(), asked_afresh(given):csv())
  given.by[1] = "fn"
  check.same(base:pivot(given):csv(), asked_afresh(given):csv())
end)

check.test("what_becomes_of_a_table_afterwards_changes_no_answer_to_an_equal_one", function()
  local function given(how)
    return { measures = { "wte" }, by = { "group" }, where = { band = { "8a" }, fn = { blueprint = "grow" } },
      over = how and { month = how, from = "2025-10", to = "2025-12" } or nil }
  end
  for _, how in ipairs { false, "last", "mean", "max" } do
    local first <const> = given(how)
    local before <const> = tostring(base:pivot(first))
    first.measures[1], first.by[1], first.where.band[1], first.where.fn.blueprint = "cost", "fn", "8b", "review"
    if how then
      first.over.month, first.over.from, first.over.to = "last", "2026-01", "2026-02"
    end
    check.same(tostring(base:pivot(given(how))), before)
  end
end)

check.test("what_is_done_with_one_frame_is_not_seen_in_the_next", function()
  local given <const> = { measures = { "cost", "wte" }, by = { "group" } }
  local before <const> = base:pivot(given):csv()
  local wider <const> = base:pivot(given):with_column("twice", function(row) return row.cost * 2 end)
  check.same(#wider:columns(), 4)
  base:pivot(given):columns()[1] = "changed"
  check.same(base:pivot(given):csv(), before)
end)

check.test("a_wrong_question_is_refused_each_time_at_the_line_that_asks", function()
  local wrong <const> = { measures = { "cost" }, by = { "gruop" } }
  local first <const> = check.caught(base.pivot, base, wrong)
  local second <const> = check.caught(function()
    local made <const> = base:pivot(wrong)
    return made
  end)
  check.same(second.message, first.message)
  check.ok(second.where:find "asked_test.lua:%d+$")
end)

check.test("measures_that_were_asked_do_not_hide_a_wrong_name", function()
  base:pivot { measures = { "cost", "wte" } }
  local wrong <const> = check.caught(base.pivot, base, { measures = { "cost\0wte" } })
  check.ok(wrong.message:find("there is no measure", 1, true))
end)

check.test("many_questions_are_forgotten_again_and_answered_all_the_same", function()
  local given <const> = { measures = { "cost" }, by = { "group" } }
  local before <const> = base:pivot(given):csv()
  for top = 1, 200 do
    base:pivot { measures = { "cost" }, by = { "fn" }, sort = "cost", top = top }
  end
  check.ok(state_of[base].asked.count <= 64)
  check.same(base:pivot(given):csv(), before)
end)

check.test("many_lists_of_measures_are_forgotten_again", function()
  local names <const> = { "cost", "wte", "posts", "in_post", "vacancies", "filled_posts", "vacant_posts" }
  for chosen = 1, (1 << #names) - 1 do
    local measures <const> = {}
    for bit, name in ipairs(names) do
      measures[#measures + 1] = chosen >> (bit - 1) & 1 == 1 and name or nil
    end
    check.same(base:pivot { measures = measures }:columns(), measures)
  end
  check.ok(state_of[base].splits.count <= 64)
end)

check.test("a_variant_of_a_scenario_does_not_answer_with_what_that_was_asked", function()
  local function plan(share)
    return base:scenario("Plan", { changes = { remit.close { id = "some", posts = { vacant = true }, share = share, from = "2025-10", why = "held" } } })
  end
  local given <const> = { measures = { "cost" }, by = { "group" }, at = "2026-02" }
  local half <const>, all <const> = plan "50%", plan "100%"
  local answer <const> = half:pivot(given):csv()
  check.ok(all:pivot(given):csv() ~= answer)
  check.same(effects.of(half, given.at, "test").plan, state_of[half].plan)
  local variant <const> = derive.variant(half, state_of[all].plan)
  check.same(variant:pivot(given):csv(), all:pivot(given):csv())
  check.same(effects.of(variant, given.at, "test").plan, state_of[all].plan)
end)
