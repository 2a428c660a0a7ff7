-- SPDX-License-Identifier: Apache-2.0
-- scaling: time and memory a post, from a thousand posts to twenty million.

local figures <const> = require "figures"

local scaling <const> = {}

local SIZES <const> = { 1000, 10000, 100000, 300000, 1000000, 1500000, 5000000, 20000000 }
local NAMES <const> = { "total", "function", "fn x place", "ICB x fn x band", "filtered", "roll-up" }

local function run_one(setting, posts, threads)
  local one <const> = { posts = posts, threads = threads, ns = {} }
  for number in ipairs(NAMES) do
    one.ns[number] = {}
  end
  local command <const> = ("%sbench_scaling %d shuffled %d %d"):format(setting.programs, posts, threads, setting.quick and 2 or 7)
  local pipe <const> = assert(io.popen(command))
  for line in pipe:lines() do
    local number <const>, took <const> = line:match "^question (%d+) (%d+)$"
    if number then
      table.insert(one.ns[tonumber(number)], tonumber(took))
    else
      local key <const>, value <const> = line:match "^(%l+) (%d+)$"
      one[key] = tonumber(value)
    end
  end
  assert(pipe:close())
  return one
end

local function report(list, threads)
  local rows <const> = { { ("%d thread%s, ns a post"):format(threads, threads == 1 and "" or "s"), table.unpack(NAMES) } }
  table.insert(rows[1], "columns, bytes a post")
  for _, one in ipairs(list) do
    local row <const> = { figures.grouped(one.posts) }
    for _, ns in ipairs(one.ns) do
      table.insert(row, figures.digits(figures.summary(ns).median / one.posts))
    end
    table.insert(row, ("%.1f"):format(one.bytes / one.posts))
    rows[#rows + 1] = row
  end
  figures.print_table(rows)
end

function scaling.run(setting)
  local results <const> = {}
  figures.heading "From a thousand posts to twenty million, shuffled"
  for threads = 1, 2 do
    local list <const> = {}
    for index, posts in ipairs(SIZES) do
      if posts <= 1500000 or not setting.quick then
        list[index] = run_one(setting, posts, threads)
        local saved <const> = { posts = posts, threads = threads, table_bytes = list[index].bytes, peak_kib = list[index].peak, ns = {} }
        for number, ns in ipairs(list[index].ns) do
          saved.ns[number] = figures.summary(ns)
        end
        results[#results + 1] = saved
      end
    end
    report(list, threads)
  end
  return results
end

return scaling
