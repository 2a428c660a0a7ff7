-- SPDX-License-Identifier: Apache-2.0
-- A frame as text: for a terminal, as CSV, JSON and Markdown, and as bars. Nothing here depends on the order of `pairs`.

local core <const> = require "remit.core"
local levels <const> = require "remit.frame.levels"
local show <const> = require "remit.show"

local write <const> = {}

---The format of the JSON, raised when its meaning changes.
write.FORMAT = 1

---The column that says which rows' figures are withheld, and what stands in their place.
write.HIDDEN = "#hidden"
local WITHHELD <const> = "[c]"

---@param state remit.frame.state
---@param column remit.frame.column
---@return (string|integer|false)[] values the core's, false for none
function write.values(state, column)
  local source <const> = state.table:column(column.name)
  local values <const> = {}
  for row = 1, state.count do
    values[row] = source:get(row) or false
  end
  return values
end

-- What stands in a key column: the label, or which total it is.
local function key_texts(state, column, k)
  local texts <const> = show.column(write.values(state, column), column.display)
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    local label <const> = texts[row] ~= "" and texts[row] or "(none)"
    if level == #state.keys or k < level then
      texts[row] = label
    elseif k == level then
      texts[row] = "Total " .. label
    else
      texts[row] = k == 1 and (level == 0 and "Total" or "(others)") or ""
    end
  end
  return texts
end

-- Parts as shown add up to the total as shown.
local function allotted_texts(state, column)
  local values <const> = write.values(state, column)
  local scale <const> = show.scale(column.display, values)
  local texts <const> = {}
  for row, units in ipairs(levels.rounded(state, values, scale.per)) do
    texts[row] = units and show.units(units, scale, column.sign) or ""
  end
  return texts
end

-- Whether a figure is withheld.
local function is_hidden(state, column, row)
  return state.hidden and state.hidden:get(row) == 1 and show.is_figure(column.display) and not state.key_of[column.name]
    and column.name ~= "#level"
end

local function figure_texts(state, column)
  if show.adds_up(column.display) and levels.has_totals(state) then
    return allotted_texts(state, column)
  end
  return show.column(write.values(state, column), column.display, { sign = column.sign })
end

---The cells of a column as shown, a text a row.
---@param state remit.frame.state
---@param column remit.frame.column
---@return string[]
function write.texts(state, column)
  local k <const> = state.key_of[column.name]
  if k then
    return key_texts(state, column, k)
  end
  local texts <const> = figure_texts(state, column)
  for row = 1, state.hidden and state.count or 0 do
    texts[row] = is_hidden(state, column, row) and WITHHELD or texts[row]
  end
  return texts
end

local function cells_of(state)
  local rows <const> = {}
  for row = 1, state.count do
    rows[row] = {}
  end
  for c, column in ipairs(state.columns) do
    for row, text in ipairs(write.texts(state, column)) do
      rows[row][c] = text
    end
  end
  return rows
end

