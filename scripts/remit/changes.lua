-- SPDX-License-Identifier: Apache-2.0
-- The eight changes that scenarios are made of. A change is data: what the analyst wrote, checked, so that it prints, is hashed, amended and sent on.

local args <const> = require "remit.args"
local check <const> = require "remit.changes.checks"
local core <const> = require "remit.core"
local declared <const> = require "remit.changes.declared"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local noticed <const> = require "remit.noticed"
local param <const> = require "remit.param"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local changes <const> = { KINDS = declared.KINDS, STATUSES = declared.STATUSES }

local fields_of <const>, span <const> = declared.fields, declared.span

---@class remit.change
---@field kind string close, scale, add, move, regrade, set, once, transfer
---@field id? string
---@field why? string
local Change <const> = plain.class { __name = "remit.change" }

-- What the toolkit works with is a plain record of this metatable; a script holds an object with the record inside.
local Record <const> = {}

-- ---- Text ----

local NESTED_MAX <const> = 16 -- tables within tables: more is one that holds itself

-- What is written down and sent on is made of texts, figures and plain tables of these.
local function refuse_table(value, depth, called)
  local wrong <const> = depth > NESTED_MAX and "a table within itself, or tables nested too deep"
    or getmetatable(value) ~= nil and plain.object_name(value) ~= "remit.site"
    and ("it cannot hold a %s"):format(plain.object_name(value) or "table with a metatable")
  if wrong then
    fault.raise { code = "change", message = (called and called .. ": " or "") .. wrong, hints = { "give texts, figures and plain tables of these" } }
  end
end

