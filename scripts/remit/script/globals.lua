-- SPDX-License-Identifier: Apache-2.0
-- The names that a script takes from its environment, and the methods whose results it drops, with their lines, without running it: read from what
-- Lua 5.4 compiles it to, so that scopes are Lua's own. Names longer than 40 bytes and those of a very long script are not all seen; running it finds
-- these names too.

local plain <const> = require "remit.plain"

local globals <const> = {}

local HEADER <const> = 4 + 1 + 1 + 6 + 3 + 8 + 8 -- signature, version, format, data, three sizes, an integer, a number
local GETTABUP <const>, SETTABUP <const>, SELF <const>, CALL <const> = 11, 15, 20, 68
local JMP <const>, EXTRAARG <const> = 56, 82 -- the two between a method and its call that have no register A
local CONSTANT <const> = 1 << 15 -- of SELF: the name is a constant
local NO_RESULT <const> = 1
local ABSOLUTE <const> = -128 -- in lineinfo: see abslineinfo

---@class remit.script.bytes
local Bytes <const> = {}
Bytes.__index = Bytes

function Bytes:byte()
  local value <const> = self.text:byte(self.at)
  self.at = self.at + 1
  return value
end

function Bytes:number()
  local value = 0
  repeat
    local byte <const> = self:byte()
    value = value << 7 | byte & 0x7F
  until byte & 0x80 ~= 0
  return value
end

function Bytes:skip(count)
  self.at = self.at + count
end

function Bytes:string()
  local size <const> = self:number()
  if size == 0 then
    return nil
  end
  self.at = self.at + size - 1
  return self.text:sub(self.at - size + 1, self.at - 1)
end

function Bytes:list(item)
  local list <const> = {}
  for index = 1, self:number() do
    list[index] = item(self)
  end
  return list
end

-- By the type's tag; the others have no value of their own.
local constants <const> = { [3] = 8, [19] = 8 }

local function constant(bytes)
  local tag <const> = bytes:byte()
  if tag == 4 or tag == 20 then
    return bytes:string()
  end
  bytes:skip(constants[tag] or 0)
  return false
end

local function instruction(bytes)
  local value <const> = string.unpack("<I4", bytes.text, bytes.at)
  bytes:skip(4)
  return value
end

local function signed(bytes)
  local value <const> = bytes:byte()
  return value < 128 and value or value - 256
end

local function absolute(bytes)
  return { pc = bytes:number(), line = bytes:number() }
end

local function local_variable(bytes)
  bytes:string()
  bytes:number()
  return bytes:number()
end

local function skip_upvalue(bytes)
  bytes:skip(3)
  return true
end

-- The line of each instruction.
local function lines_of(first, deltas, marks)
  local lines <const>, line, mark = {}, first, 1
  for pc = 1, #deltas do
    if deltas[pc] == ABSOLUTE then
      line, mark = marks[mark].line, mark + 1
    else
      line = line + deltas[pc]
    end
    lines[pc] = line
  end
  return lines
end

-- Where the method stands that the call at `pc` calls: its register is the call's, and arguments take higher ones.
local function method_of(fn, pc)
  local register <const> = fn.code[pc] >> 7 & 0xFF
  for at = pc - 1, 1, -1 do
    local code <const> = fn.code[at]
    local op <const> = code & 0x7F
    if op ~= JMP and op ~= EXTRAARG and code >> 7 & 0xFF == register then
      return op == SELF and at or nil
    end
  end
end

-- How often a line calls a method of this name, and how often it drops what that gives.
local function look_at_methods(found, fn)
  for pc, code in ipairs(fn.code) do
    local op <const> = code & 0x7F
    local at <const> = op == SELF and pc or op == CALL and code >> 24 & 0xFF == NO_RESULT and method_of(fn, pc)
    local name <const> = at and fn.code[at] & CONSTANT ~= 0 and fn.constants[(fn.code[at] >> 24 & 0xFF) + 1]
    if name then
      local key <const> = ("%d %s"):format(fn.lines[at], name)
      local counts <const> = op == SELF and found.called or found.dropped
      counts[key] = (counts[key] or 0) + 1
    end
  end
end

local function look(found, fn)
  for pc, code in ipairs(fn.code) do
    local op <const>, a <const>, b <const>, c <const> = code & 0x7F, code >> 7 & 0xFF, code >> 16 & 0xFF, code >> 24 & 0xFF
    local key
    if op == GETTABUP and fn.upvalues[b + 1] == "_ENV" then
      key = fn.constants[c + 1]
      found.read[#found.read + 1] = key and { name = key, line = fn.lines[pc] } or nil
    elseif op == SETTABUP and fn.upvalues[a + 1] == "_ENV" then
      key = fn.constants[b + 1]
      if key then
        found.set[key] = true
      end
    end
  end
end

local function read_function(bytes, found)
  bytes:string()
  local fn <const> = { first = bytes:number() }
  bytes:number()
  bytes:skip(3)
  fn.code, fn.constants = bytes:list(instruction), bytes:list(constant)
  bytes:list(skip_upvalue)
  bytes:list(function() return read_function(bytes, found) end)
  fn.lines = lines_of(fn.first, bytes:list(signed), bytes:list(absolute))
  bytes:list(local_variable)
  fn.upvalues = bytes:list(Bytes.string)
  look(found, fn)
  look_at_methods(found, fn)
  return true
end

---@param chunk function
---@return { read: { name: string, line: integer }[], set: table<string, true>, called: table<string, integer>, dropped: table<string, integer> }
function globals.of(chunk)
  local bytes <const> = setmetatable({ text = string.dump(chunk), at = HEADER + 2 }, Bytes)
  local found <const> = { read = {}, set = {}, called = {}, dropped = {} }
  read_function(bytes, found)
  table.sort(found.read, function(left, right)
    return left.line < right.line or left.line == right.line and left.name < right.name
  end)
  return found
end

---What a script reads and nobody sets.
---@param chunk function
---@param known string[]
---@return { name: string, line: integer }[]
function globals.undeclared(chunk, known)
  local found <const>, there <const>, list <const> = globals.of(chunk), {}, {}
  for _, name in ipairs(known) do
    there[name] = true
  end
  for _, use in ipairs(found.read) do
    if not there[use.name] and not found.set[use.name] then
      list[#list + 1] = use
      there[use.name] = true
    end
  end
  return list
end

---Methods whose results a script drops, as "12 total": where a line calls several of a name, it drops what all of them give.
---@param chunk function
---@return string[]
function globals.dropped(chunk)
  local found <const>, list <const> = globals.of(chunk), {}
  for _, key in ipairs(plain.keys(found.dropped)) do
    list[#list + 1] = found.called[key] == found.dropped[key] and key or nil
  end
  return list
end

return globals
