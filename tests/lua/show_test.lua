-- SPDX-License-Identifier: Apache-2.0

local check <const> = require "check"
local show <const> = require "remit.show"

local function shows(display, pairs_of)
  for _, pair in ipairs(pairs_of) do
    check.same(show.number(pair[1], display), pair[2])
  end
end

check.test("pounds_are_whole_and_rounded_half_to_even", function()
  shows("£", { { 0, "0" }, { 49, "0" }, { 50, "0" }, { 51, "1" }, { 150, "2" }, { 250, "2" }, { -150, "-2" }, { -50, "0" },
    { 123456789, "1,234,568" }, { math.maxinteger, "92,233,720,368,547,758" } })
end)

check.test("pounds_and_pence_are_exact", function()
  shows("£p", { { 0, "0.00" }, { -5, "-0.05" }, { 123456789, "1,234,567.89" } })
  shows("£/head", { { 1876, "18.76" } })
end)

check.test("millions_have_three_decimals", function()
  shows("£m", { { 3022300000, "30.223" }, { 50000, "0.000" }, { 150000, "0.002" }, { -699300000, "-6.993" }, { 123456700000000, "1,234,567.000" } })
end)

check.test("wte_has_one_decimal_when_that_is_exact_for_the_column_else_two", function()
  check.same(show.column({ 1048000000, 402300000, 0 }, "WTE"), { "1,048.0", "402.3", "0.0" })
  check.same(show.column({ 1048000000, 402310000 }, "WTE"), { "1,048.00", "402.31" })
  check.same(show.column({ 333333 }, "WTE"), { "0.33" })
  check.same(show.column({ 5000 }, "WTE"), { "0.00" })
  check.same(show.column({ -15000 }, "WTE"), { "-0.02" })
end)

check.test("percentages_have_one_decimal_and_the_sign", function()
  shows("%", { { 155000, "15.5%" }, { 1000000, "100.0%" }, { -500, "0.0%" }, { -1500, "-0.2%" } })
end)

check.test("plain_numbers_are_trimmed_by_column", function()
  check.same(show.column({ 1500000, 2000000 }, "number"), { "1.5", "2.0" })
  check.same(show.column({ 1000000, 2000000 }, "number"), { "1", "2" })
  check.same(show.column({ 1234567, 2000000 }, "number"), { "1.235", "2.000" })
  check.same(show.column({ 1000400 }, "number"), { "1" })
end)

check.test("counts_and_months_and_text", function()
  shows("count", { { 1164, "1,164" }, { -3, "-3" } })
  shows("text", { { "grow", "grow" }, { "a\nb", "a\\u{a}b" } })
  shows("month", { { 2026 * 12 + 3, "2026-04" } })
end)

check.test("no_value_is_empty_in_every_display", function()
  for _, display in ipairs(show.displays) do
    check.same(show.number(nil, display), "")
    check.same(show.column({ false, nil, n = 2 }, display), { "", "" })
  end
end)

check.test("differences_carry_their_sign_and_zero_has_none", function()
  check.same(show.column({ 3022300000, -699300000, 0, 1 }, "£m", { sign = true }), { "+30.223", "-6.993", "0.000", "0.000" })
  check.same(show.number(155000, "%", { sign = true }), "+15.5%")
end)

check.test("an_unknown_display_suggests", function()
  check.fails(function() show.number(1, "coumt") end, "no display 'coumt'%. Did you mean 'count'%?")
end)

check.test("titles_say_the_unit_once", function()
  check.same(show.title("cost", "£"), "cost £")
  check.same(show.title("cost", "£p"), "cost £")
  check.same(show.title("wte", "WTE"), "WTE")
  check.same(show.title("in_post", "WTE"), "in_post WTE")
  check.same(show.title("£/head", "£/head"), "£/head")
  check.same(show.title("posts", "count"), "posts")
  check.same(show.title("fn", "text"), "fn")
end)

check.test("printable_text_is_left_alone", function()
  for _, text in ipairs { "", "Quality & safety (ICB)", "Café £5", "健康", "\u{1F600}", "a\\b", "nbsp\u{A0}here" } do
    check.same(show.safe(text), text)
  end
end)

check.test("hostile_characters_become_visible", function()
  check.same(show.safe "a\u{202e}b", "a\\u{202e}b")
  check.same(show.safe "a\27[31mb\r\n\0", "a\\u{1b}[31mb\\u{d}\\u{a}\\u{0}")
  check.same(show.safe "x\u{200B}y\u{FEFF}z\u{AD}", "x\\u{200b}y\\u{feff}z\\u{ad}")
  check.same(show.safe "\u{2066}\u{2069}\u{61C}\u{200F}", "\\u{2066}\\u{2069}\\u{61c}\\u{200f}")
  check.same(show.safe "\u{9B}1m\u{2028}\u{E0041}", "\\u{9b}1m\\u{2028}\\u{e0041}")
end)

check.test("broken_utf8_becomes_visible", function()
  check.same(show.safe "a\xFFb", "a\\xffb")
  check.same(show.safe "\xC3", "\\xc3")
  check.same(show.safe "é\xED\xA0\x80é", "é\\xed\\xa0\\x80é")
end)

local columns <const> = { { title = "class" }, { title = "cost £", align = "right" } }

check.test("a_table_aligns_text_left_and_numbers_right_without_trailing_spaces", function()
  check.same(show.table {
    columns = columns,
    rows = { { "grow", "31,234,567" }, { "(none)", "0" }, { "Total", "31,234,567" }, { "x", "" } },
    rules = { 2 },
  }, table.concat({
    "class       cost £",
    "──────────────────",
    "grow    31,234,567",
    "(none)           0",
    "──────────────────",
    "Total   31,234,567",
    "x",
  }, "\n"))
end)

check.test("ascii_rules_are_hyphens", function()
  check.same(show.table { columns = columns, rows = { { "a", "1" } }, ascii = true }, "class  cost £\n-------------\na           1")
end)

check.test("width_is_what_a_terminal_shows", function()
  check.same(show.table { columns = { { title = "a" }, { title = "b" } }, rows = { { "健康", "x" }, { "e\u{301}", "y" } } },
    "a     b\n───────\n健康  x\ne\u{301}     y")
end)

check.test("a_label_cannot_leave_its_cell", function()
  check.same(show.table { columns = { { title = "a" }, { title = "b" } }, rows = { { "x\n\27[2J", "y" } } },
    "a                b\n──────────────────\nx\\u{a}\\u{1b}[2J  y")
end)

check.test("a_table_without_rows_is_its_heading", function()
  check.same(show.table { columns = columns, rows = {} }, "class  cost £\n─────────────")
end)

check.test("a text of more lines than a screen has is shown to its end", function()
  local text <const> = show.table { columns = { { title = "a" }, { title = "b" } }, rows = { { ("word "):rep(1500) .. "last", "x" } }, width = 6 }
  check.same(select(2, text:gsub("word", "")), 1500)
  check.ok(text:find "last\nb: x$")
end)
