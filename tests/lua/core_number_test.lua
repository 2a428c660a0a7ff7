-- SPDX-License-Identifier: Apache-2.0
-- The border of number, hash, calendar and text.

local check <const> = require "check"
local core <const> = require "remit.core"

local refused <const> = check.refused

local calendar <const>, hash <const>, number <const>, text <const> = core.calendar, core.hash, core.number, core.text

-- ---- number ----

check.test("parse_reads_units_of_the_last_decimal", function()
  check.same({ number.parse "12" }, { 12, false })
  check.same({ number.parse("(£1,234.50)", { decimals = 2, currency = true }) }, { -123450, false })
  check.same({ number.parse("1.234,5", { decimals = 1, decimal_char = ",", group_char = "." }) }, { 12345, false })
  check.same({ number.parse("12.5%", { decimals = 1, percent = true }) }, { 125, false })
end)

check.test("parse_says_whether_it_rounded", function()
  check.same({ number.parse("0.125", { decimals = 2, round = true }) }, { 12, true })
  check.same({ number.parse("0.12", { decimals = 2, round = true }) }, { 12, false })
end)

check.test("parse_refuses_text_with_a_reason", function()
  refused("parse", number.parse "")
  refused("parse", number.parse "1e5")
  refused("parse", number.parse "1\0002")
  refused("parse", number.parse("0.125", { decimals = 2 }))
  refused("overflow", number.parse "9223372036854775808")
end)

check.test("parse_keeps_no_value_out_of_the_figures", function()
  check.same(number.parse "-9223372036854775807", -math.maxinteger)
  refused("overflow", number.parse "-9223372036854775808")
end)

check.test("parse_raises_on_a_format_that_cannot_be", function()
  check.fails(function() number.parse() end, "string expected")
  check.fails(function() number.parse("1", 2) end, "table expected")
  check.fails(function() number.parse("1", { decimals = 13 }) end, "not between 0 and 12")
  check.fails(function() number.parse("1", { decimals = -1 }) end, "not between 0 and 12")
  check.fails(function() number.parse("1", { decimals = 1.5 }) end, "'decimals' is a number: an integer expected")
  check.fails(function() number.parse("1", { decimals = "2" }) end, "an integer expected")
  check.fails(function() number.parse("1", { decimal_char = ",," }) end, "'decimal_char' must be one byte")
  check.fails(function() number.parse("1", { decimal_char = "" }) end, "must be one byte")
  check.fails(function() number.parse("1", { decimal_char = "\0" }) end, "must be one byte")
  check.fails(function() number.parse("1", { group_char = 1 }) end, "text expected")
  check.fails(function() number.parse("1", { currency = 1 }) end, "'currency' is a number: true or false expected")
  check.fails(function() number.parse("1", { decimal = 2 }) end, "unknown field 'decimal'")
  check.fails(function() number.parse("1", { 2 }) end, "unknown field '1'")
  check.same(number.parse("1.5", { decimals = 12 }), 1500000000000)
end)

check.test("print_gives_exactly_the_decimals", function()
  check.same(number.print(-123450, 2), "-1234.50")
  check.same(number.print(-123450, 2, true), "-1,234.50")
  check.same(number.print(5, 0, false), "5")
  check.same(number.print(math.maxinteger, 12, true), "9,223,372.036854775807")
  check.fails(function() number.print(1, 13) end, "decimals are 0 to 12")
  check.fails(function() number.print(1, -1) end, "decimals are 0 to 12")
  check.fails(function() number.print(1.5, 2) end, "no integer representation")
  check.fails(function() number.print(1) end, "number expected")
end)

check.test("add_refuses_what_64_bits_do_not_hold", function()
  check.same(number.add(2, -3), -1)
  refused("overflow", number.add(math.maxinteger, 1))
  check.fails(function() number.add(1) end, "number expected")
end)

