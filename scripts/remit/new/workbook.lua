-- SPDX-License-Identifier: Apache-2.0
-- A pack as a workbook to fill in, in the shape that remit.load reads: settings, notes on each column, lists to choose from, and a sheet a file.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local pack <const> = require "remit.pack"
local plain <const> = require "remit.plain"
local reader <const> = require "remit.pack.workbook"
local schema <const> = require "remit.schema"

local workbook <const> = {}

local DATE <const> = 315532800 -- 1 January 1980: a pack has no date of its making
local SPARE <const> = 2000 -- rows below those that are there, with lists to choose from
local YES_NO <const> = { "true", "false" }
local formats <const> = { money = "#,##0.00", wte = "0.00####", count = "0", number = "0.######", percent = "0.00##%", day = "yyyy\\-mm\\-dd" }
local widths <const> = { text = 30, list = 24, money = 14, wte = 9, count = 12, number = 12, percent = 9 }
local EPOCH <const> = -25569 -- 30 December 1899, day 0 of a spreadsheet

local Book <const> = {}
Book.__index = Book

function Book:format(key, given)
  self.formats[key] = self.formats[key] or self.core:format(given)
  return self.formats[key]
end

-- ---- Sheets of rows ----

-- A small table of texts; the widths are of its columns.
local function write_texts(self, name, headings, rows, wide)
  local at <const> = self.core:sheet(name)
  local text <const> = self:format("wrapped", { wrap = true })
  for column, width in ipairs(wide) do
    self.core:width(at, column, width)
  end
  for index, row in ipairs(rows) do
    for column, value in ipairs(row) do
      if value ~= "" then
        self.core:text(at, index + 1, column, value, text)
      end
    end
  end
  self.core:table(at, 1, 1 + math.max(#rows, 1), "table_" .. name, headings)
  self.core:freeze(at, 2)
end

local function is_plain(text)
  local digits <const> = text:gsub("%D", ""):gsub("^0+", "")
  return text:find "^%-?%d+%.?%d*$" ~= nil and #digits <= 15
end

-- The number that a cell of the type holds, or nil: then it is a text.
local function number_of(kind, text)
  if kind == "percent" then
    local figure <const> = text:match "^(.-)%s*%%$"
    return figure and is_plain(figure) and tonumber(figure .. "e-2") or nil
  elseif kind == "day" then
    local day <const> = text:find "^%d%d%d%d%-%d%d%-%d%d$" and core.calendar.day(text)
    return day and day - EPOCH or nil
  end
  return formats[kind] and is_plain(text) and tonumber(text) or nil
end

local function kind_of(file, heading)
  local field <const> = file and file.by_field[heading]
  return field and field.type or "text", field
end

-- Columns that are no numbers are text, so that a spreadsheet program does not make a date or a sum of a label.
local function format_of(self, kind)
  return formats[kind] and self:format(kind, { number = formats[kind] }) or self:format("text", { number = "@" })
end

local function choices_for(self, field)
  if field.words then
    return field.words
  elseif field.type == "boolean" then
    return YES_NO
  end
  return field.dimension and self.ranges[field.dimension]
end

local function write_rows(self, one)
  local at <const>, last <const> = self.core:sheet(one.name), #one.rows + 1
  for column, heading in ipairs(one.headings) do
    local kind <const>, field <const> = kind_of(one.file, heading)
    local format <const>, choices <const> = format_of(self, kind), field and choices_for(self, field)
    self.core:width(at, column, math.max(widths[kind] or 16, #heading + 3), format)
    for row, cells in ipairs(one.rows) do
      local text <const> = cells[column] or ""
      local number <const> = number_of(kind, text)
      if number then
        self.core:number(at, row + 1, column, number, format)
      elseif text ~= "" then
        self.core:text(at, row + 1, column, text, format)
      end
    end
    if choices then
      self.core:choices(at, column, 2, last + SPARE, choices)
    end
  end
  self.core:table(at, 1, math.max(last, 2), "table_" .. one.name, one.headings)
  self.core:freeze(at, 2)
end

-- ---- What there is to choose from ----

local function column_of(headings, name)
  for index, heading in ipairs(headings) do
    if heading == name then
      return index
    end
  end
end

-- Members that the workbook has itself; the others from the vocabulary, on the sheet `lists`.
local function find_ranges(self, tables)
  for _, one in ipairs(tables) do
    local column <const> = one.file and one.file.dimension and column_of(one.headings, "id")
    if column then
      local letter <const> = plain.letter(column)
      self.ranges[one.file.dimension] = ("='%s'!$%s$2:$%s$%d"):format(one.name, letter, letter, #one.rows + 1 + SPARE)
    end
  end
  local shipped <const>, headings <const>, rows <const> = pack.vocabulary(), {}, {}
  for _, name in ipairs(schema.names()) do
    local file <const> = schema.file(name)
    if file.dimension and shipped[name] and not self.ranges[file.dimension] then
      headings[#headings + 1] = file.dimension
      local labels <const> = shipped[name]:column("id"):dictionary():labels()
      for row, label in ipairs(labels) do
        rows[row] = rows[row] or {}
        rows[row][#headings] = label
      end
      local letter <const> = plain.letter(#headings)
      self.ranges[file.dimension] = ("='lists'!$%s$2:$%s$%d"):format(letter, letter, #labels + 1)
    end
  end
  for _, row in ipairs(rows) do
    for column = 1, #headings do
      row[column] = row[column] or ""
    end
  end
  return headings, rows
end

-- ---- Settings and notes ----

local function settings_rows(descriptor)
  local rows <const>, given <const> = {}, descriptor.remit or {}
  for _, one in ipairs(reader.SETTINGS) do
    local value <const> = descriptor[one[1]] or given[one[1]]
    rows[#rows + 1] = { one[1], (one[1] == "name" or one[1] == "title") and descriptor[one[1]] or value and tostring(value) or "", one[2] }
  end
  for _, resource in ipairs(descriptor.resources) do
    for _, key in ipairs { "months", "as_at" } do
      local value <const> = resource.remit and resource.remit[key]
      if value then
        rows[#rows + 1] = { resource.name .. "." .. key, tostring(value), key == "months" and "how many months the sheet's actual figures cover"
          or "the month of that sheet" }
      end
    end
  end
  return rows
end

local function said_of(field)
  if field.words then
    return table.concat(field.words, ", ")
  elseif field.dimension then
    return "a member of " .. field.dimension
  end
  return schema.types[field.type].doc
end

local function notes_rows(tables)
  local rows <const> = {}
  for _, one in ipairs(tables) do
    for _, field in ipairs(one.file and one.file.fields or {}) do
      local there <const> = column_of(one.headings, field.name)
      rows[#rows + 1] = { one.name, field.name, field.required and "yes" or "", said_of(field),
        (field.doc or "") .. (there and "" or " (this column is not on the sheet, and may be added)") }
    end
  end
  return rows
end

-- ---- The workbook ----

local function table_of(resource, text)
  local one <const> = { name = resource.name, file = schema.file((resource.remit or {}).role or resource.name), headings = {}, rows = {} }
  local first = true
  for fields in core.csv.records { text = text } do
    if first then
      one.headings, first = fields, false
    elseif #fields > 0 then
      one.rows[#one.rows + 1] = fields
    end
  end
  return one
end

local function refuse(resource)
  local hints <const> = resource.remit or {}
  local own <const> = resource.schema or hints.rows or hints.measures or hints.totals or hints.dimension or resource.dialect or resource.encoding
    or resource.missingValues
  if own or not schema.file(hints.role or resource.name) then
    fault.raise { code = "new", message = ("'%s' says in datapackage.json how it is read, and a workbook cannot: its headings are those of the standard files")
      :format(resource.name) }
  end
end

---A pack as a workbook.
---@param descriptor table as datapackage.json has it
---@param texts table<string, string> CSV by path
---@return string bytes
function workbook.text(descriptor, texts)
  local made <close> = fault.check(core.workbook.new(descriptor.title or descriptor.name, DATE))
  local self <const> = setmetatable({ core = made, formats = {}, ranges = {} }, Book)
  local tables <const> = {}
  for index, resource in ipairs(descriptor.resources) do
    refuse(resource)
    tables[index] = table_of(resource, texts[resource.path])
  end
  local beside <const> = descriptor.remit and descriptor.remit.crosswalk
  if beside then
    tables[#tables + 1] = table_of({ name = "crosswalk" }, texts[beside])
    descriptor.remit.crosswalk = "crosswalk"
  end
  local headings <const>, rows <const> = find_ranges(self, tables)
  write_texts(self, reader.PACK, { "key", "value", "what it says" }, settings_rows(descriptor), { 20, 60, 70 })
  write_texts(self, "notes", { "sheet", "column", "needed", "what it holds", "meaning" }, notes_rows(tables), { 16, 20, 9, 44, 70 })
  for _, one in ipairs(tables) do
    write_rows(self, one)
  end
  if #headings > 0 then
    write_texts(self, "lists", headings, rows, {})
  end
  return fault.check(made:bytes())
end

---The pack of a folder as a workbook.
---@param folder string
---@return string bytes
function workbook.of_folder(folder)
  local plan <const>, problems <const> = require "remit.pack.plan", require "remit.problems"
  local found <const>, texts <const> = problems.new(), {}
  local descriptor <const> = plan.read(folder, found)
  if not descriptor then
    found:raise()
  end
  require("remit.pack").read(folder, {}) -- what does not load is no pack to hand out
  for _, resource in ipairs(descriptor.resources) do
    texts[resource.path] = fault.check(core.file.read(folder .. "/" .. resource.path))
  end
  local beside <const> = descriptor.remit and descriptor.remit.crosswalk
  if beside then
    texts[beside] = fault.check(core.file.read(folder .. "/" .. beside))
  end
  return workbook.text(descriptor, texts)
end

return workbook
