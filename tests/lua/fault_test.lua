-- SPDX-License-Identifier: Apache-2.0

local check <const> = require "check"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local caught <const> = check.caught

local function script(name, source)
  return assert(load(source, "@" .. name, "t", { fault = fault }))
end

check.test("a_fault_names_the_line_of_the_script", function()
  local err <const> = caught(script("plan.lua", "local x = 1\n\nfault.raise { message = 'no' }"))
  check.same(err.where, "plan.lua:3")
  check.same(tostring(err), "plan.lua:3: no")
end)

check.test("toolkit_files_are_passed_over", function()
  local own <const> = debug.getinfo(fault.raise, "S").source:gsub("fault%.lua$", "made_up.lua"):sub(2)
  local inner <const> = script(own, "return function() fault.raise { message = 'no' } end")()
  local outer <const> = load("local f = ...\nf()\nreturn 1", "@plan.lua")
  check.same(caught(outer, inner).where, "plan.lua:2")
end)

check.test("level_0_names_no_line_and_level_2_the_callers_caller", function()
  local inner <const> = script("inner.lua", "return function(level) fault.raise { message = 'no', level = level } end")()
  local outer <const> = load("local f, level = ...\nf(level)\nreturn 1", "@outer.lua")
  check.same(caught(outer, inner, 0).where, nil)
  check.same(caught(outer, inner, 1).where, "inner.lua:1")
  check.same(caught(outer, inner, 2).where, "outer.lua:2")
  check.same(caught(outer, inner, 1000).where, nil)
end)

check.test("a_fault_carries_code_message_and_hints", function()
  local err <const> = caught(fault.raise, { code = "not found", message = "no x", hints = { "one", "two" }, level = 0 })
  check.same(err.code, "not found")
  check.same(err.message, "no x")
  check.same(tostring(err), "no x\n  one\n  two")
  check.same(caught(fault.raise, { message = "no" }).code, "invalid")
  check.same(caught(fault.raise, { message = "no", list = { 1 } }).list, { 1 })
end)

check.test("a_message_prints_hostile_labels_as_escapes", function()
  local err <const> = caught(fault.raise, { message = "no 'a\u{202e}b\27[2J'\nsecond", level = 0 })
  check.same(tostring(err), "no 'a\\u{202e}b\\u{1b}[2J'\nsecond")
end)

check.test("only_faults_are_faults", function()
  for _, value in ipairs { "text", 1, true, {}, setmetatable({}, { __name = "remit.fault" }) } do
    check.same(fault.is(value), false)
  end
  check.same(fault.is(nil), false)
end)

check.test("suggest_lists_all_ties", function()
  check.same(fault.suggest("per_heed", { "per_head", "population" }), "Did you mean 'per_head'?")
  check.same(fault.suggest("coxt", { "cost", "colt", "wte" }), "Did you mean 'cost' or 'colt'?")
  check.same(fault.suggest("coxt", { "cost", "colt", "coat" }), "Did you mean 'cost', 'colt' or 'coat'?")
  check.same(fault.suggest("qqqqqqqq", { "cost", "wte" }), nil)
  check.same(fault.suggest("cost", {}), nil)
end)

check.test("check_passes_values_through", function()
  check.same({ fault.check(5) }, { 5 })
  check.same({ fault.check(false, "second") }, { false, "second" })
end)

check.test("check_raises_the_cores_triple", function()
  local err <const> = caught(fault.check, nil, "not a month", "parse", 3)
  check.same(err.message, "not a month")
  check.same(err.code, "parse")
  check.same(err.at, 3)
  local _, message <const>, code <const> = core.calendar.month "2026-13"
  local from_core <const> = caught(function() fault.check(core.calendar.month "2026-13") end)
  check.same({ from_core.message, from_core.code }, { message, code })
end)
