-- SPDX-License-Identifier: Apache-2.0
-- questions: the six questions, asked of every engine in turn, round after round, and how fast memory is read in the same rounds.

local engine <const> = require "engine"
local figures <const> = require "figures"

local questions <const> = {}

local NAMES <const> = { "total", "by function", "by function x place", "by ICB x function x band", "filtered, by function", "roll-up with subtotals" }
local KIB <const>, MIB <const> = 1024, 1024 * 1024
local BUFFERS <const> = { { name = "L2", bytes = 512 * KIB }, { name = "L3", bytes = 8 * MIB }, { name = "memory", bytes = 512 * MIB } }
local BATCH_NS <const> = 3e6   -- quick questions are asked several times on end, to take about this long
local BATCH_MAX <const> = 2000
local SLOW_NS <const> = 2e8    -- an engine that needs longer takes part in a third of the rounds
local FEW <const> = 10000      -- posts up to which reading them is not what takes the time
local MANY <const> = 200000    -- posts from which remit itself takes more than one thread

-- ---- Starting, and whether they agree ----

local function start_engines(setting, pack, posts)
  local list <const> = {}
  for _, kind in ipairs(setting.kinds) do
    for _, threads in ipairs(kind.command and kind.threads or {}) do
      if not kind.chooses_threads or (threads == 1) == (posts < MANY) then
        local one <const> = engine.start(kind.name, kind.command(pack, threads), threads)
        one.ns, one.times, one.loads = {}, {}, {}
        list[#list + 1] = one
      end
    end
  end
  return list
end

local function check_same_rows(list, number)
  local wanted <const> = list[1]:show(number)
  for index = 2, #list do
    local given <const> = list[index]:show(number)
    for row = 1, math.max(#wanted, #given) do
      if wanted[row] ~= given[row] then
        error(("%s: %s says %s, %s with threads %d says %s"):format(NAMES[number], list[1].name, wanted[row], list[index].name,
          list[index].threads, given[row]), 0)
      end
    end
  end
  return #wanted
end

-- ---- Rounds ----

local function batch_of(took)
  return math.max(1, math.min(BATCH_MAX, math.ceil(BATCH_NS / took)))
end

-- The first asking warms up, the second says about how many make a batch, and a batch of these how many do.
local function rehearse(one, number)
  one:ask(number, 1)
  local took <const> = one:ask(number, 1)
  one.times[number] = batch_of(one:ask(number, batch_of(took)))
  one.ns[number] = {}
  return took
end

local function read_buffer(one, bytes)
  local times <const> = math.max(1, math.ceil(4 * MIB / bytes) * (bytes < 64 * MIB and 8 or 1))
  return bytes / (assert(math.tointeger(one:say(("read %d %d"):format(bytes, times)))) / times)
end

local function add_reading(reader, key, bytes)
  local list <const> = reader.rates[key] or {}
  reader.rates[key] = list
  list[#list + 1] = read_buffer(reader, bytes)
end

local function base_of(list, threads)
  for _, one in ipairs(list) do
    if one.name == "remit" and one.threads == threads then
      return one
    end
  end
end

-- As buffers are read: on end, with nobody else in between.
local function ask_on_end(one)
  one.on_end = one.on_end or {}
  for number, times in ipairs(one.times) do
    one.on_end[number] = one.on_end[number] or {}
    one:ask(number, times)
    table.insert(one.on_end[number], one:ask(number, times))
  end
end

local function read_round(list, readers, bytes)
  for threads, reader in ipairs(readers) do
    for _, buffer in ipairs(BUFFERS) do
      add_reading(reader, buffer.name, buffer.bytes)
    end
    for number in ipairs(NAMES) do
      add_reading(reader, number, bytes[number])
    end
    ask_on_end(base_of(list, threads))
  end
end

local function start_readers(setting)
  local readers <const> = {}
  for threads = 1, 2 do
    readers[threads] = engine.start("bandwidth", ("%sbench_bandwidth %d"):format(setting.programs, threads), threads)
    readers[threads].rates = {}
  end
  return readers
end

local function run_rounds(setting, list, readers, bytes)
  local slow <const> = {}
  for number in ipairs(NAMES) do
    for _, one in ipairs(list) do
      slow[one] = rehearse(one, number) > SLOW_NS or slow[one]
    end
  end
  local rounds <const> = setting.quick and 5 or 15
  for round = 1, rounds do
    for number in ipairs(NAMES) do
      for _, one in ipairs(list) do
        if not slow[one] or round <= rounds // 3 then
          table.insert(one.ns[number], one:ask(number, one.times[number]))
        end
      end
    end
    read_round(list, readers, bytes)
  end
end

-- ---- What is said ----

local function unit_of(posts)
  if posts >= MANY then
    return 1e6, "ms"
  end
  return 1e3, "µs"
end

local function print_times(list, threads, posts, groups, saved)
  local base <const>, unit <const>, word <const> = base_of(list, threads), unit_of(posts)
  local rows <const> = { { ("%d thread%s, %s"):format(threads, threads == 1 and "" or "s", word), "rows" } }
  for number, name in ipairs(NAMES) do
    local row <const> = { name, figures.grouped(groups[number]) }
    for _, one in ipairs(list) do
      if one.threads == threads then
        local summary <const>, ratio <const> = figures.summary(one.ns[number]), figures.ratio(one.ns[number], base.ns[number])
        local shown <const> = figures.brief(summary, unit) .. (one == base and "" or ("  %sx"):format(figures.digits(ratio)))
        row[#row + 1] = shown .. (one.scans and one.scans[number] and "*" or "")
        table.insert(saved, { question = name, engine = one.name, threads = threads, ns = summary, ratio_to_remit = ratio })
        if number == 1 then
          rows[1][#row] = one.name
        end
      end
    end
    rows[number + 1] = row
  end
  figures.print_table(rows)
end

local function print_bandwidth(list, readers, bytes, saved)
  local rows <const> = { { "read by remit, on end", "MB",
    "1 thread GB/s", "buffer alike", "share", "of L3's", "2 threads GB/s", "buffer alike", "share", "of L3's" } }
  for number, name in ipairs(NAMES) do
    local row <const> = { name, ("%.2f"):format(bytes[number] / 1e6) }
    for threads, reader in ipairs(readers) do
      local rate <const> = bytes[number] / figures.summary(base_of(list, threads).on_end[number]).median
      local possible <const>, of_l3 <const> = figures.summary(reader.rates[number]).median, figures.summary(reader.rates.L3).median
      table.move({ ("%.1f"):format(rate), ("%.1f"):format(possible), ("%.0f %%"):format(100 * rate / possible),
        ("%.0f %%"):format(100 * rate / of_l3) }, 1, 4, #row + 1, row)
      table.insert(saved, { question = name, threads = threads, bytes = bytes[number], gb_per_second = rate, possible = possible })
    end
    rows[#rows + 1] = row
  end
  figures.print_table(rows)
  for threads, reader in ipairs(readers) do
    local parts <const> = {}
    for index, buffer in ipairs(BUFFERS) do
      local summary <const> = figures.summary(reader.rates[buffer.name])
      parts[index] = ("%s (%s KiB) %s GB/s"):format(buffer.name, figures.grouped(buffer.bytes // KIB), figures.brief(summary, 1))
      table.insert(saved, { buffer = buffer.name, threads = threads, bytes = buffer.bytes, gb_per_second = summary })
    end
    print(("Read bandwidth, %d thread%s: %s."):format(threads, threads == 1 and "" or "s", table.concat(parts, ", ")))
  end
  print()
end

-- Which questions the engine with kept sums still answers from the rows.
local function note_scans(one, list)
  one.scans = {}
  for number in ipairs(list) do
    one:ask(number, 1)
    local before <const> = one:say "hits"
    one:ask(number, 1)
    one.scans[number] = one:say "hits" == before
  end
end

-- ---- Loading and memory ----

local function load_rounds(setting, list)
  for _ = 1, setting.quick and 2 or 5 do
    for _, one in ipairs(list) do
      if one.name ~= "kept sums" and one.name ~= "Lua, first" then
        local took <const>, columns <const> = one:say "load":match "^(%d+) ?(%d*)$"
        table.insert(one.loads, tonumber(took))
        one.columns = tonumber(columns)
      end
    end
  end
end

local function print_loads(list, size, saved)
  local rows <const> = { { ("load: %.1f MB of CSV"):format(size / 1e6), "ms", "MB/s", "x remit", "peak MiB, asked only", "peak MiB, loaded too" } }
  for _, one in ipairs(list) do
    if one.loads[1] then
      local summary <const>, base <const> = figures.summary(one.loads), base_of(list, one.threads)
      local ratio <const> = figures.ratio(one.loads, base.loads)
      local loaded <const> = one:peak()
      rows[#rows + 1] = { ("%s, %d thread%s"):format(one.name, one.threads, one.threads == 1 and "" or "s"), figures.brief(summary, 1e6),
        ("%.0f"):format(size / summary.median * 1e3), one == base and "" or figures.digits(ratio), ("%.0f"):format(one.asked_kib / KIB),
        ("%.0f"):format(loaded / KIB) }
      table.insert(saved, { engine = one.name, threads = one.threads, ns = summary, ratio_to_remit = ratio, csv_bytes = size,
        asked_kib = one.asked_kib, loaded_kib = loaded, column_bytes = one.columns })
    end
  end
  figures.print_table(rows)
end

local function file_size(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:seek "end"
end

---@param setting table
---@param order "shuffled" | "ordered"
---@param posts integer
---@param with_load boolean
function questions.run(setting, order, posts, with_load)
  local pack <const> = setting.pack(order, posts)
  local list <const>, readers <const>, groups <const>, bytes <const> = start_engines(setting, pack, posts), start_readers(setting), {}, {}
  for number in ipairs(NAMES) do
    groups[number] = check_same_rows(list, number)
    bytes[number] = math.tointeger(list[1]:say("width " .. number)) * posts
  end
  for _, one in ipairs(list) do
    if one.name == "kept sums" then
      note_scans(one, NAMES)
    end
  end
  run_rounds(setting, list, readers, bytes)
  local saved <const> = { order = order, posts = posts, column_bytes = math.tointeger(list[1]:say "columns"), times = {}, bandwidth = {}, loads = {},
    versions = {} }
  figures.heading(("%s posts, %s"):format(figures.grouped(posts), order == "ordered" and "by organisation" or "shuffled"))
  for threads = 1, 2 do
    print_times(list, threads, posts, groups, saved.times)
  end
  if posts > FEW then
    print_bandwidth(list, readers, bytes, saved.bandwidth)
  end
  for _, one in ipairs(list) do
    one.asked_kib = one:peak()
    saved.versions[one.name] = one.version
  end
  if with_load then
    load_rounds(setting, list)
    print_loads(list, file_size(pack .. "/posts.csv"), saved.loads)
  end
  engine.stop_all()
  return saved
end

return questions
