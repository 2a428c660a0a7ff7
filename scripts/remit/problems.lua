-- SPDX-License-Identifier: Apache-2.0
-- What is wrong with a pack, collected so that a person meets all of it at once: file:row  field  value  what is wrong  hint.

local fault <const> = require "remit.fault"
local show <const> = require "remit.show"

local problems <const> = {}
local Problems <const> = {}
Problems.__index = Problems

local SHOWN <const> = 200 -- lines printed; the rest is counted

---An empty collection.
function problems.new()
  return setmetatable({ list = {}, rows = {}, places = {}, names = {} }, Problems)
end

---@class remit.problem
---@field file string path inside the pack
---@field row? integer as a spreadsheet shows it
---@field field? string
---@field value? string
---@field message string what is wrong, with a hint
---@field alike? integer rows like it
---@field last? boolean stands behind the others of its file
---@field column? integer of a sheet
---@field cell? string in a workbook: "posts!C7"

---@param problem remit.problem
function Problems:add(problem)
  self.list[#self.list + 1] = problem
end

---Says how many rows a file has, for the headline.
function Problems:count_rows(file, rows)
  self.rows[file] = rows
end

---Says where problems of a file stand, for packs that are no folder of files; and what the file is called there.
---@param file string
---@param place fun(problem: remit.problem): string
---@param name? string
function Problems:place(file, place, name)
  self.places[file], self.names[file] = place, name
end

local function settle_places(self)
  for _, problem in ipairs(self.list) do
    local place <const> = self.places[problem.file]
    problem.cell = place and place(problem) or nil
    problem.file = self.names[problem.file] or problem.file
  end
end

function Problems:any()
  return #self.list > 0
end

local function files_of(list)
  local seen, names = {}, {}
  for _, problem in ipairs(list) do
    if not seen[problem.file] then
      seen[problem.file] = true
      names[#names + 1] = problem.file
    end
  end
  return names
end

local function headline(self)
  local files <const> = files_of(self.list)
  local where = ("%d files"):format(#files)
  if #files == 1 then
    where = show.safe(files[1])
    local rows <const> = self.rows[files[1]]
    if rows then
      where = ("%s (%s)"):format(where, show.counted(rows, "row"))
    end
  end
  return ("%s in %s; nothing loaded"):format(show.counted(#self.list, "problem"), where)
end

local function cells(problem)
  local place <const> = problem.cell or show.safe(problem.row and ("%s:%d"):format(problem.file, problem.row) or problem.file)
  local message = problem.message
  if problem.alike and problem.alike > 1 then
    message = ("%s  (%s alike)"):format(message, show.counted(problem.alike, "row"))
  end
  local value <const> = problem.value and ("'%s'"):format(show.safe(problem.value)) or ""
  return { place, problem.field or "", value, message }
end

local function in_order(a, b)
  if a.file ~= b.file then
    return a.order < b.order
  end
  local left <const>, right <const> = a.last and math.huge or a.row or 0, b.last and math.huge or b.row or 0
  if left ~= right then
    return left < right
  end
  return a.index < b.index
end

local function sorted(list)
  local order <const> = {}
  for index, name in ipairs(files_of(list)) do
    order[name] = index
  end
  local copy <const> = {}
  for index, problem in ipairs(list) do
    problem.order, problem.index = order[problem.file], index
    copy[index] = problem
  end
  table.sort(copy, in_order)
  return copy
end

local function pad(text, width)
  return text .. (" "):rep(width - show.width(text))
end

---One line a problem, aligned.
---@return string[]
function Problems:lines()
  local rows <const>, widths <const> = {}, { 0, 0, 0 }
  local list <const> = sorted(self.list)
  for index = 1, math.min(#list, SHOWN) do
    rows[index] = cells(list[index])
    for column = 1, 3 do
      widths[column] = math.max(widths[column], show.width(rows[index][column]))
    end
  end
  local lines <const> = {}
  for index, row in ipairs(rows) do
    local text = ""
    for column = 1, 3 do
      if widths[column] > 0 then
        text = text .. pad(row[column], widths[column]) .. "  "
      end
    end
    lines[index] = text .. row[4]
  end
  if #list > SHOWN then
    lines[#lines + 1] = "... and " .. show.counted(#list - SHOWN, "more problem")
  end
  return lines
end

---Raises all of them as one error; `list` on it has them as data.
function Problems:raise()
  settle_places(self)
  fault.raise { code = "pack", message = headline(self), hints = self:lines(), list = sorted(self.list) }
end

return problems
