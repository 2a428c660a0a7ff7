-- SPDX-License-Identifier: Apache-2.0
-- The border of table.

local check <const> = require "check"
local core <const> = require "remit.core"

local column <const>, dictionary <const>, tables <const> = core.column, core.dictionary, core.table

local function refused(code, value, message, given)
  check.same(value, nil)
  check.same(type(message), "string")
  check.same(given, code)
  return message
end

local function list(of)
  local values <const> = {}
  for row = 1, of:count() do
    values[row] = of:get(row) or false
  end
  return values
end

-- Functions and their class; posts that have functions.
local function star()
  local functions <const> = dictionary.new { "quality", "estates", "chc" }
  local dimension <const> = tables.new(3)
    :add("id", column.labels({ "quality", "estates", "chc" }, functions))
    :add("class", column.labels { "retain", "transfer", "retain" })
  local posts <const> = tables.new(4)
    :add("fn", column.labels({ "chc", "quality", false, "chc" }, functions))
    :add("cost", column.ints({ 300, 100, 200, false }, "pence"))
    :link("fn", dimension)
  return posts, dimension
end

check.test("a_table_gives_what_was_added", function()
  local posts <const>, dimension <const> = star()
  check.same({ posts:rows(), posts:names() }, { 4, { "fn", "cost" } })
  check.same(list(posts:column "cost"), { 300, 100, 200, false })
  check.same(posts:column "wte", nil)
  check.same(posts:dimension("fn"):names(), { "id", "class" })
  check.same({ posts:dimension "cost", posts:dimension "wte" }, {})
  check.ok(posts:memory() > 0)
  check.same(dimension:rows(), 3)
end)

check.test("add_and_link_give_the_table_itself", function()
  local table <const>, dimension <const> = tables.new(1), tables.new(1)
  check.ok(rawequal(table:add("x", column.labels { "a" }), table))
  check.ok(rawequal(table:link("x", dimension), table))
end)

check.test("building_raises_on_misuse", function()
  local table <const> = tables.new(1):add("x", column.labels { "a" })
  check.fails(function() tables.new(-1) end, "negative")
  check.fails(function() tables.new() end, "number expected")
  check.fails(function() table:add("x", column.labels { "a" }) end, "already is a column 'x'")
  check.fails(function() table:add("y", column.labels { "a", "b" }) end, "column 'y' has 2 rows, the table has 1")
  check.fails(function() table:add("", column.labels { "a" }) end, "needs a name")
  check.fails(function() table:add("a\0b", column.labels { "a" }) end, "without NUL bytes")
  check.fails(function() table:add("y", {}) end, "remit.column expected")
  check.fails(function() table:link("z", tables.new(1)) end, "no column 'z'")
  check.fails(function() table:link("x", tables.new(2)) end, "2 rows")
  check.fails(function() table:link("x", {}) end, "remit.table expected")
  check.fails(function() table:column() end, "string expected")
  check.fails(function() table:column "a\0b" end, "without NUL bytes")
  check.fails(function() table:dimension() end, "string expected")
end)

check.test("a_table_in_use_is_not_changed", function()
  local posts <const>, dimension <const> = star()
  check.fails(function() dimension:add("more", column.same(1, 3, "count")) end, "cannot be changed any more")
  local all <const> = core.selection.all(posts)
  check.fails(function() posts:add("more", column.same(1, 4, "count")) end, "cannot be changed any more")
  check.same(all:count(), 4)
end)

check.test("resolve_follows_a_path", function()
  local posts <const> = star()
  local target <const>, dimension <const> = posts:resolve "fn"
  check.same(list(target), { "chc", "quality", false, "chc" })
  check.same(dimension:rows(), 3)
  local class <const>, none <const> = posts:resolve "fn.class"
  check.same(list(class), { "retain", "transfer", "retain" })
  check.same(none, nil)
  check.ok(refused("not found", posts:resolve "fn.clas"):find("clas", 1, true))
  refused("not found", posts:resolve "cost.class")
  refused("not found", posts:resolve "")
  check.fails(function() posts:resolve() end, "string expected")
end)

