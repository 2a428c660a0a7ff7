-- SPDX-License-Identifier: Apache-2.0
-- A small CSV file of rules or figures by its headings, and all that is wrong with it in one error: file:row  column  value  what is wrong.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local show <const> = require "remit.show"

local sheet <const> = {}

---@class remit.sheet.report
---@field list table[]
local Report <const> = {}
Report.__index = Report

---An empty report on a file, or on a table that a script gave.
---@param name string
---@return remit.sheet.report
function sheet.report(name)
  return setmetatable({ name = name, list = {} }, Report)
end

---@param problem { place: string, column?: string, value?: string, message: string, at?: integer } `at` is the byte of the value that is wrong
function Report:add(problem)
  self.list[#self.list + 1] = problem
end

local function add_lines(lines, problem)
  local words <const> = { problem.place }
  words[#words + 1] = problem.column
  words[#words + 1] = problem.value and not problem.at and "'" .. show.safe(problem.value) .. "'" or nil
  words[#words + 1] = problem.message
  lines[#lines + 1] = table.concat(words, "  ")
  if problem.at and problem.at > 0 then
    lines[#lines + 1] = "    " .. problem.value
    lines[#lines + 1] = "    " .. (" "):rep(core.text.width(problem.value:sub(1, problem.at - 1))) .. "^"
  end
end

---Raises all that was added, if anything was.
function Report:raise()
  if #self.list == 0 then
    return
  end
  local lines <const> = {}
  for _, problem in ipairs(self.list) do
    add_lines(lines, problem)
  end
  local count <const> = #self.list == 1 and "1 problem" or ("%d problems"):format(#self.list)
  fault.raise { code = "rules", message = ("%s in %s"):format(count, self.name), hints = lines, list = self.list }
end

local function trimmed(text)
  return (text or ""):match "^%s*(.-)%s*$"
end

local function headings_of(fields, path, report)
  local headings <const>, seen <const> = {}, {}
  for index, text in ipairs(fields) do
    headings[index] = trimmed(text)
    if headings[index] == "" then
      report:add { place = path .. ":1", message = ("column %d has no heading"):format(index) }
    elseif seen[headings[index]] then
      report:add { place = path .. ":1", column = headings[index], message = "two columns have this heading" }
    end
    seen[headings[index]] = true
  end
  return headings
end

local function row_of(fields, headings, place, report)
  if #fields ~= #headings then
    report:add { place = place, message = ("has %d fields, and there are %d headings"):format(#fields, #headings) }
  end
  local row <const> = { place = place }
  for index, heading in ipairs(headings) do
    row[heading] = trimmed(fields[index])
  end
  return row
end

---Reads a file: headings in their order, and its rows as texts by heading (with the `place` of each). What is malformed goes to the report.
---@param path string
---@param report remit.sheet.report
---@return string[] headings, table<string, string>[] rows
function sheet.read(path, report)
  local records <const>, message <const>, code <const> = core.csv.records { path = path }
  if not records then
    local text <const> = tostring(message)
    fault.raise { code = code, message = text:find(path, 1, true) and text or ("%s: %s"):format(path, text) }
  end
  local headings, rows <const> = nil, {}
  for fields, number in records do
    if #fields > 0 and not headings then
      headings = headings_of(fields, path, report)
    elseif #fields > 0 then
      rows[#rows + 1] = row_of(fields, headings, ("%s:%d"):format(path, number), report)
    end
  end
  if not headings or #rows == 0 then
    report:add { place = path, message = "is empty: there are no rows below a heading" }
  end
  return headings or {}, rows
end

return sheet
