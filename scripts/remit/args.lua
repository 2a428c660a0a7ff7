-- SPDX-License-Identifier: Apache-2.0
-- Named arguments, declared once as data: from a declaration come checks, defaults, help, types and reference.

local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"

local args <const> = {}

---@class remit.args.field
---@field name string
---@field kind string|string[]|fun(value: any): any, string? "a|b" allows either; a list: words allowed; "remit.model" an object; functions raise nothing
---@field default? any
---@field required? boolean
---@field doc? string
---@class remit.args.declaration
---@field name string
---@field doc? string
---@field example? string
---@field [integer] remit.args.field

---Every declaration: by position in order of declaring, and by name.
---@type table<integer|string, remit.args.declaration>
args.registry = {}

---A percentage as a fraction in millionths: "-15%" and -0.15 are both -150000.
---@param value string|number
---@return integer? micro, string? message
function args.percent(value)
  if exact.finite(value) then
    return exact.integer(value, 6)
  end
  local text <const> = type(value) == "string" and value:match "^%s*(.-)%s*%%%s*$"
  if not text then
    return nil, "no percent sign"
  end
  local micro <const>, message <const> = core.number.parse(text, { decimals = 4 })
  if micro == nil then
    return nil, message
  end
  return micro
end

local function copy(value)
  if getmetatable(value) then
    return value
  end
  local fresh <const> = {}
  for key, item in next, value do
    fresh[key] = item
  end
  return fresh
end

local function of_type(name)
  return function(value)
    if type(value) == name then
      return value
    end
  end
end

local function plain_table(value)
  if type(value) == "table" and not plain.is_object(value) then
    return value
  end
end

local function number(value)
  if exact.finite(value) then
    return value
  end
end

local function list_of_texts(value)
  local list <const> = core.fields.list(value)
  return (not list or list[2] == nil or not plain.repeated(list)) and list or nil
end

-- A test gives the value to keep, or nil and perhaps what is wrong.
local kinds <const> = {
  any = { "anything", function(value) return value end },
  string = { "a string", of_type "string" },
  boolean = { "true or false", of_type "boolean" },
  table = { "a table", plain_table },
  number = { "a number", number },
  money = { "a number", number },
  integer = { "a whole number", function(value) return type(value) == "number" and math.tointeger(value) or nil end },
  percent = { 'a percentage such as "-15%", or a number', function(value)
    local micro <const>, message <const> = args.percent(value)
    return micro and value, type(value) == "string" and message or nil
  end },
  month = { 'a month such as "2026-04"', function(value)
    return type(value) == "string" and core.calendar.month(value) and value or nil
  end },
  list = { "a list of strings", list_of_texts },
  items = { "a list, one item after the other", function(value)
    local problem <const> = plain_table(value) and plain.astray(value)
    return not problem and plain_table(value) and not plain.repeated(value) and value or nil, problem
  end },
  selection = { "a table of tests", function(value)
    if type(value) == "boolean" then
      return nil, "did you use == on a field? Give a table of tests"
    end
    return plain.object_name(value) == "remit.selection" and value or plain_table(value)
  end },
}

local shown_in_full <const> = { month = true, percent = true, integer = true, number = true, money = true }

local function describe(value, kind)
  local named <const> = plain.object_name(value)
  if named then
    return "a " .. named
  elseif type(value) == "number" and value == value and shown_in_full[kind] then
    return tostring(value)
  elseif type(value) == "string" and (kind == "month" or kind == "percent") then
    return "'" .. value .. "'"
  end
  return type(value) == "nil" and "nil" or "a " .. type(value)
end

local function fail(declaration, message, level, hint)
  fault.raise { message = ("%s: %s"):format(declaration.name, message), level = level, hints = { hint } }
end

local function doc_of(field)
  return field.doc and " (" .. field.doc .. ")" or ""
end

local function refuse_word(declaration, field, value, level)
  local given <const> = type(value) == "string" and "'" .. value .. "'" or describe(value)
  local near <const> = type(value) == "string" and fault.suggest(value, field.kind)
  fail(declaration, ("%s is one of %s%s, not %s%s"):format(field.name, table.concat(field.kind, ", "), doc_of(field), given,
    near and ". " .. near or ""), level)
end

---What to write instead of "£18.76", "3,623,081", "0,5" or "336" where a number is wanted.
---@param value any
---@return string? hint
function args.bare_figure(value)
  local text <const> = type(value) == "string" and value:gsub("[£%s]", ""):gsub(",(%d%d%d)%f[%D]", "%1")
  if text and text:find "^[-+]?%d+,%d+$" then
    return ("a figure has a decimal point and no quotes: %s"):format(text:gsub("^+", ""):gsub(",", "."))
  end
  return text and tonumber(text) and text:find "^[-+]?%d" and ("a figure stands without quotes, £ and commas: %s"):format(text:gsub("^+", "")) or nil
end

-- What a list is refused for that is one but for an item that it has twice.
local function again(kind, value)
  local is_list <const> = kind == "list" and core.fields.list(value) or kind == "items" and plain_table(value) and not plain.astray(value)
  return is_list and type(value) == "table" and plain.repeated(value) or nil
end

local NUMBERS <const> = { number = true, money = true, integer = true }

