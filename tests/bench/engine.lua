-- SPDX-License-Identifier: Apache-2.0
-- engine: the programs that are asked the same questions, each a process that holds the posts and answers a line with a line, so that rounds
-- can go from engine to engine.
--
--   show N         rows of question N, "key|key|pence|micro-WTE", then "."
--   ask N TIMES    asks it TIMES over; nanoseconds
--   load           reads the whole of posts.csv afresh, every column; nanoseconds
--
-- An engine says "ready VERSION" once it holds the columns that questions look at.

local engine <const> = {}

local running <const> = {} -- in the order of starting

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function succeeds(command)
  return (os.execute(command .. " >/dev/null 2>&1")) == true
end

local function first_line(command)
  local pipe <const> = assert(io.popen(command .. " 2>/dev/null"))
  local line <const> = pipe:read "l"
  pipe:close()
  return line
end

-- A Python that has a module, or nil: another may come first on the path than the one whose packages Debian installs.
local function python_with(module)
  for _, python in ipairs { "python3", "/usr/bin/python3" } do
    if succeeds(("%s -c 'import %s'"):format(python, module)) then
      return python
    end
  end
  return nil
end

---A Python that has numpy, or nil.
function engine.numpy()
  return python_with "numpy"
end

-- ---- Which there are ----

---Each kind: a name, how many threads it can be given, and the command for a pack and so many threads, or nil when it is not installed.
---@param folder string of this file
---@param build string
function engine.kinds(folder, build)
  local programs <const>, peers <const> = build .. "/tests/bench/", build .. "/peers/node_modules/"
  local duckdb <const> = first_line(("ls %s@duckdb/node-bindings-*/libduckdb.*"):format(quote(peers)))
  local clickhouse <const> = first_line(("ls %s@chdb/lib-*/libchdb.so"):format(quote(peers)))
  local polars <const> = first_line(("readlink -f %snodejs-polars"):format(quote(peers)))
  local numpy <const>, sqlite <const> = engine.numpy(), succeeds "command -v sqlite3" and python_with "sqlite3"
  local has_polars <const> = polars and succeeds(("node -e 'require(process.argv[1])' %s"):format(quote(polars)))
  local has_table <const> = succeeds "Rscript -e 'library(data.table)'"
  return {
    { name = "remit", threads = { 1, 2 }, command = function(pack, threads)
      return ("%sbench_pivot %s %d cold"):format(programs, pack, threads)
    end },
    { name = "kept sums", threads = { 1 }, command = function(pack, threads)
      return ("%sbench_pivot %s %d kept"):format(programs, pack, threads)
    end },
    { name = "Lua, first", chooses_threads = true, threads = { 1, 2 }, command = function(pack)
      return ("lua5.4 %s/pivot.lua %s %sclock.so first"):format(folder, pack, programs)
    end },
    { name = "Lua, again", chooses_threads = true, threads = { 1, 2 }, command = function(pack)
      return ("lua5.4 %s/pivot.lua %s %sclock.so again"):format(folder, pack, programs)
    end },
    { name = "DuckDB", threads = { 1, 2 }, command = duckdb and function(pack, threads)
      return ("%sbench_duckdb %s %s %d"):format(programs, quote(duckdb), pack, threads)
    end },
    { name = "ClickHouse", threads = { 1, 2 }, command = clickhouse and function(pack, threads)
      return ("%sbench_clickhouse %s %s %d"):format(programs, quote(clickhouse), pack, threads)
    end },
    { name = "Polars", threads = { 1, 2 }, command = has_polars and function(pack, threads)
      return ("env POLARS_MAX_THREADS=%d node %s/peer_polars.js %s %s"):format(threads, folder, quote(polars), pack)
    end },
    { name = "data.table", threads = { 1, 2 }, command = has_table and function(pack, threads)
      return ("Rscript %s/peer_datatable.R %s %d"):format(folder, pack, threads)
    end },
    { name = "numpy", threads = { 1 }, command = numpy and function(pack)
      return ("env OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 %s %s/peer_numpy.py %s"):format(numpy, folder, pack)
    end },
    { name = "SQLite", threads = { 1 }, command = sqlite and function(pack)
      return ("%s %s/peer_sqlite.py %s"):format(sqlite, folder, pack)
    end },
  }
end

-- ---- One at work ----

local methods <const> = {}
methods.__index = methods

---Starts a command and waits until it is ready.
---@param name string
---@param command string
---@param threads integer
function engine.start(name, command, threads)
  local fifo <const> = os.tmpname()
  os.remove(fifo)
  assert(os.execute("mkfifo " .. quote(fifo)))
  local answers <const> = assert(io.popen(("echo $$; exec %s < %s"):format(command, quote(fifo))))
  local self <const> = setmetatable({ name = name, threads = threads, answers = answers }, methods)
  self.process = answers:read "l"
  self.asks = assert(io.open(fifo, "w"))
  os.remove(fifo)
  self.version = self:read():match "^ready ?(.*)$"
  running[#running + 1] = self
  return self
end

---Ends all, the last started first: it has inherited the pipes to those before it, which would not see theirs end.
function engine.stop_all()
  while running[1] do
    local one <const> = table.remove(running)
    one.asks:close()
    one.answers:close()
  end
end

function methods:read()
  local line <const> = self.answers:read "l"
  return line or error(self.name .. " has stopped", 0)
end

function methods:say(line)
  assert(self.asks:write(line, "\n"))
  assert(self.asks:flush())
  return self:read()
end

---Nanoseconds of one asking, of `times` asked.
function methods:ask(number, times)
  return assert(math.tointeger(self:say(("ask %d %d"):format(number, times)))) / times
end

---The rows of a question, sorted.
function methods:show(number)
  local lines <const> = {}
  local line = self:say(("show %d"):format(number))
  while line ~= "." do
    lines[#lines + 1] = line
    line = self:read()
  end
  table.sort(lines)
  return lines
end

---The most memory that it has taken so far, in KiB.
function methods:peak()
  local file <close> = io.open(("/proc/%s/status"):format(self.process))
  return file and tonumber(file:read "a":match "VmHWM:%s+(%d+)") or 0
end

return engine
