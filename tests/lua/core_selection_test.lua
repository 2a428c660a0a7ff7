-- SPDX-License-Identifier: Apache-2.0
-- The border of predicate, selection and pivot.

local check <const> = require "check"
local core <const> = require "remit.core"

local list <const> = check.list

-- The byte that is to blame.
local function refused(...)
  local _, at <const> = check.refused(...)
  return at
end

local column <const>, dictionary <const>, pivot <const> = core.column, core.dictionary, core.pivot
local predicate <const>, selection <const>, tables <const> = core.predicate, core.selection, core.table

local function posts()
  local functions <const> = dictionary.new { "quality", "estates", "chc" }
  local dimension <const> = tables.new(3)
    :add("id", column.labels({ "quality", "estates", "chc" }, functions))
    :add("name", column.labels { "Quality", "Estates", "Continuing healthcare" })
    :add("class", column.labels { "retain", "transfer", "retain" })
  return tables.new(5)
    :add("fn", column.labels({ "chc", "quality", false, "chc", "estates" }, functions))
    :add("person", column.labels { "p1", "p2", "p3", "p1", false })
    :add("cost", column.ints({ 300, 100, 200, 400, 50 }, "pence"))
    :add("tags", column.labels({ "a|b", "a", "b", "a", "a" }, dictionary.new({ "a", "b", "a|b" }, { separator = "|" })))
    :link("fn", dimension)
end

-- ---- predicate ----

check.test("a_predicate_passes_codes", function()
  local bands <const> = dictionary.new({ "5", "8a", "8b" }, { ordered = true })
  local p <const> = predicate.new ">= 8a"
  check.same(p:text(), ">= 8a")
  check.same(p:codes(bands), { [0] = false, false, true, true })
  check.same(predicate.new("none"):codes(bands), { [0] = true, false, false, false })
  check.same(predicate.new("*care"):codes(dictionary.new { "chc" }, column.labels { "Continuing healthcare" }), { [0] = false, true })
  check.same(predicate.new("-"):codes(dictionary.new {}), { [0] = true })
end)

check.test("a_predicate_gives_ranges", function()
  check.same({ predicate.new("[0.5..2), none"):ranges "micro" }, { { { 500000, 1999999 } }, true })
  check.same({ predicate.new(">= 2026-04"):ranges "month" }, { { { 24315, math.maxinteger } }, false })
  check.same({ predicate.new("1, 3"):ranges "count" }, { { { 1, 1 }, { 3, 3 } }, false })
end)

check.test("a_predicate_points_at_what_is_wrong", function()
  check.same(refused("parse", predicate.new "a, == b"), 4)
  check.same(refused("parse", predicate.new ""), 1)
  local bands <const> = dictionary.new { "5", "8a", "8b" }
  check.same(refused("not found", predicate.new("5, 9"):codes(bands)), 4)
  check.same(refused("invalid", predicate.new("> 5"):codes(bands)), 1)
  check.same(refused("parse", predicate.new("1, x"):ranges "count"), 4)
  refused("invalid", predicate.new("a*"):ranges "count")
  refused("limit", predicate.new(("a"):rep(65537)))
end)

check.test("predicates_raise_on_misuse", function()
  local p <const> = predicate.new "a"
  check.fails(function() predicate.new() end, "string expected")
  check.fails(function() p:codes() end, "remit.dictionary expected")
  check.fails(function() p:codes(dictionary.new {}, 1) end, "remit.column expected")
  check.fails(function() p:ranges "pound" end, "invalid option 'pound'")
  check.fails(function() p:ranges() end, "string expected")
end)

-- ---- selection ----

check.test("a_selection_tests_paths", function()
  local table <const> = posts()
  check.same(selection.all(table):rows(), { 1, 2, 3, 4, 5 })
  check.same(selection.test(table, "fn", "chc"):rows(), { 1, 4 })
  check.same(selection.test(table, "fn", "continuing healthcare"):rows(), { 1, 4 })
  check.same(selection.test(table, "fn.class", "retain"):rows(), { 1, 2, 4 })
  check.same(selection.test(table, "cost", predicate.new ">= 2"):rows(), { 1, 3, 4 })
  check.same(selection.test(table, "cost", ">= 2"):count(), 3)
end)

