-- SPDX-License-Identifier: Apache-2.0
-- What is inside a frame, and how its methods find columns and rows there. Frames themselves are empty tables, so that a script can neither reach nor
-- alter anything by accident.

local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local values <const> = require "remit.frame.values"

local inside <const> = {}

---The column of a table that tells totals apart, and the one that says which rows' figures are withheld.
inside.LEVEL, inside.HIDDEN = "#level", "#hidden"

---@class remit.frame.column
---@field name string
---@field display remit.display
---@field title? string default: the measure, or else the name, with its unit, and the rest
---@field measure? string that it shows, where its name is another
---@field rest? string of its heading
---@field sign? boolean "+" before figures above zero: a column of differences
---@field follows? boolean a text worked out from its row's figures: withheld where they are
---@field open? boolean of withheld rows too, its figures are shown where there are any
---@field words? string[] of a text of `frame.from`: all that it may be
---@field dimension? string whose members its labels are, where its name does not say so
---@field each? boolean its texts are lists of such labels: "quality, send"
---@field called? table<string, string> what readers see in the place of its texts
---@field checked? boolean its unit was found to be that of its display

---@class remit.frame.about
---@field title? string
---@field shows? remit.frame.shows what the title is composed from
---@field unit? string
---@field basis? string
---@field price_base? string
---@field at? string a month
---@field to? string the last of several from `at` on
---@field scenario? string
---@field model? string|fun(): string? the short hash, asked for only when the frame is written
---@field notes? string[]

---@class remit.frame.state
---@field table remit.core.table
---@field count integer rows, totals included
---@field columns remit.frame.column[]
---@field by_name table<string, remit.frame.column>
---@field keys string[]
---@field key_of table<string, integer> where a name stands among the keys
---@field said remit.frame.about|fun(): remit.frame.about
---@field level remit.core.column|false
---@field hidden remit.core.column|false which rows' figures are withheld
---@field about remit.frame.about

---@type table<remit.frame, remit.frame.state>
local states <const> = setmetatable({}, { __mode = "k" })

local function copy_about(about)
  local fresh <const> = {}
  for _, name in ipairs { "title", "shows", "unit", "basis", "price_base", "at", "to", "scenario", "model" } do
    fresh[name] = about[name]
  end
  fresh.notes = table.move(about.notes or {}, 1, #(about.notes or {}), 1, {})
  return fresh
end

-- What a frame finds out when it is first asked for.
local found_later <const> = {
  count = function(state)
    return state.table:rows()
  end,
  by_name = function(state)
    local by_name <const> = {}
    for _, column in ipairs(state.columns) do
      by_name[column.name] = column
    end
    return by_name
  end,
  key_of = function(state)
    local key_of <const> = {}
    for k, key in ipairs(state.keys) do
      assert(state.by_name[key], "a key is a column")
      key_of[key] = k
    end
    return key_of
  end,
  about = function(state)
    return copy_about(type(state.said) == "function" and state.said() or state.said)
  end,
  level = function(state)
    return state.table:column(inside.LEVEL) or false
  end,
  hidden = function(state)
    return state.table:column(inside.HIDDEN) or false
  end,
}

local state_meta <const> = { __index = function(state, field)
  local find <const> = found_later[field]
  if find then
    state[field] = find(state)
    return state[field]
  end
end }

---Gives a frame what is inside it.
---@param frame remit.frame
---@param state table what new finds: the rest comes when it is first asked for
function inside.fill(frame, state)
  states[frame] = setmetatable(state, state_meta)
end

---@param value any
---@return remit.frame.state? nil for what is no frame
function inside.state(value)
  return states[value]
end

---@param self any what a method was called on
---@param method string as the message has it: "get(row, column)"
---@return remit.frame.state
function inside.of(self, method)
  local state <const> = states[self]
  if state == nil then
    fault.raise { message = ("call it on a frame, with a colon: frame:%s"):format(method) }
  end
  return state
end

local OF_COLUMN <const> = { "name", "display", "title", "measure", "rest", "sign", "follows", "open", "words", "dimension", "each", "called" }

---A column that says of itself what another does, and some of it otherwise.
---@param column table
---@param changed? table
---@return remit.frame.column
function inside.like(column, changed)
  local fresh <const> = {}
  for _, field in ipairs(OF_COLUMN) do
    fresh[field] = column[field]
    if changed and changed[field] ~= nil then
      fresh[field] = changed[field]
    end
  end
  return fresh
end

---What is said of a frame, with a further note.
---@param about remit.frame.about
---@param note string
---@return remit.frame.about
function inside.noted(about, note)
  local fresh <const> = copy_about(about)
  table.insert(fresh.notes, note)
  return fresh
end

---The column of a name; one that there is none of is refused.
---@param state remit.frame.state
---@param name string
---@return remit.frame.column
function inside.column(state, name)
  local column <const> = state.by_name[name]
  if column == nil then
    local names <const> = plain.names(state.columns)
    local near <const> = type(name) == "string" and fault.suggest(name, names)
    fault.raise { code = "not found", message = ("the frame has no column '%s'.%s"):format(tostring(name), near and " " .. near or ""),
      hints = { "Columns: " .. table.concat(names, ", ") } }
  end
  return column
end

---A row as scripts have it.
---@param state remit.frame.state
---@param row integer
---@return table<string, any>
function inside.row(state, row)
  local plain_row <const> = {}
  if state.level then
    plain_row.level = state.level:get(row)
    plain_row[inside.LEVEL] = plain_row.level
  end
  for _, column in ipairs(state.columns) do
    plain_row[column.name] = values.plain(state, column, row)
  end
  return plain_row
end

return inside
