-- SPDX-License-Identifier: Apache-2.0
-- Any value as the prompt shows it: frames as tables that fit, Lua's own tables readable, bounded, and each only once in itself.

local none <const> = require "remit.none"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"

local values <const> = {}

local DEPTH <const>, ITEMS <const>, TEXT <const>, LEAF <const> = 6, 60, 200, 40

---The class of one of the toolkit's objects, as help calls it.
---@param value any
---@return string?
function values.class(value)
  return (plain.object_name(value) or ""):match "^remit%.([%w_]+)$"
end

---@param value any
---@return boolean
function values.is_frame(value)
  return plain.object_name(value) == "remit.frame"
end

local RANK <const> = { number = 1, string = 2, boolean = 3 }

local function key_before(a, b)
  local left <const>, right <const> = RANK[type(a)] or 9, RANK[type(b)] or 9
  if left ~= right then
    return left < right
  elseif left <= 2 then
    return a < b
  end
  return left == 3 and a and not b
end

local function sorted_keys(object)
  local keys <const>, count = {}, 0
  for key in next, object do
    count = count + 1
    keys[count] = key
  end
  table.sort(keys, key_before)
  return keys
end

local function quoted(text)
  local shown = text
  if #text > TEXT then
    shown = text:sub(1, (utf8.offset(text, 0, TEXT) or TEXT + 1) - 1)
  end
  shown = '"' .. safe(shown:gsub('[\\"]', "\\%0"):gsub("\n", "\\n"):gsub("\t", "\\t")) .. '"'
  return #text > TEXT and ("%s... (%d bytes)"):format(shown, #text) or shown
end

local KINDS <const> = { ["function"] = "a function", thread = "a coroutine", userdata = "an object" }

local function leaf(value)
  local kind <const> = type(value)
  if value == none then
    return "none"
  elseif kind == "string" then
    return quoted(value)
  elseif plain.object_name(value) then
    local text <const> = safe(tostring(value):match "^[^\n]*")
    local short <const> = utf8.len(text) > LEAF and text:sub(1, utf8.offset(text, LEAF) - 1) .. "..." or text
    return "<" .. (values.is_frame(value) and "a frame: " or "") .. short .. ">"
  elseif KINDS[kind] then
    return "<" .. KINDS[kind] .. ">"
  end
  return tostring(value)
end

local function key_text(key)
  if type(key) == "string" and key:find "^[%a_][%w_]*$" then
    return key
  end
  return "[" .. leaf(key) .. "]"
end

local part

-- The items of a table as texts; the rest is counted.
local function items_of(object, depth, inside, indent)
  local items <const>, count <const> = {}, #object
  for _, key in ipairs(sorted_keys(object)) do
    if #items == ITEMS then
      local left = 0
      for _ in next, object do
        left = left + 1
      end
      items[#items + 1] = ("... %d more"):format(left - ITEMS)
      break
    end
    local text <const> = part(object[key], depth + 1, inside, indent .. "  ")
    items[#items + 1] = math.type(key) == "integer" and key >= 1 and key <= count and text or key_text(key) .. " = " .. text
  end
  return items
end

local WIDE <const> = 100

function part(value, depth, inside, indent)
  if type(value) ~= "table" or value == none or plain.object_name(value) then
    return leaf(value)
  elseif inside[value] then
    return "<the same table again>"
  elseif next(value) == nil then
    return "{}"
  elseif depth > DEPTH then
    return "{ ... }"
  end
  inside[value] = true
  local items <const> = items_of(value, depth, inside, indent)
  inside[value] = nil
  local line <const> = "{ " .. table.concat(items, ", ") .. " }"
  if show.width(line) + #indent <= WIDE and not line:find "\n" then
    return line
  end
  return "{\n  " .. indent .. table.concat(items, ",\n  " .. indent) .. "\n" .. indent .. "}"
end

local function lines_safe(text)
  return (text:gsub("[^\n]+", safe))
end

---Text with its lines broken where they would go past a width.
---@param text string
---@param width? integer
---@return string
function values.wrapped(text, width)
  local lines <const> = {}
  for line in (text .. "\n"):gmatch "(.-)\n" do
    for _, part_of_it in ipairs(show.wrap(safe(line), width)) do
      lines[#lines + 1] = part_of_it
    end
  end
  return table.concat(lines, "\n")
end

local writers <const> = {
  csv = function(frame) return frame:csv() end,
  json = function(frame) return frame:json() end,
  md = function(frame) return frame:markdown() end,
}

---Writes frames may take, in the order of help.
values.modes = { "table", "csv", "md", "json" }

---@class remit.repl.look
---@field mode? "table"|"csv"|"md"|"json"
---@field width? integer
---@field max_rows? integer
---@field ascii? boolean

---@param value any
---@return boolean
function values.is_selection(value)
  return plain.object_name(value) == "remit.selection"
end

-- What it tests, and how much that is; of a scenario that is a question of its month.
local function selection_text(value)
  if state_of[state_of[value].model].plan then
    return ("%s\n  how much depends on the month: :sum(\"wte\", { at = \"2027-04\" })"):format(value)
  end
  local count <const>, posts <const> = value:count(), state_of[value].what == "posts"
  local wte <const> = posts and (", %s WTE"):format(show.number((require("remit.total").exact(state_of[value].model, "wte", { where = value })), "WTE")) or ""
  return ("%s: %s%s"):format(value, show.counted(count, posts and "post" or "line"), wte)
end

---@param value any
---@param look remit.repl.look
---@return string
function values.text(value, look)
  if values.is_frame(value) then
    local writer <const> = writers[look.mode]
    if writer then
      return (writer(value):gsub("\n$", ""))
    end
    return value:text { width = look.width, max_rows = look.max_rows, ascii = look.ascii }
  elseif type(value) == "string" then
    return lines_safe(value)
  elseif values.is_selection(value) then
    return values.wrapped(selection_text(value), look.width)
  elseif plain.object_name(value) then
    return values.wrapped(tostring(value), look.width)
  end
  return part(value, 1, {}, "")
end

return values
