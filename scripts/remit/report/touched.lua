-- SPDX-License-Identifier: Apache-2.0
-- In how many posts two models differ, cell by cell of an establishment. Posts are looked at and not changes: so a regrading, a cut, a move, a value of a
-- parameter and a scenario that another also makes are counted alike, and what cancels out in a cell is not.

local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local plain <const> = require "remit.plain"

local touched <const> = {}

local MEASURES <const> = { "posts", "wte", "in_post", "cost" }

local function figure(column, row)
  return row and column:get(row) or 0
end

-- Whether a post comes to something else in a row of one model than in one of another; nil is no row.
local function differs(a, row, b, other)
  for index, column in ipairs(a.columns) do
    if figure(column, row) ~= figure(b.columns[index], other) then
      return true
    end
  end
  return false
end

local function by_post(model, keys, at, totals)
  local whole <const>, columns <const> = model:pivot { measures = MEASURES, by = keys, where = { kind = "pay" }, at = at, totals = totals }, {}
  local state <const> = frame.inside(whole)
  for index, name in ipairs(MEASURES) do
    columns[index] = state.table:column(name)
  end
  return state, state.table:column "id", columns
end

---@class remit.report.posts what each post of a model comes to in each of the finest cells of an establishment, a row each
---@field count integer of rows
---@field keys remit.core.column[] of the cell
---@field ids remit.core.column
---@field columns remit.core.column[]

local function keys_of(state, names)
  local keys <const> = {}
  for index, name in ipairs(names) do
    keys[index] = state.table:column(name)
  end
  return keys
end

---@param model remit.model
---@param by string[] the keys of the establishment
---@param at? string
---@return remit.report.posts
function touched.posts(model, by, at)
  local keys <const> = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = not plain.among(by, "id") and "id" or nil
  local state <const>, ids <const>, columns <const> = by_post(model, keys, at)
  return { count = state.count, keys = keys_of(state, by), ids = ids, columns = columns }
end

-- ---- Two models ----

-- The first `depth` keys of a row, as a cell is known by.
local function cell_of(keys, row, depth)
  local parts <const> = {}
  for k = 1, depth do
    parts[k] = keys[k]:get(row) or "#none"
  end
  return table.concat(parts, "\0")
end

local function is_same_place(a, b, row)
  for index, key in ipairs(a.keys) do
    if key:get(row) ~= b.keys[index]:get(row) then
      return false
    end
  end
  return a.ids:get(row) == b.ids:get(row)
end

-- Looks for a row of one model among those of the other that wait for theirs; otherwise it waits itself.
local function meet(of, row, others, waiting)
  if row > of.count then
    return nil
  end
  local place <const> = cell_of(of.keys, row, #of.keys) .. "\0" .. (of.ids:get(row) or "#none")
  local other <const> = others[place]
  others[place], waiting[place] = nil, not other and row or nil
  return other
end

-- The rows in which two models differ, as `tell(row, other)`, which may say that it is enough. Hardly any row is ever looked for: models of the same
-- lines have them in one order.
local function each_difference(a, b, tell)
  local of_a <const>, of_b <const> = {}, {}
  local function compare(row, other)
    return differs(a, row, b, other) and tell(row, other)
  end
  for row = 1, math.max(a.count, b.count) do
    if row <= a.count and row <= b.count and is_same_place(a, b, row) then
      if compare(row, row) then
        return
      end
    else
      local other <const> = meet(a, row, of_b, of_a)
      local before <const> = meet(b, row, of_a, of_b)
      if other and compare(row, other) or before and compare(before, row) then
        return
      end
    end
  end
  for _, row in pairs(of_a) do -- sums and counts: order does not matter
    if compare(row, nil) then
      return
    end
  end
  for _, other in pairs(of_b) do -- as above
    if compare(nil, other) then
      return
    end
  end
end

-- Figures are shared by the cells that a post is in, and so never written to.
local function add(posts, cell, id, figures)
  local known <const> = posts[cell] or {}
  local before <const>, sums <const> = known[id], {}
  for index, value in ipairs(before or sums) do
    sums[index] = value + figures[index]
  end
  posts[cell], known[id] = known, before and sums or figures
end

-- By cell and post, how much more it comes to in the second model; of what differs in some row.
local function differences(a, b)
  local posts <const> = {}
  each_difference(a, b, function(row, other)
    local of <const>, at <const>, figures <const> = row and a or b, row or other, {}
    for index, column in ipairs(a.columns) do
      figures[index] = figure(b.columns[index], other) - figure(column, row)
    end
    for depth = 0, #of.keys do
      add(posts, cell_of(of.keys, at, depth), of.ids:get(at) or "#none", figures)
    end
  end)
  return posts
end

-- How many posts have a figure that is not 0: what cancels out in a cell does not differ in it.
local function count_of(posts)
  local count = 0
  for _, figures in pairs(posts or {}) do -- counting: order does not matter
    local any = false
    for _, value in ipairs(figures) do
      any = any or value ~= 0
    end
    count = count + (any and 1 or 0)
  end
  return count
end

---How many posts differ in each row of an establishment.
---@param of remit.frame
---@param a remit.report.posts
---@param b remit.report.posts
---@return integer[] by row
function touched.counts(of, a, b)
  local state <const>, counts <const>, posts <const> = frame.inside(of), {}, differences(a, b)
  local keys <const> = keys_of(state, state.keys)
  for row = 1, state.count do
    counts[row] = count_of(posts[cell_of(keys, row, levels.at(state, row))])
  end
  return counts
end

-- ---- In all ----

---@class remit.report.whole: remit.report.posts without keys; behind its rows is that of their sum
---@field few table<remit.report.whole, boolean> found out before, of others

---@param model remit.model
---@param at? string
---@return remit.report.whole what each post of the model comes to, wherever it is
function touched.whole(model, at)
  local state <const>, ids <const>, columns <const> = by_post(model, { "id" }, at, true)
  return { count = math.max(state.count - 1, 0), keys = {}, ids = ids, columns = columns, few = {} }
end

local function is_few(a, b, threshold)
  if not differs(a, a.count + 1, b, b.count + 1) then
    return false
  end
  local count = 0
  each_difference(a, b, function()
    count = count + 1
    return count == threshold
  end)
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
