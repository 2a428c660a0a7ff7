-- SPDX-License-Identifier: Apache-2.0
-- Frames made ready for a reader: fewer columns, other units, several of them beside or below one another.

local frame <const> = require "remit.frame"
local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local none <const> = require "remit.none"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"

local shape <const> = {}

---A frame with some of its columns, in this order, perhaps under other titles or displays of the same unit.
---@param of remit.frame
---@param columns { name: string, title?: string, display?: string, sign?: boolean, called?: table<string, string> }[] names that the frame lacks are left out
---@param about? table fields of remit.frame.about that differ
---@return remit.frame
function shape.only(of, columns, about)
  local state <const> = frame.inside(of)
  local kept <const>, keys <const>, held <const> = {}, {}, {}
  for _, wanted in ipairs(columns) do
    local old <const> = state.by_name[wanted.name]
    if old then
      local display <const> = wanted.display or old.display
      kept[#kept + 1] = inside.like(old, { display = display, title = wanted.title or display ~= old.display and show.title(old.name, display) or nil,
        sign = wanted.sign, called = wanted.called })
      held[old.name] = true
    end
  end
  for _, key in ipairs(state.keys) do
    keys[#keys + 1] = held[key] and key or nil
  end
  return frame.new { table = state.table, columns = kept, keys = keys, about = shape.about(of, about) }
end

---A frame whose key is shown as another column has it, which goes.
---@param of remit.frame
---@param key string
---@param name string
---@return remit.frame
function shape.named(of, key, name)
  local called <const>, columns <const> = {}, {}
  for row = 1, #of do
    local text <const> = of:get(row, name)
    called[of:get(row, key)] = text ~= none and text or nil
  end
  for _, column in ipairs(frame.inside(of).columns) do
    columns[#columns + 1] = column.name ~= name and { name = column.name, called = column.name == key and called or nil } or nil
  end
  return shape.only(of, columns)
end

---What is said of a frame, with some of it said otherwise; false says nothing.
---@param of remit.frame
---@param changed? table
---@return remit.frame.about
function shape.about(of, changed)
  local about <const>, fresh <const> = frame.inside(of).about, {}
  for _, name in ipairs { "title", "shows", "unit", "basis", "price_base", "at", "to", "scenario", "model", "notes" } do
    fresh[name] = about[name]
    if changed and changed[name] ~= nil then
      fresh[name] = changed[name] or nil
    end
  end
  fresh.shows = not (changed and changed.title) and fresh.shows or nil
  return fresh
end

---A frame with something said of it in other words.
---@param of remit.frame
---@param changed table
---@return remit.frame
function shape.said(of, changed)
  local state <const> = frame.inside(of)
  return frame.new { table = state.table, columns = state.columns, keys = state.keys, about = shape.about(of, changed) }
end

---A frame with a note more.
---@param of remit.frame
---@param note? string
---@return remit.frame
function shape.noted(of, note)
  local notes <const> = table.move(frame.inside(of).about.notes, 1, #frame.inside(of).about.notes, 1, {})
  notes[#notes + 1] = note
  return shape.said(of, { notes = notes })
end

---Rows collected into a frame: columns as frame.from takes them, without values.
---@param columns table[]
---@param rows table<string, any>[]
---@param given { keys: string[], about: table, levels?: integer[] }
---@return remit.frame
function shape.rows(columns, rows, given)
  for _, column in ipairs(columns) do
    column.values = {}
    for index, row in ipairs(rows) do
      local value <const> = row[column.name]
      column.values[index] = value ~= nil and value ~= none and value or false
    end
  end
  return frame.from { columns = columns, keys = given.keys, rows = #rows, levels = given.levels, about = given.about }
end

---A frame of one key with a row more: the sum of its figures.
---@param of remit.frame
---@return remit.frame
function shape.totalled(of)
  local state <const> = frame.inside(of)
  local rows <const>, columns <const>, marks <const>, sum <const> = {}, {}, {}, {}
  for index, column in ipairs(state.columns) do
    columns[index] = inside.like(column)
    for row = 1, state.count do
      rows[row], marks[row] = rows[row] or {}, 1
      rows[row][column.name] = of:get(row, column.name)
      sum[column.name] = show.is_figure(column.display) and (sum[column.name] or 0) + rows[row][column.name] or nil
    end
  end
  rows[#rows + 1], marks[#rows + 1] = sum, 0
  return shape.rows(columns, rows, { keys = state.keys, levels = marks, about = shape.about(of) })
end

---The row of a frame's grand total, or nil.
---@param of remit.frame
---@return integer?
function shape.total_row(of)
  local state <const> = frame.inside(of)
  for row = 1, state.count do
    if #state.keys > 0 and levels.at(state, row) == 0 then
      return row
    end
  end
end

---What a report calls a model.
---@param model remit.model
---@return string
function shape.name_of(model)
  return state_of[model].name or "Base"
end

---A list of words as a sentence has it: "a, b and c".
---@param words string[]
---@return string
function shape.listed(words)
  if #words < 2 then
    return words[1] or "none"
  end
  return table.concat(words, ", ", 1, #words - 1) .. " and " .. words[#words]
end

return shape