check.test("take_gives_rows_in_any_order", function()
  local posts <const> = star()
  local taken <const> = posts:take { 4, false, 2, 2 }
  check.same(list(taken:column "fn"), { "chc", false, "quality", "quality" })
  check.same(list(taken:column "cost"), { false, false, 100, 100 })
  check.same(taken:dimension("fn"):rows(), 3)
  check.same(posts:take({}):rows(), 0)
  check.fails(function() posts:take { 1, 5 } end, "item 2 of the list: row 5 of 4")
  check.fails(function() posts:take { 0 } end, "item 1 of the list: row 0 of 4")
  check.fails(function() posts:take { "1" } end, "an integer or false expected")
  check.fails(function() posts:take(1) end, "table expected")
end)

check.test("sorted_puts_missing_last", function()
  local posts <const> = star()
  check.same(list(posts:sorted({ { name = "cost" } }):column "cost"), { 100, 200, 300, false })
  check.same(list(posts:sorted({ { name = "cost", descending = true } }):column "cost"), { 300, 200, 100, false })
  check.same(list(posts:sorted({ { name = "fn" } }):column "fn"), { "quality", "chc", "chc", false })
  check.same(list(posts:sorted({ { name = "fn", by_label = true }, { name = "cost" } }):column "cost"), { 300, false, 100, 200 })
  check.same(list(posts:sorted({}):column "cost"), { 300, 100, 200, false })
end)

check.test("sorted_raises_on_misuse", function()
  local posts <const> = star()
  check.fails(function() posts:sorted { { name = "wte" } } end, "wte")
  check.fails(function() posts:sorted { "cost" } end, "item 1 of the list is a string: a key expected")
  check.fails(function() posts:sorted { {} } end, "item 1 of the list has no name")
  check.fails(function() posts:sorted { { name = "cost", desc = true } } end, "unknown field 'desc'")
  check.fails(function() posts:sorted { { name = "cost\0" } } end, "'name' holds a NUL byte")
  check.fails(function() posts:sorted() end, "table expected")
end)

check.test("concat_joins_by_name", function()
  local a <const> = tables.new(1):add("x", column.labels { "p" }):add("n", column.ints({ 1 }, "count"))
  local b <const> = tables.new(2):add("x", column.labels { "q", "p" })
  local joined <const> = tables.concat { a, b }
  check.same(list(joined:column "x"), { "p", "q", "p" })
  check.same(list(joined:column "n"), { 1, false, false })
  check.same(tables.concat({}):rows(), 0)
  refused("invalid", tables.concat { a, tables.new(1):add("x", column.ints({ 1 }, "count")) })
  check.fails(function() tables.concat { a, {} } end, "item 2 of the list is a table: remit.table expected")
  check.fails(function() tables.concat { a, false } end, "item 2 of the list is a boolean: remit.table expected")
  check.fails(function() tables.concat(a) end, "table expected")
  b:close()
  check.fails(function() tables.concat { a, b } end, "item 2 of the list: this remit.table is closed")
end)

check.test("distinct_numbers_combinations", function()
  local posts <const> = star()
  local groups <const> = posts:distinct { "fn" }
  check.same(groups:count(), 3)
  check.same({ groups:first(1), groups:first(2), groups:first(3) }, { 1, 2, 3 })
  check.same(posts:distinct({}):count(), 1)
  check.same(tables.new(0):distinct({}):count(), 0)
  refused("not found", posts:distinct { "nothing" })
  check.fails(function() groups:first(0) end, "0 is not between 1 and 3")
  check.fails(function() groups:first(4) end, "4 is not between 1 and 3")
  check.fails(function() posts:distinct { 1 } end, "text expected")
  check.fails(function() posts:distinct { "a\0" } end, "item 1 of the list holds a NUL byte")
  check.fails(function() posts:distinct() end, "table expected")
end)

