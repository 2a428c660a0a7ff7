-- SPDX-License-Identifier: Apache-2.0
-- Workers from outside: what a bundle gets, what it is kept from, and what happens when a worker crashes, hangs or lies. The script that starts them
-- is trusted; what it prints comes back here.

local check <const> = require "check"
local read <const> = require("files").read
local write <const> = require("files").write

local program <const> = os.getenv "REMIT_PROGRAM"
if not program then
  return
end

local PREAMBLE <const> = [[
local worker = require "remit.worker"
local host = require "remit.host"
local function read(path) local file <close> = assert(io.open(path, "rb")) return file:read "a" end
local function pack_of(folder)
  local pack = {}
  local names <close> = io.popen("cd " .. folder .. " && find . -name '*.csv' -o -name '*.json'")
  for name in names:lines() do pack[name:sub(3)] = read(folder .. "/" .. name:sub(3)) end
  return pack
end
local function run(job)
  local printed = {}
  job.print = function(text) printed[#printed + 1] = text end
  job.main = job.main or "plan.lua"
  job.files = job.files or { ["plan.lua"] = job.script }
  job.script = nil
  local result = worker.run(job)
  result.printed = table.concat(printed)
  return result
end
]]

-- What a trusted script prints, with a runner of workers.
local function output_of(script)
  local path <const> = os.tmpname()
  write(path, PREAMBLE .. script)
  local pipe <const> = assert(io.popen(("'%s' run --trust %s 2>%s.err"):format(program, path, path)))
  local text <const> = pipe:read "a"
  pipe:close()
  local complaints <const> = read(path .. ".err"):gsub("^remit: %-%-trust[^\n]*\n", "")
  os.remove(path)
  os.remove(path .. ".err")
  check.same(complaints, "")
  return text
end

-- Where a wall is missing, everything but its own test goes on without it.
local missing <const> = output_of [[print(table.concat(run({ script = "", weak = true }).walls.missing, "\n"))]]
local WALLED <const> = missing == "\n"
if not WALLED then
  print("this system lacks walls, so that workers are tried without: " .. missing)
end

-- A worker's script, and what `show`, an expression of its `result`, gives.
local function result_of(script, show, options)
  return (output_of(("local result = run { script = %q, weak = true, %s }\nprint(%s)"):format(script, options or "", show)):gsub("\n$", ""))
end

-- ---- What a bundle gets ----

check.test("a_bundle_prints_reads_its_pack_and_gives_files_back", function()
  local said <const> = output_of [[
    local script = "local base = remit.load()\nprint((...), arg[0], #arg)\nlocal frame = base:pivot { measures = { 'cost' }, by = { 'fn.blueprint' } }\n"
      .. "print(frame)\nframe:save 'out/by/blueprint.csv'\nprint(require 'rules.cuts')"
    local result = run { main = "plan.lua", files = { ["plan.lua"] = script, ["rules/cuts.lua"] = "return 'cut'" },
      pack = pack_of "examples/nenc", arguments = { "2027-04", "x" }, weak = true }
    print(result.ok, result.error, result.outcome, #result.refused)
    print(result.printed)
    for _, file in ipairs(result.outputs) do print(file.path, file.bytes:match "^[^\n]*") end
  ]]
  check.ok(said:find("true\tnil\tfine\t0\n2027-04\tplan.lua\t2\n", 1, true), said)
  check.ok(said:find("\ncut\n", 1, true), said)
  check.ok(said:find("\nby/blueprint.csv\t", 1, true), said)
  check.ok(said:find("\nby/blueprint.csv.about.txt\t", 1, true), said)
end)

check.test("a_worker_has_the_figures_that_a_script_at_the_desk_has", function()
  local script <const> = "print(remit.load(%s):pivot { measures = { 'cost', 'wte' }, by = { 'fn' } })"
  local path <const> = os.tmpname()
  write(path, script:format "'examples/nenc'")
  local pipe <const> = assert(io.popen(("'%s' run %s"):format(program, path)))
  local desk <const> = pipe:read "a"
  pipe:close()
  os.remove(path)
  check.ok(#desk > 500, desk)
  check.same(output_of(([[
    io.stdout:write(run({ script = %q, pack = pack_of 'examples/nenc', weak = true }).printed)
  ]]):format(script:format "")), desk)
end)

check.test("what_a_bundle_is_not_given_is_refused_or_missing_and_listed", function()
  local function refused(script)
    return result_of(script, "result.outcome, result.refused[1], (result.error or ''):match '^[^\\n]*'")
  end
  check.same(refused "remit.load '/etc'", "failed\tplan.lua:1: read /etc\terror: plan.lua:1: this script may not read '/etc'")
  check.same(refused "remit.load '../pack'", "failed\tplan.lua:1: read ../pack\terror: plan.lua:1: this script may not read '../pack'")
  check.ok(refused("remit.load 'nothing'"):find("^failed\tnil\terror: plan.lua:1: "), refused "remit.load 'nothing'")
  check.ok(refused("require 'elsewhere'"):find "^failed\tplan.lua:1: require elsewhere\t")
end)

check.test("a_script_reads_what_it_saved_and_may_replace_it", function()
  check.same(result_of([[
    local base <const> = remit.load()
    local first <const> = base:pivot { measures = { "cost" }, by = { "fn.blueprint" } }
    first:save "out/a.csv"
    print(pcall(remit.decision_table, "out/a.csv"))
    base:pivot { measures = { "cost" } }:save "out/./b/../a.csv"]], "result.outcome, #result.outputs, result.printed:match '^%a+', #result.refused",
    "pack = pack_of 'examples/nenc'"), "fine\t2\tfalse\t0")
end)

check.test("a_workbook_is_refused_in_words_that_say_what_to_do", function()
  check.ok(output_of([[
    print(run({ script = "local report = remit.report { title = 'T', date = '2026-01-01', base = remit.load() }"
      .. " report:save 'out/a.html' report:save 'out/a.xlsx'",
      pack = pack_of "examples/nenc", weak = true }).error)
  ]]):find "save it as HTML or CSV")
end)

check.test("a_script_that_fails_gives_no_file_and_says_where_it_failed", function()
  check.same(result_of("print 'before'\nerror 'no'", "result.ok, result.outcome, result.printed, #result.outputs, result.error"),
    "false\tfailed\tbefore\n\t0\terror: plan.lua:2: no\n  2 | error 'no'")
  check.ok(result_of("if", "result.outcome, result.error"):find "^failed\terror: plan.lua:1: ")
end)

check.test("limits_hold_in_a_worker_too", function()
  check.ok(result_of("while true do end", "result.stopped, result.error", "work = 10")
    :find "^true\terror: plan.lua:1: this script was stopped at its limit of 10 million steps")
  check.ok(result_of("local t = {} while true do t[#t + 1] = ('x'):rep(1e6) .. #t end", "result.stopped, result.error", "memory = 20")
    :find "^true\terror: plan.lua:1: this script was stopped at its limit of 20 MiB of memory")
  check.ok(result_of("while true do print(('x'):rep(1e5)) end", "result.stopped, #result.printed < 2^20 + 2^17", "output = 1"):find "^true\ttrue")
  check.ok(result_of("while true do end", "result.stopped, result.error", "seconds = 0.2"):find "limit of 0.2 seconds")
end)

check.test("the_same_seed_gives_the_same_numbers", function()
  local script <const> = "print(math.random(1, 1000000))"
  check.same(result_of(script, "result.printed", "seed = 7"), result_of(script, "result.printed", "seed = 7"))
  check.ok(result_of(script, "result.printed", "seed = 7") ~= result_of(script, "result.printed", "seed = 8"))
end)

check.test("what_is_printed_can_not_command_a_terminal", function()
  check.same(result_of("print('\\27[2J\\u{202e}x')", "result.printed"), "\\u{1b}[2J\\u{202e}x\n")
end)

-- ---- The walls ----

check.test("a_running_worker_has_no_files_environment_or_privileges", function()
  local said <const> = output_of [[
    local process = host.worker { main = "a.lua", files = { ["a.lua"] = "while true do end" }, weak = true, seconds = 60 }
    local walls = process:next()
    print(table.concat(walls.held, " "))
    local folder = "/proc/" .. walls.process .. "/"
    local status = read(folder .. "status")
    print(status:match "NoNewPrivs:%s*(%d)", status:match "Seccomp:%s*(%d)", status:match "CapEff:%s*(%x+)", status:match "Threads:%s*(%d+)")
    local files = host.list(folder .. "fd")
    print(files and table.concat(files, " ") or "unseen")
    local environment = io.open(folder .. "environ", "rb")
    print(environment and environment:read "a" or "", "end")
    local limits = read(folder .. "limits")
    print(limits:match "Max file size%s+(%d+)", limits:match "Max processes%s+(%d+)",
      limits:match "Max open files%s+(%d+)", limits:match "Max core file size%s+(%d+)")
    process:close()
    print(io.open(folder .. "status", "rb") == nil)
  ]]
  if WALLED and io.open "/proc/self/status" then
    check.same(said:gsub("unseen", "0 1 2"), "limits privileges files calls\n1\t2\t0000000000000000\t1\n0 1 2\n\tend\n0\t0\t3\t0\ntrue\n")
  end
end)

-- What is left of a worker whose program gets a signal while it runs.
local function left_after(signal)
  local path <const> = os.tmpname()
  write(path, PREAMBLE .. [[
    local process = host.worker { main = "a.lua", files = { ["a.lua"] = "print 'runs' while true do end" }, weak = true }
    local number = process:next().process
    process:next()
    io.stdout:write(number, "\n")
    io.stdout:flush()
    process:next()
    print "went on"
  ]])
  local pipe <const> = assert(io.popen(("'%s' run --trust %s 2>/dev/null & sh -c 'sleep 0.5; kill -%s '$!'; wait'"):format(program, path, signal)))
  local number <const>, rest <const> = pipe:read("l", "a")
  pipe:close()
  os.remove(path)
  for _ = 1, 100 do
    local there <close> = io.open(("/proc/%s/cmdline"):format(number), "rb")
    if not there or there:read "a" == "" then
      return number, rest, "ended"
    end
    os.execute "sleep 0.1"
  end
  return number, rest, "still there"
end

check.test("a_worker_ends_with_its_program", function()
  for _, signal in ipairs { "KILL", "TERM", "INT" } do
    local number <const>, rest <const>, what <const> = left_after(signal)
    check.ok(math.tointeger(tonumber(number)), tostring(number))
    check.same({ rest, what }, { "", "ended" })
  end
end)

-- ---- Workers that are none: a program that answers what it is told to ----

local function number(value)
  return ("<I8"):pack(value)
end

local function text(value)
  return ("<s4"):pack(value)
end

local function frame(kind, ...)
  return kind .. text(table.concat { ... })
end

local WALLS <const> = frame("W", number(15))
local END <const> = frame("E", number(0), number(0), number(0), number(0), text "")

-- The result of a job whose worker says `bytes` and then does `after`, a line of sh.
local function answered(bytes, show, after, options)
  local said <const>, script <const> = os.tmpname(), os.tmpname()
  write(said, bytes)
  write(script, ("#!/bin/sh\ncat %s\n%s\n"):format(said, after or "cat >/dev/null"))
  os.execute("chmod +x " .. script)
  local result <const> = output_of(("local result = run { script = '', program = %q, %s }\nprint(%s)")
    :format(script, options or "", show or "result.outcome, result.error"))
  os.remove(said)
  os.remove(script)
  return (result:gsub("\n$", ""))
end

check.test("a_worker_that_says_what_workers_say_is_believed", function()
  check.same(answered(WALLS .. frame("T", number(0), text "hello\n") .. frame("O", text "a/b.csv", text "x") .. END,
    "result.ok, result.printed, result.outputs[1].path, result.outputs[1].bytes"), "true\thello\n\ta/b.csv\tx")
end)

check.test("a_crash_is_a_crash_and_is_contained", function()
  check.same(answered(WALLS, nil, "kill -SEGV $$"),
    "crashed\tthe worker crashed: it reached for memory that is not there (signal 11). Nothing outside it was touched")
  check.same(answered(WALLS, nil, "kill -ABRT $$"), "crashed\tthe worker crashed: it gave up by itself (signal 6). Nothing outside it was touched")
  check.same(answered(WALLS, nil, "kill -SYS $$"):gsub("%d+", "N"),
    "crashed\tthe worker crashed: it asked the system for what the walls refuse (signal N). Nothing outside it was touched")
  check.same(answered(WALLS, nil, "exit 3"), "crashed\tthe worker crashed: it ended before it was done (exit code 3). Nothing outside it was touched")
  check.same(answered("", nil, "exit 0"), "crashed\tthe worker crashed: it ended before it was done (exit code 0). Nothing outside it was touched")
  check.same(answered(WALLS .. frame("O", text "a.csv", text "x") .. END, "result.crashed, #result.outputs", "kill -SEGV $$"), "true\t0")
  check.same(answered(WALLS .. "T\255", "result.crashed", "exit 0"), "true")
end)

check.test("what_a_crashing_worker_said_is_kept_and_safe", function()
  check.same(answered(WALLS, "result.crashed, result.said", "printf 'free(): \\033[2J' >&2; kill -ABRT $$"), "true\tfree(): \\u{1b}[2J")
  check.same(answered(WALLS, "#result.said", "head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1"), "4096")
end)

check.test("a_worker_that_hangs_is_ended_by_the_clock", function()
  check.same(answered(WALLS, nil, "exec sleep 60", "seconds = 0.1"), "stopped\tthis script was stopped at its limit of 0.1 seconds: see --seconds")
  check.same(answered("", "result.stopped", "exec sleep 60", "seconds = 0.1"), "true")
  check.same(answered(WALLS .. END, "result.outcome", "exec sleep 60 >/dev/null", "seconds = 9"), "hostile")
end)

check.test("a_worker_that_lies_is_ended", function()
  local function lies(bytes, options)
    local outcome <const>, why <const> = answered(bytes, nil, "exec sleep 60", options):match "^(%S+)\t(.*)$"
    check.same(outcome, "hostile")
    return why
  end
  check.ok(lies(END):find "before its walls")
  check.ok(lies(WALLS .. WALLS):find "its walls")
  check.ok(lies(frame("W", "")):find "its walls")
  check.ok(lies(WALLS .. "T\255\255\255\255", "output = 1"):find "longer than all its output")
  check.ok(lies(WALLS .. frame("T", number(0), "\255\255\255\255x")):find "text")
  check.ok(lies(WALLS .. frame("T", number(0), text "x", "more")):find "text")
  check.ok(lies(WALLS .. frame("T", number(0), text(("x"):rep(65537)))):find "text")
  check.ok(lies(WALLS .. frame("T", number(0), text(("x"):rep(65536))):rep(20), "output = 1"):find "more text")
  check.ok(lies(WALLS .. frame("O", text "a.csv", text(("x"):rep(1 << 19)))
    .. frame("O", text "b.csv", text(("x"):rep(1 << 19 | 1))), "output = 1"):find "more files")
  check.ok(lies(WALLS .. frame("O", text(("x"):rep(600)), text "")):find "a file")
  check.ok(lies(WALLS .. frame("R", text "x"):rep(51)):find "refused")
  check.ok(lies(WALLS .. frame("R", text(("x"):rep(600)))):find "refused")
  check.ok(lies(WALLS .. frame("?")):find "of no kind")
  check.ok(lies(WALLS .. frame("E", number(3), number(0), number(0), number(0), text "")):find "an end")
  check.ok(lies(WALLS .. frame("E", number(0))):find "an end")
  check.ok(lies(WALLS .. END .. END):find "after its end")
end)

check.test("a_file_that_may_not_be_written_makes_all_of_it_worthless", function()
  local function given(...)
    local bytes = WALLS
    for _, path in ipairs { ... } do
      bytes = bytes .. frame("O", text(path), text "x")
    end
    return answered(bytes .. END, "result.outcome, #result.outputs, result.error")
  end
  for _, path in ipairs { "", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a", "a\\b", "c:x", "a\nb", "a\27b", "a\u{202e}b", "a\255", "nul", "aux.csv",
    "a.", "a ", "a/b/c/d/e/f/g/h/i", ("x"):rep(201), ".git/config", "a/.b" } do
    check.ok(given(path):find "^hostile\t0\tthe worker gave back a file that is not written", path)
  end
  check.ok(given("a.csv", "A.CSV"):find "two files at one path")
  check.ok(given("a", "a/b"):find "two files at one path")
  check.ok(given("a/b", "a"):find "two files at one path")
  check.same(given("a/b", "a/c", "a.csv"), "fine\t3\tnil")
end)

check.test("a_missing_wall_is_named_and_refuses_unless_it_may_be_weak", function()
  local few <const> = frame("W", number(3))
  check.same(answered(few .. END), "not_started\tthis system cannot wall a stranger's bundle in. It lacks files: "
    .. "the kernel has no Landlock, or it is switched off; "
    .. "calls: the kernel has no seccomp filter for this processor, or it is switched off")
  check.same(answered(few .. END, "result.outcome, #result.walls.held, #result.walls.missing", nil, "weak = true"), "fine\t2\t2")
  check.same(answered("", "result.outcome", "exit 1", "main = 'plan.lua'"), "crashed")
end)

check.test("nothing_that_can_be_started_is_said", function()
  check.ok(output_of("local result = run { script = '', program = '/nowhere/at/all' }\nprint(result.outcome, result.error)")
    :find "^not_started\tno worker could be started")
end)

-- Lua 5.4.4 follows coroutines that close coroutines without counting how deep: its process ends with it. A later Lua raises an error.
check.test("a_defect_of_luas_own_ends_the_worker_and_nothing_else", function()
  local said <const> = result_of([[
    local inner
    for _ = 1, 300000 do
      local before <const> = inner
      inner = coroutine.create(function()
        local closed <close> = setmetatable({}, { __close = function() if before then coroutine.close(before) end end })
        coroutine.yield()
      end)
      coroutine.resume(inner)
    end
    print(coroutine.close(inner))]], "result.outcome, #result.outputs, 'alive'")
  check.ok(said == "crashed\t0\talive" or said == "fine\t0\talive", said)
end)

-- ---- What is given to it, and what is written ----

check.test("what_cannot_be_given_is_refused_before_anything_starts", function()
  local function given(files)
    return output_of(("print(pcall(worker.run, { main = 'a.lua', files = { ['a.lua'] = '', %s } }))"):format(files))
  end
  for _, path in ipairs { "../x", "/x", "pack/posts.csv", "out/x.csv", "A.LUA", "a.lua/b" } do
    check.ok(given(("[%q] = ''"):format(path)):find "^false\tworker: '", path)
  end
  check.ok(output_of("print(pcall(worker.run, { main = 'b.lua', files = { ['a.lua'] = '' } }))"):find "main is one of the files")
end)

check.test("files_are_written_below_their_folder_and_through_no_link", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  local said <const> = output_of(([[
    local folder = %q
    print(worker.save({ { path = "a/b/c.csv", bytes = "one" }, { path = "d.csv", bytes = "two" } }, folder))
    print(worker.save({ { path = "d.csv", bytes = "three" } }, folder))
    os.execute("ln -s /tmp " .. folder .. "/link && ln -s /nowhere " .. folder .. "/e.csv")
    print(worker.save({ { path = "link/x.csv", bytes = "four" } }, folder))
    print(worker.save({ { path = "e.csv", bytes = "five" } }, folder))
    for _, path in ipairs { "../x", "a/../../x", "/x", "", "a//x", "a/", "a", ".", "a/.." } do
      print((worker.save({ { path = path, bytes = "no" } }, folder)))
    end
    print(read(folder .. "/a/b/c.csv"), read(folder .. "/d.csv"), read(folder .. "/e.csv"), table.concat(host.list(folder), " "))
  ]]):format(folder))
  os.execute("rm -r " .. folder)
  check.same(said, ("true\ntrue\nnil\t%s/link/x.csv: a link or a file stands where a folder should\ntrue\n%sone\tthree\tfive\ta d.csv e.csv link\n")
    :format(folder, ("nil\n"):rep(9)))
end)
