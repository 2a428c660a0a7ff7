-- SPDX-License-Identifier: Apache-2.0
-- run: `make bench`. Prints what was measured, side by side in one run, and writes it to bench/results.json in the build folder.
--
--   REMIT_BUILD=build-bench lua5.4 tests/bench/run.lua [quick]
--
-- Timings are never asserted. Files are in the page cache (the first round is a rehearsal), and everything has one thread.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = folder .. "/?.lua;" .. package.path

local figures <const> = require "figures"
local remit <const> = require "remit"

local BUILD <const> = os.getenv "REMIT_BUILD" or "build-bench"
local PROGRAMS <const> = BUILD .. "/tests/bench/"
local OUT <const> = BUILD .. "/bench"
local QUICK <const> = arg[1] == "quick"
local ROUNDS <const>, POSTS <const>, LOADS <const>, REPEATS <const> = QUICK and 20 or 200, QUICK and 150000 or 1500000, QUICK and 2 or 5, QUICK and 5 or 15

local results <const> = { format = 1, packs = {} }

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

local function heading(text)
  print("== " .. text .. " ==\n")
end

-- ---- Start to first printed pivot ----

local FIRST <const> = folder .. "/first_pivot.lua"

local function sqlite(...)
  local command <const> = { "sqlite3", "-batch", ":memory:" }
  for _, name in ipairs { ... } do
    command[#command + 1] = (".read %s/%s.sql"):format(folder, name)
  end
  return command
end

local programs <const> = {
  { name = "lua5.4 -e ''", command = { "lua5.4", "-e", "" } },
  { name = "remit run first_pivot.lua", command = { BUILD .. "/remit", "run", FIRST } },
  { name = "lua5.4 first_pivot.lua", command = { "lua5.4", FIRST } },
  { name = "sqlite3: whole pack, same figures", command = sqlite("import_pack", "figures") },
  { name = "sqlite3: four files, same figures", command = sqlite("import_needed", "figures") },
  { name = "sqlite3: two files, stated costs", command = sqlite "stated_costs" },
}

local function shell_text(command)
  local words <const> = {}
  for index, word in ipairs(command) do
    words[index] = quote(word)
  end
  return table.concat(words, " ")
end

-- sqlite3 must print what remit does, to the penny; else the comparison is of nothing.
local function check_same_figures()
  local said <const> = output(shell_text(programs[4].command))
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

local function measure_programs(rounds)
  local words <const> = { PROGRAMS .. "bench_process", tostring(rounds) }
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

-- Round by round, so that both sides of each ratio were taken within the same moments.
local function median_ratio(walls, others)
  local ratios <const> = {}
  for round, wall in ipairs(walls) do
    ratios[round] = wall / others[round]
  end
  return figures.summary(ratios).median
end

local function start_to_first_pivot()
  check_same_figures()
  heading(("Start to first printed pivot: examples/nenc, %d interleaved rounds, whole processes"):format(ROUNDS))
  measure_programs(2)
  local runs <const> = measure_programs(ROUNDS)
  local rows <const> = { { "program", "wall ms (middle half)", "cpu ms", "peak MiB", "x lua5.4 -e ''", "x sqlite3" } }
  results.start = {}
  for index, program in ipairs(programs) do
    local wall <const>, processor <const> = figures.summary(runs[index].wall), figures.summary(runs[index].processor)
    local memory <const> = figures.summary(runs[index].memory)
    local to_empty <const>, to_sqlite <const> = median_ratio(runs[index].wall, runs[1].wall), median_ratio(runs[index].wall, runs[4].wall)
    rows[#rows + 1] = { program.name, figures.spread(wall, 1e6, 2), ("%.2f"):format(processor.median / 1e6), ("%.1f"):format(memory.median / 1024),
      ("%.1f"):format(to_empty), ("%.2f"):format(to_sqlite) }
    results.start[index] = { name = program.name, wall_ns = wall, cpu_ns = processor, peak_kib = memory.median,
      ratio_to_empty_lua = to_empty, ratio_to_sqlite = to_sqlite }
  end
  figures.print_table(rows)
  print "Wanted: remit at most 10 x lua5.4 -e '', and ahead of sqlite3. \"x sqlite3\": to the whole pack in sqlite3, which imports the 14 files that"
  print "remit.load reads and works out the same figures, but checks nothing. The other two import less; the last one prints other figures.\n"
end

-- ---- Memory ----

local function add_bandwidth(passes)
  local bytes
  for size, nanoseconds in output(PROGRAMS .. "bench_bandwidth" .. (QUICK and " 256 3" or " 1024 5")):gmatch "(%d+) (%d+)\n" do
    bytes = tonumber(size)
    passes[#passes + 1] = bytes / tonumber(nanoseconds)
  end
  return bytes
end

-- Bytes a second, of the best pass.
local function report_bandwidth(passes, bytes)
  local rate <const> = figures.summary(passes)
  rate.best = math.max(table.unpack(passes))
  results.bandwidth = { bytes = bytes, gb_per_second = rate }
  heading "Memory read bandwidth of one core"
  print(("%d MiB summed: median %.1f GB/s (middle half %.1f to %.1f), best %.1f, of %d passes. Shares below are of the best.\n"):format(
    bytes // (1 << 20), rate.median, rate.low, rate.high, rate.best, rate.runs))
  return rate.best * 1e9
end

-- ---- A big pack ----

local function make_pack(order)
  local pack <const> = ("%s/%s-%d"):format(OUT, order, POSTS)
  output("mkdir -p " .. quote(pack))
  output(("lua5.4 %s/generate.lua %s %d %s"):format(folder, quote(pack), POSTS, order))
  return { order = order, path = pack, load = {}, questions = {}, by_name = {}, peak = {}, peak_loaded = {} }
end

local function file_size(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:seek "end"
end

local function add_question(pack, name, bytes, groups, seconds)
  local question <const> = pack.by_name[name] or { name = name, bytes = tonumber(bytes), groups = tonumber(groups), seconds = {} }
  if not pack.by_name[name] then
    pack.by_name[name] = question
    table.insert(pack.questions, question)
  end
  table.insert(question.seconds, tonumber(seconds))
end

-- One process, which loads afresh.
local function scan_pack(pack)
  for line in output(("lua5.4 %s/scan.lua %s %d"):format(folder, quote(pack.path), REPEATS)):gmatch "[^\n]+" do
    local kind <const>, rest <const> = line:match "^(%S+)\t(.*)$"
    if kind == "question" then
      add_question(pack, rest:match "^(.-)\t(%d+)\t(%d+)\t(.*)$")
    elseif type(pack[kind]) == "table" then
      table.insert(pack[kind], tonumber(rest))
    else
      pack[kind] = tonumber(rest)
    end
  end
end

local function row_of(name, groups, summary, rows, bytes, bandwidth)
  local rate <const>, share <const> = rows / summary.median, bytes / summary.median / bandwidth
  local shown <const> = rate >= 1e9 and ("%.2f G"):format(rate / 1e9) or ("%.2f M"):format(rate / 1e6)
  return { name, groups, figures.spread(summary, 1e-3, 2), shown, ("%.1f GB/s"):format(bytes / summary.median / 1e9), ("%.1f %%"):format(share * 100) },
    { name = name, groups = math.tointeger(groups), seconds = summary, rows_per_second = rate, bytes = bytes, share_of_bandwidth = share }
end

local function report_pack(pack, bandwidth)
  local size <const> = file_size(pack.path .. "/posts.csv")
  heading(("%d posts, %s: %d lines, posts.csv %.1f MB"):format(pack.posts, pack.order == "ordered" and "by organisation" or "shuffled", pack.lines,
    size / 1e6))
  local rows <const> = { { "", "groups", "cpu ms (middle half)", "rows/s", "read", "of bandwidth" } }
  local saved <const> = { order = pack.order, posts = pack.posts, lines = pack.lines, csv_bytes = size, questions = {} }
  rows[2], saved.load = row_of("remit.load", "", figures.summary(pack.load), pack.posts, size, bandwidth)
  for index, question in ipairs(pack.questions) do
    rows[#rows + 1], saved.questions[index] = row_of(question.name, tostring(question.groups), figures.summary(question.seconds), pack.lines,
      question.bytes * pack.lines, bandwidth)
  end
  figures.print_table(rows)
  saved.peak_loaded_kib, saved.peak_kib = figures.summary(pack.peak_loaded).median, figures.summary(pack.peak).median
  print(("Peak memory %.0f MiB after loading, %.0f MiB in all.\n"):format(saved.peak_loaded_kib / 1024, saved.peak_kib / 1024))
  table.insert(results.packs, saved)
end

-- Bandwidth and packs take turns, so that a busy spell hits all alike.
local function big_packs()
  local packs <const>, passes <const> = { make_pack "ordered", make_pack "shuffled" }, {}
  local bytes
  for _ = 1, LOADS do
    bytes = add_bandwidth(passes)
    for _, pack in ipairs(packs) do
      scan_pack(pack)
    end
  end
  local bandwidth <const> = report_bandwidth(passes, bytes)
  for _, pack in ipairs(packs) do
    report_pack(pack, bandwidth)
  end
end

local function write_results()
  local path <const> = OUT .. "/results.json"
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(figures.json(results), "\n"))
  print("Written: " .. path)
end

output("mkdir -p " .. quote(OUT))
start_to_first_pivot()
big_packs()
print "Read: bytes of the columns that a question looks at, as they are stored, or of posts.csv, once; 'again' is answered from kept sums."
print "Load checks every value, splits posts into filled and vacant parts, and does no printing. Questions run from arguments to frame, without printing.\n"
write_results()
