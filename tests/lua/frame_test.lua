-- SPDX-License-Identifier: Apache-2.0

local check <const> = require "check"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local frame <const> = require "remit.frame"
local none <const> = require "remit.none"

local caught <const> = check.caught

local function lines(...)
  return table.concat({ ... }, "\n")
end

-- classes with a total, as a pivot gives them
local function classes()
  return frame.from {
    keys = { "class" },
    levels = { 1, 1, 1, 0 },
    about = { title = "Cost by class", basis = "funded", price_base = "2025/26 prices", at = "2025-05", model = function() return "3f9c1a" end,
      notes = { "SYNTHETIC establishment" } },
    columns = {
      { name = "class", display = "text", values = { "grow", "retain", nil, nil } },
      { name = "cost", display = "£", values = { 31234567.4, 69072432.4, 1000000.4, 101307000.2 } },
      { name = "wte", display = "WTE", values = { 402.3, 645.7, 0, 1048 } },
      { name = "posts", display = "count", values = { 431, 671, 0, 1102 } },
    },
  }
end

local function column(display, ...)
  local given <const> = table.pack(...)
  return frame.from { rows = given.n, columns = { { name = "x", display = display, values = given } } }
end

-- posts at two places, pivoted with subtotals
local function places()
  local posts <const> = core.table.new(5)
    :add("fn", core.column.labels { "chc", "chc", "eprr", "eprr", false })
    :add("place", core.column.labels { "gateshead", "sunderland", "gateshead", "sunderland", "sunderland" })
    :add("cost", core.column.ints({ 10040, 20040, 30040, -5040, 7 }, "pence"))
  local pivoted <const> = core.pivot.run(posts, { by = { "fn", "place" }, measures = { { name = "cost", column = "cost" } }, totals = true })
  return frame.new { table = pivoted, keys = { "fn", "place" },
    columns = { { name = "fn", display = "text" }, { name = "place", display = "text" }, { name = "cost", display = "£" } } }
end

check.test("numbers_mean_their_shortest_decimal_text", function()
  for _, case in ipairs { { 2.675, 268 }, { 1.005, 100 }, { 0.125, 12 }, { 0.135, 14 }, { 0.1 + 0.2, 30 }, { -0.005, 0 }, { 1e15, 100000000000000000 },
    { 1.15, 115 }, { 8.665, 866 }, { 123456789.125, 12345678912 }, { 5, 500 }, { 1e-300, 0 }, { 0.0, 0 }, { -0.0, 0 }, { -1.5, -150 } } do
    check.same({ exact.integer(case[1], 2) }, { case[2] })
  end
  check.same(exact.integer(1e300, 2), nil)
  check.same(exact.integer(math.maxinteger, 2), nil)
end)

