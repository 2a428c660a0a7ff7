-- SPDX-License-Identifier: Apache-2.0
-- A frame as text for a terminal, and what other ways of writing it share: the cells as shown, and what is said of the figures.

local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local show <const> = require "remit.show"

local write <const> = {}

---What stands in the place of figures that are withheld.
write.WITHHELD = "[c]"

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

-- The same as readers want them: labels by what they are called.
local function called_values(state, column)
  local values <const> = write.values(state, column)
  for row, value in ipairs(column.called and values or {}) do
    values[row] = value and column.called[value] or value
  end
  return values
end

-- What stands in a key column: the label, or which total it is.
local function key_texts(state, column, k)
  local texts <const> = show.column(called_values(state, column), column.display)
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

---Whether a figure is withheld.
---@param state remit.frame.state
---@param column remit.frame.column
---@param row integer
---@return boolean
function write.is_hidden(state, column, row)
  if not state.hidden or state.hidden:get(row) ~= 1 or column.open and state.table:column(column.name):get(row) then
    return false
  end
  return (column.follows or show.is_figure(column.display)) and not state.key_of[column.name] and column.name ~= inside.LEVEL
end

local function figure_texts(state, column)
  if show.adds_up(column.display) and levels.has_totals(state) then
    return allotted_texts(state, column)
  end
  return show.column(called_values(state, column), column.display, { sign = column.sign })
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
    texts[row] = write.is_hidden(state, column, row) and write.WITHHELD or texts[row]
  end
  return texts
end

---The cells as shown, a list of texts a row.
---@param state remit.frame.state
---@return string[][]
function write.cells(state)
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

---The short hash of the model that the figures are of; nil where nothing says.
---@param about remit.frame.about
---@return string?
function write.model(about)
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
  local model <const> = with_model and write.model(about)
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
  local rows <const>, rules <const> = head(write.cells(part), rules_of(part), max)
  local body <const> = { show.table { columns = columns, rows = rows, rules = rules, ascii = given.ascii, width = given.width,
    keys = repeated(part) } }
  body[2] = #rows < state.count and "... " .. show.counted(state.count - #rows, "more row") or nil
  return with_caption(state.about, body, given.width)
end

return write