check.test("scale_rounds_once", function()
  check.same(number.scale(-123450, 1, 3), -41150)
  check.same(number.scale(5, 1, 2), 2)
  check.same(number.scale(5, 1, 2, "half_even"), 2)
  check.same(number.scale(5, 1, 2, "half_up"), 3)
  refused("invalid", number.scale(5, 1, 0))
  refused("overflow", number.scale(math.maxinteger, 2, 1))
  check.fails(function() number.scale(5, 1, 2, "up") end, "invalid option 'up'")
  check.fails(function() number.scale(5, 1) end, "number expected")
end)

check.test("allot_gives_parts_that_add_up", function()
  check.same(number.allot(100, { 1, 1, 1 }), { 34, 33, 33 })
  check.same(number.allot(-100, { 1, 1, 1 }), { -34, -33, -33 })
  refused("invalid", number.allot(1, { 0, 0 }))
  refused("invalid", number.allot(1, { 1, -1 }))
  check.fails(function() number.allot(1, 2) end, "table expected")
  check.fails(function() number.allot(1, { 1, "2" }) end, "item 2 of the list is a string: an integer expected")
  check.fails(function() number.allot(1, { 1, 0.5 }) end, "item 2 of the list is a number: an integer expected")
end)

check.test("plain_pounds_print_with_no_more_decimals_than_pence", function()
  local random = 20251122
  for _ = 1, 20000 do
    random = (random * 6364136223846793005 + 1442695040888963407) & 0x7FFFFFFFFFFFFFFF
    local pence <const> = (random >> 20) % 10 ^ (2 + random % 13) // 1 | 0
    check.same(("%.14g"):format(number.plain(pence, "pence")), (number.print(pence, 2):gsub("%.?0+$", "")))
  end
end)

check.test("plain_leaves_integers_alone", function()
  check.same(number.plain(12345, "pence"), 123.45)
  check.same(number.plain(500000, "micro"), 0.5)
  for _, unit in ipairs { "code", "count", "month", "day" } do
    check.same(math.type(number.plain(7, unit)), "integer")
  end
  check.fails(function() number.plain(7, "pounds") end, "invalid option 'pounds'")
  check.fails(function() number.plain("x", "pence") end, "number expected")
end)

-- ---- hash ----

