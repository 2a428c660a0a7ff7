-- SPDX-License-Identifier: Apache-2.0
-- start: whole processes, from being started to having ended.

local figures <const> = require "figures"
local remit <const> = require "remit"

local start <const> = {}

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function output(command)
  local pipe <const> = assert(io.popen(command))
  local text <const> = pipe:read "a"
  if not pipe:close() then
    error("this failed: " .. command, 0)
  end
  return text
end

local function shell_text(command)
  local words <const> = {}
  for index, word in ipairs(command) do
    words[index] = quote(word)
  end
  return table.concat(words, " ")
end

local SQLITE <const> = 4 -- the one that is compared with

-- The program as it is installed: in the folder that it was built in it compares each of its scripts with the source tree's.
local function installed(setting)
  local path <const> = os.tmpname()
  output(("cp -p %s/remit %s"):format(quote(setting.build), quote(path)))
  return path
end

local function programs_of(setting, remit_program)
  local folder <const>, first <const> = setting.folder, setting.folder .. "/first_pivot.lua"
  local function sqlite(...)
    local command <const> = { "sqlite3", "-batch", ":memory:" }
    for _, name in ipairs { ... } do
      command[#command + 1] = (".read %s/%s.sql"):format(folder, name)
    end
    return command
  end
  return {
    { name = "lua5.4 -e ''", command = { "lua5.4", "-e", "" } },
    { name = "remit run first_pivot.lua", command = { remit_program, "run", first } },
    { name = "lua5.4 first_pivot.lua", command = { "lua5.4", first } },
    { name = "sqlite3: whole pack, same figures", command = sqlite("import_pack", "figures") },
    { name = "sqlite3: four files, same figures", command = sqlite("import_needed", "figures") },
    { name = "sqlite3: two files, stated costs", command = sqlite "stated_costs" },
    { name = "remit: to an empty prompt", command = { "sh", "-c", ("exec %s </dev/null"):format(quote(remit_program)) } },
    { name = "sh, then lua5.4 -e ''", command = { "sh", "-c", "exec lua5.4 -e ''" } },
  }
end

-- An engine that reads a thousand posts and ends, its standard input being empty: how soon it could answer at all.
local function add_engines(programs, setting)
  local pack <const> = setting.pack("shuffled", 1000)
  for _, kind in ipairs(setting.kinds) do
    if kind.command and kind.name ~= "kept sums" then
      local command <const> = ("exec %s </dev/null"):format(kind.command(pack, 1))
      programs[#programs + 1] = { name = ("%s: ready with 1,000 posts"):format(kind.name), command = { "sh", "-c", command }, engine = true }
    end
  end
end

-- sqlite3 must print what remit does, to the penny; else the comparison is of nothing.
local function check_same_figures(programs)
  local said <const> = output(shell_text(programs[SQLITE].command))
  local frame <const> = remit.load("examples/nenc"):pivot { measures = { "cost", "wte" }, by = { "group" }, totals = true }
  local rows = 0
  for row in frame:rows() do
    local group <const> = row.level == 0 and "Total" or row.group == remit.none and "" or row.group
    local line <const> = ("%s|%d|%d"):format(group, math.floor(row.cost * 100 + 0.5), math.floor(row.wte * 1000000 + 0.5))
    if not ("\n" .. said):find("\n" .. line .. "\n", 1, true) then
      error(("sqlite3 and remit differ: %s is not in\n%s"):format(line, said), 0)
    end
    rows = rows + 1
  end
  assert(select(2, said:gsub("\n", "")) == rows, "sqlite3 prints other groups")
end

---Runs each program in turn, `rounds` times: lists of nanoseconds and KiB, by the program's number.
---@param setting table
---@param programs { name: string, command: string[] }[]
---@param rounds integer
---@return { wall: integer[], processor: integer[], memory: integer[] }[]
function start.measure(setting, programs, rounds)
  local words <const> = { setting.programs .. "bench_process", tostring(rounds) }
  for _, program in ipairs(programs) do
    words[#words + 1] = "-- " .. shell_text(program.command)
  end
  local runs <const> = {}
  for number, wall, processor, memory in output(table.concat(words, " ")):gmatch "(%d+) (%d+) (%d+) (%d+)\n" do
    local run <const> = runs[tonumber(number)] or { wall = {}, processor = {}, memory = {} }
    runs[tonumber(number)] = run
    table.insert(run.wall, tonumber(wall))
    table.insert(run.processor, tonumber(processor))
    table.insert(run.memory, tonumber(memory))
  end
  return runs
end

local function report(programs, runs, results, base)
  local rows <const> = { { "program", "wall ms (middle half)", "cpu ms", "peak MiB", "x lua5.4 -e ''", base and "x sqlite3" or nil } }
  for index, program in ipairs(programs) do
    local wall <const>, processor <const> = figures.summary(runs[index].wall), figures.summary(runs[index].processor)
    local memory <const> = figures.summary(runs[index].memory)
    local to_empty <const> = figures.ratio(runs[index].wall, runs[1].wall)
    local to_sqlite <const> = base and figures.ratio(runs[index].wall, runs[base].wall)
    rows[#rows + 1] = { program.name, figures.spread(wall, 1e6, 2), ("%.2f"):format(processor.median / 1e6),
      ("%.1f"):format(memory.median / 1024), ("%.1f"):format(to_empty), to_sqlite and ("%.2f"):format(to_sqlite) }
    table.insert(results, { name = program.name, wall_ns = wall, cpu_ns = processor, peak_kib = memory.median, ratio_to_empty_lua = to_empty,
      ratio_to_sqlite = to_sqlite or nil })
  end
  figures.print_table(rows)
end

---Measures programs { name =, command = }, the first of them `lua5.4 -e ''`, prints, and adds to `results`.
function start.processes(setting, programs, rounds, results)
  start.measure(setting, programs, 1)
  report(programs, start.measure(setting, programs, rounds), results)
end

---Measures, prints, and returns the list of results.
function start.run(setting)
  local results <const> = {}
  if os.execute "command -v sqlite3 >/dev/null" then
    local remit_program <const> = installed(setting)
    local programs <const>, rounds <const> = programs_of(setting, remit_program), setting.quick and 20 or 200
    check_same_figures(programs)
    figures.heading(("Start to first printed pivot: examples/nenc, %d interleaved rounds, whole processes"):format(rounds))
    start.measure(setting, programs, 2)
    report(programs, start.measure(setting, programs, rounds), results, SQLITE)
    os.remove(remit_program)
    print "Wanted: an empty prompt within 6 x lua5.4 -e '' (both by way of sh); a first pivot within 10 x, and ahead of sqlite3."
    print "\"x sqlite3\": to the whole pack in sqlite3, which imports the 14 files that remit.load reads and works out the same figures,"
    print "but checks nothing. The other two import less; the last one prints other figures.\n"
  end
  local programs <const>, rounds <const> = { { name = "lua5.4 -e ''", command = { "lua5.4", "-e", "" } } }, setting.quick and 3 or 15
  add_engines(programs, setting)
  figures.heading(("Start to 1,000 posts held and ready to be asked: %d interleaved rounds, whole processes"):format(rounds))
  start.measure(setting, programs, 1)
  report(programs, start.measure(setting, programs, rounds), results)
  return results
end

return start
