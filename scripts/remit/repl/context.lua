-- SPDX-License-Identifier: Apache-2.0
-- Where the cursor stands in unfinished Lua: in which string or call, behind which name, and of what kind the thing before the dot is. Nothing is run
-- to find out: variables are looked up, and what a call gives is what help says of it.

local help <const> = require "remit.help"

local context <const> = {}

---@class remit.repl.thing what an expression is, as far as it is known
---@field value any of a call: what it is called on
---@field class? string "model", "frame"...: how help calls its methods' owner
---@field call? remit.help.entry a function that is about to be called
---@field model? remit.model the model that it came from

---@class remit.repl.open a bracket that is not closed
---@field thing? remit.repl.thing the call that it is the arguments of
---@field key? string the name that it is the value of
---@field item integer which argument or item, from 1
---@field at_key boolean a name may begin here

---@class remit.repl.place
---@field partial string what was begun
---@field quote? string the quote of the string that the cursor is in
---@field opens remit.repl.open[] outermost first
---@field key? string the name whose value is being written
---@field before? remit.repl.thing what stands before a dot or colon
---@field link? string that dot or colon

local entries_by_name
local function entry(name)
  if not entries_by_name then
    entries_by_name = {}
    for _, each in ipairs(help.entries()) do
      entries_by_name[each.name] = each
    end
  end
  return entries_by_name[name]
end

local function class_of(value)
  local meta <const> = getmetatable(value)
  local name <const> = type(meta) == "table" and type(meta.__name) == "string" and meta.__name or nil
  return name and name:match "^remit%.(.+)$"
end

local function of_value(value, model)
  local class <const> = class_of(value)
  return { value = value, class = class, model = class == "model" and value or model }
end

-- The thing behind a dot or colon. `env.remit` may stand before the toolkit, for a guarded script, which must not change it.
local function member(thing, link, name, env)
  local toolkit <const> = require "remit"
  if not thing then
    return nil
  elseif (thing.value == toolkit or thing.value == rawget(env, "remit")) and link == "." then
    return { call = entry("remit." .. name), value = rawget(toolkit, name) }
  elseif thing.class and link == ":" then
    return { call = entry(thing.class .. ":" .. name), model = thing.model, value = thing.value }
  elseif type(thing.value) == "table" and not thing.class then
    local value <const> = rawget(thing.value, name)
    return value ~= nil and of_value(value) or nil
  end
end

local function result(thing)
  local class <const> = thing and thing.call and (thing.call.gives or ""):match "^remit%.([%w_]+)"
  return class and { class = class, model = thing.model } or nil
end

-- ---- Tokens ----

-- A token from `at` on: its kind, its text, where the next begins. A string that does not end is "open", with what it holds so far.
local function token(text, at)
  local from <const> = text:find("%S", at)
  if not from then
    return "end"
  end
  local long <const> = text:match("^%-?%-?%[(=*)%[", from)
  if long and (text:sub(from, from) == "[" or text:sub(from, from + 1) == "--") then
    local _, finish <const> = text:find("]" .. long .. "]", from, true)
    return finish and "string" or "inside", "", (finish or #text) + 1
  elseif text:find("^%-%-", from) then
    local finish <const> = text:find("\n", from, true)
    return finish and "comment" or "inside", "", (finish or #text) + 1
  end
  local quote <const> = text:match("^[\"']", from)
  if quote then
    local at_end = from + 1
    while at_end <= #text and text:sub(at_end, at_end) ~= quote do
      at_end = at_end + (text:sub(at_end, at_end) == "\\" and 2 or 1)
    end
    if at_end > #text then
      return "open", text:sub(from + 1), #text + 1, quote
    end
    return "string", text:sub(from + 1, at_end - 1), at_end + 1
  end
  local name <const> = text:match("^[%a_][%w_]*", from)
  if name then
    return "name", name, from + #name
  end
  local number <const> = text:match("^%d[%w.]*", from)
  if number then
    return "number", number, from + #number
  end
  local sign <const> = text:match("^[=~<>]=", from) or text:match("^%.%.%.?", from) or text:match("^::", from) or text:sub(from, from)
  return "sign", sign, from + #sign
end

-- ---- Walking ----

---@class remit.repl.walk
local Walk <const> = {}
Walk.__index = Walk

function Walk:forget()
  self.thing, self.link, self.before = nil, nil, nil
end

function Walk:open(kind)
  self.opens[#self.opens + 1] = { thing = self.thing and self.thing.call and self.thing or nil, key = self.key, item = 1, at_key = kind == "{",
    kind = kind }
  self.key = nil
  self:forget()
end

function Walk:close()
  local closed <const> = table.remove(self.opens)
  self.key = nil
  self:forget()
  self.thing = closed and result(closed.thing) or nil
end

function Walk:sign(sign)
  local top <const> = self.opens[#self.opens]
  if sign == "{" or sign == "(" or sign == "[" then
    return self:open(sign)
  elseif sign == "}" or sign == ")" or sign == "]" then
    return self:close()
  elseif sign == "." or sign == ":" then
    self.link, self.before = sign, self.thing
    return
  elseif sign == "=" and top and top.kind == "{" and self.name then
    self.key, top.at_key = self.name, false
  elseif (sign == "," or sign == ";") and top then
    top.item, top.at_key, self.key = top.item + 1, top.kind == "{", nil
  elseif top then
    top.at_key = false
  end
  self:forget()
end

local words <const> = { ["and"] = true, ["or"] = true, ["not"] = true, ["return"] = true, ["then"] = true, ["do"] = true, ["in"] = true, ["local"] = true,
  ["if"] = true, ["while"] = true, ["else"] = true, ["end"] = true, ["for"] = true, ["function"] = true }

function Walk:word(name)
  if self.link then
    self.thing = member(self.before, self.link, name, self.env)
  elseif words[name] then
    self.thing = nil
  else
    local value <const> = rawget(self.env, name)
    self.thing = value ~= nil and of_value(value) or nil
  end
  self.link, self.before = nil, nil
end

-- A name right before the cursor is what was begun.
function Walk:take(kind, text)
  if kind == "name" then
    self:word(text)
  elseif kind == "sign" then
    self:sign(text)
  elseif kind == "string" then
    local called <const> = result(self.thing)
    self:forget()
    self.thing = called
  else
    self:forget()
  end
  self.name = kind == "name" and text or nil
end

-- `f "text`: the string is the call's only argument.
function Walk:begin_string()
  if self.thing and self.thing.call then
    self:open "("
  end
end

---@param text string up to the cursor
---@param env table
---@return remit.repl.place?
function context.at(text, env)
  local walk <const> = setmetatable({ env = env, opens = {} }, Walk)
  local at = 1
  while true do
    local kind <const>, token_text <const>, after <const>, quote <const> = token(text, at)
    if kind == "end" then
      break
    elseif kind == "inside" then
      return nil
    elseif kind == "open" then
      walk:begin_string()
      return { partial = token_text, quote = quote, opens = walk.opens, key = walk.key }
    elseif kind == "name" and after > #text then
      return { partial = token_text, opens = walk.opens, key = walk.key, before = walk.before, link = walk.link }
    elseif kind ~= "comment" then
      walk:take(kind, token_text)
    end
    at = after
  end
  return { partial = "", opens = walk.opens, key = walk.key, before = walk.before, link = walk.link }
end

return context
