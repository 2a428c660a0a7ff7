-- SPDX-License-Identifier: Apache-2.0
-- The border of match.

local check <const> = require "check"
local core <const> = require "remit.core"

local function vocabulary()
  return core.match.new():name("Quality", 1):name("chc", 2):name("NHS continuing healthcare", 2):rule("*chc*", 2)
end

check.test("names_then_rules_say_what_a_text_means", function()
  local m <const> = vocabulary()
  check.same({ m:find "QUALITY!" }, { "name", 1, 0 })
  check.same({ m:find "the CHC team" }, { "rule", 2, 1 })
  check.same({ m:find "estates" }, { "none", 0, 0 })
  check.same({ m:name("quality", 3):find "quality" }, { "ambiguous", 0, 0 })
end)

check.test("likely_targets_come_with_their_likeness", function()
  local m <const> = vocabulary()
  check.same(m:suggest "quality", { { target = 1, score = 1.0 } })
  check.same(#m:suggest("continuing quality", 1), 1)
  check.same(m:suggest("quality", 0), {})
  check.same(m:suggest("qualms", 5, 0.9), {})
  check.same(#m:suggest("quality", math.maxinteger), 1)
end)

check.test("text_that_does_not_read_says_where", function()
  local m <const> = vocabulary()
  check.same({ m:find "a\xff" }, { nil, "not UTF-8 at byte 2", "parse", 2 })
  check.same({ m:name("a\xff", 1) }, { nil, "not UTF-8 at byte 2", "parse", 2 })
  check.same({ m:suggest "\xff" }, { nil, "not UTF-8 at byte 1", "parse", 1 })
  check.same(select(2, m:rule("-", 1)), "a rule without letters or digits")
end)

check.test("match_raises_on_misuse", function()
  local m <const> = vocabulary()
  check.fails(function() m:name("x", 0) end, "a target is a number from 1")
  check.fails(function() m:rule("x", 2 ^ 32) end, "a target is a number from 1")
  check.fails(function() m:name({}, 1) end, "string expected")
  check.fails(function() m:suggest("x", 1, 2) end, "between 0 and 1")
  check.fails(function() m:suggest("x", -1) end, "")
  m:close()
  m:close()
  check.fails(function() m:find "x" end, "closed")
end)
