-- SPDX-License-Identifier: Apache-2.0
-- The fields of a call, as the border tests and fills them, and the text by which equal ones are found again.

local check <const> = require "check"
local core <const> = require "remit.core"

local list <const>, fill <const>, key <const> = core.fields.list, core.fields.fill, core.fields.key

check.test("a_list_is_a_fresh_one_of_texts", function()
  local given <const> = { "a", "b" }
  local made <const> = list(given)
  check.same(made, { "a", "b" })
  made[1] = "c"
  check.same(given, { "a", "b" })
  check.same({ list "a", list {} }, { { "a" }, {} })
end)

check.test("what_is_no_list_of_texts_is_none", function()
  for _, other in ipairs { 1, true, { 1 }, { "a", 2 }, { a = "b" }, { "a", b = "c" }, { [1] = "a", [3] = "b" }, { [2] = "a" }, { [1.5] = "a" },
    { "a", nil, "c" }, { "a", nil, "c", [5] = "e" },
    setmetatable({ "a" }, {}) } do
    check.same(list(other), nil)
  end
  check.same(list(nil), nil)
end)

local function text(value)
  return type(value) == "string" and value or nil
end

check.test("fields_are_tested_and_defaults_filled_in", function()
  local tests <const> = { name = text, other = text, kept = function(value) return value == 1 and "one" or nil end, off = function(value) return value end }
  check.same(fill({ name = "a", kept = 1, off = false }, tests, { name = "b", other = "c", off = true }, 4),
    { name = "a", kept = "one", other = "c", off = false })
  check.same(fill({}, tests, {}, 0), {})
  check.same(fill({ name = 1 }, tests, {}, 4), nil)
  check.same(fill({ unknown = "a" }, tests, {}, 4), nil)
  check.same(fill({ "a" }, tests, {}, 4), nil)
  check.fails(function() fill({}, tests, {}, -1) end, "negative")
  check.fails(function() fill({}, tests) end, "table expected")
end)

check.test("what_a_test_raises_goes_on", function()
  check.fails(function() fill({ a = 1 }, { a = function() error "no" end }, {}, 1) end, "no")
end)

check.test("equal_values_have_one_key_whatever_their_order", function()
  local many <const> = {}
  for index = 1, 8 do
    many["z" .. index] = index
  end
  for index = 8, 1, -1 do
    many["z" .. index] = nil
  end
  for _, name in ipairs { "where", "by", "at", "totals" } do
    many[name] = ({ where = { fn = { level = "icb" }, band = "8a" }, by = { "fn", "place" }, at = "2026-04", totals = true })[name]
  end
  check.same(key { totals = true, at = "2026-04", by = { "fn", "place" }, where = { band = "8a", fn = { level = "icb" } } }, key(many))
  check.ok(key(many) ~= nil)
end)

check.test("names_that_begin_alike_have_one_order", function()
  local names <const>, first = { "a", "ab", "abc", "abcd", "b", "" }, nil
  for turn = 0, 5 do
    local given <const> = turn % 2 == 0 and { x = 1, y = 2, z = 3, w = 4 } or {}
    for index = 1, 6 do
      given[names[(index * (turn < 3 and 1 or 5) + turn) % 6 + 1]] = true
    end
    given.x, given.y, given.z, given.w = nil, nil, nil, nil
    first = first or key(given)
    check.same(key(given), first)
  end
end)

-- Sixteen names in each of three tables, the next table under the first of them.
check.test("as_many_names_as_a_key_may_have_are_read_at_each_depth", function()
  local function nested(depth)
    local made <const> = {}
    for index = 1, 16 do
      made[string.char(96 + index)] = index % 2 == 0
    end
    made.a = depth < 3 and nested(depth + 1) or made.a
    return made
  end
  check.ok(key(nested(1)) ~= nil)
  check.same(key(nested(1)), key(nested(1)))
  check.ok(key(nested(1)) ~= key(nested(2)))
end)

check.test("different_values_have_different_keys", function()
  local seen <const> = {}
  for index, value in ipairs { 1, 1.0, "1", true, false, "true", "", {}, { "a" }, { "a", "b" }, { "ab" }, { { "a" }, "b" }, { { "a", "b" } }, { a = "b" },
    { a = { "b" } }, { ab = "" }, { a = "b", c = "d" }, { a = "bc", d = "" }, { "a", b = "c" }, { "a\0b" }, { "a\0", "b" }, { a = {} }, { a = { b = {} } },
    { a = {}, b = {} }, -1, 256, 0.5,
    { a = "bs:cs:d" }, { "a\0c" }, 0x3ff0000000000000 } do
    local text_of <const> = key(value)
    check.ok(text_of ~= nil)
    check.same({ index, seen[text_of] }, { index })
    seen[text_of] = index
  end
end)

check.test("what_may_change_or_is_large_has_no_key", function()
  local wide <const> = {}
  for index = 1, 17 do
    wide["f" .. index] = index
  end
  local ring <const> = {}
  ring[1] = ring
  for _, value in ipairs { print, io.stdout, coroutine.create(print), setmetatable({}, {}), { a = setmetatable({}, {}) }, { [1.5] = "a" }, { [true] = 1 },
    { [3] = "a" }, wide, ring, { { { { {} } } } }, ("x"):rep(600), { ("x"):rep(300), ("y"):rep(300) } } do
    check.same(key(value), nil)
  end
  check.same(key(nil), nil)
  check.ok(key(("x"):rep(400)) ~= nil)
end)