-- A line stands after each run of subtotals and before the grand total.
local function rules_of(state)
  local function subtotal(row)
    local level <const> = levels.at(state, row)
    return level > 0 and level < #state.keys
  end
  local rules <const> = {}
  for row = 1, state.count - 1 do
    local next_level <const> = levels.at(state, row + 1)
    if (next_level == 0 and #state.keys > 0) or (subtotal(row) and not subtotal(row + 1)) then
      rules[#rules + 1] = row
    end
  end
  return rules
end

local function model_of(about)
  local model = about.model
  if type(model) == "function" then
    model = model()
  end
  return model
end

---What is said of the figures: unit, basis, prices and month; then scenario and model.
---@param about remit.frame.about
---@param with_model? boolean
---@return string[]
function write.basis(about, with_model)
  local figures <const>, parts <const> = {}, {}
  figures[#figures + 1] = about.unit
  figures[#figures + 1] = about.basis
  figures[#figures + 1] = about.price_base
  figures[#figures + 1] = about.at and (about.to and about.to ~= about.at and about.at .. " to " .. about.to or "as at " .. about.at)
  parts[#parts + 1] = #figures > 0 and table.concat(figures, ", ") or nil
  parts[#parts + 1] = about.scenario
  local model <const> = with_model and model_of(about)
  parts[#parts + 1] = model and "model " .. model or nil
  return parts
end

local CAPTION_WIDTH <const> = 120

local function caption(about)
  local lines <const> = { about.title }
  local basis <const> = table.concat(write.basis(about, true), "   ")
  if about.title and #about.title + #basis + 3 <= CAPTION_WIDTH and basis ~= "" then
    lines[1] = about.title .. "   " .. basis
  elseif basis ~= "" then
    lines[#lines + 1] = basis
  end
  return lines
end

local function head(rows, rules, max)
  local kept <const>, kept_rules <const> = table.move(rows, 1, math.min(max, #rows), 1, {}), {}
  for _, rule in ipairs(rules) do
    kept_rules[#kept_rules + 1] = rule < max and rule or nil
  end
  return kept, kept_rules
end

local function add_words(lines, text, width)
  for _, line in ipairs(show.wrap(show.safe(text), width)) do
    lines[#lines + 1] = line
  end
end

local function with_caption(about, body, width)
  local lines <const> = {}
  for _, line in ipairs(caption(about)) do
    add_words(lines, line, width)
  end
  table.move(body, 1, #body, #lines + 1, lines)
  for _, note in ipairs(about.notes) do
    add_words(lines, note, width)
  end
  return table.concat(lines, "\n")
end

---A text under the frame's caption and above its notes.
---@param state remit.frame.state
---@param text string
---@return string
function write.captioned(state, text)
  return with_caption(state.about, { text })
end

---What is said of the figures, without the figures: what goes beside a CSV file, which has no place for it.
---@param state remit.frame.state
---@return string
function write.about(state)
  return with_caption(state.about, {}) .. "\n"
end

-- fast path: of a long frame without totals, only the rows to be shown are looked at.
local function shortened(state, max)
  if max >= state.count or levels.has_totals(state) then
    return state
  end
  local rows <const> = {}
  for row = 1, max do
    rows[row] = row
  end
  return setmetatable({ table = state.table:take(rows), count = max, level = false }, { __index = state })
end

-- How many columns come again where a table is folded: the keys, or what a row begins with.
local function repeated(state)
  local count = #state.keys == 0 and #state.columns > 1 and 1 or 0
  while count < #state.columns and state.key_of[state.columns[count + 1].name] do
    count = count + 1
  end
  return count
end

local function more_rows(count)
  return ("... %s more row%s"):format(core.number.print(count, 0, true), count == 1 and "" or "s")
end

---For a terminal: caption, table, notes; no newline at the end.
---@param state remit.frame.state
---@param options? { ascii?: boolean, max_rows?: integer, width?: integer }
---@return string
function write.text(state, options)
  local given <const> = options or {}
  local max <const> = math.max(given.max_rows or math.maxinteger, 0)
  local part <const> = shortened(state, max)
  local columns <const> = {}
  for c, column in ipairs(state.columns) do
    columns[c] = { title = column.title, align = show.is_figure(column.display) and "right" or "left" }
  end
  local rows <const>, rules <const> = head(cells_of(part), rules_of(part), max)
  local body <const> = { show.table { columns = columns, rows = rows, rules = rules, ascii = given.ascii, width = given.width,
    keys = repeated(part) } }
  body[2] = #rows < state.count and more_rows(state.count - #rows) or nil
  return with_caption(state.about, body, given.width)
end

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
      columns[#columns + 1] = { name = "#level", title = "#level", display = "count" }
      break
    end
  end
  return columns
end

local function records(state, columns, write_value, withheld)
  local rows <const> = {}
  for row = 1, state.count do
    rows[row] = {}
  end
  for c, column in ipairs(columns) do
    for row, value in ipairs(write.values(state, column)) do
      rows[row][c] = is_hidden(state, column, row) and withheld or write_value(value, column)
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
function write.csv(state)
  local columns <const>, names <const> = written_columns(state), {}
  for c, column in ipairs(columns) do
    names[c] = csv_field(column.name)
  end
  local lines <const> = { table.concat(names, ",") }
  for _, record in ipairs(records(state, columns, csv_value, WITHHELD)) do
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
  local model <const> = model_of(about)
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
function write.json(state)
  local columns <const> = written_columns(state)
  local heads <const>, rows <const> = {}, records(state, columns, json_value, json_text(WITHHELD))
  for c, column in ipairs(columns) do
    heads[c] = json_column(state, column)
  end
  for r, row in ipairs(rows) do
    rows[r] = "[" .. table.concat(row, ",") .. "]"
  end
  return ('{"format":%d,\n"about":%s,\n"columns":[%s],\n"rows":[%s]}\n'):format(write.FORMAT, json_about(state.about),
    table.concat(heads, ",\n"), #rows > 0 and "\n" .. table.concat(rows, ",\n") .. "\n" or "")
end

---A text as Markdown that shows it. Backslashes before ASCII punctuation are Markdown's own escape; the last lines keep bare addresses from
---becoming links.
---@param text string
---@return string
function write.markdown_text(text)
  return (show.safe(text):gsub("[\\|`*_%[%]<>~#$]", "\\%0"):gsub("&", "&amp;")
    :gsub("://", "\\://"):gsub("@", "\\@"):gsub("([wW][wW][wW])%.", "%1\\."))
end

local function markdown_line(cells)
  local escaped <const> = {}
  for c, cell in ipairs(cells) do
    escaped[c] = write.markdown_text(cell)
  end
  return "| " .. table.concat(escaped, " | ") .. " |"
end

---@param state remit.frame.state
---@return string
function write.markdown(state)
  local about <const>, lines <const> = state.about, {}
  if about.title then
    lines[#lines + 1] = "**" .. write.markdown_text(about.title) .. "**\n"
  end
  local basis <const> = table.concat(write.basis(about, true), "; ")
  lines[#lines + 1] = basis ~= "" and write.markdown_text(basis) .. "\n" or nil
  local titles <const>, aligns <const> = {}, {}
  for c, column in ipairs(state.columns) do
    titles[c], aligns[c] = column.title, show.is_figure(column.display) and "---:" or "---"
  end
  lines[#lines + 1] = markdown_line(titles)
  lines[#lines + 1] = "| " .. table.concat(aligns, " | ") .. " |"
  for _, cells in ipairs(cells_of(state)) do
    lines[#lines + 1] = markdown_line(cells)
  end
  for _, note in ipairs(about.notes) do
    lines[#lines + 1] = "\n" .. write.markdown_text(note)
  end
  return table.concat(lines, "\n") .. "\n"
end

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
function write.bars(state, column, options)
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
  return with_caption(state.about, { show.table { columns = columns, rows = cells, ascii = options.ascii } })
end

return write
