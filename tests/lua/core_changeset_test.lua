-- SPDX-License-Identifier: Apache-2.0
-- The border: changesets, their factors as handles, and what is refused.

local check <const> = require "check"
local core <const> = require "remit.core"

local C <const>, T <const>, S <const> = core.column, core.table, core.selection
local ONE <const>, APRIL <const>, MAY <const> = 1000000000000, 24315, 24316

local function lines()
  return T.new(3):add("fn", C.labels { "chc", "estates", "chc" }):add("cost", C.ints({ 100, 200, 301 }, "pence"))
end

local function changes(table)
  local chc <const>, all <const> = assert(S.test(table, "fn", "chc")), S.all(table)
  return assert(core.changeset.new(table, { accounts = 3, operations = {
    { effect = "scale", where = chc, account = 1, steps = { { APRIL, ONE // 2 } }, change = "the caller's own" },
    { effect = "share", where = all, account = 2, channels = { 1 }, steps = { { MAY, ONE } } },
    { effect = "recode", where = chc, column = "fn", code = 2, steps = { { APRIL, ONE }, { MAY, 0 } } },
  } }))
end

check.test("trails_months_and_touched_lines", function()
  local set <const> = changes(lines())
  check.same(set:months(), { APRIL, MAY })
  check.same(set:touched(1), 2)
  check.same(set:touched(2), 3)
  check.same(set:trails():get(1), "1|2|3")
  check.same(set:trails():get(2), "2")
end)

check.test("factors_are_indexed_by_code", function()
  local set <const> = changes(lines())
  local kept <const> = set:factors(APRIL, 0, 0)
  check.same(#kept, 2)
  check.same(kept[0], ONE)
  check.same(kept[1], ONE // 2)
  check.same(kept[3], nil)
  check.same(kept[-1], nil)
  check.same(kept.x, nil)
  check.same(set:factors(APRIL, { 0, 1 }, 0)[1], ONE)
  check.same(set:factors(MAY, 2, 1)[2], ONE)
  check.same(set:effect(APRIL, 1, 0)[1], ONE // 2)
  kept[2] = 7
  check.same(kept[2], 7)
  check.fails(function() kept[3] = 1 end, "no such trail")
  check.fails(function() kept[0] = 0.5 end, "integer")
end)

check.test("figures_by_list_and_by_handle_are_the_same", function()
  local table <const> = lines()
  local set <const> = changes(table)
  local cells <const> = lines():add("trail", set:trails())
  local kept <const> = set:factors(APRIL, 0, 0)
  local list <const> = { [0] = kept[0], kept[1], kept[2] }
  for _, factors in ipairs { kept, list } do
    local weighed <const> = assert(core.changeset.weighed(cells, "trail", factors, { "cost" }))
    local settled <const> = assert(core.changeset.settled(weighed, { "fn" }, { "cost" }))
    check.same({ settled:column("cost"):get(1), settled:column("cost"):get(2), settled:column("cost"):get(3) }, { 50, 200, 150 })
    check.same(settled:column("cost"):unit(), "pence")
  end
  check.same(set:before(APRIL, 2, 1, { [0] = 0, 401, 200 }), 400)
  check.same(set:before(APRIL, 1, 1, list, { 1 }), list[1])
end)

check.test("figures_of_marked_lines_are_those_of_lines_with_their_trail", function()
  local table <const> = lines()
  local set <const> = changes(table)
  local marked <const> = assert(set:marked(table))
  local sums <const> = { { name = "cost", column = "cost" } }
  local cells <const> = assert(set:cells({ by = { "fn" }, measures = sums }, marked, "trail"))
  check.same(cells:column("trail"):dictionary():labels(), set:labels():labels())
  local part <const> = { cells = cells, trail = "trail", factors = { set:factors(APRIL, 0, 0) } }
  local made <const> = assert(core.changeset.figures { parts = { part }, by = { "fn" }, names = { "cost" } })
  check.same({ made:rows(), made:column("cost"):get(1), made:column("cost"):get(2) }, { 2, 200, 200 })
  part.where = assert(core.selection.test(cells, "fn", "estates"))
  check.same(assert(core.changeset.figures { parts = { part, part }, names = { "cost" }, divisor = 2 }):column("cost"):get(1), 200)
end)

check.test("parts_that_are_not_in_order_are_refused", function()
  local table <const> = lines()
  local set <const> = changes(table)
  local cells <const> = lines():add("trail", set:trails())
  local kept <const> = set:factors(APRIL, 0, 0)
  local function refused(message, asked)
    check.fails(function() assert(core.changeset.figures(asked)) end, message)
  end
  refused("parts expected", { names = { "cost" } })
  refused("part 1 is a number", { parts = { 1 }, names = { "cost" } })
  refused("cells, a trail and factors", { parts = { { cells = cells, trail = "trail" } }, names = { "cost" } })
  refused("factors for each name", { parts = { { cells = cells, trail = "trail", factors = {} } }, names = { "cost" } })
  refused("not as many factors", { parts = { { cells = cells, trail = "trail", factors = { kept, { [0] = 1 } } } }, names = { "cost", "cost" } })
  refused("no cells to add up", { parts = {}, names = { "cost" } })
  refused("divided by 1 to 1000000", { parts = { { cells = cells, trail = "trail", factors = { kept } } }, names = { "cost" }, divisor = 0 })
  check.fails(function() assert(set:cells({ measures = {} }, table, "trail")) end, "not of lines marked")
end)

check.test("other_steps_of_one_or_some", function()
  local set <const> = changes(lines())
  local one <const>, both <const> = assert(set:with(1, {})), assert(set:with { [1] = { { APRIL, 0 } }, [2] = {} })
  check.same(one:factors(APRIL, 0, 0)[1], ONE)
  check.same(both:factors(APRIL, 0, 0)[1], 0)
  check.same(both:factors(MAY, 2, 1)[2], 0)
  check.same(set:factors(APRIL, 0, 0)[1], ONE // 2)
end)

check.test("members_of_the_month", function()
  local table <const> = lines()
  local set <const> = changes(table)
  local cells <const> = T.new(3):add("fn", table:column "fn"):add("trail", set:trails())
  check.same(assert(set:recode(APRIL, cells, "trail")):column("fn"):get(1), "estates")
  check.same(assert(set:recode(MAY, cells, "trail")):column("fn"):get(1), "chc")
end)

check.test("what_is_refused", function()
  local table <const> = lines()
  local set <const>, all <const> = changes(table), S.all(table)
  local none <const>, message <const>, code <const> = set:with(2, { { MAY, ONE + 1 } })
  check.same(none, nil)
  check.same(message, "operation 2: a factor is out of range")
  check.same(code, "invalid")
  local function made(operation)
    return function() return core.changeset.new(table, { accounts = 1, operations = { operation } }) end
  end
  check.fails(made { effect = "scale" }, "needs an effect and a selection")
  check.fails(made { where = all }, "needs an effect and a selection")
  check.fails(made { effect = "shrink", where = all }, "cannot be 'shrink'")
  check.fails(made { effect = "scale", where = all, steps = { 5 } }, "{ month, factor } expected")
  check.fails(made { effect = "scale", where = all, steps = { { 5 } } }, "integer")
  check.fails(made { effect = "scale", where = all, channels = { 8 } }, "no channel 8")
  check.fails(made { effect = "scale", where = all, channels = {} }, "empty")
  check.fails(made { effect = "scale", where = all, layer = -1 }, "negative")
  check.fails(made(5), "a table expected")
  check.fails(function() return set:with({ x = {} }) end, "steps } expected")
  check.fails(function() return set:with(1) end, "table expected")
  check.fails(function() return set:factors(MAY, -1, 0) end, "no such account")
  check.fails(function() return set:factors(MAY, 0, 8) end, "no such channel")
  check.fails(function() return set:before(MAY, 1, 0, { [0] = 1 }) end, "for each trail")
  check.same(select(3, set:factors(MAY, 3, 0)), "invalid")
  set:close()
  set:close()
  check.fails(function() return set:months() end, "closed")
end)