check.test("selections_combine", function()
  local table <const> = posts()
  local retain <const>, dear <const> = selection.test(table, "fn.class", "retain"), selection.test(table, "cost", ">= 2")
  check.same((retain & dear):rows(), { 1, 4 })
  check.same((retain | dear):rows(), { 1, 2, 3, 4 })
  check.same((~retain):rows(), { 3, 5 })
  check.same((retain | dear):rows(3), { 1, 2, 3 })
  check.same((retain | dear):rows(0), {})
  check.same((retain & ~retain):rows(9), {})
end)

check.test("a_selection_gives_its_rows_as_a_table", function()
  local table <const> = posts()
  local chc <const> = selection.test(table, "fn", "chc")
  check.same(list(chc:take():column "cost"), { 300, 400 })
  check.same(chc:table():rows(), 5)
end)

check.test("a_selection_outlives_the_handles_it_was_made_from", function()
  local table <const>, test <const> = posts(), predicate.new "chc"
  local chc <const> = selection.test(table, "fn", test)
  local both <const> = chc & selection.all(table)
  table:close()
  test:close()
  chc:close()
  check.same(both:rows(), { 1, 4 })
  check.same(both:table():rows(), 5)
end)

check.test("selections_refuse_and_raise", function()
  local table <const> = posts()
  local all <const> = selection.all(table)
  check.same(refused("parse", selection.test(table, "fn", "a, == b")), 4)
  check.same(refused("not found", selection.test(table, "fn", "chc, cch")), 6)
  refused("not found", selection.test(table, "func", "chc"))
  check.fails(function() return all & selection.all(posts()) end, "different tables")
  check.fails(function() return all | selection.all(posts()) end, "different tables")
  check.fails(function() return all & true end, "remit.selection expected")
  check.fails(function() return 1 | all end, "remit.selection expected")
  check.fails(function() all:rows(-1) end, "negative")
  check.fails(function() selection.all() end, "remit.table expected")
  check.fails(function() selection.test(table, "fn", true) end, "remit.predicate expected")
  check.fails(function() selection.test(table, "f\0", "x") end, "without NUL bytes")
  check.fails(function() selection.test(table) end, "string expected")
end)

check.test("selections_nest_200_deep_and_no_deeper", function()
  local nested = selection.all(posts())
  local failed <const> = check.fails(function()
    for _ = 1, 300 do
      nested = ~nested
    end
  end, "nested more than 200 deep")
  check.same(nested:count() % 5, 0)
  check.ok(failed)
end)

-- ---- pivot ----

local cost <const> = { { name = "cost", column = "cost" } }

check.test("a_pivot_gives_a_table", function()
  local frame <const> = pivot.run(posts(), { by = { "fn.class" }, measures = cost, totals = true })
  check.same(frame:names(), { "fn.class", "cost", "#level" })
  check.same(list(frame:column "fn.class"), { "retain", "transfer", false, false })
  check.same(list(frame:column "cost"), { 800, 50, 200, 1050 })
  check.same(list(frame:column "#level"), { 1, 1, 1, 0 })
  check.same(list(pivot.run(posts(), { measures = cost }):column "cost"), { 1050 })
end)

check.test("a_pivot_takes_every_option", function()
  local table <const> = posts()
  local chc <const> = selection.test(table, "fn", "chc")
  local measures <const> = {
    { name = "rows", how = "rows" },
    { name = "heads", column = "person", how = "distinct" },
    { name = "chc", column = "cost", how = "sum", where = chc },
  }
  local total <const> = pivot.run(table, { measures = measures, where = ~selection.test(table, "fn", "none") })
  check.same({ total:column("rows"):get(1), total:column("heads"):get(1), total:column("chc"):get(1) }, { 4, 2, 700 })
  for _, accumulation in ipairs { "automatic", "dense", "hashed" } do
    local top <const> = pivot.run(table, { by = { "fn" }, measures = cost, sort = "cost", top = 1, accumulation = accumulation })
    check.same(list(top:column "cost"), { 700, 350 })
    check.same(list(top:column "#level"), { 1, -1 })
  end
  local least <const> = pivot.run(table, { by = { "fn" }, measures = cost, sort = "cost", ascending = true })
  check.same(list(least:column "cost"), { 50, 100, 200, 700 })
  check.same(list(pivot.run(table, { by = { "tags" }, measures = cost }):column "cost"), { 850, 500 })
end)

