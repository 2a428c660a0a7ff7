-- SPDX-License-Identifier: Apache-2.0
-- A report as a workbook after the government's guidance on statistics in spreadsheets: a cover, contents and notes, then one marked-up table a sheet,
-- no merged cells, no rows or columns left empty for looks. Figures are values; totals are formulas with the value that they have.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"
local state_of <const> = require "remit.state_of"
local write <const> = require "remit.frame.write"

local xlsx <const> = {}

local NAME_MAX <const>, TEXT_MAX <const> = 31, 32000
local DAY <const> = 86400

local formats <const> = { ["£"] = "#,##0", ["£p"] = "#,##0.00", ["£m"] = "#,##0.000", ["£/head"] = "#,##0.00", WTE = "#,##0.00", count = "#,##0",
  ["%"] = "0.0%", number = "#,##0.###" }
local adds_up <const> = { ["£"] = true, ["£m"] = true, WTE = true, count = true }

-- ---- Texts ----

-- Cut between characters, and never longer than a cell may be.
local function fitting(text, most)
  local clean <const> = safe(text)
  if #clean <= most then
    return clean
  end
  return clean:sub(1, utf8.offset(clean, 0, most - 3) - 1) .. "…"
end

local function text_of(value)
  return fitting(value, TEXT_MAX)
end

-- ---- Sheets ----

local Book <const> = {}
Book.__index = Book

