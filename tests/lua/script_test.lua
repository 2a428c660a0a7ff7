-- SPDX-License-Identifier: Apache-2.0
-- What surrounds a script: names that nothing sets, what is said of mistakes, tests of one's own, values at the prompt.

local check <const> = require "check"

local chunk <const> = require "remit.repl.chunk"
local environment <const> = require "remit.script.environment"
local fault <const> = require "remit.fault"
local globals <const> = require "remit.script.globals"
local none <const> = require "remit.none"
local read <const> = require "remit.script.read"
local remit <const> = require "remit"
local trouble <const> = require "remit.script.trouble"
local values <const> = require "remit.repl.values"

local function undeclared(text)
  local names <const> = {}
  for index, use in ipairs(globals.undeclared(assert(load(text)), environment.names())) do
    names[index] = use.line .. " " .. use.name
  end
  return table.concat(names, ", ")
end

check.test("names that nothing sets are found with their lines, by Lua's own scopes", function()
  check.same(undeclared 'local a = 1; print(a, b)', "1 b")
  check.same(undeclared 'x = 1\nprint(x)\nfunction f() return y end', "3 y")
  check.same(undeclared 'local function f() return function() return deep end end', "1 deep")
  check.same(undeclared 'for i, v in ipairs(list) do print(i, v) end', "1 list")
  check.same(undeclared 'do local z = 1 end\nreturn z', "2 z")
  check.same(undeclared 'goto over\n::over::\nreturn remit.load, arg, _G', "")
  check.same(undeclared 'local _ENV = { q = 1 }\nreturn q', "")
  check.same(undeclared(("x = 1\n"):rep(400) .. "return ww"), "401 ww")
  check.same(undeclared "return aa + aa", "1 aa")
end)

check.test("methods whose results a script drops are found with their lines", function()
  local function dropped(text)
    return table.concat(globals.dropped(assert(load(text))), ", ")
  end
  check.same(dropped 'local m = ...\nm:total "cost"\nprint(m:total "wte")', "2 total")
  check.same(dropped 'local m = ...\nm:pivot { measures = { "wte", m:name() and "x" or m:other() },\n  by = 1 }:sort "wte"', "3 sort")
  check.same(dropped 'm:pivot(1)\nlocal function f() m.deep:total(n and 1 or 2) end', "1 pivot, 2 total")
  check.same(dropped 'local a, b = m:total(1), m:total(2)\nb = m:total(3)\nfor row in m:rows() do print(row) end\nif m:ok() then return m:total(4) end', "")
  check.same(dropped 'm.total(1)\ntotal(2)\nm["total"](3)', "")
  check.same(dropped 'm:total(m:total(1))', "") -- the inner one is used
  check.same(dropped(("m:total(1, %s2)\n"):format(("1, "):rep(60))), "1 total")
end)

check.test("a name that was never set is an error with what was meant", function()
  local env <const> = environment.new()
  local function told(text)
    return tostring(check.caught(assert(load(text, "=x", "t", env)))):gsub("^x:1: ", "")
  end
  check.same(told "return prnt", "'prnt' was never set\n  Did you mean 'print'?")
  check.same(told "return base", "'base' was never set\n  Load a pack first: base = remit.load \"examples/nenc\"")
  check.same(told "return { group == 'strategic' }",
    "'group' was never set\n  A name is written in quotes: \"group\". A field is tested by one = and a text: { group = \"...\" }")
  check.same(told "return { wte > 0.5 }",
    "'wte' was never set\n  A name is written in quotes: \"wte\". A field is tested by one = and a text: { wte = \"> 0.5\" }")
  check.same(told "return envelope", "'envelope' was never set\n  Did you mean 'remit.envelope'?")
  check.ok(told "return safeguarding":find "in quotes")
  check.ok(told "return quit":find "Ctrl%-D")
  check.same(told 'local a = load "examples/nenc"', "load is a word of Lua's\n  A pack is loaded with remit.load \"examples/nenc\"")
  check.same(assert(load('shared = 7; return load "return shared"()', "=x", "t", env))(), 7)
  env.shared = nil
  assert(load("x = nil; y = 2; return y", "=x", "t", env))()
  check.same(environment.own(env), { "y" })
  check.same(rawget(_G, "y"), nil)
end)

local function told(text, env)
  read.texts["plan.lua"] = text
  local _, message <const> = xpcall(assert(load(text, "@plan.lua", "t", env or environment.new())), trouble.text)
  return message
end

check.test("a mistake in Lua is told with its line, its text and a likely cause", function()
  check.same(told "local t = {}\nprint(t.posts.x)",
    "plan.lua:2: attempt to index a nil value (field 'posts')\n  2 | print(t.posts.x)\n  'posts' has no value there: misspelt, or `.` where `:` belongs")
  check.ok(told "local a = nil + 1":find "misspelt")
  check.ok(told 'error "mine"':find('^plan.lua:1: mine\n'), told 'error "mine"')
  check.ok(told 'error { 1 }':find "a table was raised")
  check.ok(told "local function f() return f() + 1 end f()":find "calls itself without end")
  check.ok(told 'return remit.none + 1':find "no value")
  check.ok(told 'for row in remit.stats() do print(row) end':find("frame:rows()", 1, true))
end)

check.test("a dot for a colon is seen, also where the mistake shows inside the toolkit", function()
  local env <const> = environment.new()
  rawset(env, "base", remit.load "examples/nenc")
  check.ok(told('local x = base.total("wte")', env):find("write base:total", 1, true))
  check.ok(told('local b = base\nlocal x = b.pivot { measures = { "wte" } }', env):find("write b:pivot", 1, true))
  check.ok(not told('local x = base:total("wtee")', env):find("write base", 1, true))
end)

