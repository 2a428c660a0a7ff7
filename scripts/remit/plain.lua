-- SPDX-License-Identifier: Apache-2.0
-- Small things that several modules do the same way.

local core <const> = require "remit.core"

local plain <const> = {}

---The keys of a table in alphabetical order: nothing may depend on the order of pairs.
---@param object table<string, any>
---@return string[]
function plain.keys(object)
  local keys <const> = {}
  for key in pairs(object) do
    keys[#keys + 1] = tostring(key)
  end
  table.sort(keys)
  return keys
end

---The names of things that have one, in their order.
---@param list { name: string }[]
---@return string[]
function plain.names(list)
  local names <const> = {}
  for index, item in ipairs(list) do
    names[index] = item.name
  end
  return names
end

---@param list any[]?
---@param wanted any
---@return boolean
function plain.among(list, wanted)
  for _, item in ipairs(list or {}) do
    if item == wanted then
      return true
    end
  end
  return false
end

---What a list loses when its items are gone through: what stands behind a gap, or under a name that is not one of `names`.
---@param list table
---@param names? string[] those that it may have beside its items
---@return string? problem nil when nothing is lost
---@return any key the first that is lost
function plain.astray(list, names)
  local length, first = 0, nil
  for index in ipairs(list) do
    length = index
  end
  for key in pairs(list) do -- the first of them, so that the order does not matter
    local lost <const> = not (math.type(key) == "integer" and key >= 1 and key <= length) and not plain.among(names, key)
    if lost and (first == nil or type(key) .. tostring(key) < type(first) .. tostring(first)) then
      first = key
    end
  end
  if first == nil then
    return nil
  elseif math.type(first) == "integer" and first > length then
    return ("item %d is nil, and there is an item %d"):format(length + 1, first), first
  end
  return ("'%s' is a name, where a list has its items one after the other"):format(tostring(first)), first
end

---What a list has more than once, where that would be a slip: a text, a number, or the same object.
---@param list any[]
---@return string? problem nil when each is there once
function plain.repeated(list)
  local first <const> = {}
  for index, item in ipairs(list) do
    local kind <const> = type(item)
    if first[item] then
      return (kind == "string" or kind == "number") and ("'%s' is there twice"):format(item) or ("item %d is item %d again"):format(index, first[item])
    end
    if item == item then -- nan is no key
      first[item] = index
    end
  end
end

---The items of a list as the keys of a table.
---@param list any[]
---@return table<any, boolean>
function plain.set(list)
  local set <const> = {}
  for _, item in ipairs(list) do
    set[item] = true
  end
  return set
end

---The whole numbers that are keys of a table, in order.
---@param object table<integer, any>
---@return integer[]
function plain.rows(object)
  local rows <const> = {}
  for row in pairs(object) do
    rows[#rows + 1] = row
  end
  table.sort(rows)
  return rows
end

---The items of a list as a file writes it, `a|b`, each once and in alphabetical order, written the same way.
---@param text string
---@param spelt? fun(item: string): string as the item is meant
---@return string
function plain.items(text, spelt)
  local list <const>, seen <const> = {}, {}
  for written in (text .. "|"):gmatch("%s*([^|]-)%s*|") do
    local item <const> = spelt and spelt(written) or written
    if item ~= "" and not seen[item] then
      seen[item] = true
      list[#list + 1] = item
    end
  end
  table.sort(list)
  return table.concat(list, "|")
end

---"1 line", "3 lines", "2 entries"; show.counted writes thousands apart.
---@param count integer
---@param one string
---@param many? string default: one with an s
---@return string
function plain.counted(count, one, many)
  return ("%d %s"):format(count, count == 1 and one or many or one .. "s")
end

---A label as the test language writes it, whatever it holds.
---@param label string
---@return string
function plain.quoted(label)
  return '"' .. label:gsub('"', '""') .. '"'
end

---Columns with their values, from rows that hold them by the columns' names.
---@param rows table<string, any>[]
---@param columns { name: string }[] these get `values`
---@return table[] columns
function plain.filled(rows, columns)
  for _, column in ipairs(columns) do
    column.values = {}
    for index, row in ipairs(rows) do
      column.values[index] = row[column.name]
    end
  end
  return columns
end

local classes <const> = setmetatable({}, { __mode = "k" }) -- their names, by metatable

---Makes a metatable, with its __name, one of the toolkit's.
---@generic T: table
---@param meta T
---@return T
function plain.class(meta)
  classes[meta] = meta.__name
  return meta
end

---What an object of the toolkit is called, such as "remit.model"; nil for anything else, also for what a script calls so.
---@param value any
---@return string?
function plain.object_name(value)
  local meta <const> = getmetatable(value)
  return meta and classes[meta] or nil
end

---Whether a value is an object of the toolkit, which holds other things than a script sees: a frame has no fields at all. A section of the site profile
---is a table of values.
---@param value any
---@return boolean
function plain.is_object(value)
  local name <const> = plain.object_name(value)
  return name ~= nil and name ~= "remit.site"
end

---A folder that the environment names; only a whole path counts.
---@param name string
---@return string?
function plain.folder_setting(name)
  local value <const> = os.getenv(name)
  return value and value:sub(1, 1) == "/" and value or nil
end

---The letter of a workbook's column: "C" for 3.
---@param column integer
---@return string
function plain.letter(column)
  local text = ""
  while column > 0 do
    text, column = string.char(65 + (column - 1) % 26) .. text, (column - 1) // 26
  end
  return text
end

---Whether a path means a workbook. Here, for what reads one loads with the first that there is.
---@param path string
---@return boolean
function plain.is_workbook(path)
  return path:lower():find "%.xlsx$" ~= nil and core.file.kind(path) ~= "directory"
end

return plain
