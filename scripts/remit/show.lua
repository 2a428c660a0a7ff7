-- SPDX-License-Identifier: Apache-2.0
-- Figures and text tables as people read them. A display says what an integer of the core means and how it is written:
--
--   show.number(123456789, "£m")                 --> "1.235"
--   show.number(-699300000, "£m", { sign = true })  --> "-6.993"

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local safe <const> = require "remit.safe"

local show <const> = { safe = safe, width = core.text.width }

---@alias remit.display "£"|"£p"|"£m"|"£/head"|"WTE"|"count"|"%"|"month"|"number"|"text"

---Every display, in the order in which help lists them.
---@type remit.display[]
show.displays = { "£", "£p", "£m", "£/head", "WTE", "count", "%", "month", "number", "text" }

-- `per` core units are one unit of the last digit shown.
local displays <const> = {
  ["£"] = { unit = "pence", per = 100, decimals = 0, stored = 2, titled = "£", summed = true },
  ["£p"] = { unit = "pence", per = 1, decimals = 2, stored = 2, titled = "£" },
  ["£m"] = { unit = "pence", per = 100000, decimals = 3, stored = 2, titled = "£m", summed = true },
  ["£/head"] = { unit = "pence", per = 1, decimals = 2, stored = 2, titled = "£/head" },
  WTE = { unit = "micro", per = 10000, decimals = 2, stored = 6, fewest = 1, exact = true, titled = "WTE" },
  count = { unit = "count", per = 1, decimals = 0, stored = 0 },
  ["%"] = { unit = "micro", per = 1000, decimals = 1, stored = 6, suffix = "%" },
  month = { unit = "month" },
  number = { unit = "micro", per = 1000, decimals = 3, stored = 6, fewest = 0 },
  text = { unit = "code" },
}

setmetatable(displays, { __index = function(_, name)
  local near <const> = fault.suggest(tostring(name), show.displays)
  fault.raise { message = ("no display '%s'.%s"):format(tostring(name), near and " " .. near or ""),
    hints = { "Displays: " .. table.concat(show.displays, ", ") } }
end })

---The unit in which the core keeps figures of this display.
---@param display remit.display
---@return remit.unit
function show.unit(display)
  return displays[display].unit
end

---Whether figures are shown, and not texts or months.
---@param display remit.display
---@return boolean
function show.is_figure(display)
  local unit <const> = show.unit(display)
  return unit ~= "code" and unit ~= "month"
end

---Decimals of the core's integers of this display (pence 2, micro 6); nil for months and text.
---@param display remit.display
---@return integer?
function show.stored_decimals(display)
  return displays[display].stored
end

---Whether rounding must keep a column's parts adding up to its total.
---@param display remit.display
---@return boolean
function show.adds_up(display)
  return displays[display].summed or false
end

local function rounded(value, per)
  return per == 1 and value or fault.check(core.number.scale(value, 1, per))
end

local function divides(values, divisor)
  for i = 1, values.n or #values do
    if values[i] and values[i] % divisor ~= 0 then
      return false
    end
  end
  return true
end