local function refuse_named(declaration, field, value, level)
  local expected <const> = {}
  local hint, shown
  for kind in field.kind:gmatch "[^|]+" do
    local twice <const> = again(kind, value)
    if twice then
      fail(declaration, ("%s: %s"):format(field.name, twice), level)
    end
    if kinds[kind] then
      hint = hint or select(2, kinds[kind][2](value)) or NUMBERS[kind] and args.bare_figure(value) or nil
    end
    shown = (kind == "percent" or not shown) and kind or shown
    expected[#expected + 1] = kinds[kind] and kinds[kind][1] or "a " .. kind
  end
  fail(declaration, ("%s is %s%s, not %s"):format(field.name, table.concat(expected, " or "), doc_of(field), describe(value, shown)),
    level, hint)
end

local function refuse_value(declaration, field, value, message, level)
  local kind <const> = type(field.kind)
  if kind == "table" then
    refuse_word(declaration, field, value, level)
  elseif kind == "string" then
    refuse_named(declaration, field, value, level)
  end
  fail(declaration, ("%s%s: %s"):format(field.name, doc_of(field), message or "not " .. describe(value)), level)
end

local function test_of_words(words)
  local known <const> = {}
  for _, word in ipairs(words) do
    known[word] = word
  end
  return function(value)
    return known[value]
  end
end

local function test_of_named(kind)
  return kinds[kind] and kinds[kind][2] or function(value)
    return plain.object_name(value) == kind and value or nil
  end
end

local function test_of_either(names)
  local tests <const> = {}
  for kind in names:gmatch "[^|]+" do
    tests[#tests + 1] = test_of_named(kind)
  end
  return #tests == 1 and tests[1] or function(value)
    for _, test in ipairs(tests) do
      local kept <const> = test(value)
      if kept ~= nil then
        return kept
      end
    end
  end
end

local function test_of(kind)
  if type(kind) == "function" then
    return kind
  end
  return type(kind) == "table" and test_of_words(kind) or test_of_either(kind)
end

local function sort_key(value)
  return (type(value) == "string" and "s" or "a") .. tostring(value)
end

local COMMAS <const> = "a comma ends a value, so a figure has none: 1500000"

local function refuse_unknown(declaration, unknown, value, level)
  local names <const> = plain.names(declaration)
  if type(unknown) ~= "string" then
    local hint <const> = "Fields: " .. table.concat(names, ", ")
    fail(declaration, "every value needs a name, as in name = value", level, type(value) == "number" and COMMAS or hint)
  end
  local near <const> = fault.meant(require("remit.guessed").among(unknown, names)) or fault.suggest(unknown, names)
  local hints <const> = { not near and #names > 0 and "Fields: " .. table.concat(names, ", ") or nil }
  local tested <const> = not near and plain.among(names, "where") and require("remit.schema").of_lines(unknown)
  hints[#hints + 1] = tested and ("where says which lines: where = { %s = ... }"):format(unknown) or nil
  fault.raise {
    message = ("%s has no field '%s'.%s"):format(declaration.name, unknown, near and " " .. near or ""),
    hints = hints,
    level = level,
  }
end

-- Raises what is wrong with the fields: an unknown one, else the first as declared.
local function refuse(declaration, tests, given, level)
  local unknown
  for key in next, given do
    if not tests[key] and (unknown == nil or sort_key(key) < sort_key(unknown)) then
      unknown = key
    end
  end
  if unknown ~= nil then
    refuse_unknown(declaration, unknown, given[unknown], level)
  end
  for _, field in ipairs(declaration) do
    local value <const> = given[field.name]
    if value ~= nil then
      local kept <const>, message <const> = tests[field.name](value)
      if kept == nil then
        refuse_value(declaration, field, value, message, level)
      end
    elseif field.required and field.default == nil then
      fail(declaration, ("%s is needed%s"):format(field.name, doc_of(field)), level)
    end
  end
end

-- What a call works with, or nil when something is wrong.
local function fill(given, made)
  local filled <const> = core.fields.fill(given, made.tests, made.defaults, made.count)
  if not filled then
    return nil
  end
  for name, value in next, made.tables do
    if filled[name] == nil then
      filled[name] = copy(value)
    end
  end
  for _, name in ipairs(made.required) do
    if filled[name] == nil then
      return nil
    end
  end
  return filled
end

-- What calls are checked by. Defaults that are tables stand apart: each call has its own.
local function prepared(declaration)
  local made <const> = { tests = {}, defaults = {}, tables = {}, required = {}, count = #declaration }
  for _, field in ipairs(declaration) do
    local defaults <const> = type(field.default) == "table" and made.tables or made.defaults
    made.tests[field.name], defaults[field.name] = test_of(field.kind), field.default
    made.required[#made.required + 1] = field.required and field.default == nil and field.name or nil
  end
  return made
end

local function check_declaration(declaration)
  assert(type(declaration.name) == "string", "a declaration needs a name")
  assert(args.registry[declaration.name] == nil, declaration.name .. " is declared twice")
  for _, field in ipairs(declaration) do
    local kind <const> = field.kind
    assert(type(field.name) == "string", declaration.name .. ": a field needs a name")
    assert(type(kind) == "table" or type(kind) == "function" or type(kind) == "string", field.name .. " needs a kind")
    for alternative in (type(kind) == "string" and kind or ""):gmatch "[^|]+" do
      assert(kinds[alternative] or alternative:find(".", 1, true), field.name .. ": no kind " .. alternative)
    end
  end
end

---Declares what a function takes and gives the checker: it returns a fresh table with defaults filled, or raises a fault at the
---analyst's line. `level` is as in fault.raise.
---@param declaration remit.args.declaration
---@return fun(given: table?, level?: integer): table
function args.declare(declaration)
  check_declaration(declaration)
  args.registry[#args.registry + 1] = declaration
  args.registry[declaration.name] = declaration
  local made <const> = prepared(declaration)
  return function(given, level)
    if given == nil then
      given = {}
    end
    if type(given) ~= "table" or plain.object_name(given) then
      fail(declaration, "give one table of named fields, not " .. describe(given), level)
    end
    return fill(given, made) or refuse(declaration, made.tests, given, level)
  end
end

return args
