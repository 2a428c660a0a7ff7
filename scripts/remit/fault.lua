-- SPDX-License-Identifier: Apache-2.0
-- Errors that analysts see: a code, one message, hints, and the line of their script. Raised, never printed, by the toolkit.

local core <const> = require "remit.core"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"

-- Taken now: a guarded script sees no debug library, the toolkit still names its line.
local getinfo <const> = debug and debug.getinfo

local fault <const> = {}

---@class remit.fault
---@field code string "invalid", "not found", "parse", "overflow", "limit", "no memory", "io"
---@field message string
---@field hints string[]
---@field where? string "plan.lua:12": the analyst's line
---@field at? integer byte of the text that did not parse
---@field list? table[] the problems of a pack, as data
local meta <const> = plain.class { __name = "remit.fault" }

function meta:__tostring()
  local lines <const> = { (self.where and self.where .. ": " or "") .. self.message }
  for _, hint in ipairs(self.hints) do
    lines[#lines + 1] = "  " .. hint
  end
  local text <const> = table.concat(lines, "\n"):gsub("[^\n]+", safe)
  return text
end

local here <const> = package.searchpath("remit.fault", package.path)
local own <const> = here and "@" .. here:match "^(.*[/\\])"
local COMPILED <const> = "=remit/" -- in the program, where they are compiled beforehand

local function is_own(source)
  return source == "=[C]" or source:sub(1, #COMPILED) == COMPILED or (own ~= nil and source:sub(1, #own) == own)
end

---Whether a chunk is of the toolkit or of C, and not a script's.
---@param source string as debug.getinfo gives it
---@return boolean
function fault.is_own(source)
  return is_own(source)
end

-- The n-th function on the stack that is not the toolkit's.
local function where_from(n)
  if not getinfo then
    return nil
  end
  for level = 3, math.huge do
    local info <const> = getinfo(level, "Sl")
    if info == nil then
      return nil
    end
    if not is_own(info.source) and info.currentline > 0 then
      n = n - 1
      if n == 0 then
        local name <const> = info.source:match "^[@=](.*)$" or info.short_src
        return ("%s:%d"):format(name, info.currentline)
      end
    end
  end
end

---The line of the script that called the toolkit.
---@return string? where "plan.lua:12"
function fault.here()
  return where_from(1)
end

---Raises an error object. Its line is that of the nearest function on the stack outside the toolkit (`level` 1, the default), of the
---next such (2), or none (0). Further fields are kept for whoever catches it.
---@param spec { message: string, code?: string, hints?: string[], level?: integer, at?: integer, [string]: any }
function fault.raise(spec)
  local level <const> = spec.level or 1
  local raised <const> = { code = "invalid", hints = {} }
  for field, value in pairs(spec) do
    raised[field] = value
  end
  raised.level = nil
  raised.where = level > 0 and where_from(level) or nil
  error(setmetatable(raised, meta), 0)
end

---@param value any
---@return boolean
function fault.is(value)
  return getmetatable(value) == meta
end

---What a function gives, or nil and the fault that it raised, where a refusal is an answer too. Other errors go on.
---@param f fun(...): any
---@return any result, remit.fault? refusal
function fault.caught(f, ...)
  local ok <const>, result <const> = pcall(f, ...)
  if ok then
    return result
  elseif not fault.is(result) then
    error(result, 0)
  end
  return nil, result
end

---"Did you mean 'x' or 'y'?", or nil when there is none.
---@param names string[]
---@return string?
function fault.meant(names)
  if #names == 0 then
    return nil
  end
  local quoted <const> = {}
  for i, candidate in ipairs(names) do
    quoted[i] = "'" .. candidate .. "'"
  end
  local last <const> = table.remove(quoted)
  local others <const> = table.concat(quoted, ", ")
  return ("Did you mean %s%s%s?"):format(others, #quoted > 0 and " or " or "", last)
end

---The same of those that are near a name, by their letters.
---@param name string
---@param candidates string[]
---@return string?
function fault.suggest(name, candidates)
  return fault.meant(core.text.suggest(name, candidates))
end

---Passes what the core gave through; its nil, message, code becomes a fault.
---@generic T
---@param value T?
---@param message? any
---@param code? string
---@param at? integer
---@return T value, any second
function fault.check(value, message, code, at)
  if value == nil then
    fault.raise { message = tostring(message or "no value"), code = code, at = at }
  end
  return value, message
end

return fault
