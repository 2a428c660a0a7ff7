-- SPDX-License-Identifier: Apache-2.0
-- The border of dictionary and column.

local check <const> = require "check"
local core <const> = require "remit.core"

local column <const>, dictionary <const> = core.column, core.dictionary

local function bands()
  return dictionary.new({ "5", "8a", "8b" }, { ordered = true })
end

-- ---- dictionary ----

check.test("codes_follow_the_labels", function()
  local d <const> = bands()
  check.same(d:size(), 3)
  check.same(d:labels(), { "5", "8a", "8b" })
  check.same({ d:label(0), d:label(1), d:label(3) }, { "", "5", "8b" })
  check.same({ d:find "8a", d:find "8A", d:find "" }, { 2, 0, 0 })
  check.same({ d:match " 8A ", d:match "9" }, { 2, 0 })
  check.same(dictionary.new({}):labels(), {})
end)

check.test("codes_in_another_dictionary_are_those_of_the_same_labels", function()
  check.same(dictionary.new({ "8b", "8A", "5" }):codes(bands()), { 3, 0, 1 })
  check.same(dictionary.new({}):codes(bands()), {})
end)

check.test("a_sorted_column_says_the_same_with_codes_in_the_order_of_labels", function()
  local sorted <const> = column.labels({ "b", false, "a", "b" }):sorted()
  check.same({ sorted:get(1), sorted:get(2), sorted:get(3), sorted:get(4) }, { "b", nil, "a", "b" })
  check.same(sorted:dictionary():labels(), { "a", "b" })
  check.fails(function() column.ints({ 1 }, "count"):sorted() end, "codes")
end)

check.test("labels_may_hold_any_byte", function()
  local d <const> = dictionary.new { "a\0b", "a" }
  check.same(d:find "a\0b", 1)
  check.same(d:label(1), "a\0b")
end)

check.test("options_say_order_and_separator", function()
  check.same({ bands():ordered(), bands():separator() }, { true })
  local tags <const> = dictionary.new({ "pod|ring_fenced" }, { separator = "|" })
  check.same({ tags:ordered(), tags:separator() }, { false, "|" })
end)

check.test("a_dictionary_suggests", function()
  local d <const> = dictionary.new { "safeguarding", "quality", "digital" }
  check.same(d:suggest "safegaurding", { "safeguarding" })
  check.same(d:suggest("safegaurding", 0), {})
  check.same(d:suggest("safegaurding", math.maxinteger), { "safeguarding" })
  check.same(dictionary.new({}):suggest "x", {})
end)

check.test("dictionary_new_raises_on_misuse", function()
  check.fails(function() dictionary.new() end, "table expected")
  check.fails(function() dictionary.new { "a", "b", "a" } end, "label 3 is repeated: 'a'")
  check.fails(function() dictionary.new { "a", "" } end, "label 2 is empty")
  check.fails(function() dictionary.new { "a", 2 } end, "item 2 of the list is a number: text expected")
  check.fails(function() dictionary.new { "a", false } end, "item 2 of the list is a boolean: text expected")
  check.fails(function() dictionary.new { ("x"):rep(65536) } end, "65536 bytes")
  check.fails(function() dictionary.new({ "a" }, true) end, "table expected")
  check.fails(function() dictionary.new({ "a" }, { seperator = "|" }) end, "unknown field 'seperator'")
  check.fails(function() dictionary.new({ "a" }, { separator = "||" }) end, "must be one byte")
  check.fails(function() dictionary.new({ "a" }, { ordered = "yes" }) end, "true or false expected")
  check.same(dictionary.new({ ("x"):rep(65535) }):size(), 1)
end)

check.test("dictionary_methods_raise_on_misuse", function()
  local d <const> = bands()
  check.fails(function() d:label(4) end, "no such code")
  check.fails(function() d:label(-1) end, "negative")
  check.fails(function() d:label "x" end, "number expected")
  check.fails(function() d:find() end, "string expected")
  check.fails(function() d:match() end, "string expected")
  check.fails(function() d:suggest() end, "string expected")
  check.fails(function() d:suggest("x", -1) end, "negative")
  check.fails(function() d.size {} end, "remit.dictionary expected")
end)

-- ---- column ----

check.test("a_column_of_labels_learns_its_dictionary", function()
  local c <const> = column.labels { "b", false, "a", "b", "" }
  check.same(c:dictionary():labels(), { "b", "a" })
  check.same({ c:get(1), c:get(2), c:get(3), c:get(5) }, { "b", nil, "a" })
  check.same({ c:code(1), c:code(2), c:code(3), c:code(5) }, { 1, 0, 2, 0 })
  check.same({ c:unit(), c:count() }, { "code", 5 })
  check.same(c:stats(), { min = 1, max = 2, missing = 2, ascending = false })
  check.ok(c:memory() > 0)
end)

check.test("a_column_of_labels_keeps_to_a_given_dictionary", function()
  local c <const> = column.labels({ "8b", "5", false }, bands())
  check.same({ c:code(1), c:code(2), c:code(3) }, { 3, 1, 0 })
  check.ok(c:dictionary():ordered())
  check.fails(function() column.labels({ "5", "9" }, bands()) end, "item 2 of the list is not in the dictionary: '9'")
end)