check.test("a_pivot_refuses_with_a_code", function()
  local table <const> = posts()
  refused("not found", pivot.run(table, { by = { "func" }, measures = cost }))
  refused("not found", pivot.run(table, { measures = { { name = "x", column = "wte" } } }))
  refused("invalid", pivot.run(table, { by = { "cost" }, measures = cost }))
  refused("invalid", pivot.run(table, { by = { "tags" }, measures = cost, totals = true }))
  refused("invalid", pivot.run(table, { measures = { { name = "x" } } }))
  refused("invalid", pivot.run(table, { measures = cost, where = selection.all(posts()) }))
  local huge <const> = tables.new(2):add("n", column.same(math.maxinteger, 2, "count"))
  refused("overflow", pivot.run(huge, { measures = { { name = "n", column = "n" } } }))
  local many <const> = {}
  for index = 1, 65 do
    many[index] = { name = "m" .. index, how = "rows" }
  end
  check.same(pivot.run(table, { measures = { many[1] } }):column("m1"):get(1), 5)
  refused("invalid", pivot.run(table, { measures = many }))
  many[65] = nil
  check.same(pivot.run(table, { measures = many }):column("m64"):get(1), 5)
end)

check.test("pivots_raise_on_misuse", function()
  local table <const> = posts()
  local function raises(spec, pattern)
    check.fails(function() pivot.run(table, spec) end, pattern)
  end
  raises(nil, "table expected")
  raises({}, "measures expected")
  raises({ measures = 1 }, "'measures' is a number: a table expected")
  raises({ measures = { "cost" } }, "item 1 of the measures is a string: a table expected")
  raises({ measures = { { column = "cost" } } }, "a measure has no name")
  raises({ measures = { { name = "x", how = "max" } } }, "field 'how' cannot be 'max'")
  raises({ measures = { { name = "x", colum = "cost" } } }, "unknown field 'colum'")
  raises({ measures = { { name = "x", where = "fn" } } }, "'where' is a string: remit.selection expected")
  raises({ measures = cost, by = "fn" }, "'by' is a string: a table expected")
  raises({ measures = cost, by = { 1 } }, "item 1 of the list is a number: text expected")
  raises({ measures = cost, top = -1 }, "top is negative")
  raises({ measures = cost, top = "1" }, "'top' is a string: an integer expected")
  raises({ measures = cost, totals = "yes" }, "true or false expected")
  raises({ measures = cost, accumulation = "sparse" }, "field 'accumulation' cannot be 'sparse'")
  raises({ measures = cost, sort = 1 }, "'sort' is a number: text expected")
  raises({ measures = cost, where = table }, "'where' is a userdata: remit.selection expected")
  raises({ measures = cost, group = {} }, "unknown field 'group'")
  local closed <const> = selection.all(table)
  closed:close()
  raises({ measures = cost, where = closed }, "field 'where': this remit.selection is closed")
  check.fails(function() pivot.run({}, {}) end, "remit.table expected")
end)

check.test("kept_sums_give_the_same_answers_and_say_what_they_saved", function()
  local labels <const>, values <const> = {}, {}
  for row = 1, 9000 do
    labels[row], values[row] = "f" .. row % 5, row
  end
  local lines <const> = core.table.new(9000):add("fn", core.column.labels(labels)):add("cost", core.column.ints(values, "pence"))
  local kept <const> = core.pivot.kept(1024 * 1024)
  local spec <const> = { by = { "fn" }, measures = { { name = "cost", column = "cost" } } }
  local function digest(result)
    return core.hash.new():table(result):hex()
  end
  local read <const> = digest(core.pivot.run(lines, spec))
  spec.kept = kept
  check.same({ digest(core.pivot.run(lines, spec)), digest(core.pivot.run(lines, spec)) }, { read, read })
  local stats <const> = kept:stats()
  check.same({ stats.scans, stats.hits, stats.tables }, { 1, 1, 1 })
  check.ok(stats.bytes > 0 and stats.bytes <= 1024 * 1024, "within the budget")
  kept:close()
  check.fails(function() kept:stats() end, "closed")
  check.fails(function() core.pivot.run(lines, { measures = {}, kept = lines }) end, "remit.kept")
end)
