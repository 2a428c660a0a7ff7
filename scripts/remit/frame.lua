-- SPDX-License-Identifier: Apache-2.0
-- frame: a result. A small table of the core whose columns know how they are written, with what is said of the figures.
--
--   local top <const> = frame:where { cost = "> 1000000" }:top(5, "cost")
--   print(top)                               -- frames never print themselves
--   top:save "out/largest.csv"
--
-- Immutable: every verb returns a new frame, which shares columns. Figures are plain numbers of pounds and WTE to a script.

local caption <const> = require "remit.frame.caption"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local none <const> = require "remit.none"
local noticed <const> = require "remit.noticed"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local values <const> = require "remit.frame.values"
local write <const> = require "remit.frame.write"

local frame <const> = {}

---@class remit.frame
---@operator len: integer
local methods <const> = {}

local meta <const> = plain.class { __name = "remit.frame" }

-- What a table that is only printed does not need loads with the first call of it.
local LATER <const> = { "remit.frame.verbs", "remit.frame.output" }

local function method_of(key)
  for _, name in ipairs(methods[key] == nil and LATER or {}) do
    for later, method in pairs(require(name)) do -- filling a table: order does not matter
      methods[later] = method
    end
  end
  return methods[key]
end

function meta.__index(_, key)
  local method <const> = type(key) == "string" and method_of(key) or nil
  if method ~= nil or type(key) ~= "string" then
    return noticed.dropped and noticed.method(method, key) or method
  end
  local names <const> = plain.keys(methods)
  local hint <const> = fault.suggest(key, names) or "It has " .. table.concat(names, ", ") .. "."
  fault.raise { code = "method", message = ("a frame has no method '%s'. %s"):format(key, hint) }
end

function meta.__newindex()
  fault.raise { message = "a frame cannot be changed; with_column gives a new one" }
end

-- Once a column, which many frames may have.
local function check_column(core_table, column)
  local unit <const> = core_table:unit(column.name)
  if unit == nil then
    error("the table has no column " .. tostring(column.name))
  elseif unit ~= show.unit(column.display) then
    error(("column %s is in %s, which is not shown as %s"):format(column.name, unit, column.display))
  end
end

---A frame over a core table. `keys` are the columns that name a row; a column "#level" of the table tells totals apart. The lists and
---columns are the frame's from then on.
---@param spec { table: remit.core.table, columns: remit.frame.column[], keys?: string[], about?: remit.frame.about|fun(): remit.frame.about }
---@return remit.frame
function frame.new(spec)
  for _, column in ipairs(spec.columns) do
    if not column.checked then
      check_column(spec.table, column)
      column.title, column.checked = column.title or caption.column(column), true
    end
  end
  local self <const> = setmetatable({}, meta)
  inside.fill(self, { table = spec.table, columns = spec.columns, keys = spec.keys or {}, said = spec.about or {} })
  return self
end

local function count_rows(spec)
  local count = math.max(spec.rows or 0, spec.levels and #spec.levels or 0)
  for _, column in ipairs(spec.columns) do
    for row in pairs(column.values) do
      count = math.type(row) == "integer" and math.max(count, row) or count
    end
  end
  return count
end

---A frame from plain Lua values: labels, "2026-04" months, numbers of pounds and WTE; nil, false and remit.none are no value. Numbers
---are rounded half to even to what their display keeps (money to pence). `levels` marks totals, as a pivot does.
---@param spec { columns: table[], keys?: string[], about?: remit.frame.about, rows?: integer, levels?: integer[] }
---@return remit.frame
function frame.from(spec)
  local count <const> = count_rows(spec)
  local made <const>, columns <const> = core.table.new(count), {}
  for c, column in ipairs(spec.columns) do
    made:add(column.name, values.column(column.values, count, column))
    columns[c] = inside.like(column)
  end
  if spec.levels then
    made:add(inside.LEVEL, core.column.ints(spec.levels, "count"))
  end
  return frame.new { table = made, columns = columns, keys = spec.keys, about = spec.about }
end

---What tells a row of a result from others of the same keys, its level among them; for the toolkit's own use.
---@param result remit.frame
---@param by string[]
---@param row integer
---@return string
function frame.row_key(result, by, row)
  local key <const> = { tostring(levels.at(inside.state(result), row)) }
  for index, name in ipairs(by) do
    key[index + 1] = tostring(result:get(row, name))
  end
  return table.concat(key, "\0")
end

---What is inside a frame, for the toolkit's own use; nil for anything else. Not to be changed.
---@param value any
---@return remit.frame.state?
frame.inside = inside.state

---@return integer rows, totals included
function meta:__len()
  return inside.of(self, "rows()").count
end

---@return string
function meta:__tostring()
  return write.text(inside.of(self, "text()"))
end

---The rows one by one, as plain tables: labels, months as "2026-04", pounds and WTE as numbers, remit.none for no value. Frames with
---totals also give how many keys a row has set: `level` (0: the grand total, -1: the others), or "#level" where a column is called level.
---
---    for row in frame:rows() do print(row.fn, row.cost) end
---@return fun(): table<string, any>?
function methods:rows()
  local state <const> = inside.of(self, "rows()")
  local row = 0
  return function()
    row = row + 1
    return row <= state.count and inside.row(state, row) or nil
  end
end

---The names of the columns, as `get`, `where` and `sort` want them.
---@return string[] names in the order shown
function methods:columns()
  return plain.names(inside.of(self, "columns()").columns)
end

local function row_number(state, row)
  local number <const> = math.tointeger(row)
  if not number or number < 1 or number > state.count then
    fault.raise { code = "not found", message = ("the frame has rows 1 to %d, not %s"):format(state.count, tostring(row)) }
  end
  return number
end

-- A label wins over what another is called, and both over a total of the same name.
local function find_row(state, label)
  local key <const> = state.by_name[state.keys[1]]
  local level_of <const> = { Total = 0, ["(others)"] = -1 }
  local total, called
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    local value <const> = level == 1 and values.plain(state, key, row)
    if value and (value == label or (value == none and label == "(none)")) then
      return row
    elseif value and key.called and key.called[value] == label then
      called = called or row
    elseif level == level_of[label] then
      total = row
    end
  end
  return called or total
end

local function row_labelled(state, label)
  if #state.keys ~= 1 then
    fault.raise { message = ("this frame has %d keys: give the number of the row, not '%s'"):format(#state.keys, tostring(label)) }
  end
  local row <const> = find_row(state, label)
  if row then
    return row
  end
  local near <const> = fault.suggest(tostring(label), write.texts(state, state.by_name[state.keys[1]]))
  fault.raise { code = "not found",
    message = ("no row '%s' in '%s'.%s"):format(tostring(label), state.keys[1], near and " " .. near or "") }
end

---One value. `row` is a number, or in a frame with one key its label ("grow", "Total", "(others)", "(none)" or remit.none), or what it shows of it.
---@param row integer|string|remit.none
---@param column string
---@return number|string|remit.none
function methods:get(row, column)
  local state <const> = inside.of(self, "get(row, column)")
  local found <const> = inside.column(state, column)
  return values.plain(state, found, type(row) == "number" and row_number(state, row) or row_labelled(state, row))
end

return frame