check.test("every_amount_of_pence_survives_a_round_trip", function()
  math.randomseed(7)
  for _ = 1, 2000 do
    local pence <const> = math.random(-10 ^ 12 // 1 | 0, 10 ^ 12 // 1 | 0)
    check.same(exact.integer(pence / 100, 2), pence)
  end
end)

check.test("a_frame_prints_caption_table_and_notes", function()
  check.same(tostring(classes()), lines(
    "Cost by class   funded, 2025/26 prices, as at 2025-05   model 3f9c1a",
    "class        cost £      WTE  posts",
    "───────────────────────────────────",
    "grow     31,234,568    402.3    431",
    "retain   69,072,432    645.7    671",
    "(none)    1,000,000      0.0      0",
    "───────────────────────────────────",
    "Total   101,307,000  1,048.0  1,102",
    "SYNTHETIC establishment"))
end)

check.test("a_long_caption_takes_two_lines", function()
  local made <const> = frame.from { columns = {}, about = { title = ("t"):rep(100), unit = "£m", basis = "funded, annual run rate", scenario = "Plan" } }
  check.ok(tostring(made):find(("t"):rep(100) .. "\n£m, funded, annual run rate   Plan\n", 1, true))
end)

check.test("the_model_hash_is_asked_for_only_when_written", function()
  local asked = 0
  local made <const> = frame.from { columns = { { name = "x", display = "count", values = { 1 } } },
    about = { model = function() asked = asked + 1; return "3f9c1a" end } }
  local sorted <const> = made:sort "x"
  check.same(asked, 0)
  check.ok(tostring(sorted):find("model 3f9c1a", 1, true))
  check.same(asked, 1)
end)

check.test("labels_and_notes_cannot_reorder_the_line", function()
  local made <const> = frame.from { columns = { { name = "a\27", display = "text", values = { "x\u{202e}y" } } },
    about = { title = "\27]0;", notes = { "\8" } } }
  check.same(tostring(made), lines("\\u{1b}]0;", "a\\u{1b}", "──────────", "x\\u{202e}y", "\\u{8}"))
end)

check.test("text_can_be_ascii_and_cut_off_and_says_so", function()
  local made <const> = column("count", 1, 2, 3)
  check.same(made:text { ascii = true, max_rows = 2 }, lines("x", "-", "1", "2", "... 1 more row"))
  check.same(made:text(), tostring(made))
  check.ok(tostring(caught(made.text, made, { asci = true })):find "Did you mean 'ascii'%?")
end)

check.test("pounds_shown_add_up_to_the_total_shown", function()
  local made <const> = frame.from { keys = { "k" }, levels = { 1, 1, 1, 0 }, columns = {
    { name = "k", display = "text", values = { "a", "b", "c" } },
    { name = "cost", display = "£", values = { 0.4, 0.4, 0.4, 1.2 } },
  } }
  check.same(tostring(made), lines("k      cost £", "─────────────", "a           1", "b           0", "c           0", "─────────────", "Total       1"))
end)

check.test("without_totals_pounds_are_rounded_half_to_even", function()
  check.same(tostring(column("£", 0.5, 1.5, -0.5, -1.5, 0.51)), lines("x £", "───", "  0", "  2", "  0", " -2", "  1"))
end)

check.test("parts_add_up_at_each_level_with_mixed_signs", function()
  check.same(tostring(places()), lines(
    "fn            place       cost £",
    "────────────────────────────────",
    "chc           gateshead      101",
    "chc           sunderland     200",
    "Total chc                    301",
    "────────────────────────────────",
    "eprr          gateshead      300",
    "eprr          sunderland     -50",
    "Total eprr                   250",
    "────────────────────────────────",
    "(none)        sunderland       0",
    "Total (none)                   0",
    "────────────────────────────────",
    "Total                        551"))
end)

check.test("shown_parts_always_add_up_and_stay_within_a_pound", function()
  math.randomseed(11)
  for _ = 1, 200 do
    local n <const> = math.random(1, 12)
    local pence, texts, total <const> = {}, {}, { 0 }
    for i = 1, n do
      pence[i] = math.random(-300, 300)
      texts[i], total[1] = pence[i] / 100, total[1] + pence[i]
    end
    texts[n + 1] = total[1] / 100
    local made_levels <const> = {}
    for i = 1, n do
      made_levels[i] = 1
    end
    made_levels[n + 1] = 0
    local labels <const> = {}
    for i = 1, n do
      labels[i] = "k" .. i
    end
    local made <const> = frame.from { keys = { "k" }, levels = made_levels, rows = n + 1, columns = {
      { name = "k", display = "text", values = labels }, { name = "x", display = "£", values = texts } } }
    local shown <const> = {}
    for figure in tostring(made):gmatch "(%-?%d+)\n" do
      shown[#shown + 1] = tonumber(figure)
    end
    shown[n + 1] = tonumber(tostring(made):match "(%-?%d+)$")
    local sum = 0
    for i = 1, n do
      sum = sum + shown[i]
      check.ok(math.abs(shown[i] * 100 - pence[i]) < 100)
    end
    check.same(sum, shown[n + 1])
  end
end)

check.test("figures_that_do_not_make_their_total_are_rounded_plainly", function()
  local made <const> = frame.from { keys = { "k" }, levels = { 1, 1, 0 }, columns = {
    { name = "k", display = "text", values = { "a", "b" } }, { name = "x", display = "£", values = { 0.6, 0.6, 0.6 } } } }
  check.same(tostring(made), lines("k      x £", "──────────", "a        1", "b        1", "──────────", "Total    1"))
end)

check.test("others_are_named_and_count_towards_the_total", function()
  local posts <const> = core.table.new(4):add("fn", core.column.labels { "a", "b", "c", "d" })
    :add("cost", core.column.ints({ 400, 300, 40, 40 }, "pence"))
  local pivoted <const> = core.pivot.run(posts, { by = { "fn" }, measures = { { name = "cost", column = "cost" } }, totals = true, sort = "cost", top = 2 })
  local made <const> = frame.new { table = pivoted, keys = { "fn" }, columns = { { name = "fn", display = "text" }, { name = "cost", display = "£" } } }
  check.same(tostring(made), lines("fn        cost £", "────────────────", "a              4", "b              3", "(others)       1",
    "────────────────", "Total          8"))
  check.same(made:get("(others)", "cost"), 0.8)
  check.same(made:sort { by = "cost", ascending = true }:get(1, "fn"), "b")
  check.same(made:sort { by = "cost", ascending = true }:get(3, "fn"), none)
end)

check.test("length_counts_every_row_and_columns_lists_names", function()
  check.same(#classes(), 4)
  check.same(classes():columns(), { "class", "cost", "wte", "posts" })
  check.same(places():columns(), { "fn", "place", "cost" })
end)

check.test("rows_are_plain_tables", function()
  local seen <const> = {}
  for row in classes():rows() do
    seen[#seen + 1] = row
  end
  check.same(#seen, 4)
  check.same(seen[1], { class = "grow", cost = 31234567.4, wte = 402.3, posts = 431, level = 1, ["#level"] = 1 })
  check.same(math.type(seen[1].posts), "integer")
  check.ok(rawequal(seen[3].class, none))
  check.same(seen[4].level, 0)
end)

check.test("a_column_called_level_wins_over_the_level_of_a_row", function()
  local made <const> = frame.from { keys = { "level" }, levels = { 1, 0 }, columns = { { name = "level", display = "text", values = { "place" } } } }
  local row <const> = made:rows()()
  check.same(row.level, "place")
  check.same(row["#level"], 1)
end)

check.test("missing_figures_are_none_and_print_empty", function()
  local made <const> = column("£p", 1.5, nil, false, none)
  check.same(#made, 4)
  check.same(made:get(1, "x"), 1.5)
  for row = 2, 4 do
    check.ok(rawequal(made:get(row, "x"), none))
  end
  check.same(tostring(made), " x £\n────\n1.50\n\n\n")
end)

check.test("get_finds_rows_by_number_and_by_label", function()
  local made <const> = classes()
  check.same(made:get(1, "wte"), 402.3)
  check.same(made:get("retain", "posts"), 671)
  check.same(made:get("Total", "wte"), 1048.0)
  check.same(made:get("(none)", "cost"), 1000000.4)
  check.same(made:get(none, "cost"), 1000000.4)
end)

check.test("a_label_wins_over_the_total_of_the_same_name", function()
  local made <const> = frame.from { keys = { "k" }, levels = { 1, 1, 0 }, columns = {
    { name = "k", display = "text", values = { "a", "Total" } }, { name = "x", display = "count", values = { 1, 2, 3 } } } }
  check.same(made:get("Total", "x"), 2)
end)

check.test("get_by_month_label", function()
  local made <const> = frame.from { keys = { "month" }, columns = {
    { name = "month", display = "month", values = { "2026-04", "2026-05" } }, { name = "x", display = "count", values = { 1, 2 } } } }
  check.same(made:get("2026-05", "x"), 2)
  check.same(made:get(2, "month"), "2026-05")
end)

check.test("get_refuses_what_is_not_there", function()
  local made <const> = classes()
  check.same(caught(made.get, made, "growe", "cost").message, "no row 'growe' in 'class'. Did you mean 'grow'?")
  check.same(caught(made.get, made, 5, "cost").message, "the frame has rows 1 to 4, not 5")
  check.same(caught(made.get, made, 0, "cost").code, "not found")
  check.same(caught(made.get, made, 1.5, "cost").message, "the frame has rows 1 to 4, not 1.5")
  check.same(caught(made.get, made, 1, "csot").message, "the frame has no column 'csot'. Did you mean 'cost'?")
  check.same(caught(made.get, made, 1).message, "the frame has no column 'nil'.")
  check.same(caught(function() places():get("chc", "cost") end).message, "this frame has 2 keys: give the number of the row, not 'chc'")
end)

check.test("where_tests_columns_and_drops_totals", function()
  local found <const> = classes():where { cost = "> 1000000.40", class = "not(retain)" }
  check.same(#found, 1)
  check.same(found:get("grow", "posts"), 431)
  check.ok(tostring(found):find("1 of 3 rows shown", 1, true))
  check.same(#classes():where { class = "none" }, 1)
  check.same(#classes():where { posts = 431 }, 1)
  check.same(#classes():where { posts = "> 5000" }, 0)
end)

check.test("where_knows_words_that_no_row_has_and_refuses_others", function()
  local made <const> = frame.from { columns = { { name = "status", display = "text", words = { "pass", "fail", "open" },
    values = { "fail", "own", "fail" } } } }
  check.same(#made:where { status = "open" }, 0)
  check.same(#made:where { status = "fail" }, 2)
  check.same(#made:where { status = "own" }, 1)
  check.ok(caught(made.where, made, { status = "opne" }).message:find("Did you mean 'open'?", 1, true))
end)

check.test("where_reads_percentages_and_millions", function()
  local made <const> = frame.from { columns = { { name = "share", display = "%", values = { 0.05, 0.5, -0.155 } },
    { name = "cost", display = "£m", values = { 4000000, 4000000.01, 250000 } }, { name = "wte", display = "WTE", values = { 1, 2, 3 } } } }
  check.same(#made:where { share = ">= 5%" }, 2)
  check.same(#made:where { share = "[-15.5 %..5%]" }, 2)
  check.same(#made:where { share = "not(50%)" }, 2)
  check.same(#made:where { share = 0.05 }, 1)
  check.same(#made:where { cost = "> £4m" }, 1)
  check.same(#made:where { cost = "£250k" }, 1)
  check.ok(caught(made.where, made, { wte = "> 5%" }).message:find "^where: wte: ")
  check.ok(caught(made.where, made, { wte = "> 4m" }).message:find "^where: wte: ")
end)

check.test("a_percentage_may_begin_with_its_point", function()
  local made <const> = frame.from { columns = { { name = "share", display = "%", values = { 0.004, 0.005, 0.5 } } } }
  check.same(#made:where { share = ">= .5%" }, 2)
end)

check.test("where_without_tests_drops_only_totals", function()
  check.same(#classes():where {}, 3)
  check.ok(not tostring(classes():where {}):find "rows shown")
end)

check.test("where_says_which_test_is_wrong", function()
  local made <const> = classes()
  check.ok(caught(made.where, made, { class = "growe" }).message:find("where: class: .*Did you mean 'grow'"))
  check.ok(caught(made.where, made, { cost = "> x" }).message:find "^where: cost: ")
  check.same(caught(made.where, made, { csot = "1" }).message, "the frame has no column 'csot'. Did you mean 'cost'?")
  check.same(caught(made.where, made, { cost = true }).hints, { "did you use == on a field? Give a table of tests" })
  check.same(caught(made.where, made, false).hints, { "did you use == on a field? Give a table of tests" })
  check.same(caught(made.where, made, { cost = {} }).message, 'where: cost is a test such as "> 1000", not a table')
  check.same(caught(made.where, made, "cost").hints, {})
end)

local function order(made, name)
  local seen <const> = {}
  for row in made:rows() do
    seen[#seen + 1] = row[name]
  end
  return seen
end

check.test("sort_puts_figures_largest_first_labels_in_order_and_missing_last", function()
  local made <const> = frame.from { columns = {
    { name = "k", display = "text", values = { "b", "C", nil, "a" } }, { name = "x", display = "count", values = { 1, nil, 3, 2 } } } }
  check.same(order(made:sort "x", "x"), { 3, 2, 1, none })
  check.same(order(made:sort { by = "x", ascending = true }, "x"), { 1, 2, 3, none })
  check.same(order(made:sort "k", "k"), { "a", "b", "C", none })
  check.same(order(made:sort { by = "k", ascending = false }, "k"), { "C", "b", "a", none })
end)

check.test("sort_is_stable_and_takes_several_columns", function()
  local made <const> = frame.from { columns = {
    { name = "a", display = "count", values = { 1, 2, 1, 2 } }, { name = "b", display = "text", values = { "z", "y", "x", "w" } } } }
  check.same(order(made:sort "a", "b"), { "y", "w", "z", "x" })
  check.same(order(made:sort { by = { "a", "b" } }, "b"), { "w", "y", "x", "z" })
end)

check.test("an_ordered_vocabulary_sorts_in_its_order", function()
  local bands <const> = core.dictionary.new({ "7", "8a", "9", "10" }, { ordered = true })
  local made <const> = frame.new { table = core.table.new(3):add("band", core.column.labels({ "10", "7", "9" }, bands)),
    columns = { { name = "band", display = "text" } } }
  check.same(order(made:sort "band", "band"), { "7", "9", "10" })
end)

check.test("sort_keeps_parts_above_their_totals", function()
  check.same(order(classes():sort { by = "cost", ascending = true }, "cost"), { 1000000.4, 31234567.4, 69072432.4, 101307000.2 })
  check.same(order(places():sort "cost", "cost"), { 200.4, 100.4, 300.8, 300.4, -50.4, 250, 0.07, 0.07, 550.87 })
  check.same(order(places():sort { by = "cost", ascending = true }, "cost"), { 0.07, 0.07, -50.4, 300.4, 250, 100.4, 200.4, 300.8, 550.87 })
end)

check.test("sort_refuses_unknown_columns_and_fields", function()
  local made <const> = classes()
  check.same(caught(made.sort, made, "csot").message, "the frame has no column 'csot'. Did you mean 'cost'?")
  check.same(caught(made.sort, made, { by = "cost", acsending = true }).message, "frame:sort has no field 'acsending'. Did you mean 'ascending'?")
  check.same(caught(made.sort, made).message, "frame:sort: by is needed (the column, or several, the first counting most)")
end)

check.test("top_keeps_the_largest_and_says_so", function()
  local found <const> = classes():top(2, "cost")
  check.same(order(found, "class"), { "retain", "grow" })
  check.ok(tostring(found):find("2 of 3 rows shown", 1, true))
  check.ok(not tostring(classes():top(3)):find "rows shown")
  check.same(#classes():top(99), 3)
  check.same(order(classes():top(1), "class"), { "retain" })
  check.same(caught(found.top, found, 0).message, "top takes how many rows, 1 or more, not 0")
  check.same(caught(found.top, found).message, "top takes how many rows, 1 or more, not nil")
end)

check.test("with_column_computes_each_row_totals_included", function()
  local made <const> = classes():with_column("each", function(row) return row.wte > 0 and row.cost / row.wte or nil end, { display = "£" })
  check.same(made:get("Total", "each"), 96666.98)
  check.ok(rawequal(made:get(none, "each"), none))
  check.same(made:columns()[5], "each")
  check.same(#classes():columns(), 4)
  check.ok(tostring(made):find("each £", 1, true))
end)

check.test("with_column_takes_labels_and_plain_numbers_by_default", function()
  local made <const> = column("count", 1, 2):with_column("half", function(row) return row.x / 2 end)
    :with_column("size", function(row) return row.x > 1 and "large" or "small" end)
  check.same(tostring(made), lines("x  half  size", "──────────────", "1   0.5  small", "2   1.0  large"))
end)

check.test("with_column_refuses_what_is_no_value", function()
  local made <const> = column("count", 0)
  check.same(caught(made.with_column, made, "y", function(row) return 1 / row.x end).message,
    "y: row 1: inf is not a finite number; remit.none is no value")
  check.same(caught(made.with_column, made, "y", function() return 1.5 end, { display = "count" }).message,
    "y: row 1: a count is a whole number, not 1.5")
  check.same(caught(made.with_column, made, "y", function() return "x" end, { display = "£" }).message,
    "y: row 1: x is not a finite number; remit.none is no value")
  check.same(caught(made.with_column, made, "y", function() return "April" end, { display = "month" }).message,
    'y: row 1: a month is a string such as "2026-04", not April')
  check.same(caught(made.with_column, made, "y", function() return 1 end, { display = "text" }).message,
    "y: row 1: text is a string, not a number")
  check.ok(caught(made.with_column, made, "y", function() return 1e30 end).message:find "^y: row 1: ")
  check.same(caught(made.with_column, made, "x", function() return 1 end).message, "the frame already has a column 'x'")
  check.same(caught(made.with_column, made, "#level", function() return 1 end).message, "with_column takes a name and a function of a row")
  check.same(caught(made.with_column, made, "y").message, "with_column takes a name and a function of a row")
  check.ok(caught(made.with_column, made, "y", print, { display = "pounds" }).message:find "display is one of £, £p")
end)

local function lookup(labels, figures)
  return frame.from { keys = { "class" }, columns = { { name = "class", display = "text", values = labels },
    { name = "cost", display = "£m", values = figures }, { name = "head", display = "text", values = labels } } }
end

check.test("join_matches_by_label_and_suffixes_clashes", function()
  local made <const> = classes():join(lookup({ "retain", "unknown" }, { 2000000, 1 }), "class")
  check.same(made:columns(), { "class", "cost", "wte", "posts", "cost_2", "head" })
  check.same(order(made, "cost_2"), { none, 2000000.0, none, none })
  check.same(order(made, "head"), { none, "retain", none, none })
  check.ok(tostring(made):find("cost £m (2)", 1, true))
end)

check.test("join_matches_missing_to_missing_and_total_to_total", function()
  local made <const> = classes():join(classes(), "class")
  check.same(order(made, "posts_2"), { 431, 671, 0, 1102 })
  check.same(made:join(classes(), "class"):columns()[10], "posts_3")
end)

check.test("join_refuses_a_key_that_stands_twice", function()
  local made <const> = classes()
  check.same(caught(made.join, made, lookup({ "grow", "grow" }, {}), "class").message, "join: 'grow' is in the other frame twice")
  check.same(caught(made.join, made, lookup({ nil, nil }, { 1, 2 }), "class").message, "join: (none) is in the other frame twice")
end)

check.test("join_refuses_other_things", function()
  local made <const> = classes()
  check.ok(caught(made.join, made, {}, "class").message:find "^join takes a frame")
  check.same(caught(made.join, made, made, "clas").message, "the frame has no column 'clas'. Did you mean 'class'?")
  local other <const> = frame.from { columns = { { name = "class", display = "count", values = { 1 } } } }
  check.same(caught(made.join, made, other, "class").message, "join: 'class' is text here and count in the other frame")
end)

check.test("a_joined_frame_withholds_what_either_withholds", function()
  local function of(name, posts)
    return frame.from { keys = { "fn" }, columns = { { name = "fn", display = "text", values = { "a", "b", "c", "d" } },
      { name = name, display = "count", values = posts } } }
  end
  local function held(posts)
    return of("posts", posts):suppress { rule = "threshold", threshold = 5 }
  end
  local first <const>, last <const> = of("heads", { 10, 20, 30, 40 }), held { 2, 9, 9, 3 }
  check.same(first:join(last, "fn"):where { fn = "a, b" }:csv(), "fn,heads,posts\na,[c],[c]\nb,20,9\n")
  check.same(last:join(first, "fn"):where { fn = "a, b" }:csv(), "fn,posts,heads\na,[c],[c]\nb,9,20\n")
  check.same(last:join(held { 9, 2, 9, 9 }, "fn"):csv(), "fn,posts,posts_2\na,[c],[c]\nb,[c],[c]\nc,9,9\nd,[c],[c]\n")
end)

check.test("a_text_is_as_long_as_a_label_may_be", function()
  local function with(length)
    return classes():with_column("x", function() return ("x"):rep(length) end)
  end
  check.same(#with(65535):get(1, "x"), 65535)
  check.same(caught(with, 65536).message, "x: row 1: text is at most 65535 bytes, not 65536")
end)

check.test("no_column_poses_as_the_marks_of_a_frame", function()
  for _, name in ipairs { "#level", "#hidden" } do
    local made <const> = classes()
    check.same(caught(made.with_column, made, name, function() return 1 end).message, "with_column takes a name and a function of a row")
  end
end)

check.test("join_notes_what_the_other_frame_is", function()
  local other <const> = frame.from { keys = { "class" }, about = { title = "Plan", basis = "actual", notes = { "n" } },
    columns = { { name = "class", display = "text", values = { "grow" } } } }
  local text <const> = tostring(classes():join(other, "class"))
  check.ok(text:find("SYNTHETIC establishment\nn\nJoined with Plan: actual", 1, true))
  check.ok(not tostring(classes():join(classes(), "class")):find "Joined")
end)

check.test("csv_loses_nothing", function()
  check.same(classes():csv(), lines("class,cost,wte,posts,#level", "grow,31234567.40,402.3,431,1", "retain,69072432.40,645.7,671,1",
    ",1000000.40,0,0,1", ",101307000.20,1048,1102,0", ""))
  check.same(column("WTE", 0.000001, -1.5, nil):csv(), 'x\n0.000001\n-1.5\n""\n')
  check.same(column("month", "2026-04"):csv(), "x\n2026-04\n")
end)

check.test("csv_quotes_where_it_must_and_leaves_formulas_as_they_are", function()
  check.same(column("text", "a,b", 'say "x"', "two\nlines", "=1+1", "@x", " lead", "plain"):csv(),
    'x\n"a,b"\n"say ""x"""\n"two\nlines"\n=1+1\n@x\n" lead"\nplain\n')
end)

check.test("json_is_strict_and_loses_nothing", function()
  local text <const> = classes():json()
  local read <const> = core.json.read(text)
  check.same(read.format, 1)
  check.same(read.about, { title = "Cost by class", basis = "funded", price_base = "2025/26 prices", at = "2025-05", model = "3f9c1a",
    notes = { "SYNTHETIC establishment" } })
  check.same(read.columns[2], { name = "cost", title = "cost £", display = "£", unit = "pounds", key = false })
  check.same(read.columns[5].name, "#level")
  check.same(read.rows[1], { "grow", 31234567.4, 402.3, 431, 1 })
  check.ok(text:find('["grow",31234567.40,402.3,431,1],', 1, true))
  check.ok(text:find("[null,1000000.40,0,0,1],", 1, true))
  check.same(text:sub(1, 45), '{"format":1,\n"about":{"title":"Cost by class"')
  check.same(text:sub(-2), "}\n")
end)

check.test("json_escapes_labels", function()
  local text <const> = column("text", 'a"b\\c\n\0\127é'):json()
  check.same(core.json.read((text:gsub("\\u0000", ""))).rows[1][1], 'a"b\\c\n\127é')
  check.ok(text:find('"a\\u0022b\\u005cc\\u000a\\u0000\\u007fé"', 1, true))
  check.same(core.json.read(column("text"):json()).rows, {})
end)

check.test("markdown_escapes_labels", function()
  local made <const> = frame.from { about = { title = "T*", basis = "funded", notes = { "n_1" } }, columns = {
    { name = "k", display = "text", values = { "a|b<c>", "see https://x.org www.x.org a@b" } }, { name = "cost", display = "£", values = { 1000 } } } }
  check.same(made:markdown(), lines("**T\\***", "", "funded", "", "| k | cost £ |", "| --- | ---: |", "| a\\|b\\<c\\> | 1,000 |",
    "| see https\\://x.org www\\.x.org a\\@b |  |", "", "n\\_1", ""))
end)

check.test("bars_scale_to_the_largest_and_leave_totals_out", function()
  check.same(classes():bars("posts", { width = 8, ascii = true }), lines("Cost by class   funded, 2025/26 prices, as at 2025-05   model 3f9c1a",
    "class   posts", "-----------------------", "grow      431  #####", "retain    671  ########", "(none)      0", "SYNTHETIC establishment"))
  check.same(column("count", 8, 1, -4):bars("x", { width = 1 }), lines(" x", "─────", " 8  █", " 1  ▏", "-4  ░"))
  check.same(column("count", 0, nil):bars "x", lines("x", "───", "0", ""))
end)

check.test("bars_refuse_text_and_odd_widths", function()
  local made <const> = classes()
  check.same(caught(made.bars, made, "class").message, "bars: 'class' has no figures")
  check.same(caught(made.bars, made, "cost", { width = 0 }).message, "frame:bars: width is 1 to 1000, not 0")
  check.ok(pcall(made.bars, made, "cost", { width = 1000 }))
  check.ok(not pcall(made.bars, made, "cost", { width = 1001 }))
end)

check.test("save_writes_by_the_ending", function()
  local made <const> = classes()
  for ending, text in pairs { csv = made:csv(), json = made:json(), md = made:markdown(), txt = tostring(made) .. "\n", CSV = made:csv() } do
    local path <const> = os.tmpname() .. "." .. ending
    check.ok(rawequal(made:save(path), made))
    check.same(core.file.read(path), text)
    os.remove(path)
    os.remove((path:gsub("%.%w+$", "")))
  end
end)

check.test("save_refuses_other_endings_and_reports_the_file_system", function()
  local made <const> = classes()
  check.same(caught(made.save, made, "x.xlsx").message, "save: 'x.xlsx' does not end in .csv, .json, .md or .txt")
  check.same(caught(made.save, made, "csv").message, "save: 'csv' does not end in .csv, .json, .md or .txt")
  check.same(caught(made.save, made).message, "save: 'nil' does not end in .csv, .json, .md or .txt")
  check.ok(caught(made.save, made, "no/such/folder/x.csv").message ~= "")
end)

check.test("a_frame_cannot_be_changed", function()
  local made <const> = classes()
  check.ok(caught(function() made.cost = 1 end).message:find "cannot be changed")
  made:columns()[1] = "changed"
  check.same(made:columns()[1], "class")
end)

check.test("a_method_called_with_a_dot_says_so", function()
  local made <const> = classes()
  check.same(caught(made.rows).message, "call it on a frame, with a colon: frame:rows()")
  check.same(caught(made.csv, {}).message, "call it on a frame, with a colon: frame:csv()")
end)

check.test("derived_frames_keep_links_and_what_is_said", function()
  local functions <const> = core.table.new(2):add("class", core.column.labels { "grow", "retain" })
  local posts <const> = core.table.new(2):add("fn", core.column.labels { "chc", "eprr" }):link("fn", functions)
  local made <const> = frame.new { table = posts, keys = { "fn" }, columns = { { name = "fn", display = "text" } }, about = { scenario = "Plan" } }
  local derived <const> = made:with_column("n", function() return 1 end):sort "fn"
  check.ok(frame.inside(derived).table:dimension "fn")
  check.same(frame.inside(derived).about.scenario, "Plan")
end)

check.test("what_is_said_is_put_together_once_when_it_is_read", function()
  local calls = 0
  local made <const> = frame.new { table = core.table.new(1):add("x", core.column.ints({ 1 }, "count")), columns = { { name = "x", display = "count" } },
    about = function()
      calls = calls + 1
      return { title = "Late" }
    end }
  check.same(made:get(1, "x"), 1)
  check.same(calls, 0)
  check.same(tostring(made), tostring(made))
  check.same({ calls, frame.inside(made).about.title }, { 1, "Late" })
end)

check.test("a_frame_without_rows_is_printed_and_written", function()
  local made <const> = frame.from { columns = { { name = "k", display = "text", values = {} }, { name = "x", display = "£m", values = {} } } }
  check.same(#made, 0)
  check.same(tostring(made), "k  x £m\n───────")
  check.same(made:csv(), "k,x\n")
  check.same(#made:top(3), 0)
  check.same(tostring(made:sort "x"), tostring(made))
end)

check.test("the_toolkit_is_told_when_a_column_and_its_display_disagree", function()
  local counts <const> = core.table.new(1):add("x", core.column.ints({ 1 }, "count"))
  check.ok(not pcall(frame.new, { table = counts, columns = { { name = "x", display = "£" } } }))
  check.ok(not pcall(frame.new, { table = counts, columns = { { name = "y", display = "count" } } }))
end)

check.test("a table is folded to a width, behind its keys, and loses no column", function()
  local wide <const> = frame.from { keys = { "fn" }, columns = { { name = "fn", display = "text", values = { "chc", "quality" } },
    { name = "cost", display = "£", values = { 1234567, 20 } }, { name = "wte", display = "WTE", values = { 1.5, 2 } },
    { name = "note", display = "text", values = { "a text that is longer than there is room for", "short" } } } }
  local text <const> = wide:text { width = 34, ascii = true }
  check.same(text, [[
fn          cost £  WTE
-----------------------
chc      1,234,567  1.5
quality         20  2.0

fn       note
----------------------------------
chc      a text that is longer
         than there is room for
quality  short]])
  check.same(wide:text { width = 14 }, [[
fn: chc
cost £:
1,234,567
WTE: 1.5
note: a text
that is longer
than there is
room for

fn: quality
cost £: 20
WTE: 2.0
note: short]])
  check.same(wide:text { width = 500 }, wide:text())
end)

check.test("a long frame is cut to the rows that are wanted, which are all that is looked at", function()
  local values <const> = {}
  for index = 1, 5000 do
    values[index] = index
  end
  local long <const> = frame.from { columns = { { name = "n", display = "count", values = values } } }
  check.same(long:text { max_rows = 2, ascii = true }, "n\n-\n1\n2\n... 4,998 more rows")
end)

check.test("months are drawn as a line a group, each between its own lowest and highest", function()
  local phased <const> = frame.from { keys = { "fn", "month" }, columns = {
    { name = "fn", display = "text", values = { "chc", "chc", "chc", "quality", "quality" } },
    { name = "month", display = "month", values = { "2025-04", "2025-05", "2025-07", "2025-04", "2025-05" } },
    { name = "cost", display = "£", values = { 10, 80, 45, 7, 7 } } } }
  check.same(phased:sparks("cost", { ascii = true }),
    "fn       2025-04  cost £  2025-07\n---------------------------------\nchc           10  18 5         45\n"
    .. "quality        7  11            7")
  check.ok(phased:sparks "cost":find("▁█ ▅", 1, true))
  check.caught(phased.sparks, phased, "fn")
  check.caught(function() frame.from { columns = { { name = "n", display = "count", values = { 1 } } } }:sparks "n" end)
end)

check.test("a group that is labelled (none) has a line of its own beside rows without a label", function()
  local phased <const> = frame.from { keys = { "fn", "month" }, columns = {
    { name = "fn", display = "text", values = { "(none)", none, "(none)", none } },
    { name = "month", display = "month", values = { "2026-04", "2026-04", "2026-05", "2026-05" } },
    { name = "cost", display = "£", values = { 1, 2, 3, 4 } } } }
  local text <const> = phased:sparks("cost", { ascii = true })
  check.holds(text, "(none)        1  18            3")
  check.holds(text, "(none)        2  18            4")
end)
