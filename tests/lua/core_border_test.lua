-- SPDX-License-Identifier: Apache-2.0
-- The border as a whole: its names, its handles, the collector, and the program.

package.path = "tests/lua/?.lua;" .. package.path

local check <const> = require "check"
local core <const> = require "remit.core"
local zipped <const> = require "zipped"

local column <const>, dictionary <const>, selection <const>, tables <const> = core.column, core.dictionary, core.selection, core.table

-- One handle of each kind, by the name that the annotations give it.
local function handles()
  local table <const> = tables.new(1):add("x", column.labels { "a" })
  local _, report <const> = core.csv.load { text = "x\n", fields = { { heading = "x", name = "x" } } }
  return {
    sha256 = core.hash.new(),
    dictionary = dictionary.new { "a" },
    column = column.labels { "a" },
    table = table,
    groups = table:distinct { "x" },
    csv_report = report,
    predicate = core.predicate.new "a",
    selection = selection.all(table),
    kept = core.pivot.kept(0),
    decision = core.decision.new(table, { inputs = { "x" }, rules = { { "a" } } }),
    match = core.match.new(),
    changeset = core.changeset.new(table, { accounts = 1, operations = {} }),
    workbook = core.workbook.new("t", 0),
    spreadsheet = assert(core.spreadsheet.open(zipped.book { { "S", "" } })),
  }
end

-- ---- Names ----

-- What the annotations declare: ["number.parse"] for functions, ["column:get"] for methods.
local function declared()
  local path <const> = assert(package.searchpath("remit.meta.core", package.path))
  local file <close> = assert(io.open(path))
  local classes <const>, names <const> = {}, {}
  local class
  for line in file:lines() do
    class = line:match "^%-%-%-@class remit%.core%.([%w_]+)" or class
    local variable <const> = line:match "^local ([%w_]+) = {}"
    if variable then
      classes[variable] = class:gsub("_library$", "")
    end
    local of <const>, mark <const>, name <const> = line:match "^function ([%w_]+)([.:])([%w_]+)%("
    if of then
      names[classes[of] .. mark .. name] = true
    end
  end
  return names
end

local function offered()
  local names <const> = {}
  for library, functions in pairs(core) do
    for name, value in pairs(type(functions) == "table" and functions or {}) do
      if type(value) == "function" then
        names[library .. "." .. name] = true
      end
    end
  end
  for kind, handle in pairs(handles()) do
    for name in pairs(debug.getmetatable(handle).__index) do
      names[kind .. ":" .. name] = true
    end
  end
  return names
end

check.test("every_name_is_annotated_and_every_annotation_is_there", function()
  check.same(offered(), declared())
end)

check.test("the_version_is_three_numbers", function()
  check.ok(core.version:find "^%d+%.%d+%.%d+$")
end)

-- ---- Handles ----

check.test("every_handle_prints_its_type_and_hides_its_metatable", function()
  for kind, handle in pairs(handles()) do
    check.same(tostring(handle), "remit." .. kind)
    check.same(getmetatable(handle), "remit." .. kind)
  end
end)

check.test("a_closed_handle_raises_whatever_is_asked", function()
  for kind, handle in pairs(handles()) do
    if handle.close then
      handle:close()
      handle:close()
      for name, method in pairs(debug.getmetatable(handle).__index) do
        if name ~= "close" then
          check.fails(function() method(handle, 1, 1, 1) end, ("this remit.%s is closed"):format(kind))
        end
      end
    end
  end
end)

check.test("a_closed_handle_is_refused_as_an_argument", function()
  local closed <const> = handles()
  for _, handle in pairs(closed) do
    if handle.close then
      handle:close()
    end
  end
  local open <const> = handles()
  check.fails(function() column.labels({}, closed.dictionary) end, "closed")
  check.fails(function() column.same("a", 1, closed.dictionary) end, "closed")
  check.fails(function() open.column:recode({ 1 }, closed.dictionary) end, "closed")
  check.fails(function() open.table:add("y", closed.column) end, "closed")
  check.fails(function() open.table:link("x", closed.table) end, "closed")
  check.fails(function() selection.all(closed.table) end, "closed")
  check.fails(function() selection.test(open.table, "x", closed.predicate) end, "closed")
  check.fails(function() return open.selection & closed.selection end, "closed")
  check.fails(function() return ~closed.selection end, "closed")
  check.fails(function() open.predicate:codes(closed.dictionary) end, "closed")
  check.fails(function() open.predicate:codes(open.dictionary, closed.column) end, "closed")
  check.fails(function() core.pivot.run(closed.table, {}) end, "closed")
  check.fails(function() core.hash.new():table(closed.table) end, "closed")
end)

check.test("handles_end_with_their_block", function()
  local asks <const> = {
    dictionary = "size", column = "count", table = "rows", groups = "count", csv_report = "counts", predicate = "text", selection = "count",
  }
  local all <const> = handles()
  for kind, method in pairs(asks) do
    check.ok(all[kind][method](all[kind]))
    do
      local _ <close> = all[kind]
    end
    check.fails(function() all[kind][method](all[kind]) end, ("this remit.%s is closed"):format(kind))
  end
end)

check.test("one_type_is_not_taken_for_another", function()
  local all <const> = handles()
  for kind, handle in pairs(all) do
    for other, wrong in pairs(all) do
      if kind ~= other then
        for name, method in pairs(debug.getmetatable(handle).__index) do
          check.fails(function() method(wrong) end, ("remit.%s expected, got remit.%s"):format(kind, other))
          check.fails(function() method() end, ("remit.%s expected"):format(kind))
          check.ok(name)
        end
      end
    end
  end
end)

