-- SPDX-License-Identifier: Apache-2.0
-- What can be known of a script by reading it: what it requires, loads and saves, which texts may be files, which names of a pack it uses, and what
-- would fail elsewhere. It reads tokens, not meaning: what it misses is said by remit.needs.

local lexer <const> = require "remit.sharing.lexer"
local needs <const> = require "remit.sharing.needs"

local reading <const> = {}

---@class remit.sharing.reading
---@field modules { name: string, line: integer }[]
---@field texts { text: string, line: integer, joined: boolean }[] each may be a file's path, or the end of one
---@field outputs string[]
---@field loads boolean remit.load without a path
---@field arguments boolean reads `arg` or `...` of the script itself
---@field parks? boolean remit.load with unmapped = "park"
---@field used { dimensions: table<string, true>, measures: table<string, true>, attributes: table<string, true>, site: table<string, true> }
---@field declared? table remit.needs
---@field findings { line: integer, message: string }[]

local CHANGES <const> = { close = true, scale = true, add = true, move = true, regrade = true, set = true, once = true, transfer = true }
local SELECTING <const> = { posts = true, lines = true, where = true, protect = true, include = true, exclude = true }
local ALWAYS <const> = { id = true, name = true, kind = true, vacant = true, month = true, year = true, scenario = true } -- every model has these
local SUBSIDIARITY <const> = { "level", "accountable", "delivers", "hosts", "funds" }

---@class remit.sharing.reader
---@field tokens remit.sharing.token[]
---@field found remit.sharing.reading
local Reader <const> = {}
Reader.__index = Reader

function Reader:is(at, ...)
  for offset, text in ipairs { ... } do
    local token <const> = self.tokens[at + offset - 1]
    if not token or token.kind == "string" or token.text ~= text then
      return false
    end
  end
  return true
end

-- The text of a call with one written-out text: f "x" or f("x").
function Reader:only_text(at)
  local token, behind = self.tokens[at], self.tokens[at + 1]
  if self:is(at, "(") then
    token, behind = behind, self.tokens[at + 2]
    return token and token.kind == "string" and behind and (behind.text == ")" or behind.text == ",") and token.value or nil
  end
  return token and token.kind == "string" and token.value or nil
end

function Reader:finding(at, message)
  table.insert(self.found.findings, { line = self.tokens[at].line, message = message })
end

-- The token behind the bracket that closes the one at `at`.
function Reader:behind(at)
  local depth = 0
  for index = at, #self.tokens do
    local text <const> = self.tokens[index].kind == "symbol" and self.tokens[index].text
    depth = depth + ((text == "{" or text == "(" or text == "[") and 1 or (text == "}" or text == ")" or text == "]") and -1 or 0)
    if depth == 0 then
      return index + 1
    end
  end
  return #self.tokens + 1
end

