-- SPDX-License-Identifier: Apache-2.0
-- A pack in a workbook (.xlsx): a sheet `pack` with its settings, and a sheet for each file. Each becomes what a folder would hold, a descriptor and
-- texts of CSV, so that everything after this is one way of reading; problems are told by sheet and cell.

local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local plain <const> = require "remit.plain"
local schema <const> = require "remit.schema"
local sheet <const> = require "remit.sheet"

local workbook <const> = {}

workbook.PACK = "pack" -- the sheet of settings
workbook.PASSED_OVER = { notes = true, lists = true }
workbook.SETTINGS = {
  { "name", "a short name of the pack, without spaces" },
  { "title", "what reports call it: say whose figures these are, and of when" },
  { "as_at", "the month that the rows describe, such as 2025-05" },
  { "price_base", "the financial year whose prices the costs are in, such as 2025/26" },
  { "organisation", "whose posts these are: an id of the sheet organisations" },
  { "published_basis", "funded, in_post or actual: what published totals count" },
  { "max_wte", "the most WTE that one post may have; 1 when empty" },
  { "pension_view", "employer (when empty) or economic" },
  { "crosswalk", "the sheet of local names and the functions that they mean, if there is one" },
  { "note", "stands under every table" },
  { "format", "the format of this workbook: 1" },
}

-- ---- Where problems stand ----

-- Headings of a sheet by their column, from its first row.
local function columns_of(text)
  local columns <const> = {}
  local ok <const>, fields <const> = pcall(core.csv.records { text = text })
  for index, field in ipairs(ok and fields or {}) do
    columns[sheet.trim(field)] = columns[sheet.trim(field)] or index
  end
  return columns
end

local function in_sheet(name, columns)
  return function(problem)
    local column <const> = problem.column or columns[problem.field or ""]
    if problem.row and column then
      return ("%s!%s%d"):format(name, plain.letter(column), problem.row)
    end
    return problem.row and ("%s row %d"):format(name, problem.row) or name
  end
end

-- What the descriptor calls remit.as_at or resources.posts.remit.months is the key as_at or posts.months of the sheet of settings.
local function in_settings(name, rows)
  return function(problem)
    local key <const> = (problem.field or ""):gsub("^resources%.", ""):gsub("%f[%w]remit%f[%W]%.?", ""):gsub("^%.", ""):gsub("%.$", "")
    problem.field = key ~= "" and key or nil
    return rows[key] and ("%s!B%d"):format(name, rows[key]) or name
  end
end

-- ---- The sheet of settings ----

local numbers <const> = { max_wte = true, format = true, months = true }

local function value_of(key, text)
  if numbers[key] then
    return math.tointeger(tonumber(text)) or tonumber(text) or text
  elseif key == "ordered" then
    return text == "true"
  end
  return text
end

-- "Kind: Total" as { Kind = "Total" }.
local function totals_of(text)
  local heading <const>, label <const> = text:match "^%s*(.-)%s*:%s*(.-)%s*$"
  return heading and { [heading] = label } or text
end

local function set(self, key, text, row)
  local of <const>, hint <const> = key:match "^(.+)%.([%w_]+)$"
  self.setting_rows[key] = row
  if key == "name" or key == "title" then
    self.descriptor[key] = text
  elseif of then
    self.hints[of:lower()] = self.hints[of:lower()] or {}
    self.hints[of:lower()][hint] = hint == "totals" and totals_of(text) or value_of(hint, text)
  else
    self.descriptor.remit[key] = value_of(key, text)
  end
end

local function read_settings(self, name, text, found)
  local ok <const>, problem <const> = pcall(function()
    local first = true
    for fields, row in core.csv.records { text = text } do
      local key <const>, value <const> = sheet.trim(fields[1] or ""), sheet.trim(fields[2] or "")
      if first and key ~= "" then
        first = false
        if key:lower() ~= "key" or value:lower() ~= "value" then
          found:add { file = name, row = row, column = 1, message = "its first row is: key, value" }
          return
        end
      elseif self.setting_rows[key] then
        found:add { file = name, row = row, column = 1, value = key, message = "stands there twice" }
      elseif key ~= "" and value ~= "" then
        set(self, key, value, row)
      elseif key == "" and value ~= "" then
        found:add { file = name, row = row, column = 1, value = value, message = "a value without a key" }
      end
    end
  end)
  if not ok then
    found:add { file = name, message = tostring(problem) }
  end