local function sheet_name(self, wanted)
  local clean <const> = safe(wanted):gsub("[%[%]:*?/\\']", " "):gsub("[^ -~]", " "):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  local name = (clean == "" and "Table" or clean):sub(1, NAME_MAX)
  local number = 1
  while self.names[name:lower()] do
    number = number + 1
    local suffix <const> = " " .. number
    name = (clean == "" and "Table" or clean):sub(1, NAME_MAX - #suffix) .. suffix
  end
  self.names[name:lower()] = true
  return name
end

function Book:sheet(wanted)
  local name <const> = sheet_name(self, wanted)
  return self.core:sheet(name), name
end

function Book:format(given)
  local key <const> = ("%s/%s/%s/%s"):format(given.number, given.bold, given.size, given.wrap)
  self.formats[key] = self.formats[key] or self.core:format(given)
  return self.formats[key]
end

-- Lines of text one below the other, the first as the title.
local function lines_on(self, sheet, lines, width)
  self.core:width(sheet, 1, width or 100)
  for row, line in ipairs(lines) do
    self.core:text(sheet, row, 1, text_of(line), self:format { bold = row == 1, size = row == 1 and 14 or 11, wrap = true })
  end
end

-- Headings unlike one another, as a marked-up table must have them.
local function headings_of(columns)
  local headings <const>, seen <const> = {}, {}
  for index, column in ipairs(columns) do
    local heading = fitting(column.title ~= "" and column.title or column.name, 200)
    while seen[heading:lower()] do
      heading = heading .. " (" .. index .. ")"
    end
    seen[heading:lower()] = true
    headings[index] = heading
  end
  return headings
end

-- ---- Figures ----

local function value_of(state, column, row)
  local units <const> = state.table:column(column.name):get(row)
  if not units then
    return nil
  end
  local number <const> = core.number.plain(units, state.table:column(column.name):unit())
  return column.display == "£m" and number / 1e6 or number
end

local function format_of(self, column, bold)
  local number <const> = formats[column.display] or "General"
  return self:format { number = column.sign and ("+%s;-%s;%s"):format(number, number, number) or number, bold = bold, size = 11, right = true }
end

-- The rows that a total is the sum of: those of detail with the same first keys.
local function parts_of(state, row)
  local level <const>, rows <const> = levels.at(state, row), {}
  for other = 1, state.count do
    local inside = levels.is_detail(state, other) or (level == 0 and levels.at(state, other) < 0)
    for k = 1, level do
      local key <const> = state.table:column(state.keys[k])
      inside = inside and key:get(other) == key:get(row)
    end
    rows[#rows + 1] = inside and other or nil
  end
  return rows
end

local RANGES_MAX <const> = 255 -- that a function of a workbook may be given

-- "=SUM(C5:C9,C11:C15)", or nil where the parts do not come to the total, some are withheld, or they stand in more places than a formula may name.
local function sum_of(state, column, row, at)
  local sum, ranges, from, last = 0, {}, nil, nil
  local source <const>, parts <const> = state.table:column(column.name), parts_of(state, row)
  for index, part in ipairs(parts) do
    local value <const> = source:get(part)
    if not value then
      return nil
    end
    sum = sum + value
    from = from or part
    if parts[index + 1] ~= part + 1 then
      ranges[#ranges + 1] = from == part and ("%s%d"):format(at.letter, at.top + part) or ("%s%d:%s%d"):format(at.letter, at.top + from, at.letter,
        at.top + part)
      from = nil
    end
    last = part
  end
  return last and sum == source:get(row) and #ranges <= RANGES_MAX and "=SUM(" .. table.concat(ranges, ",") .. ")" or nil
end

local function write_figure(self, sheet, state, column, c, row, top)
  local total <const> = #state.keys > 0 and levels.at(state, row) >= 0 and not levels.is_detail(state, row)
  local value <const>, format <const> = value_of(state, column, row), format_of(self, column, total)
  if not value then
    local text <const> = state.hidden and state.hidden:get(row) == 1 and "[c]" or "[z]"
    return self.core:text(sheet, top + row, c, text, self:format { right = true, size = 11 })
  end
  local formula <const> = total and adds_up[column.display] and sum_of(state, column, row, { letter = plain.letter(c), top = top })
  if formula then
    self.core:formula(sheet, top + row, c, formula, value, format)
  else
    self.core:number(sheet, top + row, c, value, format)
  end
end

local function is_figure(column)
  return formats[column.display] ~= nil
end

local function width_of(texts, heading)
  local width = math.min(#heading + 2, 18)
  for _, text in ipairs(texts) do
    width = math.max(width, math.min(core.text.width(safe(text)) + 2, 60))
  end
  return width
end

local function write_column(self, sheet, state, c, top)
  local column <const> = state.columns[c]
  local texts <const> = write.texts(state, column)
  self.core:width(sheet, c, width_of(texts, column.title))
  for row = 1, state.count do
    local total <const> = #state.keys > 0 and not levels.is_detail(state, row)
    if is_figure(column) then
      write_figure(self, sheet, state, column, c, row, top)
    elseif texts[row] ~= "" then
      self.core:text(sheet, top + row, c, text_of(texts[row]), self:format { bold = total, size = 11, wrap = true })
    else
      self.core:text(sheet, top + row, c, "[z]", self:format { size = 11 })
    end
  end
end

-- What stands above a table: title, basis, and its notes.
local function above_of(state)
  local lines <const> = { state.about.title or "Table", "This sheet holds one table." }
  local basis <const> = table.concat(write.basis(state.about, true), "; ")
  lines[#lines + 1] = basis ~= "" and basis or nil
  for _, note in ipairs(state.about.notes) do
    lines[#lines + 1] = note
  end
  return lines
end

local function write_table(self, of, wanted)
  local state <const> = frame.inside(of)
  local sheet <const>, name <const> = self:sheet(wanted)
  local above <const> = above_of(state)
  for row, line in ipairs(above) do
    self.core:text(sheet, row, 1, text_of(line), self:format { bold = row == 1, size = row == 1 and 14 or 11 })
  end
  local top <const> = #above + 1
  for c = 1, #state.columns do
    write_column(self, sheet, state, c, top)
  end
  if state.count == 0 then
    self.core:text(sheet, top + 1, 1, "[z]")
  end
  self.tables = self.tables + 1
  self.core:table(sheet, top, top + math.max(state.count, 1), ("table_%d"):format(self.tables), headings_of(state.columns))
  self.core:freeze(sheet, top + 1)
  return name, state.about.title or "Table"
end

-- ---- The workbook ----

local function cover(self, context)
  local sheet <const> = self:sheet "Cover"
  local lines <const> = { context.title, context.date, ("Figures of %s, as at %s."):format(state_of[context.base].title, context.base_at),
    "Each sheet after the notes holds one table. Charts stand in the HTML edition." }
  lines[#lines + 1] = state_of[context.base].settings.note
  lines[#lines + 1] = ("Made with remit %s."):format(core.version)
  lines_on(self, sheet, lines)
end

-- Contents come before the sheets that they list: the names are known by then, and are the same when those are made.
local function contents(self, list)
  local sheet <const> = self:sheet "Contents"
  self.core:text(sheet, 1, 1, "Contents", self:format { bold = true, size = 14 })
  self.core:text(sheet, 2, 1, "This sheet holds one table.", self:format { size = 11 })
  self.core:width(sheet, 1, 34)
  self.core:width(sheet, 2, 90)
  local names <const> = { names = {} }
  for _, taken in ipairs { "cover", "contents", "notes" } do
    names.names[taken] = true
  end
  for row, one in ipairs(list) do
    one.name = sheet_name(names, one.wanted)
    self.core:link(sheet, row + 3, 1, ("internal:'%s'!A1"):format(one.name), one.name)
    self.core:text(sheet, row + 3, 2, text_of(("%s: %s"):format(one.section, one.title)), self:format { size = 11, wrap = true })
  end
  self.core:table(sheet, 3, 3 + math.max(#list, 1), "contents", { "sheet", "what it holds" })
end

local function notes(self, context, sections)
  local lines <const> = { "Notes", "[c]: withheld, for it would tell of a few posts or people.", "[z]: no value.",
    "Withheld figures: " .. context:rule_text() .. ".",
    "Formulas stand where a total is the sum of figures on its sheet; each has its value beside it, and so shows without calculation." }
  for _, section in ipairs(sections) do
    for _, text in ipairs(section.text) do
      lines[#lines + 1] = ("%s: %s"):format(section.title, text)
    end
  end
  lines_on(self, (self:sheet "Notes"), lines, 120)
end

local function tables_of(sections)
  local list <const> = {}
  for _, section in ipairs(sections) do
    for index, block in ipairs(section.blocks) do
      local of <const> = frame.inside(block) and block or block.frame
      list[#list + 1] = { of = of, section = section.title, title = frame.inside(of).about.title or section.title,
        wanted = #section.blocks > 1 and ("%s %d"):format(section.id, index) or section.id }
    end
  end
  return list
end

---@param context remit.report.context
---@param sections remit.report.section[]
---@return string bytes
function xlsx.text(context, sections)
  local made <close> = fault.check(core.workbook.new(text_of(context.title), fault.check(core.calendar.day(context.date)) * DAY))
  local self <const> = setmetatable({ core = made, names = {}, formats = {}, tables = 0 }, Book)
  local list <const> = tables_of(sections)
  cover(self, context)
  contents(self, list)
  notes(self, context, sections)
  for _, one in ipairs(list) do
    write_table(self, one.of, one.wanted)
  end
  return fault.check(made:bytes())
end

return xlsx
