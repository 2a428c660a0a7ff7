-- SPDX-License-Identifier: Apache-2.0
-- Tests of an analyst's own rules: `remit test PATH...` runs them and counts; anywhere else a test that fails is an error.
--
--   remit.test("the board's totals", function(t)
--     t:figures(base:pivot { measures = { "cost" }, by = { "fn.blueprint" } }, { grow = { cost = 28390128 } }, { tolerance = { cost = 1 } })
--   end)

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"
local terminal <const> = require "remit.terminal"
local trouble <const> = require "remit.script.trouble"

local test <const> = {}

---@class remit.test
local Test <const> = plain.class { __name = "remit.test" }

-- What `remit test` collects: nil elsewhere.
local results

-- ---- Comparing ----

local options <const> = args.declare { name = "t:figures", doc = "figures, each within what its measure allows",
  example = "t:figures(frame, { grow = { cost = 28390128, wte = 311 } }, { tolerance = { cost = 1, wte = 0.05 } })",
  { name = "tolerance", kind = "any", doc = 'what a figure may be off: a number, "0.5%", or either by measure: { cost = "0.1%", wte = 0.05 }' } }

-- How far apart two figures may be, and whether somebody said so. Without a tolerance: what is lost in binary fractions.
local function allowed(tolerance, measure, expected)
  local given <const> = type(tolerance) == "table" and tolerance[measure] or type(tolerance) ~= "table" and tolerance or nil
  if given == nil then
    return math.abs(expected) * 1e-12 + 1e-9, false
  end
  local micro <const> = type(given) == "string" and args.percent(given)
  local most <const> = micro and math.abs(expected) * micro / 1e6 or type(given) == "number" and given
  if not most or most < 0 then
    fault.raise { message = ("tolerance: %s is neither a number nor a percentage"):format(tostring(given)),
      hints = { 'tolerance = { cost = "0.1%", wte = 0.05 }' } }
  end
  return most, true
end

local function shown(value)
  if type(value) == "string" then
    return ("%q"):format(value)
  elseif value == none then
    return "none"
  end
  return type(value) == "number" and ("%.14g"):format(value) or tostring(value)
end

local function difference(actual, expected, measure, tolerance)
  if type(actual) == "number" and type(expected) == "number" then
    local most <const>, said <const> = allowed(tolerance, measure, expected)
    if math.abs(actual - expected) <= most then
      return nil
    end
    return ("got %s, expected %s: off by %s, %s allowed"):format(shown(actual), shown(expected), ("%+.6g"):format(actual - expected),
      said and ("%.6g"):format(most) or "nothing")
  elseif actual ~= expected then
    return ("got %s, expected %s"):format(shown(actual), shown(expected))
  end
end

-- ---- Failing ----

local function fail(message)
  fault.raise { code = "test", message = message }
end

local function fail_with(title, lines)
  if #lines > 0 then
    fault.raise { code = "test", message = title, hints = lines }
  end
end

---Fails unless the value is true, or at least something.
---@param value any
---@param message? string what it means that it is not
function Test:ok(value, message)
  if not value then
    fail(message or ("got %s"):format(shown(value)))
  end
end

local NESTED_MAX <const> = 100 -- tables within tables: more is one that holds itself

