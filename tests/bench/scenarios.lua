-- SPDX-License-Identifier: Apache-2.0
-- scenarios: twenty changes over posts. What the first evaluation costs, and what another month, or other amounts, cost after it; the same
-- variants in numpy, in four ways; a hundred values of a parameter in a sweep; and a whole session with examples/nenc.

local figures <const> = require "figures"
local start <const> = require "start"

local scenarios <const> = {}

local FIELDS <const> = { "pivot", "grouping", "new", "first", "month", "total", "frame" }
local PEER_FIELDS <const> = { "total", "frame", "changed_total", "changed_frame", "line_total", "line_frame", "row_total", "row_frame" }
local WAYS <const> = { "changed_", "line_", "", "row_" } -- of numpy, as the table has them

-- What a program says: rounds added to those in `into`, and what it says once.
local function ask(command, fields, into)
  local pipe <const> = assert(io.popen(command))
  local said <const> = { figure = {} }
  for line in pipe:lines() do
    local word <const>, rest <const> = line:match "^(%a+) (.*)$"
    local position = 0
    for number in rest:gmatch "%d+" do
      position = position + 1
      if word == "round" then
        local list <const> = into[fields[position]] or {}
        into[fields[position]] = list
        list[#list + 1] = math.tointeger(number)
      end
    end
    if word == "figure" then
      said.figure[#said.figure + 1] = { rest:match "(%d+) (%d+) (%d+)" }
    elseif word == "form" then
      said.form = rest
    else
      said[word] = math.tointeger(rest)
    end
  end
  assert(pipe:close(), "this failed: " .. command)
  return said
end

-- The same but for the one that a largest remainder gives.
local function near(a, b)
  return math.abs(math.tointeger(a) - math.tointeger(b)) <= 1
end

local function check_same(ours, theirs)
  assert(near(ours.total, theirs.total) and #ours.figure == #theirs.figure, "numpy comes to another total")
  for index, figure in ipairs(ours.figure) do
    for column = 1, 3 do
      assert(near(figure[column], theirs.figure[index][column]), "numpy comes to other figures")
    end
  end
end

local function measure(setting, posts)
  local threads <const>, rounds <const>, turns <const> = posts < 200000 and 1 or 2, setting.quick and 3 or 7, 3
  local file <const> = ("%s/bench/scenario-%d.txt"):format(setting.build, posts)
  local ours <const>, theirs <const> = {}, {}
  local numpy <const> = setting.numpy
  local said, also
  for _ = 1, turns do
    said = ask(("%sbench_changeset %d %d %d '%s'"):format(setting.programs, posts, threads, rounds, file), FIELDS, ours)
    if numpy then
      also = ask(("env OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 %s %s/peer_scenarios.py '%s' 2000 200 %d"):format(numpy, setting.folder, file, rounds),
        PEER_FIELDS, theirs)
      check_same(said, also)
    end
  end
  said.lines, said.form = also and also.lines, also and also.form
  return said, ours, theirs
end

local function a_second(list)
  return figures.grouped(math.floor(1e9 / figures.summary(list).median))
end

local function report(rows, results, posts, said, ours, theirs)
  local result <const> = { posts = posts, trails = said.trails, cells = said.cells, bytes_a_scenario = said.memory,
    first_to_pivot = figures.ratio(ours.first, ours.pivot) }
  for _, name in ipairs(FIELDS) do
    result[name .. "_ns"] = figures.summary(ours[name])
  end
  for _, name in ipairs(theirs.total and PEER_FIELDS or {}) do
    result["numpy_" .. name .. "_ns"] = figures.summary(theirs[name])
    result[name .. "_to_numpy"] = figures.ratio(theirs[name], ours[name:match "%a+$"])
  end
  result.numpy_lines, result.numpy_form = said.lines, said.form
  table.insert(results, result)
  for _, name in ipairs { "total", "frame" } do
    local variant <const> = { figures.grouped(posts), name == "total" and "totals" or "frames by function", a_second(ours[name]) }
    for _, way in ipairs(WAYS) do
      local peer <const> = way .. name
      variant[#variant + 1] = theirs[peer] and a_second(theirs[peer]) or "-"
      variant[#variant + 1] = theirs[peer] and figures.digits(result[peer .. "_to_numpy"]) or "-"
    end
    table.insert(rows.variants, variant)
  end
  if said.form then
    rows.forms[#rows.forms + 1] = ("%s posts: %s lines; quickest in turn were %s."):format(figures.grouped(posts),
      figures.grouped(said.lines), said.form)
  end
  table.insert(rows.first, { figures.grouped(posts), figures.brief(result.pivot_ns, 1e6), figures.brief(result.new_ns, 1e6),
    figures.brief(result.grouping_ns, 1e6), figures.brief(result.first_ns, 1e6), ("%.1f"):format(result.first_to_pivot),
    figures.brief(result.month_ns, 1e6), figures.grouped(said.memory) })
end

local function session(setting, results)
  local programs <const> = { { name = "lua5.4 -e ''", command = { "lua5.4", "-e", "" } },
    { name = "twenty changes, 36 months printed", command = { "lua5.4", setting.folder .. "/scenario_phase.lua" } } }
  figures.heading "A scenario of examples/nenc built and its phase printed: whole processes"
  start.processes(setting, programs, setting.quick and 5 or 50, results)
end

-- Kibibytes that a scenario of examples/nenc takes once it has been asked, with changes alone and with lines of its own.
local function held(setting)
  local result <const> = {}
  for _, way in ipairs { "changes", "append" } do
    local pipe <const> = assert(io.popen(("lua5.4 %s/scenario_memory.lua %d %s"):format(setting.folder, setting.quick and 200 or 1000, way)))
    result[way] = tonumber(pipe:read "l")
    assert(pipe:close() and result[way], "scenario_memory.lua failed")
  end
  figures.heading "What a scenario of examples/nenc takes, asked once"
  figures.print_table { { "Its changes", "KiB" }, { "one scale", ("%.1f"):format(result.changes) }, { "and a post added", ("%.1f"):format(result.append) } }
  print "Wanted: 1,000 of them in 100 MB, 97.7 KiB each.\n"
  return result
end

-- A hundred values of a parameter from Lua, beside as many variants asked one by one.
local function sweeps(setting, counts)
  local rows <const>, results <const> = { { "Posts", "Values a second, swept", "One by one", "x" } }, {}
  for _, posts in ipairs(counts) do
    local rounds <const> = {}
    local said <const> = ask(("lua5.4 %s/scenario_sweep.lua '%s' %sclock.so %d"):format(setting.folder, setting.pack("shuffled", posts), setting.programs,
      setting.quick and 5 or 15), { "sweep", "one_by_one" }, rounds)
    local result <const> = { posts = posts, values = said.values, sweep_ns = figures.summary(rounds.sweep), one_by_one_ns = figures.summary(rounds.one_by_one),
      sweep_to_one_by_one = figures.ratio(rounds.one_by_one, rounds.sweep) }
    local function speed(summary)
      return figures.grouped(math.floor(said.values * 1e9 / summary.median))
    end
    rows[#rows + 1] = { figures.grouped(posts), speed(result.sweep_ns), speed(result.one_by_one_ns), figures.digits(result.sweep_to_one_by_one) }
    results[#results + 1] = result
  end
  figures.heading "A hundred values of a parameter of twenty changes: plan:sweep, and plan:with with a total each"
  figures.print_table(rows)
  return results
end

---Measures, prints, and returns the results.
function scenarios.run(setting)
  local results <const>, processes <const> = {}, {}
  local rows <const> = {
    first = { { "Posts", "Pivot ms", "Changeset ms", "Grouping with trail ms", "First evaluation ms", "x pivot", "Further month ms",
      "Bytes a scenario" } },
    variants = { { "Posts", "A second", "remit", "numpy, in turn", "x", "a factor a line", "x", "sums by trail", "x", "posts", "x" } },
    forms = {},
  }
  local counts <const> = { 1000, setting.quick and 150000 or 1500000 }
  for _, posts in ipairs(counts) do
    report(rows, results, posts, measure(setting, posts))
  end
  figures.heading "Twenty changes: the first evaluation, by function and place"
  figures.print_table(rows.first)
  figures.heading "The same changes with other amounts, from kept sums"
  figures.print_table(rows.variants)
  print "Wanted: the first evaluation within 3 pivots, at least 20 x numpy. Remit's figures are exact and add up; numpy's are doubles."
  print "In turn: lines, which are posts or their sums kept by what the changes select on, are copied, and each change is applied to its own."
  print "A factor a line: what stays of each of these lines, times its figures. Sums by trail: Remit's own, which a user of numpy would have to"
  print "think of. Posts: a factor each, however many. What a change is applied to is known beforehand."
  for _, form in ipairs(rows.forms) do
    print(form)
  end
  print "Changesets are made with two threads from 200,000 posts.\n"
  local swept <const> = sweeps(setting, counts)
  session(setting, processes)
  return { scenarios = results, sweeps = swept, processes = processes, held_kib = held(setting) }
end

return scenarios