-- The named fields of the table whose { stands at `at`: name and where its value begins.
function Reader:fields(at)
  local index, to <const> = at + 1, self:behind(at) - 1
  return function()
    while index < to do
      local token <const> = self.tokens[index]
      if token.kind == "name" and self:is(index + 1, "=") then
        index = index + 2
        return token.text, index
      end
      index = token.kind == "symbol" and (token.text == "{" or token.text == "(" or token.text == "[") and self:behind(index) or index + 1
    end
  end
end

function Reader:attribute(name)
  local dimension <const>, attribute <const> = name:match "^([%w_]+)%.([%w_]+)$"
  if not ALWAYS[dimension or name] and (dimension or name:find "^[%a_][%w_]*$") then
    self.found.used.dimensions[dimension or name] = true
    self.found.used.attributes[attribute and not ALWAYS[attribute] and name or ""] = true
  end
end

-- posts { fn = { class = "grow" } } uses fn and fn.class.
function Reader:selection(at, dimension)
  for name, value in self:fields(at) do
    if dimension and not ALWAYS[name] then
      self:attribute(dimension .. "." .. name)
    elseif not dimension then
      self:attribute(name)
      if self:is(value, "{") and not ALWAYS[name] then
        self:selection(value, name)
      end
    end
  end
end

-- One text, or a list of them.
function Reader:each_text(at, visit)
  local to <const> = self:is(at, "{") and self:behind(at) - 1 or at
  for index = at, math.min(to, #self.tokens) do
    if self.tokens[index].kind == "string" then
      visit(self.tokens[index].value)
    end
  end
end

function Reader:use_measures(at)
  self:each_text(at, function(name)
    self.found.used.measures[name] = true
  end)
end

-- ---- What stands at a token ----

function Reader:require(at)
  local name <const> = self:only_text(at + 1)
  if name and name ~= "remit" then
    table.insert(self.found.modules, { name = name, line = self.tokens[at].line })
  elseif not name and (self:is(at + 1, "(") or self.tokens[at + 1] and self.tokens[at + 1].kind == "string") then
    self:finding(at, "require takes a name that is not written out. Say which: remit.needs { modules = { ... } }")
  end
end

function Reader:load(at)
  local free <const> = self:is(at, "(", ")") or self:is(at, "(", "nil")
  self.found.loads = self.found.loads or free
  for index = at, self:is(at, "(") and self:behind(at) - 1 or at - 1 do
    self.found.parks = self.found.parks or self.tokens[index].value == "park" or nil
  end
  if not free and (self:is(at, "(") or self:only_text(at)) then
    self:finding(at, "a bundle works on the pack of whoever runs it: remit.load() without a path")
  end
end

function Reader:change(at, kind)
  if not self:is(at, "{") and not self:is(at, "(", "{") then
    return
  end
  for name in self:fields(self:is(at, "{") and at or at + 1) do
    if name == "why" then
      return
    end
  end
  self:finding(at, ("remit.%s has no `why`: who runs it elsewhere must know"):format(kind))
end

function Reader:save(at)
  local to <const> = self:is(at, "(") and self:behind(at) - 1 or at
  for index = at, math.min(to, #self.tokens) do
    local token <const> = self.tokens[index]
    if token.kind == "string" then
      token.output = true
      table.insert(self.found.outputs, (self:is(index - 1, "..") and "*" or "") .. token.value)
    end
  end
end

-- remit.site { needs = { "envelope.per_head" } }
function Reader:site(at)
  local first <const> = self:is(at, "(") and at + 1 or at
  for name, value in self:is(first, "{") and self:fields(first) or function() end do
    if name == "needs" then
      self:each_text(value, function(field) self.found.used.site[field] = true end)
    end
  end
end

function Reader:call_of_remit(at)
  local name <const> = self.tokens[at].text
  if name == "load" then
    self:load(at + 1)
  elseif CHANGES[name] then
    self:change(at + 1, name)
  elseif name == "site" then
    self:site(at + 1)
  elseif name == "subsidiarity" then
    self.found.assigns = true
  elseif name == "needs" then
    local first <const> = self:is(at + 1, "(") and at + 2 or at + 1
    local given <const>, wrong <const> = needs.written_out(self.tokens, first)
    if given then
      self.found.declared = given
      for index = first, self:behind(first) - 1 do
        self.tokens[index].output = true
      end
    else
      self:finding(at, wrong)
    end
  end
end

function Reader:method(at)
  local name <const> = self.tokens[at].text
  local first <const> = self:is(at + 1, "(") and at + 2 or at + 1
  if name == "save" then
    self:save(at + 1)
  elseif (name == "total" or name == "sum") and self.tokens[first] and self.tokens[first].kind == "string" then
    self:use_measures(first)
  elseif (name == "posts" or name == "lines") and self:is(first, "{") then
    self:selection(first)
  elseif name == "functions" and self:is(first, "{") then
    self:selection(first, "fn")
  end
end

function Reader:field(at)
  local name <const>, value <const> = self.tokens[at].text, at + 2
  if name == "measures" or name == "measure" then
    self:use_measures(value)
  elseif name == "by" then
    self:each_text(value, function(text) self:attribute(text) end)
  elseif SELECTING[name] and self:is(value, "{") then
    self:selection(value)
  elseif name == "functions" and self:is(value, "{") then
    self:selection(value, "fn")
  end
end

function Reader:look(at)
  local token <const> = self.tokens[at]
  if token.kind == "name" and self:is(at - 2, "remit", ".") then
    self:call_of_remit(at)
  elseif token.kind == "name" and self:is(at - 1, ":") then
    self:method(at)
  elseif token.kind == "name" and token.text == "require" and not self:is(at - 1, ".") then
    self:require(at)
  elseif token.kind == "name" and self:is(at + 1, "=") and not self:is(at - 1, "local") then
    self:field(at)
  elseif token.text == "arg" and token.kind == "name" and not self:is(at - 1, ".") and not self:is(at, "arg", "[", "0") and not self:is(at + 1, "and") then
    self.found.arguments = true
  end
end

local function texts_of(reader)
  local texts <const> = {}
  for at, token in ipairs(reader.tokens) do
    if token.kind == "string" and not token.output and #token.value <= 200 and not token.value:find "%c" then
      texts[#texts + 1] = { text = token.value, line = token.line, joined = reader:is(at - 1, "..") }
    end
  end
  return texts
end

---@param text string a script that compiles
---@return remit.sharing.reading
function reading.of(text)
  local found <const> = { modules = {}, outputs = {}, loads = false, arguments = false, findings = {},
    used = { dimensions = {}, measures = {}, attributes = {}, site = {} } }
  local reader <const> = setmetatable({ tokens = lexer.tokens(text), found = found }, Reader)
  for at = 1, #reader.tokens do
    reader:look(at)
  end
  found.texts = texts_of(reader)
  found.used.attributes[""] = nil
  for _, name in ipairs(found.assigns and SUBSIDIARITY or {}) do
    found.used.attributes["fn." .. name] = nil
  end
  return found
end

return reading