check.test("hash_is_the_published_one", function()
  check.same(hash.new():hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
end)

check.test("hash_feeds_say_where_they_end", function()
  local function of(...)
    local sha <const> = hash.new()
    for _, part in ipairs { ... } do
      check.same(sha:text(part), sha)
    end
    return sha:hex()
  end
  check.ok(of("ab", "c") ~= of("a", "bc"))
  check.ok(of("a\0b") ~= of("a"))
  check.same(hash.new():int(1):hex(), "7c9fa136d4413fa6173637e883b6998d32e1d675f88cddff9dcbcf331820f4b8")
end)

check.test("hash_of_a_table_is_of_what_it_holds", function()
  local function of(value)
    local table <const> = core.table.new(1):add("x", core.column.ints({ value }, "count"))
    return hash.new():table(table):hex()
  end
  check.same(of(1), of(1))
  check.ok(of(1) ~= of(2))
end)

check.test("hash_ends_once", function()
  local sha <const> = hash.new()
  sha:hex()
  check.fails(function() sha:hex() end, "this hash has ended")
  check.fails(function() sha:text "x" end, "this hash has ended")
  check.fails(function() sha:int(1) end, "this hash has ended")
  check.fails(function() sha:table(core.table.new(0)) end, "this hash has ended")
  check.fails(function() hash.new():text() end, "string expected")
  check.fails(function() hash.new():int(0.5) end, "no integer representation")
  check.fails(function() hash.new():table {} end, "remit.table expected")
end)

-- ---- calendar ----

check.test("calendar_reads_and_prints_months", function()
  check.same(calendar.month "2026-04", 24315)
  check.same(calendar.month_text(24315 - 6), "2025-10")
  refused("parse", calendar.month "2026-13")
  refused("parse", calendar.month "April")
  check.fails(function() calendar.month_text(-1) end, "out of the calendar")
  check.fails(function() calendar.month_text(math.mininteger) end, "out of the calendar")
  check.fails(function() calendar.month() end, "string expected")
end)

check.test("calendar_reads_and_prints_years", function()
  check.same(calendar.year "2026/27", 2026)
  check.same(calendar.year_text(2099), "2099/00")
  refused("parse", calendar.year "2026/28")
  check.fails(function() calendar.year_text(10000) end, "out of the calendar")
  check.same(calendar.year_of_month(calendar.month "2026-03"), 2025)
  check.same(calendar.year_of_month(calendar.month "2026-04"), 2026)
  check.same(calendar.month_text(calendar.month_of_year(2026)), "2026-04")
  check.fails(function() calendar.month_of_year(math.maxinteger) end, "out of the calendar")
  check.fails(function() calendar.year_of_month(math.mininteger) end, "out of the calendar")
end)

check.test("calendar_reads_and_prints_days", function()
  check.same(calendar.day "1970-01-02", 1)
  check.same(calendar.day "03/06/2025", calendar.day "2025-06-03")
  check.same(calendar.day_text(calendar.day "2024-02-29"), "2024-02-29")
  check.same(calendar.month_of_day(calendar.day "2025-06-03"), calendar.month "2025-06")
  refused("parse", calendar.day "2025-02-29")
  check.fails(function() calendar.day_text(math.maxinteger) end, "out of the calendar")
  check.fails(function() calendar.month_of_day(math.mininteger) end, "out of the calendar")
end)

-- ---- text ----

check.test("fold_ignores_case_and_stray_spaces", function()
  check.same(text.fold "  Continuing   HEALTHCARE ", "continuing healthcare")
  check.same(text.fold "CAFÉ", text.fold "cafe\u{301}")
  check.same(text.fold "", "")
end)

check.test("fold_points_at_the_byte_that_is_not_text", function()
  local _, at <const> = refused("parse", text.fold "ab\xff")
  check.same(at, 3)
  local _, at_nul <const> = refused("parse", text.fold "a\0b")
  check.same(at_nul, 2)
  check.fails(function() text.fold() end, "string expected")
end)

check.test("distance_counts_slips", function()
  check.same(text.distance("safeguarding", "safegaurding"), 1)
  check.same(text.distance("", "abc"), 3)
  check.same(text.distance(("a"):rep(300), ("b"):rep(300)), 101)
  check.ok(text.distance("kitten", "sitting", 1) > 1)
  check.same(text.distance("kitten", "sitting", 3), 3)
  check.fails(function() text.distance("a", "b", -1) end, "negative")
  check.fails(function() text.distance("a\0", "b") end, "text without NUL bytes expected")
  check.fails(function() text.distance("a", "b\0") end, "text without NUL bytes expected")
end)

check.test("width_is_that_of_a_terminal", function()
  check.same(text.width "", 0)
  check.same(text.width "£1.5m", 5)
  check.same(text.width "e\u{301}", 1)
  check.same(text.width "日本", 4)
  check.same(text.width "a\xffb", 3)
  check.fails(function() text.width() end, "string expected")
end)

check.test("suggest_gives_the_nearest", function()
  check.same(text.suggest("cots", { "wte", "cost", "in_post" }), { "cost" })
  check.same(text.suggest("zzz", { "wte", "cost" }), {})
  check.same(text.suggest("cost", {}), {})
  check.same(text.suggest("8", { "8a", "8b", "8c", "8d" }, 0), {})
  check.fails(function() text.suggest("x", { 1 }) end, "item 1 of the list is a number: text expected")
  check.fails(function() text.suggest("x", "y") end, "table expected")
  check.fails(function() text.suggest("x", {}, -1) end, "negative")
  check.fails(function() text.suggest("x", { ("y"):rep(65536) }) end, "65536 bytes")
end)
