-- SPDX-License-Identifier: Apache-2.0
-- The program from outside: what it prints, where, and how it ends. REMIT_PROGRAM names it.

local check <const> = require "check"
local write <const> = require("files").write

local program <const> = os.getenv "REMIT_PROGRAM"

local function read(path)
  local file <const> = assert(io.open(path, "rb"))
  local text <const> = file:read "a"
  file:close()
  os.remove(path)
  return text
end

-- Runs the program: standard output, standard error, exit code.
local function run(arguments)
  local out <const>, err <const> = os.tmpname(), os.tmpname()
  local _, _, code <const> = os.execute(("'%s' %s >%s 2>%s"):format(program, arguments, out, err))
  return read(out), read(err), code
end

local function with_script(text, body)
  local path <const> = os.tmpname()
  local file <const> = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  body(path)
  os.remove(path)
end

if not program then
  return -- run.lua is also used without a program; ctest always names one
end

check.test("version_and_help_are_data_and_succeed", function()
  local out <const>, err <const>, code <const> = run "--version"
  check.ok(out:find "^remit %d+%.%d+%.%d+ %(Lua 5%.4%.%d+%)\n", out)
  check.same({ err, code }, { "", 0 })
  check.ok(run("help"):find "remit run SCRIPT")
  check.same(run "--help", (run "help"))
  check.ok(run("help envelope"):find "per_head")
  check.ok(run("help nothing_like_it") == "")
  for _, command in ipairs { "run", "check", "test", "new", "help" } do
    local text <const>, wrong <const>, ended <const> = run(command .. " --help")
    check.ok(text:find("^usage: remit " .. command), text)
    check.same({ wrong, ended }, { "", 0 })
  end
end)

