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

local function add(posts, cell, id, figures)
  posts[cell] = posts[cell] or {}
  local sums <const> = posts[cell][id] or { 0, 0, 0, 0 }
  for index, figure in ipairs(figures) do
    sums[index] = sums[index] + figure
  end
  posts[cell][id] = sums
end

---What each post comes to in each cell of an establishment, its subtotals and its total.
---@param model remit.model
---@param by string[] the keys of the establishment
---@param at? string
---@return remit.report.posts
function touched.posts(model, by, at)
  local keys <const>, posts <const> = table.move(by, 1, #by, 1, {}), {}
  keys[#keys + 1] = not plain.among(by, "id") and "id" or nil
  local state <const> = frame.inside(model:pivot { measures = MEASURES, by = keys, where = { kind = "pay" }, at = at })
  local ids <const> = state.table:column "id"
  for row = 1, state.count do
    local figures <const> = {}
    for index, name in ipairs(MEASURES) do
      figures[index] = state.table:column(name):get(row) or 0
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

return touched
