-- SPDX-License-Identifier: Apache-2.0
-- What a script can see and change of the objects that it holds.

local check <const> = require "check"
local remit <const> = require "remit"

local base <const> = remit.load "examples/nenc"
local change <const> = remit.close { id = "held", posts = { vacant = true, fn = { "chc", "phm" } }, from = "2026-04", why = "agreed" }
local plan <const> = base:scenario("Hold", { changes = { change } })
local cap <const> = remit.envelope { id = "cap", per_head = 18.76, population = 3623081, population_basis = "allocation", exclude = { tags = "pod" } }
local by_group <const> = base:pivot { measures = { "cost" }, by = { "group" } }
local rules <const> = remit.decision_table "examples/nenc/rules/classify.csv"

local objects <const> = { base, plan, change, cap, by_group, rules, base:dim "fn", base:posts { vacant = false },
  base:posts { vacant = false } & ~base:posts { fn = "chc" }, remit.param { id = "cut", default = "-10%" }, remit.rates { year = "2025/26" },
  remit.subsidiarity "examples/nenc/rules/subsidiarity.csv", remit.crosswalk { { from = "CHC team", fn = "chc" } }, remit.compare { base, plan },
  remit.check { id = "a", measure = "wte", at_least = 1 }, remit.chart { of = by_group, kind = "bar" }, rules:verify(base),
  remit.report { title = "Options", date = "2025-06-03", scenarios = { plan } }, base:explain("chc", "blueprint"), plan:explain("cost", { at = "2026-04" }) }

check.test("nothing_stands_on_an_object", function()
  for index, one in ipairs(objects) do
    check.same(next(one), nil, ("object %d has a field: %s"):format(index, tostring(next(one))))
  end
end)

check.test("nothing_of_an_object_can_be_set", function()
  for index, one in ipairs(objects) do
    for _, name in ipairs { "id", "total", "state", "anything" } do
      check.ok(not pcall(function() one[name] = 1 end), ("object %d takes %s"):format(index, name))
    end
  end
end)

check.test("no_object_gives_its_class", function()
  for index, one in ipairs(objects) do
    local ok <const>, class <const> = pcall(function() return one.__index end)
    check.ok(not ok or type(class) ~= "table", ("object %d gives a table of methods"):format(index))
  end
end)

check.test("what_an_object_shows_of_itself_is_a_copy", function()
  change.posts.fn[1] = "eprr"
  check.same(change.posts.fn, { "chc", "phm" })
  cap.exclude.tags = nil
  check.same(cap.exclude, { tags = "pod" })
  rules.outputs[1] = "level"
  check.same(rules.outputs[1], "class")
  local explained <const> = base:explain("chc", "blueprint")
  explained.facts[1][1] = "another"
  check.same(explained.facts[1][1], "blueprint")
end)

check.test("what_a_call_gives_is_not_what_is_inside", function()
  local said <const> = remit.report { title = "Options", date = "2025-06-03", scenarios = { plan } }
  said:text "summary"[1] = "Approved."
  said:frames "summary"[1] = by_group
  check.ok(said:text "summary"[1] ~= "Approved.")
  check.ok(not rawequal(said:frames "summary"[1], by_group))
  by_group:columns()[1] = "another"
  check.same(by_group:columns()[1], "group")
end)

check.test("a_change_that_its_writer_goes_on_changing_stays_what_it_was", function()
  local tests <const> = { vacant = true }
  local one <const> = remit.close { posts = tests, from = "2026-04", why = "agreed" }
  tests.vacant = nil
  check.same(one.posts, { vacant = true })
end)
