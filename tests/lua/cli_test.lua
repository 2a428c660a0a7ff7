-- SPDX-License-Identifier: Apache-2.0
-- The program from outside: what it prints, where, and how it ends. REMIT_PROGRAM names it.

local check <const> = require "check"

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
  check.ok(out:find "^remit %d+%.%d+%.%d+ %(Lua 5%.4%)\n$", out)
  check.same({ err, code }, { "", 0 })
  check.ok(run("help"):find "remit run SCRIPT")
  check.ok(run("help envelope"):find "per_head")
end)

check.test("every_declaration_of_arguments_has_help", function()
  local sources <const> = assert(io.popen "cat scripts/remit/*.lua scripts/remit/*/*.lua")
  local count = 0
  for name in sources:read("a"):gmatch 'args%.declare%s*{%s*name = "([^"]+)"' do
    local out <const>, err <const> = run(("help '%s'"):format(name))
    check.same({ name, out:sub(1, #name), err }, { name, name, "" })
    count = count + 1
  end
  sources:close()
  check.ok(count > 20, count)
end)

check.test("wrong_usage_ends_with_2_and_says_how_on_stderr", function()
  for _, arguments in ipairs { "", "rum x", "run", "check", "run --pack", "run --pak x y.lua", "run x.lua --out",
    "run --memory much x.lua", "run --work -1 x.lua" } do
    local _, _, code <const> = run(arguments)
    check.same({ arguments, code }, { arguments, 2 })
  end
  local out <const>, err <const> = run "rum x"
  check.same(out, "")
  check.ok(err:find("Did you mean 'run'?", 1, true), err)
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
    check.ok(out:find("held until 2025-04; it is 2025-05", 1, true), out)
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
