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

---@param path string what messages call it
---@param bytes string
---@return string? text without mark or shebang, lines as in the file; string? message
function read.of(path, bytes)
  local text = bytes:gsub("^\xEF\xBB\xBF", "")
  local fine <const>, message <const> = is_text(path, text)
  if not fine then
    return nil, message
  end
  text = text:gsub("^#[^\n]*", "")
  read.texts[path] = text
  return text
end

---@param path string
---@return string? text as read.of gives it; string? message
function read.text(path)
  local kind <const> = core.file.kind(path)
  if kind ~= "file" then
    return nil, kind == "directory" and ("%s is a folder, not a script"):format(path) or ("there is no script %s"):format(path)
  end
  local found <const>, wrong <const> = core.file.read(path)
  if not found then
    return nil, wrong
  end
  return read.of(path, found)
end

---A script compiled for an environment; or nil and what is wrong with it.
---@param path string
---@param env table
---@return function? chunk, string? message, boolean? is_syntax
function read.chunk(path, env)
  local text <const>, message <const> = read.text(path)
  if not text then
    return nil, message
  end
  local chunk <const>, wrong <const> = load(text, "@" .. path, "t", env)
  return chunk, wrong, chunk == nil
end

return read
