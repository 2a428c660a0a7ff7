-- SPDX-License-Identifier: Apache-2.0
-- A frame as CSV and as JSON: labels as they are, figures with every digit.

local core <const> = require "remit.core"
local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local show <const> = require "remit.show"
local write <const> = require "remit.frame.write"

local records <const> = {}

local FORMAT <const> = 1 -- of the JSON, raised when its meaning changes

-- A figure with nothing lost: money with two decimals, other decimals without trailing zeros.
local function plain_text(value, display)
  local unit <const> = show.unit(display)
  if unit == "month" then
    return core.calendar.month_text(value)
  elseif unit == "micro" then
    return (core.number.print(value, 6, false):gsub("0+$", ""):gsub("%.$", ""))
  end
  return core.number.print(value, show.stored_decimals(display), false)
end

local function written_columns(state)
  local columns <const> = table.move(state.columns, 1, #state.columns, 1, {})
  for row = 1, state.count do
    if not levels.is_detail(state, row) then
      columns[#columns + 1] = { name = inside.LEVEL, title = inside.LEVEL, display = "count" }
      break
    end
  end
  return columns
end

local function rows_of(state, columns, write_value, withheld)
  local rows <const> = {}
  for row = 1, state.count do
    rows[row] = {}
  end
  for c, column in ipairs(columns) do
    for row, value in ipairs(write.values(state, column)) do
      rows[row][c] = write.is_hidden(state, column, row) and withheld or write_value(value, column)
    end
  end
  return rows
end

local function csv_field(text)
  if text:find '[,"\r\n]' or text:find "^%s" or text:find "%s$" then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

local function csv_value(value, column)
  if not value then
    return ""
  end
  return csv_field(column.display == "text" and value or plain_text(value, column.display))
end

---Names, then the rows: labels as they are, figures without separators, no value as an empty field. Where there are totals, a last
---column "#level" tells them from the rest (0: grand total, -1: others).
---@param state remit.frame.state
---@return string
function records.csv(state)
  local columns <const>, names <const> = written_columns(state), {}
  for c, column in ipairs(columns) do
    names[c] = csv_field(column.name)
  end
  local lines <const> = { table.concat(names, ",") }
  for _, record in ipairs(rows_of(state, columns, csv_value, write.WITHHELD)) do
    -- An empty line would be no record at all.
    lines[#lines + 1] = #columns == 1 and record[1] == "" and '""' or table.concat(record, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

local function json_escape(character)
  return ("\\u%04x"):format(character:byte())
end

local function valid_utf8(text)
  local bad = select(2, utf8.len(text))
  while bad do
    text = text:sub(1, bad - 1) .. "\u{FFFD}" .. text:sub(bad + 1)
    bad = select(2, utf8.len(text, bad))
  end
  return text
end

local function json_text(text)
  return '"' .. valid_utf8(text):gsub('[%c"\\\127]', json_escape) .. '"'
end

local function json_value(value, column)
  if not value then
    return "null"
  elseif show.is_figure(column.display) then
    return plain_text(value, column.display)
  end
  return json_text(column.display == "text" and value or plain_text(value, column.display))
end

local function json_about(about)
  local parts <const> = {}
  for _, name in ipairs { "title", "unit", "basis", "price_base", "at", "to", "scenario" } do
    parts[#parts + 1] = about[name] and json_text(name) .. ":" .. json_text(about[name]) or nil
  end
  local model <const> = write.model(about)
  parts[#parts + 1] = model and '"model":' .. json_text(model) or nil
  local notes <const> = {}
  for i, note in ipairs(about.notes) do
    notes[i] = json_text(note)
  end
  parts[#parts + 1] = '"notes":[' .. table.concat(notes, ",") .. "]"
  return "{" .. table.concat(parts, ",") .. "}"
end

-- The unit of the number in the file, not of the core's integer.
local written_units <const> = { pence = "pounds", month = "month", code = "text", count = "count" }

local function json_column(state, column)
  local unit <const> = written_units[show.unit(column.display)] or (column.display == "WTE" and "WTE" or "number")
  return ('{"name":%s,"title":%s,"display":%s,"unit":%s,"key":%s}'):format(json_text(column.name), json_text(column.title),
    json_text(column.display), json_text(unit), state.key_of[column.name] and "true" or "false")
end

---One object; numbers keep every digit, rows are arrays in column order, keys stand in a fixed order.
---@param state remit.frame.state
---@return string
function records.json(state)
  local columns <const> = written_columns(state)
  local heads <const>, rows <const> = {}, rows_of(state, columns, json_value, json_text(write.WITHHELD))
  for c, column in ipairs(columns) do
    heads[c] = json_column(state, column)
  end
  for r, row in ipairs(rows) do
    rows[r] = "[" .. table.concat(row, ",") .. "]"
  end
  return ('{"format":%d,\n"about":%s,\n"columns":[%s],\n"rows":[%s]}\n'):format(FORMAT, json_about(state.about),
    table.concat(heads, ",\n"), #rows > 0 and "\n" .. table.concat(rows, ",\n") .. "\n" or "")
end

return records
