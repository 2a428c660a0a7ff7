-- SPDX-License-Identifier: Apache-2.0
-- Two frames beside each other: which rows meet, what the columns are called, and what must be said of both.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local none <const> = require "remit.none"
local values <const> = require "remit.frame.values"
local write <const> = require "remit.frame.write"

local join <const> = {}

-- What a row is matched by: its value, or for the grand total `levels`, which no value can be; nothing for other totals.
local function key_at(state, key, row)
  local value <const> = levels.is_detail(state, row) and values.plain(state, key, row)
  return value or levels.at(state, row) == 0 and levels
end

local function text_of(value)
  return value == none and "(none)" or "'" .. tostring(value) .. "'"
end

local function rows_by_key(state, key)
  local found <const> = {}
  for row = 1, state.count do
    local value <const> = key_at(state, key, row)
    if value and found[value] then
      fault.raise { message = ("join: %s is in the other frame twice"):format(text_of(value)) }
    elseif value then
      found[value] = row
    end
  end
  return found
end

local function matching_rows(state, key, others)
  local rows <const> = {}
  for row = 1, state.count do
    local value <const> = key_at(state, key, row)
    rows[row] = value and others[value] or false
  end
  return rows
end

local function free_name(core_table, name)
  local candidate, n = name, 1
  while core_table:column(candidate) do
    n = n + 1
    candidate = ("%s_%d"):format(name, n)
  end
  return candidate
end

-- Which rows' figures either withholds: all figures of a row are withheld together.
local function hidden_in_either(state, theirs)
  local marks <const> = {}
  for row = 1, state.count do
    marks[row] = (state.hidden and state.hidden:get(row) == 1 or theirs:get(row) == 1) and 1 or 0
  end
  return core.column.ints(marks, "count")
end

-- The frame's table, open for more columns; its rows are marked that the other's columns, `taken`, withhold.
local function opened(state, taken)
  local theirs <const> = taken:column(inside.HIDDEN)
  local hidden <const> = theirs and hidden_in_either(state, theirs)
  local fresh <const> = copy(state.table, { [inside.HIDDEN] = hidden or nil })
  return hidden and not state.hidden and fresh:add(inside.HIDDEN, hidden) or fresh
end

---The table of a frame with the columns of another beside its own, and what these columns are.
---@param state remit.frame.state
---@param left remit.frame.column its key
---@param theirs remit.frame.state
---@param right remit.frame.column the other's key, which is left out
---@return remit.core.table table, remit.frame.column[] columns
function join.beside(state, left, theirs, right)
  local taken <const> = theirs.table:take(matching_rows(state, left, rows_by_key(theirs, right)))
  local fresh <const>, more <const> = opened(state, taken), {}
  for _, column in ipairs(theirs.columns) do
    if column ~= right then
      local name <const> = free_name(fresh, column.name)
      fresh:add(name, taken:column(column.name))
      more[#more + 1] = inside.like(column, { name = name, title = name ~= column.name and column.title .. " (2)" or nil })
    end
  end
  return fresh, more
end

---What the joined frame says besides its own notes: the other's, and its basis where that is another.
---@param ours remit.frame.about
---@param theirs remit.frame.about
---@return string[]
function join.notes(ours, theirs)
  local notes <const>, said <const> = {}, {}
  for _, note in ipairs(ours.notes) do
    said[note] = true
  end
  for _, note in ipairs(theirs.notes) do
    notes[#notes + 1] = not said[note] and note or nil
  end
  local basis <const>, other <const> = table.concat(write.basis(ours), "   "), table.concat(write.basis(theirs), "   ")
  if other ~= "" and basis ~= other then
    notes[#notes + 1] = ("Joined with %s: %s"):format(theirs.title or "another frame", other)
  end
  return notes
end

return join
