-- SPDX-License-Identifier: Apache-2.0
-- The guarded state from inside: what there is, that it does what Lua's own libraries do, and that it is the same every time.

local check <const> = require "check"

local program <const> = os.getenv "REMIT_PROGRAM"
local stock <const> = os.getenv "REMIT_LUA" or "lua5.4"
if not program then
  return
end

local function output_of(command, script)
  local path <const> = os.tmpname()
  local file <const> = assert(io.open(path, "wb"))
  file:write(script)
  file:close()
  local pipe <const> = assert(io.popen(command:format(path) .. " 2>&1"))
  local text <const> = pipe:read "a"
  pipe:close()
  os.remove(path)
  return (text:gsub(path:gsub("%p", "%%%0"), "SCRIPT"))
end

local function guarded(script, options)
  return output_of(("'%s' run %s %%s"):format(program, options or ""), script)
end

local function plain(script)
  return output_of(stock .. " %s", script)
end

check.test("every_library_has_exactly_these_names", function()
  local list <const> = [[
    local names = {}
    for name, value in pairs(_G) do
      names[#names + 1] = type(value) == "table" and name ~= "_G" and name ~= "arg" and name ~= "remit" and name or name .. ": " .. type(value)
      if type(value) == "table" and names[#names] == name then
        for inner, of in pairs(value) do names[#names + 1] = ("%s.%s: %s"):format(name, inner, type(of)) end
      end
    end
    table.sort(names)
    print(table.concat(names, "\n"))
  ]]
  local wanted <const> = {}
  local function add(library, kinds)
    for kind, names in pairs(kinds) do
      for name in names:gmatch "%S+" do
        wanted[#wanted + 1] = ("%s%s: %s"):format(library and library .. "." or "", name, kind)
      end
    end
    wanted[#wanted + 1] = library
  end
  add(nil, { table = "_G arg remit", string = "_VERSION", ["function"] = "assert error getmetatable ipairs load next pairs pcall print rawequal rawget "
    .. "rawlen rawset require select setmetatable tonumber tostring type xpcall" })
  add("coroutine", { ["function"] = "close create isyieldable resume running status wrap yield" })
  add("math", { number = "huge maxinteger mininteger pi", ["function"] = "abs acos asin atan ceil cos deg exp floor fmod log max min modf rad random "
    .. "randomseed sin sqrt tan tointeger type ult" })
  add("string", { ["function"] = "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper" })
  add("table", { ["function"] = "concat insert move pack remove sort unpack" })
  add("utf8", { string = "charpattern", ["function"] = "char codepoint codes len offset" })
  table.sort(wanted)
  check.same(guarded(list), table.concat(wanted, "\n") .. "\n")
end)

-- The first line that differs says more than a hundred thousand of them.
local function same_lines(ours, theirs)
  local other <const>, at = theirs:gmatch "[^\n]*\n", 0
  for line in ours:gmatch "[^\n]*\n" do
    at = at + 1
    check.same({ at, (line:gsub("SCRIPT:%d+: ", "")) }, { at, ((other() or ""):gsub("SCRIPT:%d+: ", "")) })
  end
  check.same(other(), nil)
end

-- Random numbers that both have.
local COMMON <const> = [[
  local state = 12345
  local function random(most)
    state = (state * 1103515245 + 12345) % 2147483648
    return state // 65536 % most + 1
  end
  local function show(...)
    local words = table.pack(...)
    for at = 1, words.n do words[at] = tostring(words[at]) end
    print(table.concat(words, " "))
  end
]]

check.test("patterns_match_as_those_of_lua_do", function()
  local script <const> = COMMON .. [==[
    local pieces = { "a", "b", ".", "%a", "%d", "%s", "[ab]", "[^a]", "[%a_]", "[a-c]", "[]]", "[^]]", "%b()", "%f[%w]", "(", ")", "()", "%1", "%2",
      "*", "+", "-", "?", "^", "$", "%", "%%", "[", "]", "%b", "%f", "x", "1", "%W", "[%]]", "[a-]" }
    local letters = { "a", "b", "c", "1", " ", "(", ")", "_", "%", "]", "\0", "^", "$" }
    local function made(from, most)
      local list = {}
      for at = 1, random(most) do list[at] = from[random(#from)] end
      return table.concat(list)
    end
    for _ = 1, 20000 do
      local text, pattern = made(letters, 12), made(pieces, 6)
      show(pcall(string.find, text, pattern, random(9) - 4))
      show(pcall(string.match, text, pattern))
      show(pcall(string.gsub, text, pattern, random(2) == 1 and "<%0>" or "%1", random(3) == 1 and random(3) or nil))
      show(pcall(string.gsub, text, pattern, function(a, b) return random(2) == 1 and tostring(a) .. tostring(b) end))
      show(pcall(string.gsub, text, pattern, { a = "A", b = 1, c = false }))
      show(pcall(function()
        local all = {}
        for a, b in text:gmatch(pattern) do all[#all + 1] = tostring(a) .. tostring(b) end
        return table.concat(all, ",")
      end))
    end
  ]==]
  local ours <const>, theirs <const> = guarded(script), plain(script)
  check.ok(#ours > 1000000, ours:sub(1, 1000))
  same_lines(ours, (theirs:gsub("%z", "\\u{0}"))) -- print makes what a terminal must not see visible
end)

check.test("lists_are_worked_on_as_lua_does", function()
  local script <const> = COMMON .. [[
    for _ = 1, 3000 do
      local list = {}
      for at = 1, random(8) - 1 do list[at] = random(5) end
      local other = table.move(list, 1, #list, 1, {})
      show(pcall(table.insert, other, random(10) - 1, "x"))
      show(pcall(table.concat, other, ","))
      show(pcall(table.remove, other, random(10) - 1))
      show(pcall(table.remove, other))
      show(pcall(table.concat, other, ","))
      show(pcall(table.concat, other, "-", random(4) - 1, random(4)))
      show(pcall(table.unpack, other, random(4) - 1, random(6)))
      show(pcall(table.concat, table.move(list, random(3), random(8), random(5), { "a", "b", "c", "d", "e", "f" }), ","))
      show(pcall(table.concat, table.move(other, 1, #other, random(4), other), ","))
      table.sort(list)
      show(table.concat(list, ","))
      table.sort(list, function(a, b) return a > b end)
      show(table.concat(list, ","))
    end
    show(pcall(table.sort, { 1, "x" }))
    show(pcall(table.insert, { 1 }, 5, 1))
    show(pcall(table.insert, { 1 }))
    show(pcall(table.concat, { 1, {}, 3 }))
    show(("%5s|%-5s|%05d|%.3f|%q|%x|%%|%c"):format("a", true, 42, 2.5, "x\n", 255, 65))
    show(pcall(string.format, "%d", "x"))
    show(pcall(string.format, "%s"))
    show(pcall(string.format, "%y", 1))
    show(string.rep("ab", 3, "-"), string.rep("ab", 0), string.rep("ab", -1))
    show(pcall(load, 5))
    show(load "x =")
    show(select(2, pcall(error, setmetatable({}, { __tostring = function() return "mine" end }))))
    show(xpcall(error, function(problem) return "<" .. problem .. ">" end, "x", 0))
    show(pcall(pcall))
    local co = coroutine.wrap(function(...) show(pcall(coroutine.yield, ...)) return "end" end)
    show(co(1, 2))
    show(co(3))
    show(pcall(co))
    for key, value in pairs(setmetatable({}, { __pairs = function() return next, { 5 }, nil end })) do show(key, value) end
  ]]
  local ours <const> = guarded(script)
  check.ok(#ours > 100000, ours)
  same_lines(ours, (plain(script):gsub("#1 to 'table.remove'", "#2 to 'table.remove'"))) -- a slip of Lua 5.4.4
end)

check.test("keys_come_in_order_and_may_go_on_the_way", function()
  local out <const> = guarded [[
    local keys = { "one", "two", z = 1, a = 2, [-1] = 3, [2.5] = 4, [true] = 5, [false] = 6, [1 << 62] = 7, [2^70] = 8, [-2^70] = 9, aa = 10, [""] = 11 }
    for key in pairs(keys) do io = tostring(key) print(io) end
    local key
    repeat key = next(keys, key) print(key) until key == nil
    for name in pairs(keys) do keys[name] = nil end
    print(next(keys))
    local list = { 1, 2, 3, 4 }
    for at in pairs(list) do list[at + 1] = nil print(at) end
    local one, two = { a = 1, b = 2, c = 3 }, { x = 1, y = 2 }
    for name in next, one do for other in next, two do print(name, other) end one[name] = nil end
    print(pcall(pairs, { [{}] = 1, [print] = 2 }))
    for name in pairs { [print] = 1, x = 2 } do print(name) end
    print(pcall(next, {}, "nothing"))
  ]]
  local order <const> = "-1.1805916207174e+21\n-1\n1\n2\n2.5\n4611686018427387904\n1.1805916207174e+21\n\na\naa\nz\nfalse\ntrue\n"
  check.same(out, order .. order .. "nil\nnil\n1\n3\na\tx\na\ty\nb\tx\nb\ty\nc\tx\nc\ty\n"
    .. "false\tthis table has 2 keys that are tables or functions, which have no order: keep a list of them beside it\nx\nfunction\ntrue\tnil\n")
end)

check.test("a_sort_keeps_equal_items_in_their_order", function()
  check.same(guarded [[
    local list = {}
    for at = 1, 100 do list[at] = { at = at, rank = at % 3 } end
    table.sort(list, function(a, b) return a.rank < b.rank end)
    for at = 2, 100 do assert(list[at].rank > list[at - 1].rank or list[at].at > list[at - 1].at) end
    print "stable"
  ]], "stable\n")
end)

check.test("the_same_seed_gives_the_same_numbers_and_another_gives_others", function()
  local script <const> = "print(math.random(1000000), math.random(1000000), math.random())"
  check.same(guarded(script), guarded(script))
  check.ok(guarded(script) ~= guarded(script, "--seed 2"))
  check.same(guarded("math.randomseed(7) " .. script), guarded("math.randomseed(7) " .. script, "--seed 2"))
end)

check.test("modules_stand_beside_the_script_or_in_the_working_folder", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  os.execute(("mkdir -p '%s/parts'"):format(folder))
  local function write(name, text)
    local file <const> = assert(io.open(folder .. "/" .. name, "wb"))
    file:write(text)
    file:close()
  end
  write("main.lua", 'print(require "parts.one", require "parts.one") print(pcall(require, "parts.loop")) print(pcall(require, "parts.bad"))')
  write("parts/one.lua", "print(...) leaked = 1 return { }")
  write("parts/loop.lua", 'require "parts.loop"')
  write("parts/bad.lua", "x = = 1")
  local pipe <const> = io.popen(("'%s' run '%s/main.lua' 2>&1"):format(program, folder))
  local out <const> = pipe:read "a":gsub(folder:gsub("%p", "%%%0"), "DIR")
  pipe:close()
  os.execute(("rm -r '%s'"):format(folder))
  check.ok(out:find("parts.one\tDIR/parts/one.lua\ntable\ttable\n", 1, true), out)
  check.ok(out:find("loop or previous error loading module 'parts.loop'", 1, true), out)
  check.ok(out:find("unexpected symbol near '='", 1, true), out)
end)

check.test("what_is_saved_to_out_goes_to_the_folder_that_was_granted", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  local said <const> = guarded('remit.load "examples/nenc":pivot { measures = { "wte" } }:save "out/wte.csv"', "--out " .. folder)
  local file <const> = io.open(folder .. "/wte.csv")
  check.same(said, "")
  check.ok(file and file:read "a":find "1048")
  os.execute(("rm -r '%s'"):format(folder))
end)

check.test("a_report_makes_the_folder_that_was_granted_and_writes_nothing_when_one_path_is_not", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  local script <const> = [[
    local report = remit.report { title = "T", date = "2026-01-01", base = remit.load "examples/nenc", sections = { "assumptions" } }
    print(pcall(report.save, report, "out/a.md", "elsewhere.md"))
    print(pcall(report.save, report, "out/a.md", "out/none/b.md"))
    report:save "out/b.md"]]
  local said <const> = guarded(script, "--out " .. folder)
  check.ok(said:find "this script may not write 'elsewhere.md'" and said:find "out/none/b.md: no such file or folder", said)
  check.ok(not io.open(folder .. "/a.md") and io.open(folder .. "/b.md"))
  os.execute(("rm -r '%s'"):format(folder))
end)

check.test("an_error_of_the_toolkit_tells_no_address", function()
  local said <const> = guarded [[
    for _, value in ipairs { {}, print, coroutine.create(print) } do
      print(pcall(remit.transfer, { functions = { id = "chc" }, place = "p", receiver = "r", golive = "2026-04", resource = value, why = "w" }))
    end]]
  check.ok(said:find "not table\n" and said:find "not function\n" and not said:find "0x", said)
end)

check.test("trust_lifts_the_guard_and_says_so", function()
  check.same(guarded('print(io ~= nil)', "--trust"), "remit: --trust: nothing is guarded; what runs here can do whatever you can do on this computer\ntrue\n")
end)

check.test("a_script_may_begin_with_a_mark_and_a_line_for_the_shell", function()
  check.same(guarded "\u{feff}#!/usr/bin/env remit\nprint(arg[0] ~= nil, ...)", "true\n")
  check.ok(guarded("#!x\nerror 'here'"):find("SCRIPT:2: here", 1, true))
end)

-- What the prompt says to lines that are not typed.
local function prompted(lines, options)
  return output_of(("'%s' %s <%%s"):format(program, options or ""), lines)
end

check.test("the_prompt_is_guarded_and_a_line_at_its_limit_ends_alone", function()
  local refused <const> = prompted 'x = 1\nprint(rawget(_G, "io"), rawget(_G, "os"))\nremit.load "/etc"\nrequire "remit.host"\nremit.load = 1\nx\n'
  check.ok(refused:find("nil\tnil\n", 1, true), refused)
  check.ok(refused:find("this script may not read '/etc'", 1, true), refused)
  check.ok(refused:find("module 'remit.host' is the toolkit's own", 1, true), refused)
  check.ok(refused:find("the toolkit cannot be changed: 'load' of remit", 1, true), refused)
  check.ok(refused:find "\n1\n", refused)
  local stopped <const> = prompted('y = 7\npcall(function() while true do end end) print "ESCAPED"\nfor i = 1, 9e5 do end\ny\n', "--work 20")
  check.ok(stopped:find("error: this script was stopped at its limit of 20 million steps of work", 1, true), stopped)
  check.ok(not stopped:find "ESCAPED" and stopped:find "\n7\n", stopped)
  local full <const> = prompted('t = {} while true do t[#t + 1] = ("x"):rep(1 << 20) .. #t end\nt = nil\nprint "still here"\n', "--memory 64")
  check.ok(full:find("at its limit of 64 MiB of memory", 1, true) and full:find "still here", full)
end)

check.test("a_script_that_the_prompt_loads_may_read_its_own_folder_and_reload_begins_anew", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  os.execute(("mkdir -p '%s' && cp -r examples/nenc '%s/pack'"):format(folder, folder))
  local file <const> = assert(io.open(folder .. "/one.lua", "wb"))
  file:write(('local part = require "part"\nlocal kept = part + 1\nours = remit.load "%s/pack":total "wte"\n'):format(folder))
  file:close()
  os.execute(("echo 'return 41' > '%s/part.lua'"):format(folder))
  local again <const> = ('.load %s/one.lua\n'):format(folder)
  local out <const> = prompted(again .. again .. "kept\nours\nmine = 1\n.reload\nkept\nrawget(_G, 'mine')\n" .. ('remit.load "%s"'):format(folder .. "/../"))
  os.execute(("rm -r '%s'"):format(folder))
  check.ok(out:find("42\n1048.0\n42\n", 1, true), out)
  check.ok(out:find "this script may not read", out)
end)

check.test("tests_are_guarded_each_script_in_a_state_of_its_own", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  os.execute(("mkdir -p '%s'"):format(folder))
  for _, name in ipairs { "a", "b" } do
    local file <const> = assert(io.open(("%s/%s_test.lua"):format(folder, name), "wb"))
    file:write [[
remit.test("alone", function(t) t:same(rawget(_G, "shared"), nil) shared = 1 end)
remit.test("walled", function(t) t:same(rawget(_G, "io"), nil) t:raises(function() remit.load "/etc" end, "may not read") end)
]]
    file:close()
  end
  local out <const> = output_of(("'%s' test '%s' 2>&1; : %%s"):format(program, folder), "")
  local trusted <const> = output_of(("'%s' test --trust '%s' 2>&1; : %%s"):format(program, folder), "")
  os.execute(("rm -r '%s'"):format(folder))
  check.ok(out:find "4 passed, 0 failed", out)
  check.ok(out:find "refused: [^\n]*a_test.lua:2: read /etc\n", out)
  check.ok(trusted:find "FAIL  walled" and trusted:find("--trust: nothing is guarded", 1, true), trusted)
end)

check.test("what_check_knows_is_what_a_guarded_script_has", function()
  local names <const> = require("remit.script.environment").names()
  table.sort(names)
  local there <const> = guarded "local names = {} for name in pairs(_G) do names[#names + 1] = name end print(table.concat(names, ' '))"
  check.same(there, table.concat(names, " ") .. "\n")
end)
