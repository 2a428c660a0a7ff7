-- SPDX-License-Identifier: Apache-2.0
-- What is wrong with rules, scores or cost curves, gathered and raised at once; and their files, a row a table by heading.

local fault <const> = require "remit.fault"
local sheet <const> = require "remit.sheet"

local report <const> = {}

---@class remit.subsidiarity.report
---@field name string
---@field list table[]
local Report <const> = {}
Report.__index = Report

---An empty report on a file, or on a table that a script gave.
---@param name string
---@return remit.subsidiarity.report
function report.new(name)
  return setmetatable({ name = name, list = {} }, Report)
end

---@param problem { place: string, column?: string, value?: string, message: string, at?: integer } `at` is the byte of the value that is wrong
function Report:add(problem)
  local message <const> = problem.value and not problem.at and ("'%s': %s"):format(problem.value, problem.message) or problem.message
  self.list[#self.list + 1] = { where = problem.place, column = problem.column, message = message, cell = problem.value, at = problem.at,
    row = tonumber(problem.place:match "(%d+)$") or 0, index = #self.list }
end

local function by_row(a, b)
  return a.row < b.row or a.row == b.row and a.index < b.index
end

---Raises all that was added, if anything was, in the order of rows.
function Report:raise()
  if #self.list > 0 then
    table.sort(self.list, by_row)
    sheet.raise(self.name, self.list, "subsidiarity")
  end
end

---Reads a file: its headings in order, and its rows as texts by heading ("" for an empty cell) with the `place` of each.
---@param path string
---@param known table<string, boolean> headings that may be written in any case
---@return string[] headings, table<string, string>[] rows
function report.read(path, known)
  local read <const>, headings <const>, rows <const> = sheet.read(path), {}, {}
  for index, heading in ipairs(read.headings) do
    local lower <const> = heading.text:lower()
    headings[index] = known[lower] and lower or heading.text
  end
  for index, record in ipairs(read.rows) do
    rows[index] = { place = sheet.where(read, record.row) }
    for at, heading in ipairs(read.headings) do
      rows[index][headings[at]] = record.cells[heading.column] or ""
    end
  end
  if #rows == 0 then
    fault.raise { code = "subsidiarity", message = path .. ": there are no rows below the headings" }
  end
  return headings, rows
end

return report