check.test("a_column_of_integers_keeps_them", function()
  local values <const> = { 3, false, -math.maxinteger, math.maxinteger }
  for _, unit in ipairs { "count", "pence", "micro", "month", "day" } do
    local c <const> = column.ints(values, unit)
    check.same({ c:get(1), c:get(2), c:get(3), c:get(4) }, { 3, nil, -math.maxinteger, math.maxinteger })
    check.same(c:unit(), unit)
    check.same(c:dictionary(), nil)
  end
  check.same(column.ints(values, "count"):stats(), { min = -math.maxinteger, max = math.maxinteger, missing = 1, ascending = false })
  check.same(column.ints({}, "count"):stats(), { min = 0, max = 0, missing = 0, ascending = true })
  check.same(column.ints({ 2.0 }, "count"):get(1), 2)
end)

check.test("a_column_of_one_value", function()
  local c <const> = column.same("8a", 3, bands())
  check.same({ c:get(1), c:get(3), c:count() }, { "8a", "8a", 3 })
  check.same(column.same(false, 2, bands()):stats().missing, 2)
  check.same(column.same(12, 2, "pence"):get(2), 12)
  check.same(column.same(false, 2, "pence"):get(2), nil)
  check.same(column.same(12, 0, "pence"):count(), 0)
end)

check.test("column_makers_raise_on_misuse", function()
  check.fails(function() column.labels() end, "table expected")
  check.fails(function() column.labels { "a", 1 } end, "item 2 of the list is a number: text expected")
  check.fails(function() column.labels { true } end, "item 1 of the list is a boolean: text expected")
  check.fails(function() column.labels({}, {}) end, "remit.dictionary expected")
  check.fails(function() column.labels { ("x"):rep(65536) } end, "65536 bytes")
  check.fails(function() column.ints({ 1 }, "code") end, "integers cannot have the unit 'code")
  check.fails(function() column.ints({ 1 }, "pound") end, "invalid option 'pound'")
  check.fails(function() column.ints({ 1 }) end, "string expected")
  check.fails(function() column.ints({ 1, "2" }, "count") end, "item 2 of the list is a string: an integer or false expected")
  check.fails(function() column.ints({ 1, true }, "count") end, "item 2 of the list is a boolean: an integer or false expected")
  check.fails(function() column.ints({ 1.5 }, "count") end, "an integer or false expected")
  check.fails(function() column.ints({ math.mininteger }, "count") end, "item 1 of the list is out of range")
  check.fails(function() column.same("9", 1, bands()) end, "not in the dictionary")
  check.fails(function() column.same(1, -1, "count") end, "negative")
  check.fails(function() column.same(1, 1, "code") end, "unit 'code")
  check.fails(function() column.same(math.mininteger, 1, "count") end, "out of range")
  check.fails(function() column.same("x", 1, "count") end, "number expected")
  check.fails(function() column.same(true, 1, "count") end, "number expected")
  check.fails(function() column.same("x", 1, 7) end, "remit.dictionary expected")
  check.fails(function() column.same(1, math.maxinteger, "count") end, "memory")
end)

check.test("column_methods_raise_on_misuse", function()
  local codes <const>, ints <const> = column.labels { "a" }, column.ints({ 1 }, "count")
  check.fails(function() codes:get(0) end, "0 is not between 1 and 1")
  check.fails(function() codes:get(2) end, "2 is not between 1 and 1")
  check.fails(function() codes:get "x" end, "number expected")
  check.fails(function() codes:code(2) end, "2 is not between 1 and 1")
  check.fails(function() ints:code(1) end, "a column of codes expected")
  check.fails(function() ints:tally() end, "a column of codes expected")
  check.fails(function() ints:recode({}, bands()) end, "a column of codes expected")
  check.fails(function() codes.get(ints.get, 1) end, "remit.column expected")
end)

check.test("recode_maps_codes_into_another_dictionary", function()
  local c <const> = column.labels { "a", "b", false, "c", "a" }
  local d <const> = dictionary.new { "vowel", "other" }
  local r <const> = c:recode({ 1, 2, 0 }, d)
  check.same({ r:get(1), r:get(2), r:get(3), r:get(4), r:get(5) }, { "vowel", "other", nil, nil, "vowel" })
  check.fails(function() c:recode({ 1, 2 }, d) end, "an entry for each code expected")
  check.fails(function() c:recode({ 1, 2, 3 }, d) end, "item 3 of the list is not a code of the dictionary")
  check.fails(function() c:recode({ 1, 2, -1 }, d) end, "item 3 of the list is not a code of the dictionary")
  check.fails(function() c:recode({ 1, 2, false }, d) end, "item 3 of the list is a boolean: an integer expected")
  check.fails(function() c:recode({ 1, 2, 0 }) end, "remit.dictionary expected")
  check.fails(function() c:recode(1, d) end, "table expected")
end)

check.test("tally_counts_rows_by_code", function()
  local counts <const>, first <const> = column.labels({ false, "8b", "8b" }, bands()):tally()
  check.same(counts, { [0] = 1, 0, 0, 2 })
  check.same(first, { [0] = 1, [3] = 2 })
end)
