-- SPDX-License-Identifier: Apache-2.0
-- A national template filled: a CSV file says which cell holds which figure, and which cells add up to which. Figures are written as the template wants
-- them (in pounds, thousands or millions), and nothing is written while a control total does not hold.
--
--   sheet,cell,label,measure,where,at,basis,period,per,decimals,sum_of
--   Costs,C7,Running cost,cost,fund: running,2026-04,funded,run_rate,1000,0,
--   Costs,C9,Total,cost,,2026-04,funded,run_rate,1000,0,"C7, C8"

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local noticed <const> = require "remit.noticed"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local shape <const> = require "remit.report.shape"
local sheet <const> = require "remit.sheet"
local state_of <const> = require "remit.state_of"

local submission <const> = {}

---@class remit.submission
local Submission <const> = plain.class { __name = "remit.submission" }

local COLUMNS <const> = { "sheet", "cell", "label", "measure", "where", "at", "basis", "period", "per", "decimals", "sum_of" }
local DATE <const> = 315532800 -- 1 January 1980: the same figures have the same bytes
local ROW_MAX <const>, COLUMN_MAX <const> = 5000, 256

-- ---- Reading the map ----

-- "C7" as a row and a column.
local function address(text)
  local letters <const>, digits <const> = (text or ""):upper():match "^%s*([A-Z][A-Z]?)(%d+)%s*$"
  if not letters then
    return nil
  end
  local column = 0
  for letter in letters:gmatch "." do
    column = column * 26 + letter:byte() - 64
  end
  local row <const> = tonumber(digits)
  return row >= 1 and row <= ROW_MAX and column <= COLUMN_MAX and { row = row, column = column, text = letters .. digits } or nil
end

-- "fund: running; fn.class: not(transfer)" as a table of tests.
local function tests_of(text)
  local tests <const> = {}
  for part in ((text or "") .. ";"):gmatch "%s*(.-)%s*;" do
    local path, test <const> = part:match "^([%w_.]+)%s*:%s*(.+)$"
    if part ~= "" and not path then
      return nil, ("'%s' is not a test such as \"fund: running\""):format(part)
    elseif path then
      local at = tests
      local head, rest = path:match "^([^.]+)%.(.+)$"
      while head do
        at[head] = at[head] or {}
        at, path = at[head], rest
        head, rest = path:match "^([^.]+)%.(.+)$"
      end
      at[path] = test
    end
  end
  return next(tests) and tests or nil
end

