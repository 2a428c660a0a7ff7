-- SPDX-License-Identifier: Apache-2.0
-- A corrections file: what the analyst says of values that cannot stay as they are. Columns: file, field, value, becomes, why and, to mean one row
-- only, row. The pack's own files stay untouched; what was applied is recorded with the model.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local corrections <const> = {}

local HEADINGS <const> = { "file", "field", "value", "becomes", "why" }

local function read_records(path)
  local iterator <const>, message <const> = core.csv.records { path = path }
  if not iterator then
    fault.raise { code = "corrections", message = ("%s: %s"):format(path, message) }
  end
  local ok <const>, result <const> = pcall(function()
    local records <const> = {}
    for fields, row in iterator do
      records[#records + 1] = { fields = fields, row = row }
    end
    return records
  end)
  if not ok then
    fault.raise { code = "corrections", message = ("%s: %s"):format(path, tostring(result)) }
  end
  return result
end

local function columns_of(path, heading)
  local at <const> = {}
  for index, name in ipairs(heading) do
    at[name] = index
  end
  for _, name in ipairs(HEADINGS) do
    if not at[name] then
      fault.raise { code = "corrections", message = ("%s: heading '%s' is missing"):format(path, name),
        hints = { "the headings are: file,row,field,value,becomes,why (row may be empty)" } }
    end
  end
  return at
end

---Reads a corrections file.
---@param path string
---@return table[] list of { file, row?, field, value, becomes, why, at, used }
function corrections.read(path)
  local records <const> = read_records(path)
  if #records == 0 then
    fault.raise { code = "corrections", message = ("%s is empty"):format(path) }
  end
  local at <const> = columns_of(path, records[1].fields)
  local list <const> = {}
  for index = 2, #records do
    local fields <const> = records[index].fields
    if #fields > 0 then
      local row <const> = at.row and fields[at.row] ~= "" and math.tointeger(tonumber(fields[at.row])) or nil
      local why <const> = fields[at.why] or ""
      if why == "" then
        fault.raise { code = "corrections", message = ("%s:%d has no 'why': a correction gives its reason"):format(path, records[index].row) }
      end
      list[#list + 1] = { file = fields[at.file], row = row, field = fields[at.field], value = fields[at.value], becomes = fields[at.becomes],
        why = why, at = ("%s:%d"):format(path, records[index].row), used = 0 }
    end
  end
  return list
end

---The corrections that speak of one file.
function corrections.of(list, file)
  local mine <const> = {}
  for _, one in ipairs(list or {}) do
    if one.file == file then
      mine[#mine + 1] = one
    end
  end
  return mine
end

local function quoted(text)
  if text:find('[",\r\n]') or text:find("^%s") or text:find("%s$") then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

local function corrected(fields, row, heading, mine)
  for _, one in ipairs(mine) do
    local column <const> = heading[one.field]
    if column and fields[column] == one.value and (not one.row or one.row == row) then
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
  local iterator <const> = core.csv.records(source)
  if not iterator then
    return nil
  end
  local lines <const>, heading = {}, nil
  local ok <const> = pcall(function()
    for fields, row in iterator do
      if not heading then
        heading = {}
        for index, name in ipairs(fields) do
          heading[name] = index
        end
      else
        corrected(fields, row, heading, mine)
      end
      for index, text in ipairs(fields) do
        fields[index] = quoted(text)
      end
      lines[#lines + 1] = table.concat(fields, source.delimiter or ",")
    end
  end)
  return ok and table.concat(lines, "\n") .. "\n" or nil
end

---Corrections that changed nothing are mistakes: adds each as a problem.
function corrections.check_used(list, problems)
  for _, one in ipairs(list or {}) do
    if one.used == 0 then
      problems:add { file = one.at, field = one.field, value = one.value, message = ("this correction matches nothing in %s"):format(one.file) }
    end
  end
end

return corrections
