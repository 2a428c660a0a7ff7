-- SPDX-License-Identifier: Apache-2.0
-- Months as sparklines: a line a group, each between its own lowest and highest figure.

local levels <const> = require "remit.frame.levels"
local show <const> = require "remit.show"
local write <const> = require "remit.frame.write"

local sparks <const> = {}

local BLOCKS <const>, DIGITS <const> = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" }, { "1", "2", "3", "4", "5", "6", "7", "8" }

---The key that holds months; nil when there is none.
---@param state remit.frame.state
---@return integer?
function sparks.month_key(state)
  for k, name in ipairs(state.keys) do
    if state.by_name[name].display == "month" then
      return k
    end
  end
end

local function label_of(texts, row, month_key)
  local parts <const> = {}
  for k in ipairs(texts) do
    parts[#parts + 1] = k ~= month_key and texts[k][row] or nil
  end
  return parts
end

-- What tells a row's group from others: a label that is written "(none)" is not no label.
local function id_of(values, row, month_key)
  local parts <const> = {}
  for k in ipairs(values) do
    parts[#parts + 1] = k ~= month_key and (values[k][row] and "=" .. values[k][row] or "none") or nil
  end
  return table.concat(parts, "\0")
end

-- The groups in order of appearance: { labels =, rows = { [month] = row } }; and the first and last month of all.
local function groups_of(state, month_key)
  local texts <const>, values <const>, groups <const>, from, to = {}, {}, {}, nil, nil
  for k, name in ipairs(state.keys) do
    texts[k], values[k] = write.texts(state, state.by_name[name]), write.values(state, state.by_name[name])
  end
  for row = 1, state.count do
    local month <const> = levels.is_detail(state, row) and values[month_key][row]
    if month then
      local labels <const>, id <const> = label_of(texts, row, month_key), id_of(values, row, month_key)
      groups[id] = groups[id] or { labels = labels, rows = {} }
      groups[#groups + 1] = not groups[id].listed and groups[id] or nil
      groups[id].listed, groups[id].rows[month] = true, row
      from, to = math.min(from or month, month), math.max(to or month, month)
    end
  end
  return groups, from, to
end

local function line(values, rows, from, to, signs)
  local lowest, highest
  for _, row in pairs(rows) do -- the least and most: order does not matter
    local value <const> = values[row]
    lowest, highest = value and math.min(lowest or value, value) or lowest, value and math.max(highest or value, value) or highest
  end
  local parts <const> = {}
  for month = from, to do
    local value <const> = rows[month] and values[rows[month]]
    local share <const> = value and highest > lowest and ((value + 0.0) - lowest) / ((highest + 0.0) - lowest) or 0
    parts[#parts + 1] = value and signs[1 + math.floor(share * 7 + 0.5)] or " "
  end
  return table.concat(parts)
end

local function edge(texts, rows, from, to, step)
  for month = from, to, step do
    if rows[month] then
      return texts[rows[month]]
    end
  end
  return ""
end

---@param state remit.frame.state
---@param column remit.frame.column
---@param options { ascii: boolean }
---@return string
function sparks.text(state, column, options)
  local month_key <const> = sparks.month_key(state)
  local groups <const>, from <const>, to <const> = groups_of(state, month_key)
  local values <const>, texts <const> = write.values(state, column), write.texts(state, column)
  local columns <const>, rows <const> = {}, {}
  for k, name in ipairs(state.keys) do
    columns[#columns + 1] = k ~= month_key and { title = state.by_name[name].title } or nil
  end
  local ends <const> = from and show.column({ from, to }, "month") or { "", "" }
  table.move({ { title = ends[1], align = "right" }, { title = column.title }, { title = ends[2], align = "right" } }, 1, 3, #columns + 1, columns)
  for r, group in ipairs(groups) do
    rows[r] = group.labels
    local spark <const> = line(values, group.rows, from, to, options.ascii and DIGITS or BLOCKS)
    table.move({ edge(texts, group.rows, from, to, 1), spark, edge(texts, group.rows, to, from, -1) }, 1, 3, #group.labels + 1, group.labels)
  end
  return write.captioned(state, show.table { columns = columns, rows = rows, ascii = options.ascii })
end

return sparks