check.test("a question that is put without its model, its quotes or its braces is told how", function()
  local env <const> = environment.new()
  rawset(env, "base", remit.load "examples/nenc")
  check.ok(told('local x = pivot { measures = { "wte" } }', env):find("A question has a colon: base:pivot. ?pivot shows help", 1, true))
  for text, meant in pairs { ["return total cost"] = 'base:total "cost"', ["return base:total cost"] = 'base:total "cost"',
    ['return base:total("cost", at = "2026-04")'] = '{ at = "2026-04" }' } do
    read.texts["plan.lua"] = text
    local _, message <const> = load(text, "@plan.lua")
    check.ok(trouble.unreadable("plan.lua", message):match("[^\n]*$"):find(meant, 1, true), message)
  end
end)

check.test("what does not compile is told with the line's text", function()
  read.texts["plan.lua"] = "x = 1\nif x != 2 then"
  local _, message <const> = load(read.texts["plan.lua"], "@plan.lua")
  check.same(trouble.unreadable("plan.lua", message),
    "plan.lua:2: 'then' expected near '!'\n  2 | if x != 2 then\n  not equal is ~= in Lua, and not is `not`")
end)

check.test("a trace is given when it is wanted", function()
  local _, message <const> = xpcall(function() error "x" end, function(raised) return trouble.text(raised, true) end)
  check.ok(message:find "traceback")
end)

local function fails(body)
  return tostring(check.caught(remit.test, "x", body)):gsub("^[^\n]-:%d+: ", "")
end

check.test("a test of one's own passes within its tolerance and says how far off it is", function()
  local frame <const> = remit.load "examples/nenc":pivot { measures = { "cost", "wte" }, by = { "fn.blueprint" } }
  remit.test("fine", function(t)
    t:figure(1048.01, 1048, { tolerance = "0.1%" })
    t:figure(0.1 + 0.2, 0.3)
    t:figures(frame, { grow = { cost = 28390128.4, wte = 311 } }, { tolerance = { cost = 1 } })
    t:same({ a = { 1, "x" } }, { a = { 1, "x" } })
    t:raises(function() error "odd thing" end, "odd")
    t:ok(true)
  end)
  check.same(fails(function(t) t:figure(2, 1) end), "got 2, expected 1: off by +1, nothing allowed")
  check.same(fails(function(t) t:figure(102, 100, { tolerance = "1%" }) end), "got 102, expected 100: off by +2, 1 allowed")
  check.same(fails(function(t) t:figures(frame, { grow = { wte = 311.2 } }, { tolerance = { cost = 9 } }) end):match "^[^\n]*\n  (.*)",
    "grow, wte: got 311, expected 311.2: off by -0.2, nothing allowed")
  check.same(fails(function(t) t:same({ 1, b = 2 }, { 1, b = 3, c = 4 }) end),
    "the two are not the same\n  b: got 2, expected 3: off by -1, nothing allowed\n  c: got nil, expected 4")
  check.same(fails(function(t) t:raises(function() end) end), "nothing was raised")
  check.ok(fails(function(t) t:raises(function() error "a" end, "b") end):find "expected  b")
  check.same(fails(function(t) t:ok(nil) end), "got nil")
  check.ok(fails(function(t) t:figure(1, 2, { tolerance = "x" }) end):find "neither a number nor a percentage")
  check.ok(fails(function(t) t:figures(frame, { gro = { wte = 1 } }) end):find "Did you mean 'grow'")
  check.ok(fails(function(t) t:equal(1, 2) end):find "has no method 'equal'")
  check.caught(remit.test, "no body")
end)

check.test("values are shown readable, bounded, and each only once in itself", function()
  local function shown(value)
    return values.text(value, {})
  end
  local circle <const> = { 1, name = "x" }
  circle.again = circle
  check.same(shown(circle), '{ 1, again = <the same table again>, name = "x" }')
  check.same(shown { "a", [10] = true, ["two words"] = none, f = print }, '{ "a", [10] = true, f = <a function>, ["two words"] = none }')
  check.same({ shown {}, shown(nil), shown(1.5), shown "a\tb\27[31m" }, { "{}", "nil", "1.5", "a\\u{9}b\\u{1b}[31m" })
  local long <const> = {}
  for index = 1, 1000 do
    long[index] = index
  end
  check.ok(shown(long):find("... 940 more", 1, true))
  local deep <const> = {}
  local at = deep
  for _ = 1, 50 do
    at.x = {}
    at = at.x
  end
  check.ok(shown(deep):find("{ ... }", 1, true))
  check.ok(#shown { ("é"):rep(5000) } < 1000)
  check.ok(utf8.len(shown { ("é"):rep(5000) }))
end)

check.test("what is typed is an expression, a statement, or not finished", function()
  local env <const>, kept <const> = environment.new(), {}
  local function run(text)
    local compiled <const>, message <const>, unfinished <const> = chunk.compile(text, env)
    if not compiled then
      return unfinished and "more" or message:match ": (.*)$"
    end
    return chunk.run(compiled, env, kept)
  end
  check.same({ run "1 + 1", run "x = 5", run "x", run "1 +", run "for i = 1, 2 do", run "{ 1," }, { 2, nil, 5, "more", "more", "more" })
  check.same({ run "local a, b = 1, 2", run "a + b", run "local function f() return a end", run "f()" }, { nil, 3, nil, 1 })
  check.same(kept, { "a", "b", "f" })
  check.ok(run "1 != 2":find "near '!'")
  check.same(run "-- only a comment", nil)
end)

check.test("only faults are faults", function()
  check.ok(fault.is_own "=[C]" and not fault.is_own "@plan.lua")
end)