check.test("fill_puts_a_groups_value_where_none_is", function()
  local posts <const> = star()
  local groups <const> = posts:distinct { "fn" }
  check.same(list(posts:fill("cost", groups, { 7, 8, 9 })), { 300, 100, 200, 7 })
  check.same(list(posts:fill("cost", groups, { false, 8, 9 })), { 300, 100, 200, false })
  refused("not found", posts:fill("nothing", groups, { 7, 8, 9 }))
  refused("invalid", posts:fill("fn", groups, { 7, 8, 9 }))
  check.fails(function() posts:fill("cost", groups, { 7, 8 }) end, "one value a group expected")
  check.fails(function() posts:fill("cost", groups, { 7, 8, "9" }) end, "an integer or false expected")
  check.fails(function() tables.new(3):fill("cost", groups, { 7, 8, 9 }) end, "groups of another table")
  check.fails(function() posts:fill("cost", posts, {}) end, "remit.groups expected")
  groups:close()
  groups:close()
  check.fails(function() groups:count() end, "this remit.groups is closed")
  check.fails(function() posts:fill("cost", groups, {}) end, "this remit.groups is closed")
end)

check.test("split_cuts_rows_in_two", function()
  local posts <const> = tables.new(2)
    :add("wte", column.ints({ 1000000, 2000000 }, "micro"))
    :add("in_post", column.ints({ 1000000, 500000 }, "micro"))
    :add("cost", column.ints({ 100, 101 }, "pence"))
  local parts <const> = posts:split { whole = "wte", part = "in_post", shared = { "cost" }, flag = "vacant" }
  check.same(list(parts:column "vacant"), { "false", "false", "true" })
  check.same(list(parts:column "wte"), { 1000000, 500000, 1500000 })
  check.same(list(parts:column "cost"), { 100, 25, 76 })
  check.same(parts:column "in_post", nil)
  check.same(posts:split({ whole = "wte", part = "in_post", flag = "vacant" }):rows(), 3)
end)

check.test("split_refuses_and_raises", function()
  local posts <const> = tables.new(1)
    :add("wte", column.ints({ 1 }, "micro"))
    :add("in_post", column.ints({ 2 }, "micro"))
    :add("fn", column.labels { "a" })
  refused("invalid", posts:split { whole = "wte", part = "in_post", flag = "vacant" })
  refused("not found", posts:split { whole = "wte", part = "filled", flag = "vacant" })
  refused("invalid", posts:split { whole = "wte", part = "fn", flag = "vacant" })
  check.fails(function() posts:split { whole = "wte", part = "in_post" } end, "whole, part and flag expected")
  check.fails(function() posts:split { whole = "wte", flag = "vacant" } end, "whole, part and flag expected")
  check.fails(function() posts:split { part = "wte", flag = "vacant" } end, "whole, part and flag expected")
  check.fails(function() posts:split { whole = 1 } end, "'whole' is a number: text expected")
  check.fails(function() posts:split { whole = "wte", part = "in_post", flag = "f", shared = "cost" } end, "a table expected")
  check.fails(function() posts:split { whole = "wte", part = "in_post", flag = "f", share = {} } end, "unknown field 'share'")
  check.fails(function() posts:split() end, "table expected")
end)

check.test("exceeds_shows_some_and_counts_all", function()
  local table <const> = tables.new(4)
    :add("a", column.ints({ 1, 5, 6, 7 }, "count"))
    :add("b", column.ints({ 1, 4, 4, false }, "count"))
    :add("fn", column.same(false, 4, dictionary.new {}))
  check.same({ table:exceeds("a", "b") }, { { 2, 3 }, 2 })
  check.same({ table:exceeds("a", "b", 1) }, { { 2 }, 2 })
  check.same({ table:exceeds("a", "b", 0) }, { {}, 2 })
  check.same({ table:exceeds("b", "a", math.maxinteger) }, { {}, 0 })
  check.fails(function() table:exceeds("a", "c") end, "no column 'c'")
  check.fails(function() table:exceeds("a", "fn") end, "labels, not figures")
  check.fails(function() table:exceeds("a", "b", -1) end, "negative")
  check.fails(function() table:exceeds "a" end, "string expected")
end)
