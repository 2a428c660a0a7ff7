-- SPDX-License-Identifier: Apache-2.0
-- What went wrong, for somebody who does not program: the message, the line of their own script, and where it can be known the likely cause.

local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local read <const> = require "remit.script.read"
local safe <const> = require "remit.safe"

-- Taken now: a guarded script sees no debug library.
local getinfo <const>, traceback <const>, getlocal <const> = debug.getinfo, debug.traceback, debug.getlocal

local trouble <const> = {}

---The name of a chunk that was typed at the prompt.
trouble.PROMPT = "prompt"

---A message as the prompt shows it: of what was just typed the line goes without saying.
---@param message string
---@return string
function trouble.at_prompt(message)
  return (message:gsub("^" .. trouble.PROMPT .. ":1: ", ""):gsub("^" .. trouble.PROMPT .. ":(%d+): ", "line %1: "))
end

-- ---- Likely causes ----

-- What Lua says, and what mostly lies behind it. %1 is the pattern's capture.
local causes <const> = {
  { "unexpected symbol near '<\\226>'", 'curly quotes, as a word processor makes them: write "straight" ones' },
  { "near '!'", "not equal is ~= in Lua, and not is `not`" },
  { "near '&&?'", "and is `and` in Lua" },
  { "near '||?'", "or is `or` in Lua" },
  { "'then' expected near '='", "equal is == in a condition" },
  { "'}' expected .*near '='", "a name in [ ] or without spaces stands before =; a comma before it may be missing" },
  { "'}' expected .*near", "a comma or a closing } is missing before this" },
  { "'%)' expected .*near '='", "arguments that have a name stand in braces: base:total(\"cost\", { at = \"2026-04\" })" },
  { "'%)' expected .*near", "a comma or a closing ) is missing before this" },
  { "function arguments expected near '[%a_]", "text stands in quotes: base:total \"cost\"" },
  { "<eof> expected near '[%a_]", "a question is put as in base:total \"cost\": text in quotes, and a colon before what is asked" },
  { "unfinished string", "the quote is not closed on this line" },
  { "'end' expected", "a function, if or for is not closed by `end`" },
  { "'=' expected near", "this is no statement: to see a value, print it" },
  { "syntax error near", "this is no statement: to see a value, print it" },
  { "<name> expected near '(%a+)'", "'%1' is a word of Lua's own: it cannot be a name" },
  { "unexpected symbol near '(%a+)'", "'%1' is a word of Lua's own, or something before it is missing" },
  { "a remit%.none value", "remit.none stands where a row has no value" },
  { "attempt to compare two table values", 'a test is text: posts { band = ">= 8a" }' },
  { "attempt to compare %a+ with nil", "one side has no value: the name of a field may be misspelt" },
  { "attempt to compare nil with %a+", "one side has no value: the name of a field may be misspelt" },
  { "attempt to compare", "the two sides are not of one kind: remit.none stands where a row has no value" },
  { "attempt to concatenate a nil value", "it has no value: the name may be misspelt" },
  { "attempt to concatenate a table value", "write tostring(...) around it" },
  { "attempt to perform arithmetic on a nil value", "it has no value: the name of a field may be misspelt" },
  { "attempt to perform arithmetic on a table value", "remit.none stands where a row has no value" },
  { "attempt to call a nil value %(method '([%w_]+)'%)", "there is no call '%1' on this" },
  { "attempt to call a nil value %(%a+ '([%w_]+)'%)", "'%1' is not there: misspelt, or a library that was not required" },
  { "attempt to call a remit.frame value", "a frame is walked through with frame:rows()" },
  { "attempt to call a remit.selection value", "a selection is walked through with selection:each()" },
  { "attempt to call a %a+ value", "it is not a function; a comma may be missing before it" },
  { "attempt to index a nil value %(field '([%w_]+)'%)", "'%1' has no value there: misspelt, or `.` where `:` belongs" },
  { "attempt to index a nil value %(local '([%w_]+)'%)", "'%1' has no value: find, and other calls, give nil and a message when nothing is found" },
  { "attempt to index a nil value", "what stands before the dot has no value" },
  { "attempt to index a function value", "`.` where `:` belongs? A call on a model is base:posts { ... }" },
  { "table expected, got nil", "what it walks through has no value" },
  { "stack overflow", "a function calls itself without end" },
}

local function likely(message)
  for _, cause in ipairs(causes) do
    local from <const>, _, capture <const> = message:find(cause[1])
    if from then
      return (cause[2]:gsub("%%1", { ["%1"] = capture }))
    end
  end
end

local function is_object(value)
  return (plain.object_name(value) or ""):find "^remit%." ~= nil
end

local function has_method(value, name)
  local ok <const>, method <const> = pcall(function() return value[name] end)
  return ok and type(method) == "function"
end