check.test("a_view_outlives_what_it_looks_into", function()
  local all <const> = handles()
  local inner <const>, members <const> = all.table:column "x", all.column:dictionary()
  local linked <const> = tables.new(1):add("x", column.labels { "a" }):link("x", tables.new(1):add("name", column.labels { "A" }))
  local dimension <const>, target <const> = linked:dimension "x", linked:resolve "x.name"
  for _, handle in pairs(all) do
    if handle.close then
      handle:close()
    end
  end
  linked:close()
  collectgarbage()
  check.same({ inner:get(1), members:label(1), target:get(1) }, { "a", "a", "A" })
  check.same(dimension:column("name"):get(1), "A")
end)

check.test("handles_of_a_cycle_are_collected", function()
  local count = 0
  for _ = 1, 10 do
    local cycle <const> = setmetatable({ held = handles() }, { __gc = function() count = count + 1 end })
    cycle.self = cycle
  end
  collectgarbage()
  collectgarbage()
  check.same(count, 10)
end)

-- ---- The collector ----

local ROWS <const> = 100000

-- The most handles that were alive at once of `count` that nobody kept.
local function most_alive(count, make)
  local alive <const>, most = setmetatable({}, { __mode = "v" }), 0
  collectgarbage()
  for index = 1, count do
    alive[index] = make()
    local now = 0
    for _ in pairs(alive) do
      now = now + 1
    end
    most = math.max(most, now)
  end
  return most
end

check.test("big_handles_are_collected_though_lua_sees_small_ones", function()
  local table <const> = tables.new(ROWS):add("x", column.same(1, ROWS, "count"))
  local all <const> = selection.all(table)
  local half <const> = {}
  for row = 1, ROWS // 2 do
    half[row] = row
  end
  check.ok(most_alive(300, function() return column.same(1, ROWS, "count") end) < 100)
  check.ok(most_alive(300, function() return all:take() end) < 50)
  check.ok(most_alive(300, function() return table:take(half) end) < 50)
  check.ok(most_alive(300, function() return tables.concat { table, table } end) < 50)
  check.ok(most_alive(300, function() return table:distinct {} end) < 50)
end)

-- As in the stand-alone lua, whose steps pass over what has survived some of them.
check.test("big_handles_that_have_grown_old_are_collected_by_generations", function()
  local before <const> = collectgarbage "generational"
  local held <const> = setmetatable({}, { __mode = "v" })
  local function grow_old()
    local old <const> = column.same(1, ROWS, "count")
    held[1] = old
    for _ = 1, 3 do
      collectgarbage "step"
    end
  end
  grow_old()
  for _ = 1, 2000 do
    column.same(1, ROWS, "count")
  end
  local still <const> = held[1]
  collectgarbage(before)
  check.same(still, nil)
end)

check.test("a_stopped_collector_stays_stopped", function()
  local finalised = false
  collectgarbage "stop"
  setmetatable({}, { __gc = function() finalised = true end })
  for _ = 1, 20 do
    column.same(1, ROWS, "count"):close()
  end
  local seen <const> = finalised
  collectgarbage "restart"
  check.same(seen, false)
end)

check.test("every_kind_survives_a_collection_at_every_step", function()
  for _ = 1, 20 do
    local all <const> = handles()
    collectgarbage()
    check.same(core.pivot.run(all.table, { by = { "x" }, measures = { { name = "n", how = "rows" } } }):column("n"):get(1), 1)
    check.same(all.selection:take():column("x"):get(1), "a")
  end
end)

-- ---- The program ----

local program <const> = os.getenv "REMIT_PROGRAM"

local function run(arguments)
  local errors <const> = os.tmpname()
  local pipe <const> = assert(io.popen(("'%s' %s 2>'%s'"):format(program, arguments, errors)))
  local out <const> = pipe:read "a"
  local _, _, code <const> = pipe:close()
  local file <const> = assert(io.open(errors))
  local complaint <const> = file:read "a"
  file:close()
  os.remove(errors)
  return code, out, complaint
end

if program then
  check.test("the_program_hands_over_to_the_command_line", function()
    local code <const>, out <const> = run "--version"
    check.same(code, 0)
    check.ok(out:find(core.version, 1, true), out)
  end)

  check.test("the_program_does_not_read_lua_path", function()
    local folder <const> = os.tmpname()
    os.remove(folder)
    os.execute(("mkdir -p '%s/remit' && echo 'error \"hijacked\"' > '%s/remit/cli.lua'"):format(folder, folder))
    local code <const>, out <const> = run(("--version; cd '%s'; LUA_PATH='%s/?.lua' '%s' --version"):format(folder, folder, program))
    os.execute(("rm -r '%s'"):format(folder))
    check.same({ code, select(2, out:gsub("remit %d", "")) }, { 0, 2 })
  end)

  check.test("the_program_runs_alone_wherever_it_is_copied_to", function()
    local folder <const> = os.tmpname()
    os.remove(folder)
    os.execute(("mkdir '%s' && cp '%s' '%s/remit'"):format(folder, program, folder))
    local ran <const> = io.popen(("echo 'base:total \"wte\"' | '%s/remit' examples/nenc 2>&1"):format(folder))
    local text <const> = ran:read "a"
    local _, _, code <const> = ran:close()
    os.execute(("rm -r '%s'"):format(folder))
    check.same({ text, code }, { "1048.0\n", 0 })
  end)
end
