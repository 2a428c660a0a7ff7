-- SPDX-License-Identifier: Apache-2.0
-- A frame as bars for a terminal, a row each.

local levels <const> = require "remit.frame.levels"
local show <const> = require "remit.show"
local write <const> = require "remit.frame.write"

local bars <const> = {}

local EIGHTHS <const> = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

-- Below zero is drawn in another shade, in whole blocks.
local function bar(value, largest, width, ascii)
  local eighths <const> = largest == 0 and 0 or math.floor(math.abs(value) / largest * width * 8 + 0.5)
  local whole <const> = (ascii or value < 0) and (eighths + 4) // 8 or eighths // 8
  if ascii then
    return (value < 0 and "-" or "#"):rep(whole)
  elseif value < 0 then
    return ("░"):rep(whole)
  end
  return ("█"):rep(whole) .. (EIGHTHS[eighths % 8] or "")
end

local function label_texts(state)
  local texts <const> = {}
  for _, name in ipairs(state.keys) do
    texts[#texts + 1] = write.texts(state, state.by_name[name])
  end
  return texts
end

---A bar a row, totals left out: labels, figure, bar; no newline at the end.
---@param state remit.frame.state
---@param column remit.frame.column
---@param options { width: integer, ascii?: boolean }
---@return string
function bars.text(state, column, options)
  local values <const>, texts <const>, labels <const> = write.values(state, column), write.texts(state, column), label_texts(state)
  local rows <const>, cells <const>, columns <const> = levels.parts(state), {}, {}
  local largest = 0
  for _, row in ipairs(rows) do
    largest = math.max(largest, math.abs((values[row] or 0) + 0.0))
  end
  for k, name in ipairs(state.keys) do
    columns[k] = { title = state.by_name[name].title }
  end
  columns[#columns + 1] = { title = column.title, align = "right" }
  columns[#columns + 1] = { title = "" }
  for i, row in ipairs(rows) do
    cells[i] = {}
    for k = 1, #labels do
      cells[i][k] = labels[k][row]
    end
    table.insert(cells[i], texts[row])
    table.insert(cells[i], bar(values[row] or 0, largest, options.width, options.ascii))
  end
  return write.captioned(state, show.table { columns = columns, rows = cells, ascii = options.ascii })
end

return bars