local function compare(lines, path, actual, expected, depth)
  if depth > NESTED_MAX then
    fault.raise { code = "test", message = "t:same: a table within itself, or tables nested too deep" }
  elseif type(actual) == "table" and type(expected) == "table" and not getmetatable(expected) then
    local keys <const>, there <const> = {}, {}
    for _, side in ipairs { expected, actual } do
      for key in next, side do
        keys[#keys + 1] = not there[key] and key or nil
        there[key] = true
      end
    end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for _, key in ipairs(keys) do
      compare(lines, path .. "." .. tostring(key), rawget(actual, key), expected[key], depth + 1)
    end
    return
  end
  local different <const> = difference(actual, expected)
  lines[#lines + 1] = different and (path == "" and different or path:sub(2) .. ": " .. different) or nil
end

---Fails unless both are the same: figures, texts, or tables by what they hold.
---@param actual any
---@param expected any
function Test:same(actual, expected)
  local lines <const> = {}
  compare(lines, "", actual, expected, 1)
  if #lines == 1 and type(expected) ~= "table" then
    fail(lines[1])
  end
  fail_with("the two are not the same", lines)
end

---Fails unless a figure is what is expected, within the tolerance.
---@param actual number
---@param expected number
---@param given? { tolerance?: number|string }
function Test:figure(actual, expected, given)
  local different <const> = difference(actual, expected, "figure", options(given).tolerance)
  if different then
    fail(different)
  end
end

local function compare_row(lines, frame, label, wanted, tolerance)
  for _, column in ipairs(plain.keys(wanted)) do
    local different <const> = difference(frame:get(label, column), wanted[column], column, tolerance)
    lines[#lines + 1] = different and ("%s, %s: %s"):format(label, column, different) or nil
  end
end

---Fails unless the frame has these figures: by the label of its row, then by column. Rows and columns that are not named are not looked at.
---@param frame remit.frame with one key
---@param expected table<string, table<string, number|string>>
---@param given? { tolerance?: number|string|table<string, number|string> }
function Test:figures(frame, expected, given)
  local tolerance <const>, lines <const> = options(given).tolerance, {}
  for _, label in ipairs(plain.keys(expected)) do
    compare_row(lines, frame, label, expected[label], tolerance)
  end
  fail_with(("%d figure%s not as expected"):format(#lines, #lines == 1 and " is" or "s are"), lines)
end

---Fails unless the function raises, with this text in its message.
---@param f fun()
---@param text? string
---@return any raised
function Test:raises(f, text)
  local ok <const>, raised <const> = pcall(f)
  local message <const> = tostring(raised)
  if ok then
    fail(text and ("nothing was raised; expected: %s"):format(text) or "nothing was raised")
  elseif text and not message:find(text, 1, true) then
    fail_with("another error was raised", { "got       " .. message, "expected  " .. text })
  end
  return raised
end

object.guard(Test, "a test", { "ok", "same", "figure", "figures", "raises" })

-- ---- Running ----

---Runs a test; the function is given what it checks with.
---@param name string
---@param body fun(t: remit.test)
function test.run(name, body)
  if type(name) ~= "string" or type(body) ~= "function" then
    fault.raise { message = 'test takes a name and a function: remit.test("totals", function(t) ... end)' }
  end
  if not results then
    return body(setmetatable({}, Test))
  end
  local ok <const>, message <const> = xpcall(body, trouble.text, setmetatable({}, Test))
  results[#results + 1] = { name = name, ok = ok, message = message }
end

local function report(path)
  terminal.write(path .. "\n")
  for _, result in ipairs(results) do
    terminal.write(("  %s  %s\n"):format(result.ok and "ok  " or "FAIL", safe(result.name)))
    if not result.ok then
      terminal.write("        " .. trouble.said(result.message):gsub("\n", "\n        ") .. "\n")
    end
  end
end

---Runs the tests of a script, within `remit test`. Gives how many passed and failed; nil when the script itself cannot be run.
---@param path string
---@param text string
---@param trace boolean
---@return integer? passed, integer? failed
function test.run_file(path, text, trace)
  local env <const> = require("remit.script.environment").new()
  rawset(env, "arg", { [0] = path })
  local chunk <const> = require("remit.script.run").compile(path, text, env)
  if not chunk then
    return nil
  end
  results = {}
  local stopped <const>, ok <const>, problem <const> = require("remit.host").attempt(chunk, function(raised)
    return trouble.text(raised, trace)
  end, terminal.is "stderr")
  report(path)
  local passed, failed = 0, 0
  for _, result in ipairs(results) do
    passed, failed = passed + (result.ok and 1 or 0), failed + (result.ok and 0 or 1)
  end
  results = nil
  if stopped or not ok then
    terminal.complain(stopped and "stopped" or trouble.said(problem))
    return nil
  end
  return passed, failed
end

return test