-- A value as text, in one way.
local function value_text(value, depth)
  depth = depth or 1
  if type(value) == "string" then
    return plain.quoted(value)
  elseif value == none then
    return "none"
  elseif type(value) ~= "table" then
    return math.type(value) == "float" and ("%.17g"):format(value) or tostring(value)
  end
  if param.is(value) then
    return ("param(%s, %s)"):format(plain.quoted(value.id), value_text(value.default, depth + 1))
  end
  refuse_table(value, depth)
  local words <const>, keys <const> = {}, {}
  for index, item in ipairs(value) do
    words[index] = value_text(item, depth + 1)
  end
  for key in pairs(value) do
    keys[#keys + 1] = type(key) == "string" and key or nil
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    words[#words + 1] = ("%s = %s"):format(key, value_text(value[key], depth + 1))
  end
  return "{ " .. table.concat(words, ", ") .. " }"
end

changes.value_text = value_text

-- A function of a change, worked out once a change.
local function once_a_change(work)
  local known <const> = setmetatable({}, { __mode = "k" })
  return function(change)
    local text = known[change]
    if not text then
      text = work(change)
      known[change] = text
    end
    return text
  end
end

---All that a change says, in one way: hashes and differences are of this text.
---@type fun(change: remit.change): string
changes.canonical = once_a_change(function(change)
  local words <const> = {}
  for _, field in ipairs(fields_of[change.kind]) do
    if change[field.name] ~= nil then
      words[#words + 1] = ("%s = %s"):format(field.name, value_text(change[field.name]))
    end
  end
  return ("%s { %s }"):format(change.kind, table.concat(words, ", "))
end)

---What of it says which lines it selects.
---@type fun(change: remit.change): string
changes.selecting = once_a_change(function(change)
  local words <const> = {}
  for _, name in ipairs { "posts", "lines", "functions", "protect" } do
    words[#words + 1] = change[name] and ("%s = %s"):format(name, value_text(change[name])) or nil
  end
  return table.concat(words, ", ")
end)

---Until when a change holds, in words behind its first month: " to the end of 2027-03"; "" when it does not end.
---@param change remit.change
---@return string
function changes.ended(change)
  local to <const> = type(change.to) == "string" and core.calendar.month(change.to)
  return to and (" to the end of %s"):format(core.calendar.month_text(to - 1)) or ""
end

local function words_of(self)
  local from <const> = self.golive or self.from or self.month
  return ("%s%s from %s%s%s"):format(self.kind, self.id and " " .. self.id or "", from, changes.ended(self), self.why and ": " .. self.why or "")
end

Record.__tostring = words_of

---@return string
function Change:__tostring()
  return words_of(state_of[self])
end

function Change:__index(key)
  return object.shown(state_of[self][key])
end

function Change:__newindex(key)
  fault.raise { code = "immutable", message = ("a change does not change: '%s' cannot be set. amend makes a new scenario"):format(tostring(key)) }
end

local function parameters(value, found)
  if param.is(value) then
    found[value.id] = true
  elseif type(value) == "table" then
    for _, item in pairs(value) do -- each by its own id: order does not matter
      parameters(item, found)
    end
  end
  return found
end

---The ids of the parameters that a change names.
---@type fun(change: remit.change): string[]
changes.parameters = once_a_change(function(change)
  return plain.keys(parameters(change, {}))
end)

-- ---- Making them ----

-- A table is the change's own from here on: who gave it may go on changing theirs.
local function own(value, called, depth)
  if type(value) ~= "table" or value == none or param.is(value) then
    return value
  end
  refuse_table(value, depth or 1, called)
  local made <const> = {}
  for key, item in pairs(value) do -- copying: order does not matter
    made[key] = own(item, called, (depth or 1) + 1)
  end
  return made
end

local WORDS <const> = { "id", "why", "ref", "owner" }

local function finished(kind, spec)
  check(kind, spec)
  local made <const> = { kind = kind }
  for name, value in pairs(spec) do -- copying: order does not matter
    made[name] = own(value, ("%s: %s"):format(kind, name))
  end
  for _, name in ipairs(WORDS) do
    made[name] = made[name] and made[name]:find "%S" and made[name] or nil -- a blank cell of somebody's sheet says nothing
  end
  return setmetatable(made, Record)
end

-- ---- Parameters ----

local takes <const> = {}

local MONTHS_IN <const>, SHARES_IN <const> = { "months", "count", "number" }, { "%", "number" }

-- Figures inside tables, by field: what each may be stated in. Amounts (change, target, resource...) are not here: they vary without a new plan.
local INSIDE <const> = {
  staff = { tupe = SHARES_IN, close = SHARES_IN, keep = SHARES_IN },
  stranded = { share = SHARES_IN, months = MONTHS_IN },
}
local IN_ROWS <const> = { cost = { "£", "£m" }, wte = { "WTE", "number" }, in_post = { "WTE", "number" } }

local function in_table(value, units_of, field, value_of)
  local made
  for _, name in ipairs(plain.keys(value)) do
    if param.is(value[name]) and units_of[name] then
      made = made or own(value, field)
      made[name] = value_of(value[name], ("%s.%s"):format(field, name), units_of[name])
    end
  end
  return made or value
end

local function in_rows(list, field, value_of)
  local made
  for index, row in ipairs(list) do
    local settled <const> = type(row) == "table" and in_table(row, IN_ROWS, field, value_of) or row
    if settled ~= row then
      made = made or table.move(list, 1, #list, 1, {})
      made[index] = settled
    end
  end
  return made or list
end

-- A month that is stated as a span lies that far from the parameter's default.
local function month_of(value, field, value_of)
  local found <const> = value_of(value, field, {})
  if span(found) and type(value.default) == "string" and core.calendar.month(value.default) then
    return core.calendar.month_text(core.calendar.month(value.default) + span(found))
  elseif type(found) ~= "string" or not core.calendar.month(found) then
    fault.raise { code = "parameter", message = ("%s: parameter '%s' is a month such as \"2026-04\", or a span from its default such as \"-3 months\", not %s")
      :format(field, value.id, tostring(found)) }
  end
  return found
end

local function settled_field(kind, field, value, value_of)
  local takes_rows <const> = kind == "add" and (field.name == "posts" or field.name == "lines")
  if param.is(value) and field.kind == declared.month then
    return month_of(value, field.name, value_of)
  elseif param.is(value) and field.kind == declared.count_of_months then
    return value_of(value, field.name, MONTHS_IN)
  elseif INSIDE[field.name] and value then
    return in_table(value, INSIDE[field.name], field.name, value_of)
  end
  return takes_rows and value and in_rows(value, field.name, value_of) or value
end

local settled_before <const> = setmetatable({}, { __mode = "k" }) -- by change as written, then by what it came to
local leaves_nothing_open <const> = setmetatable({}, { __mode = "k" })

---A change with its months, counts of months, staff and stranded shares and new rows as parameters have them; the same change where there are none. The
---same values give the same change. What was written stands in `written`.
---@param change remit.change
---@param value_of fun(value: remit.param, field: string, units: string[]): any
---@return remit.change
function changes.settled(change, value_of)
  if leaves_nothing_open[change] then
    return change
  end
  local spec <const>, differs = {}, false
  for _, field in ipairs(fields_of[change.kind]) do
    local was <const> = change[field.name]
    spec[field.name] = settled_field(change.kind, field, was, value_of)
    differs = differs or spec[field.name] ~= was
  end
  if not differs then
    leaves_nothing_open[change] = true
    return change
  end
  local made <const> = finished(change.kind, takes[change.kind](spec))
  local known <const>, text <const> = settled_before[change] or {}, changes.canonical(made)
  settled_before[change] = known
  if not known[text] then
    made.written = change
    known[text] = made
  end
  return known[text]
end

for _, kind in ipairs(declared.KINDS) do
  takes[kind] = args.declare(fields_of[kind])
  changes[kind] = function(given)
    return object.new(Change, noticed.change(finished(kind, takes[kind](given))))
  end
end

---Whether a value is a change as scripts hold it.
function changes.is(value)
  return getmetatable(value) == Change
end

local function shifted(was, by)
  if not was then
    fault.raise { code = "amend", message = ("'%s' is relative, and there is no month that it could be relative to"):format(by) }
  elseif param.is(was) then
    fault.raise { code = "amend", message = ("'%s' is relative, and the month is the parameter '%s'"):format(by, was.id),
      hints = { ('set it: plan:with { params = { %s = "%s" } }'):format(was.id, by) } }
  end
  return core.calendar.month_text(core.calendar.month(was) + span(by))
end

---A change with some of its fields others; spans such as "-6 months" move the month that was there.
---@param change remit.change
---@param given table
---@return remit.change
function changes.amended(change, given)
  local spec <const> = {}
  for _, field in ipairs(fields_of[change.kind]) do
    spec[field.name] = change[field.name]
  end
  for name, value in pairs(given) do -- each by its own name: order does not matter
    if value == none then
      spec[name] = nil
    else
      spec[name] = value
    end
  end
  for _, field in ipairs(fields_of[change.kind]) do
    if field.kind == declared.month and span(spec[field.name]) then
      spec[field.name] = shifted(change[field.name], spec[field.name])
    end
  end
  return noticed.change(finished(change.kind, takes[change.kind](spec)))
end

return changes
