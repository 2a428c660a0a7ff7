-- SPDX-License-Identifier: Apache-2.0
-- A corrections file: what the analyst says of values that cannot stay as they are. Columns: file, field, value, becomes, why and, to mean one row
-- only, row. The pack's own files stay untouched; what was applied is recorded with the model.

local fault <const> = require "remit.fault"
local sheet <const> = require "remit.sheet"

local corrections <const> = {}

local HEADINGS <const> = { "file", "field", "value", "becomes", "why" }

local function read_records(path)
  local records <const> = {}
  local problem <const> = sheet.each({ path = path }, path, function(fields, row)
    records[#records + 1] = { fields = fields, row = row }
  end)
  if problem then
    fault.raise { code = "corrections", message = ("%s: %s"):format(path, problem) }
  end
  return records
end

local function columns_of(path, heading)
  local at <const> = {}
  for index, name in ipairs(heading) do
    at[sheet.trim(name)] = index
  end
  for _, name in ipairs(HEADINGS) do
    if not at[name] then
      fault.raise { code = "corrections", message = ("%s: heading '%s' is missing"):format(path, name),
        hints = { "the headings are: file,row,field,value,becomes,why (row may be empty)" } }
    end
  end
  return at
end

-- One correction from a record, checked.
local function correction(path, at, record)
  local fields <const>, where <const> = record.fields, ("%s:%d"):format(path, record.row)
  local function cell(name)
    return sheet.trim(at[name] and fields[at[name]] or "")
  end
  local row <const> = cell "row"
  if cell "why" == "" then
    fault.raise { code = "corrections", message = where .. " has no 'why': a correction gives its reason" }
  elseif row ~= "" and not math.tointeger(tonumber(row)) then
    fault.raise { code = "corrections", message = ("%s: row '%s' is not a whole number"):format(where, row) }
  end
  return { file = cell "file", row = math.tointeger(tonumber(row)), field = cell "field", value = cell "value", becomes = cell "becomes",
    why = cell "why", from = path, from_row = record.row, used = 0 }
end

---Reads a corrections file.
---@param path string
---@return table[] list of { file, row?, field, value, becomes, why, from, from_row, used }
function corrections.read(path)
  local records <const> = read_records(path)
  if #records == 0 then
    fault.raise { code = "corrections", message = ("%s is empty"):format(path) }
  end
  local at <const> = columns_of(path, records[1].fields)
  local list <const> = {}
  for index = 2, #records do
    if #records[index].fields > 0 then
      list[#list + 1] = correction(path, at, records[index])
    end
  end
  return list
end

---The corrections that speak of one file.
function corrections.of(list, file)
  local mine <const> = {}
  for _, one in ipairs(list) do
    if one.file == file then
      mine[#mine + 1] = one
    end
  end
  return mine
end

local function quoted(text, delimiter)
  if text:find('["\r\n]') or text:find(delimiter, 1, true) or text:find("^%s") or text:find("%s$") then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

local function corrected(fields, row, heading, mine)
  for _, one in ipairs(mine) do
    local column <const> = heading[one.field]
    if column and sheet.trim(fields[column] or "") == one.value and (not one.row or one.row == row) then
      fields[column] = one.becomes
      one.used = one.used + 1
    end
  end
end

---The file's text with its corrections applied, row for row; nil when the file cannot be read (loading it will say why).
---@param source { path: string, delimiter?: string, encoding?: string }
---@param mine table[]
---@return string? text
function corrections.apply(source, mine)
  local lines <const>, delimiter <const>, heading = {}, source.delimiter or ",", nil
  local given <const> = { path = source.path, text = source.text, delimiter = source.delimiter, encoding = source.encoding }
  local problem <const> = sheet.each(given, source.path or "", function(fields, row)
    if not heading and #fields > 0 then
      heading = {}
      for index, name in ipairs(fields) do
        heading[sheet.trim(name)] = index
      end
    elseif heading then
      corrected(fields, row, heading, mine)
    end
    for index, text in ipairs(fields) do
      fields[index] = quoted(text, delimiter)
    end
    lines[#lines + 1] = table.concat(fields, delimiter)
  end)
  return not problem and table.concat(lines, "\n") .. "\n" or nil
end

---Corrections that changed nothing are mistakes: adds each as a problem.
---@param list table[]
---@param problems table
---@param paths string[] the pack's files
function corrections.check_used(list, problems, paths)
  local known <const> = {}
  for _, path in ipairs(paths) do
    known[path] = true
  end
  for _, one in ipairs(list) do
    local near <const> = fault.suggest(one.file, paths)
    if not known[one.file] then
      problems:add { file = one.from, row = one.from_row, field = "file", value = one.file,
        message = "not a file of this pack" .. (near and ". " .. near or "") }
    elseif one.used == 0 then
      local where <const> = one.row and ("row %d of %s"):format(one.row, one.file) or one.file
      problems:add { file = one.from, row = one.from_row, field = one.field, value = one.value,
        message = ("this correction matches nothing in %s"):format(where) }
    end
  end
end

return corrections
