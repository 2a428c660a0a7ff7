-- SPDX-License-Identifier: Apache-2.0
-- Decisions across the border: what goes in, what comes out, what is refused and where.

local check <const> = require "check"
local core <const> = require "remit.core"

local decision <const>, column <const> = core.decision, core.column

local function functions()
  return core.table.new(4):add("class", column.labels { "grow", "review", false, "grow" })
    :add("wte", column.ints({ 500000, 1000000, false, 0 }, "micro"))
end

local function texts(frame)
  local columns <const> = {}
  for _, name in ipairs(frame:names()) do
    columns[name] = check.list(frame:column(name))
  end
  return columns
end

check.test("hits_name_the_rules_that_pass", function()
  local made <const> = assert(decision.new(functions(), { inputs = { "class", { path = "wte" } },
    rules = { { "grow", "-" }, { "-", ">= 0.5" }, { "review", "none" } } }))
  local hits <const> = made:hits()
  check.same(check.list(hits), { "1|2", "2", false, "1" })
  check.same(hits:dictionary():labels(), { "1", "1|2", "2" })
  check.same(hits:dictionary():separator(), "|")
  check.same({ made:passes(1, 1, 1), made:passes(2, 1, 1), made:passes(2, 3, 2), made:passes(3, 3, 2) }, { true, false, false, true })
  check.same({ made:passes(5, 1, 1), made:passes(1, 4, 1), made:passes(1, 1, 3) }, { false, false, false })
  check.fails(function() made:passes(0, 1, 1) end, "0 is not between")
  made:close()
  check.fails(function() made:hits() end, "closed")
end)

check.test("overlaps_and_gaps_are_tests_of_what_could_be", function()
  local made <const> = assert(decision.new(functions(), { inputs = { "class", { path = "wte", least = 0, most = 2000000 } },
    rules = { { "grow", "> 0.5" }, { "grow", "<= 1" }, { "review", "[1..2)" } } }))
  local overlaps <const>, count <const> = made:overlaps()
  check.same(count, 1)
  check.same(texts(overlaps), { first = { 1 }, second = { 2 }, class = { "grow" }, wte = { "(0.5..1]" } })
  local gaps <const>, all <const> = made:gaps()
  check.same(texts(gaps), { class = { "none", "grow", "review" }, wte = { "-", "none", "none, < 1, 2" } })
  check.same(all, true)
  check.same({ select(2, made:gaps(3)), select(2, made:gaps(2)), made:gaps(2):rows() }, { true, false, 2 })
  check.same({ made:overlaps(0):rows(), select(2, made:overlaps(0)) }, { 0, 1 })
end)

check.test("a_refusal_says_where_in_which_rule_and_input", function()
  local function refused(spec, ...)
    local got <const> = table.pack(decision.new(functions(), spec))
    check.same({ got[1] == nil, got[3], got[4] or false, got[5] or false, got[6] or false }, { true, ... })
  end
  refused({ inputs = { "class", "wte" }, rules = { { "grow", "-" }, { "grow", "1, x" } } }, "parse", 4, 2, 2)
  refused({ inputs = { "class" }, rules = { { "grew" } } }, "not found", 1, 1, 1)
  refused({ inputs = { "class", "klass" }, rules = { { "grow", "-" } } }, "not found", false, false, 2)
  refused({ inputs = { "class", "class" }, rules = { { "grow", "-" } } }, "invalid", false, false, 2)
  refused({ inputs = { { path = "wte", least = 1, most = 0 } }, rules = { { "-" } } }, "invalid", false, false, 1)
  refused({ inputs = {}, rules = {} }, "invalid", false, false, false)
end)

check.test("decisions_raise_on_misuse", function()
  local table <const> = functions()
  local function raises(spec, pattern)
    check.fails(function() decision.new(table, spec) end, pattern)
  end
  raises(nil, "table expected")
  raises({ rules = {} }, "inputs expected")
  raises({ inputs = {} }, "rules expected")
  raises({ inputs = {}, rules = {}, hits = "first" }, "unknown field 'hits'")
  raises({ inputs = { 1 }, rules = {} }, "item 1 of the inputs is a number")
  raises({ inputs = { {} }, rules = {} }, "item 1 of the inputs has no path")
  raises({ inputs = { { path = "wte", low = 1 } }, rules = {} }, "unknown field 'low'")
  raises({ inputs = { { path = "wte", least = "1" } }, rules = {} }, "'least' is a string: an integer expected")
  raises({ inputs = { "class" }, rules = { "grow" } }, "item 1 of the rules is a string")
  raises({ inputs = { "class" }, rules = { { "grow", "-" } } }, "rule 1 has 2 tests: 1 expected")
  raises({ inputs = { "class" }, rules = { { "grow" }, { false } } }, "test 1 of rule 2 is a boolean: text expected")
  raises({ inputs = { "class" }, rules = { { "gr\0ow" } } }, "NUL")
  check.fails(function() decision.new({}, {}) end, "remit.table expected")
end)
