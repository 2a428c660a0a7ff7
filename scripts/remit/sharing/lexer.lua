-- SPDX-License-Identifier: Apache-2.0
-- A script as a list of tokens, for what can be known of it without running it. What is no Lua is for `load` to refuse; here it only has to end.

local lexer <const> = {}

---@class remit.sharing.token
---@field kind "name"|"string"|"number"|"symbol"
---@field text string
---@field line integer
---@field value? string of a string

local SYMBOLS <const> = { "^%.%.%.", "^%.%.", "^::", "^//", "^<<", "^>>", "^[=~<>]=", "^." }

local function long_bracket(text, at)
  local level <const> = text:match("^%[(=*)%[", at)
  if not level then
    return nil
  end
  local from <const> = at + #level + 2
  local first <const>, last <const> = text:find("]" .. level .. "]", from, true)
  return text:sub(from, (first or #text + 1) - 1):gsub("^\r?\n", ""), (last or #text) + 1
end

local function short_string(text, at)
  local quote <const> = text:sub(at, at)
  local to = at + 1
  while to <= #text and text:sub(to, to) ~= quote and text:sub(to, to) ~= "\n" do
    to = to + (text:sub(to, to) == "\\" and (text:match("^\\z%s*()", to) or to + 2) - to or 1)
  end
  local literal <const> = text:sub(at, to)
  local chunk <const> = load("return " .. literal, "=literal", "t", {})
  return chunk and chunk() or "", to + 1
end

local function skip_comment(text, at)
  if text:sub(at, at + 1) ~= "--" then
    return nil
  end
  local _, behind <const> = long_bracket(text, at + 2)
  return behind or (text:find("\n", at, true) or #text + 1)
end

local function read_token(text, at)
  local first <const> = text:sub(at, at)
  if first:find "[%a_]" then
    return "name", text:match("^[%w_]+", at)
  elseif first:find "%d" or text:find("^%.%d", at) then
    return "number", text:match("^%x*%.?[%w.]*", at)
  elseif first == '"' or first == "'" then
    local value <const>, behind <const> = short_string(text, at)
    return "string", text:sub(at, behind - 1), value
  end
  local value <const>, behind <const> = long_bracket(text, at)
  if value then
    return "string", text:sub(at, behind - 1), value
  end
  for _, symbol in ipairs(SYMBOLS) do
    local found <const> = text:match(symbol, at)
    if found then
      return "symbol", found
    end
  end
end

local function count_lines(text, from, to)
  local count, at = 0, text:find("\n", from, true)
  while at and at < to do
    count, at = count + 1, text:find("\n", at + 1, true)
  end
  return count
end

---@param text string
---@return remit.sharing.token[]
function lexer.tokens(text)
  local tokens <const> = {}
  local at, line = 1, 1
  while at <= #text do
    local behind = text:match("^%s+()", at) or skip_comment(text, at)
    if not behind then
      local kind <const>, found <const>, value <const> = read_token(text, at)
      tokens[#tokens + 1] = { kind = kind, text = found, line = line, value = value }
      behind = at + #found
    end
    line, at = line + count_lines(text, at, behind), behind
  end
  return tokens
end

return lexer
