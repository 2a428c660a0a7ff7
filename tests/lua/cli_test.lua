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