---How a column of figures is written: WTE with one decimal when that is exact for all, else two; plain numbers with as many of three
---decimals as one of them needs.
---@param display remit.display
---@param values (integer|false|nil)[] nil or false is no value; `n` gives the length when the last may be nil
---@return { per: integer, decimals: integer, suffix: string }
function show.scale(display, values)
  local found <const> = displays[display]
  local per, decimals = found.per, found.decimals
  local checked = values
  if found.fewest and not found.exact then
    checked = { n = values.n or #values }
    for i = 1, checked.n do
      checked[i] = values[i] and rounded(values[i], per) * per
    end
  end
  while found.fewest and decimals > found.fewest and divides(checked, per * 10) do
    per, decimals = per * 10, decimals - 1
  end
  return { per = per, decimals = decimals, suffix = found.suffix or "" }
end

---A figure already in units of the last digit shown.
---@param units integer
---@param scale { decimals: integer, suffix: string }
---@param sign? boolean "+" before what is above zero
---@return string
function show.units(units, scale, sign)
  return (sign and units > 0 and "+" or "") .. core.number.print(units, scale.decimals, true) .. scale.suffix
end

---The texts of a column; "" for no value.
---@param values (integer|string|false|nil)[] integers of the core, labels for "text"; `n` as in show.scale
---@param display remit.display
---@param options? { sign?: boolean }
---@return string[]
function show.column(values, display, options)
  local unit <const> = show.unit(display)
  local scale <const> = show.is_figure(display) and show.scale(display, values)
  local texts <const> = {}
  for i = 1, values.n or #values do
    local value <const> = values[i]
    if value == nil or value == false then
      texts[i] = ""
    elseif scale then
      texts[i] = show.units(rounded(value, scale.per), scale, options and options.sign)
    else
      texts[i] = unit == "month" and core.calendar.month_text(value) or safe(value)
    end
  end
  return texts
end

---@param value integer|string|false|nil
---@param display remit.display
---@param options? { sign?: boolean }
---@return string
function show.number(value, display, options)
  return show.column({ value, n = 1 }, display, options)[1]
end

---Pounds inside a sentence, the sign before them: "-£58,403"; whole ones without `display`.
---@param pence integer
---@param display? remit.display "£p" with the pence
---@return string
function show.money(pence, display)
  return (show.number(pence, display or "£"):gsub("^-?", "%0£"))
end

---A share of a whole as people write it, with no more digits than it has: "12.5%".
---@param share integer
---@param decimals? integer of its per cent: 4, for millionths, without it
---@return string
function show.share(share, decimals)
  return (core.number.print(share, decimals or 4):gsub("0+$", ""):gsub("%.$", "")) .. "%"
end

---"1 line", "1,234 lines".
---@param count integer
---@param one string
---@return string
function show.counted(count, one)
  return ("%s %s%s"):format(core.number.print(count, 0, true), one, count == 1 and "" or "s")
end

---A column's heading: its name with the unit, unless the cells or the name already say it.
---@param name string
---@param display remit.display
---@return string
function show.title(name, display)
  local unit <const> = displays[display].titled
  if unit == nil then
    return name
  elseif name:lower() == unit:lower() then
    return unit
  end
  return name .. " " .. unit
end

---@param text string
---@param width integer
---@param align? "left"|"right"
---@return string
function show.pad(text, width, align)
  local space <const> = (" "):rep(width - show.width(text))
  return align == "right" and space .. text or text .. space
end

local function line_of(cells, columns, widths)
  local parts <const> = {}
  for c, column in ipairs(columns) do
    parts[c] = show.pad(safe(cells[c]), widths[c], column.align)
  end
  return (table.concat(parts, "  "):gsub(" +$", ""))
end

-- The lines of a row: one, unless a text is wider than its column.
local function add_row(lines, row, columns, widths)
  local parts <const>, most = {}, 1
  for c = 1, #columns do
    parts[c] = show.wrap(safe(row[c]), widths[c])
    most = math.max(most, #parts[c])
  end
  for at = 1, most do
    local cells <const> = {}
    for c = 1, #columns do
      cells[c] = parts[c][at] or ""
    end
    lines[#lines + 1] = line_of(cells, columns, widths)
  end
end

local function widths_of(spec)
  local widths <const> = {}
  for c, column in ipairs(spec.columns) do
    widths[c] = show.width(safe(column.title))
    for _, row in ipairs(spec.rows) do
      widths[c] = math.max(widths[c], show.width(safe(row[c])))
    end
  end
  return widths
end

---The lines of a text that is broken at its spaces; a word that is longer than the width stays whole.
---@param text string
---@param width? integer nil: one line
---@return string[]
function show.wrap(text, width)
  if not width or show.width(text) <= width then
    return { text }
  end
  local indent <const> = text:match "^%s*"
  local lines <const>, line = {}, nil
  for space, word in text:gmatch "(%s*)(%S+)" do
    if line and show.width(line .. space .. word) > width then
      lines[#lines + 1], line = line, indent .. word
    else
      line = (line or "") .. space .. word
    end
  end
  lines[#lines + 1] = line
  return lines
end

-- The columns in groups that are each no wider than the table may be. The first `keys` come again in each.
local function folded(widths, keys, width)
  local groups <const>, taken = {}, math.huge
  local begun = 0
  for c = 1, keys do
    begun = begun + widths[c] + 2
  end
  for c = keys + 1, #widths do
    if taken + widths[c] > width then
      groups[#groups + 1] = {}
      for key = 1, keys do
        table.insert(groups[#groups], key)
      end
      taken = begun
    end
    table.insert(groups[#groups], c)
    taken = taken + widths[c] + 2
  end
  return groups
end

local function picked(list, group)
  local items <const> = {}
  for index, c in ipairs(group) do
    items[index] = list[c]
  end
  return items
end

-- Where not even one column fits beside the keys: a line a value, a paragraph a row.
local function as_records(spec)
  local paragraphs <const> = {}
  for r, row in ipairs(spec.rows) do
    local lines <const> = {}
    for c, column in ipairs(spec.columns) do
      local more <const> = show.wrap(("%s: %s"):format(safe(column.title), safe(row[c])), spec.width)
      table.move(more, 1, #more, #lines + 1, lines)
    end
    paragraphs[r] = table.concat(lines, "\n")
  end
  return table.concat(paragraphs, "\n\n")
end

local aligned

local function in_groups(spec, widths)
  local parts <const> = {}
  for _, group in ipairs(folded(widths, spec.keys or 0, spec.width)) do
    local rows <const> = {}
    for r, row in ipairs(spec.rows) do
      rows[r] = picked(row, group)
    end
    parts[#parts + 1] = aligned({ columns = picked(spec.columns, group), rows = rows, rules = spec.rules, ascii = spec.ascii, broken = true },
      picked(widths, group))
  end
  return table.concat(parts, "\n\n")
end

local TEXT_LEAST <const> = 24 -- columns in which a long text may be broken

-- Whether each column fits beside the keys, once long texts are broken over several lines.
local function narrowed(spec, widths)
  local keys <const>, room = spec.keys or 0, spec.width
  for c = 1, keys do
    room = room - widths[c] - 2
  end
  for c = keys + 1, #widths do
    if widths[c] > room and (spec.columns[c].align == "right" or room < TEXT_LEAST) then
      return false
    end
    widths[c] = math.min(widths[c], room)
  end
  return #widths > keys or room >= -2
end

---An aligned text table without a newline at its end. `rules` are the rows after which a line is drawn. With a `width`, columns that would go past it
---stand in a further table below, behind the first `keys` columns again.
---@param spec { columns: { title: string, align?: "left"|"right" }[], rows: string[][], rules?: integer[], ascii?: boolean, width?: integer, keys?: integer }
---@return string
function show.table(spec)
  local widths <const> = widths_of(spec)
  local total = -2
  for _, width in ipairs(widths) do
    total = total + width + 2
  end
  if spec.width and total > spec.width and #widths > 1 then
    return narrowed(spec, widths) and in_groups(spec, widths) or as_records(spec)
  end
  return aligned(spec, widths)
end

function aligned(spec, widths)
  local total, titles, after <const> = 2 * math.max(#widths - 1, 0), {}, {}
  for c, width in ipairs(widths) do
    total = total + width
    titles[c] = spec.columns[c].title
  end
  for _, row in ipairs(spec.rules or {}) do
    after[row] = true
  end
  local rule <const> = (spec.ascii and "-" or "─"):rep(total)
  local lines <const> = { line_of(titles, spec.columns, widths), rule }
  for r, row in ipairs(spec.rows) do
    if spec.broken then
      add_row(lines, row, spec.columns, widths)
    else
      lines[#lines + 1] = line_of(row, spec.columns, widths)
    end
    lines[#lines + 1] = after[r] and rule or nil
  end
  return table.concat(lines, "\n")
end

return show
