-- SPDX-License-Identifier: Apache-2.0
-- In how many posts two models differ, cell by cell of an establishment. Posts are looked at and not changes: so a regrading, a cut, a move, a value of a
-- parameter and a scenario that another also makes are counted alike, and what cancels out in a cell is not.

local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local plain <const> = require "remit.plain"

local touched <const> = {}

local MEASURES <const> = { "posts", "wte", "in_post", "cost" }

-- The first `depth` keys of a row, as a cell is known by.
local function cell_of(state, row, depth)
  local parts <const> = {}
  for k = 1, depth do
    parts[k] = state.table:column(state.keys[k]):get(row) or "#none"
  end
  return table.concat(parts, "\0")
end

---@alias remit.report.posts table<string, table<string, integer[]>> by cell and post what the post comes to in the cell, in the core's units

-- Figures are shared by the cells that a post is in, and so never written to.
local function add(posts, cell, id, figures)
  local known <const> = posts[cell] or {}
  local before <const>, sums <const> = known[id], {}
  for index, figure in ipairs(before or sums) do
    sums[index] = figure + figures[index]
  end
  posts[cell], known[id] = known, before and sums or figures
end

local function by_post(model, keys, at, totals)
  local whole <const>, columns <const> = model:pivot { measures = MEASURES, by = keys, where = { kind = "pay" }, at = at, totals = totals }, {}
  local state <const> = frame.inside(whole)
  for index, name in ipairs(MEASURES) do
    columns[index] = state.table:column(name)
  end
  return state, state.table:column "id", columns
end

---What each post comes to in each cell of an establishment, its subtotals and its total.
---@param model remit.model
---@param by string[] the keys of the establishment
---@param at? string
---@return remit.report.posts
function touched.posts(model, by, at)
  local keys <const>, posts <const> = table.move(by, 1, #by, 1, {}), {}
  keys[#keys + 1] = not plain.among(by, "id") and "id" or nil
  local state <const>, ids <const>, columns <const> = by_post(model, keys, at)
  for row = 1, state.count do
    local figures <const> = {}
    for index, column in ipairs(columns) do
      figures[index] = column:get(row) or 0
    end
    for depth = 0, #by do
      add(posts, cell_of(state, row, depth), ids:get(row) or "#none", figures)
    end
  end
  return posts
end

local function same(a, b)
  for index = 1, #MEASURES do
    if (a and a[index] or 0) ~= (b and b[index] or 0) then
      return false
    end
  end
  return true
end

-- How many posts differ between two sets.
local function apart(a, b)
  local count = 0
  for id, figures in pairs(a) do -- counting: order does not matter
    count = count + (same(figures, b[id]) and 0 or 1)
  end
  for id, figures in pairs(b) do -- as above
    count = count + ((a[id] or same(figures, nil)) and 0 or 1)
  end
  return count
end

---How many posts differ in each row of an establishment.
---@param of remit.frame
---@param a remit.report.posts
---@param b remit.report.posts
---@return integer[] by row
function touched.counts(of, a, b)
  local state <const>, counts <const> = frame.inside(of), {}
  for row = 1, state.count do
    local cell <const> = cell_of(state, row, levels.at(state, row))
    counts[row] = apart(a[cell] or {}, b[cell] or {})
  end
  return counts
end

-- ---- In all ----

---@class remit.report.whole what each post of a model comes to, wherever it is
---@field count integer of posts; behind their rows is that of their sum
---@field ids remit.core.column
---@field columns remit.core.column[]
---@field row_of? table<string, integer>
---@field few table<remit.report.whole, boolean> found out before, of others

---@param model remit.model
---@param at? string
---@return remit.report.whole
function touched.whole(model, at)
  local state <const>, ids <const>, columns <const> = by_post(model, { "id" }, at, true)
  return { count = math.max(state.count - 1, 0), ids = ids, columns = columns, few = {} }
end

-- The row of a post; models of the same lines have it where it is in the other, so that hardly ever one is looked for.
local function row_of(whole, id, likely)
  if likely <= whole.count and whole.ids:get(likely) == id then
    return likely
  end
  local rows <const> = whole.row_of or {}
  for row = 1, whole.row_of and 0 or whole.count do
    rows[whole.ids:get(row) or false] = row
  end
  whole.row_of = rows
  return rows[id or false]
end

local function differs(a, row, b, other)
  for index, column in ipairs(a.columns) do
    if (column:get(row) or 0) ~= (other and b.columns[index]:get(other) or 0) then
      return true
    end
  end
  return false
end

local function is_few(a, b, threshold)
  local count, row = differs(a, a.count + 1, b, b.count + 1) and 0 or threshold, 1
  while count < threshold and row <= math.max(a.count, b.count) do
    local id <const>, other_id <const> = row <= a.count and a.ids:get(row), row <= b.count and b.ids:get(row)
    count = count + (row <= a.count and differs(a, row, b, row_of(b, id, row)) and 1 or 0)
    count = count + (row <= b.count and other_id ~= id and not row_of(a, other_id, row) and differs(b, row, a, nil) and 1 or 0)
    row = row + 1
  end
  return count > 0 and count < threshold
end

---Whether two models come to something else in some posts, but in fewer than a number; the same at each call.
---@param a remit.report.whole
---@param b remit.report.whole
---@param threshold integer
---@return boolean
function touched.is_few(a, b, threshold)
  if a.few[b] == nil then
    a.few[b] = is_few(a, b, threshold)
  end
  return a.few[b]
end

return touched