check.test("version_names_the_defects_of_the_lua_that_it_has", function()
  local defects <const> = require "remit.defects"
  local out <const> = run "--version"
  local release <const> = out:match "%((Lua [%d.]+)%)"
  check.same(out:match "\n(.*)$", defects.text(release) .. (defects.text(release) ~= "" and "\n" or ""))
  check.same(#defects.of "Lua 5.4.4", 2)
  check.same({ #defects.of "Lua 5.4.6", defects.of("Lua 5.4.6")[1].release }, { 1, "5.4.7" })
  check.same({ defects.text "Lua 5.4.7", defects.text "Lua 5.5.0" }, { "", "" })
  check.ok(defects.text("Lua 5.4.4"):find("CVE-2022-33099", 1, true))
end)

check.test("calls_have_help_by_the_name_that_scripts_use", function()
  for name, says in pairs { amend = "months", bridge = "compare:bridge", changes = "why", compare = "side by side", conflicts = "clash",
    first_ok = "cap", headroom = "envelope:headroom", stats = "kept sums", variants = "envelope:variants" } do
    local out <const>, err <const> = run("help " .. name)
    check.same(err, "")
    check.ok(out:lower():find(says, 1, true), name .. ": " .. out)
  end
end)

check.test("every_declaration_of_arguments_has_help", function()
  local sources <const> = assert(io.popen "cat scripts/remit/*.lua scripts/remit/*/*.lua")
  local count = 0
  for name in sources:read("a"):gmatch 'args%.declare%s*{%s*name = "([^"]+)"' do
    local out <const>, err <const> = run(("help '%s'"):format(name))
    check.ok(out:find(name:match "[%w_:]+" .. "(", 1, true), name)
    check.same({ name, err }, { name, "" })
    count = count + 1
  end
  sources:close()
  check.ok(count > 20, count)
end)

check.test("wrong_usage_ends_with_2_and_says_how_on_stderr", function()
  for _, arguments in ipairs { "rum x", "run", "check", "check a b", "test", "new", "new a b", "run --pack", "run --pak x y.lua", "run x.lua --out",
    "run --memory much x.lua", "run --work -1 x.lua", "test --seconds x y.lua", "--memory", "--traec",
    "examples/nenc examples/england", "examples/nenc/demo.lua" } do
    local _, _, code <const> = run(arguments)
    check.same({ arguments, code }, { arguments, 2 })
  end
  local out <const>, err <const> = run "rum x"
  check.same(out, "")
  check.ok(err:find("Did you mean 'run'?", 1, true), err)
  check.ok(select(2, run "examples/nenc/demo.lua"):find("remit run examples/nenc/demo.lua", 1, true))
  check.ok(select(2, run "run --ouput 3 x.lua"):find("it does not know '--ouput'. Did you mean '--output'", 1, true))
end)

check.test("help on a name that is a command and a call is of both", function()
  for name, call in pairs { check = "remit.check(given)", test = "remit.test(name, body)" } do
    local out <const> = run("help " .. name)
    check.ok(out:find("^usage: remit " .. name) and out:find(call, 1, true), out)
  end
end)

check.test("a_script_runs_with_its_arguments_and_the_pack_granted_to_it", function()
  with_script('print(remit.load():total "wte", ..., arg[1])', function(path)
    local out <const>, err <const>, code <const> = run("run " .. path .. " --pack examples/nenc a b")
    check.same({ out, err, code }, { "1048.0\ta\ta\n", "", 0 })
    check.same(run(("run --pack examples/nenc %s -- --trace"):format(path)), "1048.0\t--trace\t--trace\n")
  end)
end)

check.test("a_mistake_in_a_script_is_one_message_with_its_line_and_no_traceback", function()
  with_script('local base = remit.load "examples/nenc"\nprint(base:total "cots")\n', function(path)
    local out <const>, err <const>, code <const> = run("run " .. path)
    check.same({ out, code }, { "", 3 })
    check.ok(err:find(path .. ":2: there is no measure 'cots'", 1, true), err)
    check.ok(not err:find "traceback", err)
    check.ok(select(2, run(("run %s --trace"):format(path))):find "traceback")
  end)
  with_script("x = = 1\n", function(path)
    local _, err <const>, code <const> = run("run " .. path)
    check.same(code, 3)
    check.ok(err:find(":1:", 1, true), err)
  end)
end)

check.test("a_script_that_is_not_there_or_a_folder_is_said_so", function()
  local _, err <const>, code <const> = run "run no/such.lua"
  check.same({ err, code }, { "error: there is no script no/such.lua\n", 3 })
  check.ok(select(2, run "run examples"):find "is a folder, not a script")
end)

check.test("check_ends_with_0_for_a_good_pack_and_1_with_every_problem_of_a_bad_one", function()
  local out <const>, err <const>, code <const> = run "check examples/nenc"
  check.same({ err, code }, { "", 0 })
  check.ok(out:find "examples/nenc: no problems", out)
  local none <const>, problems <const>, findings <const> = run "check examples"
  check.same({ none, findings }, { "", 1 })
  check.ok(problems:find "datapackage.json", problems)
end)

check.test("check_looks_at_a_scripts_syntax", function()
  check.same({ select(3, run "check examples/nenc/demo.lua") }, { 0 })
  with_script("x = = 1\n", function(path)
    os.rename(path, path .. ".lua")
    check.same({ select(3, run("check " .. path .. ".lua")) }, { 1 })
    os.remove(path .. ".lua")
  end)
end)

-- `remit check` of a script: what it finds, with SCRIPT for its path; what it prints; how it ends.
local function checked(text, arguments)
  local found, said, ended
  with_script(text, function(path)
    local out <const>, err <const>, code <const> = run(("check %s %s"):format(path, arguments or ""))
    found, said, ended = err:gsub(path:gsub("%p", "%%%0"), "SCRIPT"), out:gsub(path:gsub("%p", "%%%0"), "SCRIPT"), code
  end)
  return found, said, ended
end

check.test("check_runs_a_script_and_drops_what_it_prints", function()
  check.same({ checked("print(remit.load():total 'cost', arg[1])", "--pack examples/nenc first") }, { "", "SCRIPT: no problems\n", 0 })
  check.same({ checked "print(1)\nerror 'no'\n" }, { "error: SCRIPT:2: no\n  2 | error 'no'\n", "SCRIPT: 1 finding\n", 1 })
  check.ok(checked("print(setmetatable({}, { __tostring = function() error 'hidden' end }))"):find "hidden")
end)

check.test("check_throws_away_what_a_script_saves", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute(("mkdir '%s'"):format(folder)))
  with_script("remit.load('examples/nenc'):info():save 'out/check-leaves-nothing.csv'", function(path)
    local _, _, code <const> = os.execute(("TMPDIR='%s' '%s' check %s >/dev/null"):format(folder, program, path))
    check.same(code, 0)
  end)
  check.same(io.open "out/check-leaves-nothing.csv", nil)
  check.ok(os.remove(folder), "something is left")
end)

check.test("check_finds_what_scenarios_have_against_themselves_with_its_line", function()
  local err <const>, out <const>, code <const> = checked([[
local base = remit.load()
local one = base:scenario("One", { changes = {
  remit.close { id = "vacancies", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.close { posts = { fn = "chc", vacant = true, band = "9" }, from = "2025-10" },
} })
for cut = 1, 3 do
  one:with { add = { remit.close { id = "nobody", posts = { fn = "chc", vacant = true, band = "9" }, share = cut .. "%", from = "2026-01", why = "left" } } }
end
base:scenario("Two", { extends = one, changes = {
  remit.close { id = "again", posts = { vacant = true, fn = "chc" }, from = "2025-12", why = "chc" },
} })
]], "--pack examples/nenc")
  check.same(err, [[
error: SCRIPT:4: change without why: close
error: SCRIPT:4: close selects nothing
error: SCRIPT:7: close 'nobody' selects nothing
error: SCRIPT:9: vacancies (One) and again (Two) clash: both close
error: SCRIPT:10: close 'again' selects nothing
]])
  check.same({ out, code }, { "SCRIPT: 5 findings\n", 1 })
end)

check.test("check_finds_an_override_past_its_expiry_and_what_a_script_was_refused", function()
  local err <const>, _, code <const> = checked([[
local base = remit.load "examples/nenc"
base:classify(remit.decision_table { hits = "first", rules = { { id = "all", when = { blueprint = "-" }, set = { class = "keep" }, why = "all" } } },
  { override = { { fn = "chc", set = { class = "go" }, owner = "chief nurse", reason = "asked", expires = "2025-04" } } })
pcall(remit.load, "/etc")
]])
  check.ok(err:find("SCRIPT:2: override past its expiry: override 1: 'chc'", 1, true), err)
  check.ok(err:find("refused: SCRIPT:4: read /etc", 1, true), err)
  check.same(code, 1)
end)

check.test("check_finds_questions_whose_answer_goes_nowhere", function()
  local err <const>, out <const>, code <const> = checked([[
local base = remit.load()
base:total "cost"
local some = base:pivot { measures = { "wte" }, by = { "group" } }
some:sort "wte"
for _ = 1, 3 do some:get(1, "wte") end
base:posts { fn = "chc" }
if base:total "wte" > 1 then base:explain("chc", "blueprint") end
]], "--pack examples/nenc")
  check.same(err, ([[
error: SCRIPT:2: nothing is done with what total gives: print(...) shows it
error: SCRIPT:4: nothing is done with what sort gives: print(...) shows it
error: SCRIPT:5: nothing is done with what get gives: print(...) shows it
error: SCRIPT:6: nothing is done with what posts gives: print(...) shows it
error: SCRIPT:7: nothing is done with what explain gives: print(...) shows it
]]))
  check.same({ out, code }, { "SCRIPT: 5 findings\n", 1 })
end)

check.test("what_is_no_question_or_does_not_come_by_is_no_finding", function()
  check.same({ checked([[
local base = remit.load()
local tracker = { total = function() return 5 end, check = function() return "x" end }
tracker:total(base:total "wte")
tracker:check(base)
local text = base:pivot { measures = { "wte" } }:save "out/wte.csv":csv()
base:pivot { measures = { "wte" } }:save "out/wte.csv"
base:scenario("tried", { changes = {} })
pcall(function() base:total "cots" end)
remit.test("slips are refused", function(t) t:raises(function() base:total "cots" end, "cots") end)
if text == "" then base:total "cost" end
for row in base:info():rows() do print(row.file) end
assert(base:find("fn", "chc"))
]], "--pack examples/nenc") }, { "", "SCRIPT: no problems\n", 0 })
end)

check.test("run_tells_of_an_answer_that_goes_nowhere", function()
  for _, option in ipairs { "", "--trust" } do
    with_script("local base = remit.load()\nbase:total 'cost'\nprint(base:total 'posts')", function(path)
      local _, err <const>, code <const> = run(("run %s --pack examples/nenc %s"):format(path, option))
      check.ok(err:find(("warning: %s:2: nothing is done with what total gives: print(...) shows it\n"):format(path), 1, true), err)
      check.same(code, 0)
    end)
  end
end)

check.test("run_only_warns_of_what_check_finds", function()
  with_script([[
local plan = remit.load():scenario("x", { changes = { remit.close { posts = { vacant = true }, from = "2025-10" } } })
print(plan:total("posts", { at = "2026-01" }))]], function(path)
    local out <const>, err <const>, code <const> = run("run " .. path .. " --pack examples/nenc")
    check.same({ err, code }, { ("warning: %s:1: change without why: close\n"):format(path), 0 })
    check.ok(tonumber(out), out)
  end)
end)

check.test("a_sweep_is_warned_of_in_few_lines_and_checked_in_all", function()
  with_script([[
local base = remit.load()
for n = 1, 30 do
  base:scenario("x", { changes = { remit.close { id = "c" .. n, posts = { vacant = true }, from = "2025-10" } } })
end]], function(path)
    local _, warned <const> = run("run " .. path .. " --pack examples/nenc")
    check.same({ select(2, warned:gsub("\n", "")), warned:match "[^\n]*\n$" }, { 21, "warning: and 10 more\n" })
    check.ok(run("check " .. path .. " --pack examples/nenc"):find ": 30 findings\n$")
  end)
end)

check.test("every_example_passes_check", function()
  for _, name in ipairs { "england/demo", "nenc/demo", "nenc/blueprint", "nenc/board", "nenc/risks", "surrey/demo" } do
    check.same({ run(("check examples/%s.lua"):format(name)) }, { ("examples/%s.lua: no problems\n"):format(name), "", 0 })
  end
end)

local function in_folder(files, body)
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute(("mkdir '%s' '%s/rules'"):format(folder, folder)))
  for name, text in pairs(files) do -- files by themselves: order does not matter
    local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
    file:write(text)
  end
  body(folder)
  os.execute(("rm -r '%s'"):format(folder))
end

local function ruled(rules)
  local files <const> = { ["datapackage.json"] = [[{ "name": "ours", "remit": { "format": 1, "as_at": "2025-05", "price_base": "2025/26" },
    "resources": [ { "name": "posts", "path": "posts.csv" } ] }]], ["posts.csv"] = "id,fn,wte,in_post,cost\nP1,chc,1,1,52000\n" }
  for name, text in pairs(rules) do -- files by themselves: order does not matter
    files["rules/" .. name] = text
  end
  return files
end

local CLASSIFY <const> = "rule,blueprint,set class,why\nreview,review,transfer,moves\nrest,not(review),keep,stays\n"
local OVERRIDE <const> = "fn,set class,owner,reason,expires\nchc,keep,chief nurse,agreed,%s\n"

check.test("check_of_a_pack_fails_for_an_override_past_its_expiry", function()
  in_folder(ruled { ["classify.csv"] = CLASSIFY, ["overrides.csv"] = OVERRIDE:format "2025-04" }, function(folder)
    local out <const>, err <const>, code <const> = run("check " .. folder)
    check.same({ err, code }, { "", 1 })
    check.ok(out:find("held to the end of 2025-04; it is 2025-05", 1, true), out)
    check.ok(out:find "there are findings\n$", out)
  end)
  in_folder(ruled { ["classify.csv"] = CLASSIFY, ["overrides.csv"] = OVERRIDE:format "2025-05" }, function(folder)
    local out <const>, err <const>, code <const> = run("check " .. folder)
    check.same({ err, code }, { "", 0 })
    check.ok(out:find "no problems\n$", out)
  end)
end)

check.test("check_of_a_pack_fails_for_rules_that_leave_a_gap_or_do_not_read", function()
  in_folder(ruled { ["classify.csv"] = "rule,blueprint,set class,why\nreview,review,transfer,moves\n" }, function(folder)
    local out <const>, _, code <const> = run("check " .. folder)
    check.same(code, 1)
    check.ok(out:find("gap", 1, true), out)
  end)
  in_folder(ruled { ["overrides.csv"] = OVERRIDE:format "2025-05" }, function(folder)
    local _, err <const>, code <const> = run("check " .. folder)
    check.same(code, 1)
    check.ok(err:find("there is no classify.csv beside it", 1, true), err)
  end)
  in_folder(ruled { ["subsidiarity.csv"] = "id,criterion,test,at_least,why\na,wte,> 1,sytem,x\n" }, function(folder)
    local _, err <const>, code <const> = run("check " .. folder)
    check.same(code, 1)
    check.ok(err:find("Did you mean 'system'?", 1, true), err)
  end)
end)

local function temporary_folder()
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute("mkdir " .. folder))
  return folder
end

check.test("a script that cannot be one is told why, with the line", function()
  local folder <const> = temporary_folder()
  local function told(text, expected, wanted_code)
    write(folder .. "/x.lua", text)
    local _, err <const>, code <const> = run(("run %s/x.lua"):format(folder))
    check.ok(err:gsub(folder:gsub("%p", "%%%0"), ""):find(expected, 1, true), err)
    check.same(code, wanted_code or 3)
  end
  told("", "/x.lua is empty\n", 0)
  told("  \n", "/x.lua is empty\n", 0)
  told("print(1)\nlocal x = 'caf\xE9'\n", "/x.lua:2: the byte 0xE9 is not UTF-8 text. Save the script as UTF-8")
  told("\xFF\xFEp\0r\0", "/x.lua is UTF-16. Save it as UTF-8")
  told("print(1)\nprint(2)\0", "/x.lua:2: the byte 0x00 is not UTF-8 text")
  told(string.dump(function() end), "/x.lua is compiled Lua, not a script")
  told("print(1)\nfor i = 1, 2 do\nprint(i)\n", "/x.lua:4: 'end' expected (to close 'for' at line 2) near <eof>\n  a function, if or for")
  told("local t = {}\nprint(t.x.y)\n", "/x.lua:2: attempt to index a nil value (field 'x')\n  2 | print(t.x.y)\n")
  told("print(bse)\n", "/x.lua:1: 'bse' was never set")
  told("error { 1 }", "error: a table was raised")
  write(folder .. "/x.lua", "\xEF\xBB\xBF#!/usr/bin/remit run\nprint 'two'\nprint(select(2, pcall(function() error '' end)):match ':(%d+)')")
  check.same({ run(("run %s/x.lua"):format(folder)) }, { "two\n3\n", "", 0 })
  os.execute("rm -r " .. folder)
end)

check.test("check of a script names what nothing sets before it runs it", function()
  local folder <const> = temporary_folder()
  write(folder .. "/x.lua", "print 'runs'\nlocal a = bse\nx = 1\nprint(x, a, pirnt)\n")
  local out <const>, err <const>, code <const> = run(("check %s/x.lua"):format(folder))
  check.same({ out:sub(#folder + 1), code }, { "/x.lua: 2 findings. It does not run until these names are set\n", 1 })
  check.same(err:gsub(folder:gsub("%p", "%%%0"), ""), "error: /x.lua:2: 'bse' is never set\nerror: /x.lua:4: 'pirnt' is never set. Did you mean 'print'?\n")
  check.same({ select(3, run(("check %s/none.lua"):format(folder))) }, { 3 })
  os.execute("rm -r " .. folder)
end)

check.test("a new pack loads, its script runs, its tests pass, and nothing is overwritten", function()
  local folder <const> = temporary_folder()
  local pack <const> = folder .. "/My ICB"
  local out <const>, err <const>, code <const> = run(("new '%s'"):format(pack))
  check.same({ err, code }, { "", 0 })
  check.ok(out:find "remit check ", out)
  check.same({ select(3, run(("check '%s'"):format(pack))) }, { 0 })
  check.same({ select(2, run(("run '%s/first.lua'"):format(pack))) }, { "", 0 })
  check.same({ select(3, run(("check '%s/first.lua'"):format(pack))) }, { 0 })
  local tested <const>, complaint <const>, tested_code <const> = run(("test '%s'"):format(pack))
  check.ok(tested:find "2 passed, 0 failed\n$", tested)
  check.same({ complaint, tested_code }, { "", 0 })
  check.same({ select(3, run(("new '%s'"):format(pack))) }, { 3 })
  check.same({ select(3, run "new /proc/nowhere/pack") }, { 3 })
  os.execute("rm -r " .. folder)
end)

check.test("a file that a pack does not name is said, and a link that leads out is no reason not to load", function()
  local folder <const> = temporary_folder()
  check.same(select(3, run(("new %s/mine"):format(folder))), 0)
  os.execute(("cp %s/mine/posts.csv %s/mine/shares.csv; ln -s /etc/passwd %s/mine/assignments.csv"):format(folder, folder, folder))
  with_script("print(remit.load():health())", function(path)
    local out <const>, _, code <const> = run(("run %s --pack %s/mine"):format(path, folder))
    check.ok(code == 0 and out:find "file that is not read +1 +shares.csv is not in datapackage.json\n", out)
    check.ok(not out:find "assignments")
  end)
  local told <const> = select(2, run(folder .. "/mine/posts.csv"))
  check.ok(told:find("is one file of a pack, which is a folder with a datapackage.json: remit " .. folder .. "/mine\n", 1, true), told)
  os.execute("rm -r " .. folder)
end)

check.test("a new workbook loads like a folder, with sample rows or those of a pack", function()
  local folder <const> = temporary_folder()
  local book <const> = folder .. "/mine.xlsx"
  local out <const>, err <const>, code <const> = run(("new '%s'"):format(book))
  check.same({ err, code }, { "", 0 })
  check.ok(out:find "its sheet notes explains each column", out)
  check.same({ select(3, run(("check '%s'"):format(book))) }, { 0 })
  check.same({ select(2, run(("new '%s'"):format(book))) }, { ("error: %s is there already\n"):format(book), 3 })
  check.same({ select(3, run(("new %s/nenc.xlsx --from examples/nenc"):format(folder))) }, { 0 })
  check.same({ select(2, run(("new %s/none.xlsx --from examples/none"):format(folder))) },
    { "error: 1 problem in examples/none; nothing loaded\n  examples/none  there is no such folder\n", 3 })
  check.same({ select(3, run(("new %s/pack --from examples/nenc"):format(folder))) }, { 2 })
  check.same({ select(3, run(("new %s/pack --xlsx"):format(folder))) }, { 0 })
  check.same({ select(2, run(("run %s/pack/first.lua"):format(folder))) }, { "", 0 })
  check.ok(run(("test %s/pack"):format(folder)):find "2 passed, 0 failed\n$")
  os.execute("rm -r " .. folder)
end)

check.test("test counts, tells what differs, and ends with 1; with 3 when there is nothing to run", function()
  local folder <const> = temporary_folder()
  write(folder .. "/a_test.lua", 'remit.test("good", function(t) t:ok(true) end)\nremit.test("bad", function(t)\n  t:figure(2, 1)\nend)\n'
    .. 'remit.test("broken", function() local x; x.y = 1 end)\n')
  write(folder .. "/b.lua", "not looked at")
  local out <const>, err <const>, code <const> = run("test " .. folder)
  check.same({ err, code }, { "", 1 })
  check.ok(out:find("ok    good", 1, true) and out:find("a_test.lua:3: got 2, expected 1", 1, true) and out:find "1 passed, 2 failed\n$", out)
  check.same({ select(3, run("test " .. folder .. "/b.lua")) }, { 3 })
  check.same({ select(3, run "test examples/england") }, { 3 })
  check.same({ select(3, run "test no/such") }, { 3 })
  os.execute("rm -r " .. folder)
end)

check.test("a reader that goes away is no failure, and a full disk is one", function()
  local script <const> = os.tmpname()
  write(script, "for i = 1, 200000 do print(i) end")
  local pipe <const> = assert(io.popen(
    ("{ '%s' run %s; echo ended $? >&2; } 2>&1 >/dev/null | cat; '%s' run %s 2>&1 | head -2"):format(program, script, program, script)))
  check.same(pipe:read "a", "ended 0\n1\n2\n")
  pipe:close()
  local quiet <const> = assert(io.popen(("{ '%s' run %s 2>&3 | head -1 >/dev/null; } 3>&1"):format(program, script)))
  check.same(quiet:read "a", "")
  quiet:close()
  local full <const> = assert(io.popen(("'%s' run %s 2>&1 >/dev/full; echo $?"):format(program, script)))
  check.ok(full:read("a"):find "not everything could be written.-\n3\n$")
  full:close()
  os.remove(script)
end)

-- What is typed when nobody sees it: no banner, no prompts, messages on stderr.
local function piped(text, arguments)
  local path <const> = os.tmpname()
  write(path, text)
  local out <const>, err <const>, code <const> = run(("%s <%s"):format(arguments or "", path))
  os.remove(path)
  return out, err, code
end

check.test("lines from a pipe run like typed ones, and a mistake among them ends with 3", function()
  check.same({ piped "" }, { "", "", 0 })
  check.same({ piped "1 + 1\nlocal x = 3\nx\nfor i = 1, 2 do\n  print(i)\nend" }, { "2\n3\n1\n2\n", "", 0 })
  local out <const>, err <const>, code <const> = piped("base:total 'wte'\nbase:total 'wtee'\n_", "examples/nenc")
  check.same({ out, code }, { "1048.0\n1048.0\n", 3 })
  check.same(err, "error: there is no measure 'wtee'. Did you mean 'wte'?\n")
  check.same({ select(2, piped "if true then\n") }, { "error: 'end' expected near <eof>\n  a function, if or for is not closed by `end`\n", 3 })
  check.same({ select(2, piped "x = '\xE9'\n") }, { "error: this is not UTF-8\n", 3 })
  check.same({ piped(".mode csv\nbase:pivot { measures = { 'wte' }, by = { 'fn.blueprint' } }\n.quit\n1", "examples/nenc") },
    { "fn.blueprint,wte\ngrow,311\nretain,214\nreview,523\n", "", 0 })
  check.same({ select(3, piped("1", "examples")) }, { 3 })
end)

check.test("ten megabytes in one line are taken", function()
  check.same({ piped("x = '" .. ("x"):rep(10000000) .. "'\n#x") }, { "10000000\n", "", 0 })
end)

check.test("nothing is cut, folded or coloured when nobody sees it", function()
  local out <const> = piped("base:dim 'fn':members()", "examples/nenc")
  check.same(select(2, out:gsub("\n", "")), 38)
  check.ok(not out:find "\27" and not out:find "more rows")
end)

-- The names by which the program would load a library at its first use.
local function late_names(bytes, library)
  local names <const> = {}
  for name in bytes:gmatch("\0(" .. library .. "%.so[%.%d]*)\0") do
    names[#names + 1] = name
  end
  return names
end

check.test("a_library_that_is_not_there_is_named_where_it_is_needed_and_nowhere_else", function()
  local file <close> = assert(io.open(program, "rb"))
  local bytes <const> = file:read "a"
  if not bytes:find("needs the library", 1, true) then
    return -- REMIT_LATE is off: all are linked
  end
  local folder <const> = os.tmpname()
  os.remove(folder)
  os.execute("mkdir " .. folder)
  local environment <const> = ("env LD_LIBRARY_PATH=%s XDG_CONFIG_HOME=%s "):format(folder, folder)
  write(folder .. "/book.xlsx", "PK")
  write(folder .. "/read.lua", ('remit.load "%s/book.xlsx"'):format(folder))
  write(folder .. "/write.lua", ([[remit.report({ title = "Options", date = "2025-06-03", base = remit.load "examples/nenc", scenarios = {},
    sections = { "run" } }):save "%s/report.xlsx"]]):format(folder))
  local needed <const> = { libzip = "run --trust %s/read.lua", libxlsxwriter = "run --trust %s/write.lua" }
  for library, command in pairs(needed) do
    local names <const> = late_names(bytes, library)
    check.ok(#names > 0, library)
    for _, name in ipairs(names) do
      write(folder .. "/" .. name, "no library")
      local pipe <const> = assert(io.popen(("%s'%s' %s 2>&1"):format(environment, program, command:format(folder))))
      local said <const> = pipe:read "a"
      pipe:close()
      check.ok(said:find("needs the library " .. name .. ", which this computer does not have", 1, true) and not said:find "traceback", said)
      check.ok(os.execute(("%s'%s' --version >%s/out"):format(environment, program, folder)), name)
    end
  end
  os.execute("rm -r " .. folder)
end)
