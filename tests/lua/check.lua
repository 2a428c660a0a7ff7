-- SPDX-License-Identifier: Apache-2.0
-- check: what a Lua test says. A check that does not hold raises a failure; run.lua collects them.
--
--   check.test("a list counts from one", function()
--     check.same(names(), { "a", "b" })
--     check.fails(function() names(1) end, "takes no argument")
--   end)

local check <const> = { failure = {}, results = {} }

local function fail(message, level)
  local where <const> = debug.getinfo(level + 1, "Sl")
  error(setmetatable({ message = ("%s:%d: %s"):format(where.short_src, where.currentline, message) }, check.failure), 0)
end

-- Keys in an order that does not change from run to run.
local function sorted_keys(value)
  local keys <const> = {}
  for key in next, value do
    keys[#keys + 1] = key
  end
  table.sort(keys, function(a, b)
    if type(a) == type(b) and (type(a) == "number" or type(a) == "string") then
      return a < b
    end
    return type(a) .. tostring(a) < type(b) .. tostring(b)
  end)
  return keys
end

local SHOWN <const> = 400

local function show_part(value, depth)
  if type(value) == "string" then
    return (("%q"):format(value):gsub("\\\n", "\\n"))
  end
  if type(value) ~= "table" or depth > 4 then
    return tostring(value)
  end
  local parts <const> = {}
  for _, key in ipairs(sorted_keys(value)) do
    local item <const> = show_part(value[key], depth + 1)
    parts[#parts + 1] = math.type(key) == "integer" and key == #parts + 1 and item
      or ("[%s] = %s"):format(show_part(key, depth + 1), item)
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function show(value)
  local text <const> = show_part(value, 1)
  return #text > SHOWN and text:sub(1, SHOWN) .. "..." or text
end

-- Where two values differ first: a path, and what stands there; nil when they are the same.
local function difference(actual, expected, path, seen)
  if actual == expected or (actual ~= actual and expected ~= expected) then
    return nil
  end
  if type(actual) ~= "table" or type(expected) ~= "table" then
    return path, actual, expected
  end
  if seen[actual] == expected then
    return nil
  end
  seen[actual] = expected
  local keys <const> = {}
  for key, value in next, actual do
    keys[key] = value
  end
  for key, value in next, expected do
    keys[key] = value
  end
  for _, key in ipairs(sorted_keys(keys)) do
    local inner <const> = ("%s[%s]"):format(path, show_part(key, 1))
    local at <const>, a <const>, e <const> = difference(rawget(actual, key), rawget(expected, key), inner, seen)
    if at then
      return at, a, e
    end
  end
  return nil
end

-- Equal, tables by what they hold.
function check.same(actual, expected, what)
  local at <const>, a <const>, e <const> = difference(actual, expected, "", {})
  if at then
    local place <const> = (what and what .. ": " or "") .. (at ~= "" and "at " .. at or "")
    fail(("%s\n    got      %s\n    expected %s"):format(place, show(a), show(e)), 2)
  end
end

function check.ok(value, message)
  if not value then
    fail(message or ("got %s"):format(show(value)), 2)
  end
  return value
end

function check.holds(text, part)
  check.ok(text:find(part, 1, true), ("%q is not in: %s"):format(part, text))
end

-- Raises, with a message in which `pattern` is found; gives what was raised.
function check.fails(body, pattern)
  local ok <const>, problem <const> = pcall(body)
  if ok then
    fail("nothing was raised", 2)
  end
  if pattern and not tostring(problem):find(pattern) then
    fail(("raised   %s\n    expected %s"):format(tostring(problem), pattern), 2)
  end
  return problem
end

-- Raises a fault of the toolkit; gives it.
function check.caught(f, ...)
  local fault <const> = require "remit.fault"
  local ok <const>, err <const> = pcall(f, ...)
  check.ok(not ok, "it should have raised")
  check.ok(fault.is(err), "not a fault: " .. tostring(err))
  return err
end

-- The border's nil, message, code; gives the message and what follows the code.
function check.refused(code, value, message, given, ...)
  check.same(value, nil)
  check.same(type(message), "string")
  check.same(given, code)
  return message, ...
end

-- The values of a core column, false for none.
function check.list(column)
  local values <const> = {}
  for row = 1, column:count() do
    values[row] = column:get(row) or false
  end
  return values
end

local function explain(problem)
  if getmetatable(problem) == check.failure then
    return problem.message
  end
  return debug.traceback(tostring(problem), 2)
end

function check.test(name, body)
  local ok <const>, message <const> = xpcall(body, explain)
  check.results[#check.results + 1] = { name = name, ok = ok, message = message }
end

return check
