-- SPDX-License-Identifier: Apache-2.0
-- A small CSV file that people keep in a spreadsheet: headings, and rows with their numbers. Rows and columns without anything in them are left out.

local carried <const> = require "remit.carried"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local sheet <const> = {}

---@class remit.sheet
---@field path string
---@field headings { text: string, column: integer }[]
---@field rows { row: integer, cells: table<integer, string> }[] cells by column, trimmed, without empty ones

---Without the spaces around it, those that a web page or a spreadsheet puts there too.
---@param text string
---@return string
function sheet.trim(text)
  local before
  repeat
    before = text
    text = text:gsub("^%s+", ""):gsub("%s+$", ""):gsub("^\u{a0}", ""):gsub("\u{a0}$", "")
  until text == before
  return text
end

local function without_name(message, name)
  local prefix <const> = name .. ": "
  return message:sub(1, #prefix) == prefix and message:sub(#prefix + 1) or message
end

---Each record of a CSV file or text in order, empty ones too.
---@param source { path?: string, text?: string, delimiter?: string, encoding?: string }
---@param name string what messages call it, which this one leaves out
---@param visit fun(fields: string[], row: integer)
---@return string? problem why it cannot be read to its end
function sheet.each(source, name, visit)
  local iterator <const>, refusal <const> = core.csv.records(source)
  if not iterator then
    return without_name(refusal, name)
  end
  while true do
    local ok <const>, fields <const>, row <const> = pcall(iterator)
    if not ok then
      return without_name(fields, name)
    elseif not fields then
      return nil
    end
    visit(fields, row)
  end
end

local function records_of(path)
  local inside <const>, list <const> = carried.at(path), {}
  local problem <const> = sheet.each(inside and { text = inside } or { path = path }, path, function(fields, row)
    local cells <const>, filled = {}, false
    for column, text in ipairs(fields) do
      local cell <const> = sheet.trim(text)
      cells[column] = cell ~= "" and cell or nil
      filled = filled or cell ~= ""
    end
    if filled then
      list[#list + 1] = { row = row, cells = cells, width = #fields }
    end
  end)
  if problem then
    fault.raise { code = "sheet", message = ("%s: %s"):format(path, problem),
      hints = { problem:find "UTF%-8" and 'in Excel, save it as "CSV UTF-8 (Comma delimited)"' or nil } }
  end
  return list
end

local function headings_of(path, first)
  local headings <const>, seen <const> = {}, {}
  for column = 1, first.width do
    local text <const> = first.cells[column]
    local folded <const> = text and (core.text.fold(text) or text)
    if folded and seen[folded] then
      fault.raise { code = "sheet", message = ("%s: column '%s' stands there twice"):format(path, text) }
    elseif folded then
      seen[folded] = true
      headings[#headings + 1] = { text = text, column = column }
    end
  end
  if #headings == 1 and headings[1].text:find "[;\t]" then
    fault.raise { code = "sheet", message = ("%s: one column only: its cells are not separated by commas"):format(path),
      hints = { 'in Excel, save it as "CSV UTF-8 (Comma delimited)"' } }
  end
  return headings
end

-- A cell under no heading is a slip, not a remark: nobody would read it.
local function check_widths(path, headings, records)
  local headed <const> = {}
  for _, heading in ipairs(headings) do
    headed[heading.column] = true
  end
  for index = 2, #records do
    for column = 1, records[index].width do
      if records[index].cells[column] and not headed[column] then
        fault.raise { code = "sheet", message = ("%s:%d: '%s' stands in column %d, which has no heading"):format(path, records[index].row,
          records[index].cells[column], column), hints = { 'a text with a comma in it needs quotes around it: "a, b"' } }
      end
    end
  end
end

---Reads one.
---@param path string
---@return remit.sheet
function sheet.read(path)
  local records <const> = records_of(path)
  if #records == 0 then
    fault.raise { code = "sheet", message = path .. " is empty" }
  end
  local headings <const> = headings_of(path, records[1])
  check_widths(path, headings, records)
  return { path = path, headings = headings, rows = table.move(records, 2, #records, 1, {}) }
end

---The rows of a small CSV file, each by its headings.
---@param path string
---@return table<string, string>[]
function sheet.records(path)
  local read <const>, list <const> = sheet.read(path), {}
  for index, record in ipairs(read.rows) do
    list[index] = {}
    for _, heading in ipairs(read.headings) do
      list[index][heading.text] = record.cells[heading.column]
    end
  end
  return list
end

---"rules.csv:4": as messages name a row.
---@param read remit.sheet
---@param row integer
---@return string
function sheet.where(read, row)
  return ("%s:%d"):format(read.path, row)
end

local SIDE <const> = 60 -- bytes of a long cell that a message shows before the one that is meant, and after it

-- What is shown of a cell, and where in that its byte `at` stands; no character is cut.
local function excerpt(cell, at)
  if #cell <= 2 * SIDE then
    return cell, at
  end
  local from, to = math.max(1, at - SIDE), math.min(#cell, at + SIDE)
  while from > 1 and cell:byte(from) & 0xC0 == 0x80 do
    from = from - 1
  end
  while to < #cell and cell:byte(to + 1) & 0xC0 == 0x80 do
    to = to + 1
  end
  local before <const> = from > 1 and "..." or ""
  return before .. cell:sub(from, to) .. (to < #cell and "..." or ""), at - from + 1 + #before
end

---Raises what is wrong with a file's cells, all of it at once: where, the cell itself and a caret under the byte that is meant.
---@param what string what cannot be used: "rules.csv"
---@param list { where: string, column?: string, message: string, cell?: string, at?: integer, hints?: string[] }[]
---@param code string
function sheet.raise(what, list, code)
  local hints <const> = {}
  local function shown(problem, indent)
    if problem.cell and problem.cell ~= "" and (problem.at or 0) > 0 then
      local cell <const>, at <const> = excerpt(problem.cell, problem.at)
      hints[#hints + 1] = indent .. cell
      hints[#hints + 1] = indent .. (" "):rep(core.text.width(cell:sub(1, at - 1))) .. "^"
    end
  end
  local function text(problem)
    return ("%s%s: %s"):format(problem.where, problem.column and (", column '%s'"):format(problem.column) or "", problem.message)
  end
  if #list == 1 then
    shown(list[1], "")
    for _, hint in ipairs(list[1].hints or {}) do
      hints[#hints + 1] = hint
    end
    fault.raise { code = code, message = text(list[1]), hints = hints, at = list[1].at, list = list }
  end
  for index = 1, math.min(#list, sheet.SHOWN) do
    hints[#hints + 1] = text(list[index])
    shown(list[index], "  ")
  end
  if #list > sheet.SHOWN then
    hints[#hints + 1] = ("... and %d more"):format(#list - sheet.SHOWN)
  end
  fault.raise { code = code, message = ("%d problems in %s"):format(#list, what), hints = hints, list = list }
end

---Problems that a message shows; the others are counted.
sheet.SHOWN = 50

return sheet
