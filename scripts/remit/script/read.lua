-- SPDX-License-Identifier: Apache-2.0
-- A script from its file: text, in UTF-8, and Lua.

local core <const> = require "remit.core"

local read <const> = {}

---The texts of what was run, by the name that messages give: errors quote the line.
---@type table<string, string>
read.texts = {}

local function line_of(text, at)
  local line = 1
  for _ in text:sub(1, at - 1):gmatch "\n" do
    line = line + 1
  end
  return line
end

local function is_text(path, text)
  if text:sub(1, 4) == "\27Lua" then
    return nil, ("%s is compiled Lua, not a script"):format(path)
  elseif text:find "^\xFF\xFE" or text:find "^\xFE\xFF" then
    return nil, ("%s is UTF-16. Save it as UTF-8"):format(path)
  end
  local zero <const> = text:find("\0", 1, true)
  local _, bad <const> = utf8.len(text)
  if zero or bad then
    local at <const> = zero and math.min(zero, bad or zero) or bad
    return nil, ("%s:%d: the byte 0x%02X is not UTF-8 text. Save the script as UTF-8"):format(path, line_of(text, at), text:byte(at))
  end
  return true
end

-- Lines stay as in the file.
local function without_head(text)
  return (text:gsub("^\xEF\xBB\xBF", ""):gsub("^#[^\n]*", ""))
end

---@param path string what messages call it
---@param bytes string
---@return string? text without mark or shebang, string? message
function read.of(path, bytes)
  local fine <const>, message <const> = is_text(path, bytes)
  if not fine then
    return nil, message
  end
  read.texts[path] = without_head(bytes)
  return read.texts[path]
end

---@param path string
---@return string? text as in the file; string? message
function read.text(path)
  local kind <const> = core.file.kind(path)
  if kind ~= "file" then
    return nil, kind == "directory" and ("%s is a folder, not a script"):format(path) or ("there is no script %s"):format(path)
  end
  local found <const>, wrong <const> = core.file.read(path)
  if not found then
    return nil, wrong
  end
  local fine <const>, message <const> = is_text(path, found)
  if not fine then
    return nil, message
  end
  return found
end

---A script compiled for an environment; or nil and what is wrong with it.
---@param path string as messages call it
---@param text string of which a byte-order mark and a first line that begins with # are left out
---@param env table
---@return function? chunk, string? message
function read.compile(path, text, env)
  read.texts[path] = without_head(text)
  return load(read.texts[path], "@" .. path, "t", env)
end

return read
