-- SPDX-License-Identifier: Apache-2.0
-- manifest.json, the first file of a bundle: what it is, what each of its files hashes to, what it asks for and needs. docs/guide/bundles.md has the shape.

local core <const> = require "remit.core"
local engine <const> = require "remit.sharing.engine"
local fault <const> = require "remit.fault"
local json <const> = require "remit.sharing.json"
local plain <const> = require "remit.plain"

local manifest <const> = {}

---The format of bundles, raised when an older remit could misread one.
manifest.FORMAT = 1

---Its name in the container.
manifest.PATH = "manifest.json"

---@class remit.manifest
---@field format integer
---@field name string of the bundle, the same in all its versions
---@field version string
---@field engine string the remit that made it
---@field author? string
---@field purpose? string
---@field main string the path of the script that runs
---@field files { path: string, size: integer, sha256: string }[] every file but the manifest itself
---@field asks { pack?: boolean, arguments?: boolean, outputs?: string[] }
---@field needs remit.manifest.needs

---@class remit.manifest.needs
---@field engine? string ">= 0.1.0, < 0.3.0"
---@field vocabulary? string[] versions
---@field tables? string[] standard files of a pack
---@field dimensions? string[]
---@field measures? string[]
---@field attributes? string[]
---@field site? string[] fields of the site profile
---@field parks? boolean it loads packs with unmapped = "park"

local LONGEST <const>, ITEMS_MOST <const>, RANGE_LONGEST <const> = 1000, 1000, 100

local function is_text(value)
  return type(value) == "string" and value:find "%S" and #value <= LONGEST and "" or "is a text of at most 1000 bytes"
end

local function is_word(value)
  return type(value) == "string" and #value <= 64 and value:find "^%w[%w._+-]*$" and "" or "is made of letters, digits and . _ + -, at most 64"
end

local function is_boolean(value)
  return type(value) == "boolean" and "" or "is true or false"
end

local function is_list(value)
  if core.json.kind(value) ~= "array" then
    return "is a list of texts"
  elseif #value > ITEMS_MOST then
    return ("has at most %d texts"):format(ITEMS_MOST)
  end
  for _, item in ipairs(value) do
    if is_text(item) ~= "" then
      return "is a list of texts"
    end
  end
  return ""
end

local function is_range(value)
  return type(value) == "string" and #value <= RANGE_LONGEST and engine.read(value) and "" or 'is a range of versions such as ">= 0.1.0, < 0.3.0"'
end

local object

local function object_test(shape, where)
  return function(value)
    local fine <const>, wrong <const> = object(value, shape, where)
    return fine and "" or wrong
  end
end

local FILE <const> = {
  path = { function(value) return type(value) == "string" and core.bundle.check_name(value) and "" or "is a plain path below the bundle's own folder" end },
  size = { function(value) return math.type(value) == "integer" and value >= 0 and "" or "is a number of bytes" end },
  sha256 = { function(value) return type(value) == "string" and #value == 64 and not value:find "[^0-9a-f]" and "" or "is 64 hexadecimal digits" end },
}

local function is_files(value)
  if core.json.kind(value) ~= "array" then
    return "is a list of files"
  end
  for index, item in ipairs(value) do
    local fine <const>, wrong <const> = object(item, FILE, ("files[%d]"):format(index))
    if not fine then
      return wrong
    end
  end
  return ""
end

local optional <const> = true

-- A test gives "" or what the value is instead; a text with a colon is about a part of it.
local SHAPE <const> = {
  format = { function(value) return value == manifest.FORMAT and "" or "is 1" end },
  name = { is_word }, version = { is_word }, engine = { is_word }, author = { is_text, optional }, purpose = { is_text, optional },
  main = { is_text }, files = { is_files },
  asks = { object_test({ pack = { is_boolean, optional }, arguments = { is_boolean, optional }, outputs = { is_list, optional } }, "asks") },
  needs = { object_test({ engine = { is_range, optional }, vocabulary = { is_list, optional }, tables = { is_list, optional },
    dimensions = { is_list, optional }, measures = { is_list, optional }, attributes = { is_list, optional }, site = { is_list, optional },
    parks = { is_boolean, optional } }, "needs") },
}

-- true, or nil and what is wrong.
function object(value, shape, where)
  if core.json.kind(value) ~= "object" then
    return nil, where .. ": is an object"
  end
  for _, key in ipairs(plain.keys(value)) do
    if not shape[key] then
      local near <const> = fault.suggest(key, plain.keys(shape))
      return nil, ("%s: has no field '%s'. %s"):format(where, key, near or "")
    end
  end
  for _, key in ipairs(plain.keys(shape)) do
    local test <const>, may_miss <const> = shape[key][1], shape[key][2]
    local wrong <const> = value[key] == nil and (may_miss and "" or "is missing") or value[key] ~= nil and test(value[key]) or ""
    if wrong ~= "" then
      return nil, wrong:find ": " and wrong or ("%s: '%s' %s"):format(where, key, wrong)
    end
  end
  return true
end

local function has_main(read)
  for _, file in ipairs(read.files) do
    if file.path == read.main then
      return read.main:find "%.lua$" ~= nil
    end
  end
  return false
end

---@param text string
---@return remit.manifest?, string? message
function manifest.read(text)
  local value <const>, message <const>, _, line <const>, column <const> = core.json.read(text)
  if value == nil then
    return nil, ("%s:%d:%d: %s"):format(manifest.PATH, line, column, message)
  end
  local format <const> = core.json.kind(value) == "object" and value.format
  if math.type(format) == "integer" and format > manifest.FORMAT then
    return nil, ("it has format %d: a newer remit made it, and this one reads format %d"):format(format, manifest.FORMAT)
  end
  local fine <const>, wrong <const> = object(value, SHAPE, manifest.PATH)
  if not fine then
    return nil, wrong
  elseif not has_main(value) then
    return nil, ("%s: 'main' is a Lua script among its files"):format(manifest.PATH)
  end
  return value
end

---@param given remit.manifest
---@return string? text, string? message
function manifest.write(given)
  local text <const> = json.write(given)
  local read <const>, message <const> = manifest.read(text)
  if not read then
    return nil, message
  end
  return text
end

return manifest