local function read_row(given, problems, where)
  local function wrong(column, message)
    problems[#problems + 1] = { where = where, column = column, message = message, cell = given[column] }
  end
  local row <const> = { sheet = given.sheet or "Sheet1", label = given.label, measure = given.measure, at = given.at, basis = given.basis,
    period = given.period, cell = address(given.cell), per = tonumber(given.per or "1"), decimals = math.tointeger(tonumber(given.decimals or "0")),
    sums = {} }
  if not row.cell then
    wrong("cell", "a cell is written \"C7\"")
  end
  if not row.measure then
    wrong("measure", "a figure needs its measure")
  end
  if row.at and not core.calendar.month(row.at) then
    wrong("at", "a month is written \"2026-04\"")
  end
  if row.per ~= 1 and row.per ~= 1000 and row.per ~= 1000000 then
    wrong("per", "per is 1, 1000 or 1000000")
  end
  if not row.decimals or row.decimals < 0 or row.decimals > 6 then
    wrong("decimals", "decimals are 0 to 6")
  end
  local message
  row.where, message = tests_of(given.where)
  if message then
    wrong("where", message)
  end
  for part in (given.sum_of or ""):gmatch "[^,]+" do
    local one <const> = address(part)
    row.sums[#row.sums + 1] = one and one.text or wrong("sum_of", ("'%s' is not a cell; cells stand with commas between, such as C3, C4"):format(part))
  end
  return row
end

local function key_of(row)
  return row.sheet:lower() .. "!" .. row.cell.text
end

local function check_together(rows, problems, path)
  local by <const> = {}
  for index, row in ipairs(rows) do
    if row.cell then
      if by[key_of(row)] then
        problems[#problems + 1] = { where = path, column = "cell", message = ("%s %s stands there twice"):format(row.sheet, row.cell.text) }
      end
      by[key_of(row)] = index
    end
  end
  for _, row in ipairs(rows) do
    for index, text in ipairs(row.sums) do
      local part <const> = by[row.sheet:lower() .. "!" .. text]
      if not part then
        problems[#problems + 1] = { where = path, column = "sum_of", message = ("no row fills %s %s"):format(row.sheet, text) }
      end
      row.sums[index] = part
    end
  end
end

---@param path string
---@return remit.submission
function submission.new(path)
  if type(path) ~= "string" then
    fault.raise { code = "submission", message = "submission needs the path of its map: remit.submission \"map.csv\"" }
  end
  local read <const>, problems <const>, names <const> = sheet.read(path), {}, {}
  for _, heading in ipairs(read.headings) do
    local name <const> = heading.text:lower()
    names[heading.column] = name
    local near <const> = fault.suggest(name, COLUMNS)
    if not table.concat(COLUMNS, " "):find("%f[%w_]" .. name:gsub("%p", "%%%0") .. "%f[^%w_]") then
      problems[#problems + 1] = { where = path, message = ("there is no column '%s'. %s"):format(heading.text, near or "There are: "
        .. table.concat(COLUMNS, ", ")) }
    end
  end
  local rows <const> = {}
  for index, record in ipairs(read.rows) do
    local given <const> = {}
    for column, cell in pairs(record.cells) do -- each by its own name: order does not matter
      given[names[column] or ""] = cell
    end
    rows[index] = read_row(given, problems, sheet.where(read, record.row))
  end
  check_together(rows, problems, path)
  if #problems > 0 then
    sheet.raise(path, problems, "submission")
  end
  return object.new(Submission, { path = path, rows = rows })
end

-- ---- Filling ----

-- The figure as the template wants it: an integer of its last digit, rounded half to even.
local function figure_of(model, row)
  local ok <const>, value <const> = pcall(model.total, model, row.measure, { where = row.where, at = row.at, basis = row.basis, period = row.period })
  if not ok then
    fault.raise { code = "submission", message = ("%s %s: %s"):format(row.sheet, row.cell.text, fault.is(value) and value.message or tostring(value)) }
  end
  local micro <const> = fault.check(exact.integer(value, 6))
  return fault.check(core.number.scale(micro, 1, math.tointeger(row.per * 10 ^ (6 - row.decimals))))
end

-- Whether the parts of each control total come to it: exactly, or but for the rounding of each.
local function control(rows, units)
  local said <const>, problems <const> = {}, {}
  for index, row in ipairs(rows) do
    if #row.sums > 0 then
      local sum, slack = 0.0, 0.5
      for _, part in ipairs(row.sums) do
        local scale <const> = rows[part].per / 10 ^ rows[part].decimals * 10 ^ row.decimals / row.per
        sum, slack = sum + units[part] * scale, slack + 0.5 * scale
      end
      local off <const> = math.abs(sum - units[index])
      said[index] = off < 1e-6 and "adds up" or "adds up but for rounding"
      if off > slack + 1e-6 then
        problems[#problems + 1] = ("%s %s is %s, but its parts come to %s"):format(row.sheet, row.cell.text,
          core.number.print(units[index], row.decimals, true), core.number.print(math.floor(sum + 0.5), row.decimals, true))
      end
    end
  end
  if #problems > 0 then
    fault.raise { code = "submission", message = problems[1], hints = table.move(problems, 2, #problems, 1, {}) }
  end
  return said
end

local function csv_field(text)
  return text:find '[,"\r\n]' and '"' .. text:gsub('"', '""') .. '"' or text
end

-- One sheet as CSV: every figure in its cell, the others empty, or as the template has them.
local function csv_text(self, units, template)
  local state <const> = state_of[self]
  local grid <const> = {}
  for number, record in ipairs(template or {}) do
    grid[number] = record
  end
  local height = #grid
  for index, row in ipairs(state.rows) do
    if row.sheet:lower() ~= state.rows[1].sheet:lower() then
      fault.raise { code = "submission", message = ("CSV holds one sheet, and the map fills '%s' and '%s': save to .xlsx"):format(state.rows[1].sheet,
        row.sheet) }
    end
    grid[row.cell.row] = grid[row.cell.row] or {}
    grid[row.cell.row][row.cell.column] = core.number.print(units[index], row.decimals, false)
    height = math.max(height, row.cell.row)
  end
  local lines <const> = {}
  for number = 1, height do
    local width, fields <const> = 0, {}
    for column in pairs(grid[number] or {}) do -- the largest: order does not matter
      width = math.max(width, column)
    end
    for column = 1, width do
      fields[column] = csv_field(grid[number][column] or "")
    end
    lines[number] = table.concat(fields, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

local function xlsx_text(self, units)
  local book <close> = fault.check(core.workbook.new(state_of[self].path:match "[^/\\]+$", DATE))
  local sheets <const>, formats <const> = {}, {}
  for index, row in ipairs(state_of[self].rows) do
    local name <const> = row.sheet:lower()
    sheets[name] = sheets[name] or book:sheet(row.sheet)
    local number <const> = row.decimals == 0 and "#,##0" or "#,##0." .. ("0"):rep(row.decimals)
    formats[number] = formats[number] or book:format { number = number }
    book:number(sheets[name], row.cell.row, row.cell.column, units[index] / 10 ^ row.decimals, formats[number])
  end
  return fault.check(book:bytes())
end

local why_not <const> = {
  formula = "holds a formula: the template works it out itself",
  merged = "is one of merged cells: which of them is meant?",
  locked = "is locked, and its sheet is protected",
}

local function refuse_template(path, problems)
  fault.raise { code = "submission", message = ("%s: %s; nothing is written"):format(path, problems[1]), hints = { table.unpack(problems, 2) } }
end

-- The cells by sheet, row and column, as the core takes them; `at` says which row of the map each is.
local function template_cells(self, units, book, path)
  local names <const>, numbers <const>, cells <const>, problems <const> = {}, {}, {}, {}
  for index, one in ipairs(book:sheets()) do
    names[index], numbers[one.name:lower()] = one.name, index
  end
  for index, row in ipairs(state_of[self].rows) do
    local sheet_number <const> = numbers[row.sheet:lower()]
    if sheet_number then
      cells[#cells + 1] = { sheet = sheet_number, row = row.cell.row, column = row.cell.column, at = index,
        text = core.number.print(units[index], row.decimals) }
    else
      local near <const> = fault.suggest(row.sheet, names)
      problems[#problems + 1] = ("there is no sheet '%s'.%s"):format(row.sheet, near and " " .. near or "")
    end
  end
  if #problems > 0 then
    refuse_template(path, problems)
  end
  table.sort(cells, function(a, b)
    if a.sheet ~= b.sheet then
      return a.sheet < b.sheet
    end
    return a.row < b.row or (a.row == b.row and a.column < b.column)
  end)
  return cells
end

-- The template with the figures, and how many of its formulas are to be calculated anew.
local function filled_template(self, units, path)
  local book <close>, message <const> = core.spreadsheet.open(fault.check(core.file.read(path)))
  if not book then
    refuse_template(path, { message })
  end
  local cells <const> = template_cells(self, units, book, path)
  local bytes <const>, formulas <const>, _, trouble <const> = book:fill(cells)
  if bytes then
    return bytes, formulas
  end
  local problems <const> = {}
  for index, cell in ipairs(cells) do
    local row <const> = state_of[self].rows[cell.at]
    problems[#problems + 1] = trouble[index] and ("%s %s %s"):format(row.sheet, row.cell.text, why_not[trouble[index]]) or nil
  end
  refuse_template(path, #problems > 0 and problems or { formulas })
end

-- The records of a CSV template with all their cells, empty ones too.
local function template_records(path)
  local records <const> = {}
  local problem <const> = sheet.each({ path = path }, path, function(record)
    local cells <const> = {}
    for column = 1, #record do
      cells[column] = record[column] or ""
    end
    records[#records + 1] = cells
  end)
  return problem and refuse_template(path, { problem }) or records
end

local declared <const> = args.declare { name = "submission:fill", doc = "The figures of a model in a template's cells, as the path ends: .csv or .xlsx.",
  example = 'remit.submission "out/map.csv":fill(base, "out/return.csv")',
  { name = "template", kind = "string", doc = "a file of the same ending, of which all else is kept" },
}

local function check_paths(path, ending, template)
  local message
  if ending ~= "csv" and ending ~= "xlsx" then
    message = ("fill: '%s' does not end in .csv or .xlsx"):format(tostring(path))
  elseif template and (template:match "%.(%w+)$" or ""):lower() ~= ending then
    message = ("fill: the template '%s' does not end in .%s, as the path does"):format(template, ending)
  elseif template == path then
    message = ("fill: '%s' is the template: name another file to write"):format(path)
  end
  if message then
    fault.raise { code = "submission", message = message }
  end
end

local function text_of(self, units, ending, template)
  if ending == "csv" then
    return csv_text(self, units, template and template_records(template))
  elseif template then
    return filled_template(self, units, template)
  end
  return xlsx_text(self, units)
end

local function formulas_note(count)
  if not count or count == 0 then
    return nil
  end
  return ("%s of the template lost the stored result, which was that of other figures: open the file in a spreadsheet program and save it before it goes on.")
    :format(count == 1 and "1 formula" or count .. " formulas")
end

---Fills the template's cells from a model and writes them; nothing is written while a control total does not hold. Nothing is withheld: a return to
---NHS England is no publication.
---@param model remit.model
---@param path string .csv or .xlsx
---@param given? { template?: string }
---@return remit.frame what was filled
function Submission:fill(model, path, given)
  local state <const> = state_of[self]
  local spec <const>, ending <const> = declared(given), type(path) == "string" and (path:match "%.(%w+)$" or ""):lower()
  check_paths(path, ending, spec.template)
  local units <const>, rows <const> = {}, {}
  for index, row in ipairs(state.rows) do
    units[index] = figure_of(model, row)
  end
  local said <const> = control(state.rows, units)
  local text <const>, formulas <const> = text_of(self, units, ending, spec.template)
  fault.check(core.file.write(path, text))
  noticed.saved(self, path)
  for index, row in ipairs(state.rows) do
    rows[index] = { sheet = row.sheet, cell = row.cell.text, label = row.label, measure = row.measure, at = row.at,
      value = core.number.print(units[index], row.decimals, true), control = said[index] }
  end
  local about <const> = { title = "Filled from " .. state.path, notes = { formulas_note(formulas) } }
  return shape.rows({ { name = "sheet", display = "text" }, { name = "cell", display = "text" }, { name = "label", display = "text" },
    { name = "measure", display = "text" }, { name = "at", title = "month", display = "text" }, { name = "value", display = "text" },
    { name = "control", display = "text" } }, rows, { keys = {}, about = about })
end

---@return string
function Submission:__tostring()
  return ("submission %s: %d cells"):format(state_of[self].path, #state_of[self].rows)
end

object.guard(Submission, "a submission", { "fill" })

return submission
