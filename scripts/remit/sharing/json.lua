-- SPDX-License-Identifier: Apache-2.0
-- Writes the JSON that bundles and the key store consist of: the same content gives the same bytes. Whole numbers, texts, booleans, lists and objects.

local plain <const> = require "remit.plain"

local json <const> = {}

-- Names that come first, in this order; others follow by alphabet.
local FIRST <const> = { "format", "name", "version", "engine", "author", "purpose", "main", "path", "size", "sha256",
  "manifest", "ended", "lua", "bundle", "script", "asks", "needs" }

local rank <const> = {}
for index, name in ipairs(FIRST) do
  rank[name] = index
end

local function ordered_keys(object)
  local keys <const> = plain.keys(object)
  table.sort(keys, function(a, b)
    local left <const>, right <const> = rank[a] or #FIRST + 1, rank[b] or #FIRST + 1
    return left < right or left == right and a < b
  end)
  return keys
end

local function escape(character)
  return ("\\u%04x"):format(character:byte())
end

local function text_of(text)
  return '"' .. text:gsub('[%c"\\\127]', escape) .. '"'
end

local write

local function list_of(list, indent)
  local items <const> = {}
  for index, item in ipairs(list) do
    items[index] = write(item, indent .. "  ")
  end
  local short <const> = type(list[1]) ~= "table" and table.concat(items, ", ") or ""
  if short ~= "" and #short < 100 then
    return "[" .. short .. "]"
  end
  return ("[\n%s  %s\n%s]"):format(indent, table.concat(items, ",\n" .. indent .. "  "), indent)
end

local function object_of(object, indent)
  local items <const> = {}
  for index, key in ipairs(ordered_keys(object)) do
    items[index] = text_of(key) .. ": " .. write(object[key], indent .. "  ")
  end
  return #items == 0 and "{}" or ("{\n%s  %s\n%s}"):format(indent, table.concat(items, ",\n" .. indent .. "  "), indent)
end

function write(value, indent)
  if type(value) == "table" then
    return value[1] ~= nil and list_of(value, indent) or object_of(value, indent)
  elseif type(value) == "string" then
    return text_of(value)
  end
  assert(type(value) == "boolean" or math.type(value) == "integer", "only whole numbers, texts and booleans are written")
  return tostring(value)
end

---A table is a list when it has a first item; an empty one is an object.
---@param value any
---@return string text ends with a newline
function json.write(value)
  return write(value, "") .. "\n"
end

return json