end

-- ---- Sheets ----

local function tell(found, name, trouble)
  for _, one in ipairs(trouble) do
    found:add { file = name, row = one.row, column = one.column, message = one.message }
  end
  if trouble.count > #trouble then
    found:add { file = name, message = ("and %d cells more like these"):format(trouble.count - #trouble), last = true }
  end
end

local function add_resource(self, name, found)
  local role <const> = sheet.trim(name):lower()
  local hints <const> = self.hints[role]
  self.hints[role] = nil
  if not schema.file(role) and not (hints and hints.role) then
    local message <const> = "is no sheet of a pack; one to be passed over has a name that begins with _"
    found:add { file = name, message = descriptor.with_hint(message, role, schema.names()) }
    return
  end
  local resources <const> = self.descriptor.resources
  resources[#resources + 1] = { name = role, path = name, remit = hints }
end

local function read_sheet(self, book, index, about, found)
  local name <const>, role <const> = about.name, sheet.trim(about.name):lower()
  if workbook.PASSED_OVER[role] or role:find "^_" then
    return
  end
  local text <const>, trouble <const> = book:csv(index)
  if not text then
    found:add { file = name, message = trouble }
  elseif about.hidden and text ~= "" then
    found:add { file = name, message = "is hidden, and nobody can see what is loaded from it: show it, or take it out" }
  elseif text ~= "" then
    self.texts[name], self.spelt[role] = text, name
    found:place(name, in_sheet(name, columns_of(text)))
    tell(found, name, trouble)
  end
end

-- The settings come first: they say what other sheets are.
local function assemble(self, sheets, found)
  local pack <const> = self.spelt[workbook.PACK]
  if not pack then
    found:add { file = self.path, message = "has no sheet 'pack' with its settings (key, value): remit new FILE.xlsx makes one to fill in" }
    return
  end
  read_settings(self, pack, self.texts[pack], found)
  found:place(descriptor.FILE, in_settings(pack, self.setting_rows), pack)
  local crosswalk <const> = self.descriptor.remit.crosswalk
  local beside <const> = crosswalk and self.spelt[tostring(crosswalk):lower()]
  if crosswalk and not beside then
    found:add { file = descriptor.FILE, field = "remit.crosswalk", value = tostring(crosswalk), message = "there is no such sheet" }
  end
  self.descriptor.remit.crosswalk = beside
  for _, about in ipairs(sheets) do
    if self.texts[about.name] and about.name ~= pack and about.name ~= beside then
      add_resource(self, about.name, found)
    end
  end
  for _, role in ipairs(plain.keys(self.hints)) do
    found:add { file = descriptor.FILE, field = role, message = ("there is no sheet '%s'"):format(role) }
  end
end

local function opened(path)
  local bytes <const>, message <const> = core.file.read(path)
  if not bytes then
    return nil, message
  end
  return core.spreadsheet.open(bytes)
end

---@class remit.pack.workbook
---@field path string
---@field descriptor table as datapackage.json has it
---@field texts table<string, string> CSV by sheet

---Opens a workbook; what is wrong goes to the problems, and stands there by sheet and cell.
---@param path string
---@param found table problems
---@return remit.pack.workbook?
function workbook.open(path, found)
  local book <close>, message <const> = opened(path)
  if not book then
    local prefix <const> = path .. ": "
    found:add { file = path, message = message:sub(1, #prefix) == prefix and message:sub(#prefix + 1) or message }
    return nil
  end
  local self <const> = { path = path, texts = {}, spelt = {}, hints = {}, setting_rows = {}, descriptor = { remit = {}, resources = {} } }
  local sheets <const> = book:sheets()
  for index, about in ipairs(sheets) do
    read_sheet(self, book, index, about, found)
  end
  assemble(self, sheets, found)
  self.descriptor.name = self.descriptor.name or (path:match "[^/\\]+$":gsub("%.%w+$", ""))
  return #self.descriptor.resources > 0 and self or nil
end

return workbook