-- `base.total "cost"`, where base is one of ours.
local function colon(text, lookup)
  for object, name in (text or ""):gmatch "([%a_][%w_]*)%.([%a_][%w_]*)%s*[%({\"']" do
    local value <const> = lookup(object)
    if is_object(value) and has_method(value, name) then
      return ("`:` instead of `.`: write %s:%s"):format(object, name)
    end
  end
end

-- ---- Where ----

-- The nearest function on the stack that is the analyst's; for a message handler.
local function analyst(level)
  for at = level, level + 200 do
    local info <const> = getinfo(at, "Slf")
    if not info then
      return nil
    elseif not fault.is_own(info.source) and info.currentline > 0 then
      return info, at
    end
  end
end

local function name_of(source)
  return source:match "^[@=](.*)$"
end

local function line_text(name, line)
  local text <const> = read.texts[name]
  if not text then
    return nil
  end
  local at = 1
  for each in (text .. "\n"):gmatch "(.-)\r?\n" do
    if at == line then
      return each
    end
    at = at + 1
  end
end

-- A variable as the function at `level` sees it: a local, an upvalue, a name of its environment.
local function variable(level, func)
  local found <const> = {}
  for index = 1, 250 do
    local name <const>, value <const> = getlocal(level, index)
    if not name then
      break
    end
    found[name] = value
  end
  local env
  for index = 1, 250 do
    local name <const>, value <const> = debug.getupvalue(func, index)
    if not name then
      break
    end
    env = name == "_ENV" and value or env
    found[name] = found[name] == nil and value or found[name]
  end
  return function(name)
    local value = found[name]
    if value == nil and type(env) == "table" then
      value = rawget(env, name)
    end
    return value
  end
end

-- ---- The message ----

local MOST <const> = 110
local LONGEST <const> = 16384 -- bytes of a message that are shown

local function shown_line(text)
  local trimmed <const> = safe((text:gsub("\t", " "):match "^%s*(.-)%s*$"))
  return utf8.len(trimmed) > MOST and trimmed:sub(1, utf8.offset(trimmed, MOST) - 1) .. "..." or trimmed
end

local function placed(name, line, message, hint)
  local where <const> = name == trouble.PROMPT and "" or ("%s:%d: "):format(name, line)
  local text <const> = line_text(name, line)
  local lines <const> = { where .. message }
  local typed <const> = name == trouble.PROMPT and not (read.texts[name] or ""):find "\n"
  lines[2] = text and text:find "%S" and not typed and ("  %d | %s"):format(line, shown_line(text)) or nil
  lines[#lines + 1] = hint and "  " .. hint or nil
  return table.concat(lines, "\n")
end

local function shorten(name)
  return name:match "^%[string \"(.*)\"%]$" or name
end

-- The position that Lua puts before a message, cut to a form that may be short of the path ("...").
local function split(message)
  local name <const>, line <const>, rest <const> = message:match "^(.-):(%d+): (.*)$"
  return name and shorten(name), math.tointeger(line), rest or message
end

---A syntax error, or what keeps a script from being read.
---@param path string
---@param message string
---@return string
function trouble.unreadable(path, message)
  local name <const>, line <const>, rest <const> = split(message)
  if not name then
    return message
  end
  return placed(path, line, rest, likely(rest))
end

local function of_lua(message, level)
  local info <const>, at <const> = analyst(level + 1)
  local _, _, rest <const> = split(message)
  if not info or message == "not enough memory" then
    return rest
  end
  local name <const> = name_of(info.source) or info.short_src
  local text <const> = line_text(name, info.currentline)
  local method <const> = colon(text, variable(at, info.func))
  return placed(name, info.currentline, method or rest, not method and likely(rest) or nil)
end

-- An error of the toolkit, which a script may have changed since.
local function of_fault(problem)
  local ok <const>, text <const> = pcall(tostring, problem)
  return ok and text or "an error that was tampered with was raised"
end

---The answer of a message handler, which may itself have failed.
---@param message any
---@return string
function trouble.said(message)
  return type(message) == "string" and message or "the script failed, and so did saying how"
end

---What is printed of something that was raised. Called by a message handler, while the stack is still there.
---@param problem any
---@param trace? boolean with Lua's traceback
---@return string
function trouble.text(problem, trace)
  local text
  if fault.is(problem) then
    local info <const>, at <const> = analyst(2)
    local line <const> = info and line_text(name_of(info.source) or "", info.currentline)
    local hint <const> = line and colon(line, variable(at, info.func))
    local whole <const> = of_fault(problem) .. (hint and "\n  " .. hint or "")
    text = trouble.at_prompt(whole)
  elseif type(problem) == "string" then
    text = of_lua(problem:sub(1, LONGEST), 2)
  else
    text = ("a %s was raised"):format(type(problem))
  end
  text = text:sub(1, LONGEST)
  return ((trace and traceback(text, 2) or text):gsub("[^\n\t]+", safe))
end

return trouble
