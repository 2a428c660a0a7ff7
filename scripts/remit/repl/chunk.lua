-- SPDX-License-Identifier: Apache-2.0
-- What was typed at the prompt, as Lua: an expression gives its value, a statement that is not finished waits for more, and `local` at the margin is
-- kept for the session.

local read <const> = require "remit.script.read"
local trouble <const> = require "remit.script.trouble"

-- Taken now: a guarded script sees no debug library.
local getlocal <const> = debug.getlocal

local chunk <const> = {}

local NAME <const> = "=" .. trouble.PROMPT
local KEEPER <const> = "local KEEPER <close> = ...; "
local INTERNAL <const> = "(" -- how Lua's names for its own variables begin

-- A variable that is closed when the chunk ends is closed while its locals are still there: they become the session's.
local function keeper(env, kept)
  return setmetatable({}, { __close = function()
    for index = 1, 250 do
      local name <const>, value <const> = getlocal(2, index)
      if not name then
        return
      elseif name:sub(1, 1) ~= INTERNAL and name ~= "KEEPER" then
        rawset(env, name, value)
        kept[#kept + 1] = name
      end
    end
  end })
end

-- What a script declares as constant may be set anew at the prompt, and those that Lua would fold away are kept like the others. Where a string may go over
-- several lines nothing is touched.
local function without_constants(text)
  if text:find "%[=*%[" then
    return text
  end
  return (("\n" .. text):gsub("(\n%s*local%s[^\n=]*)", function(names)
    return (names:gsub("<%s*const%s*>", function(mark) return (" "):rep(#mark) end))
  end):sub(2))
end

---A script compiled so that its locals are kept.
---@param text string
---@param name string as errors call it
---@param env table
---@return function? compiled, string? message
function chunk.script(text, name, env)
  return load(KEEPER .. without_constants(text), "@" .. name, "t", env)
end

-- Statements, and then an expression whose value is wanted: on a line of its own, or behind the last semicolon.
local function with_value(text, env)
  for at = #text, 1, -1 do
    local byte <const> = text:sub(at, at)
    if byte == "\n" or byte == ";" then
      local made <const> = load(("%s%s return %s"):format(KEEPER, text:sub(1, at), text:sub(at + 1)), NAME, "t", env)
      if made or text:sub(at + 1):find "%S" then
        return made
      end
    end
  end
end

local BEGINNINGS <const> = { ["do"] = true, ["for"] = true, ["function"] = true, ["goto"] = true, ["if"] = true, ["local"] = true, ["repeat"] = true,
  ["return"] = true, ["while"] = true }

local function is_statement(text)
  return BEGINNINGS[text:match "^%s*(%a+)"] or text:find "^%s*[%a_][%w_.]*%s*=[^=]" ~= nil
end

-- Then it was meant as an expression, and what is wrong with that is to be said.
local function begins_no_statement(text, message)
  return not is_statement(text) and (message:find ":1: unexpected symbol near" or message:find "syntax error near") ~= nil
end

---Compiles what was typed.
---@param typed string
---@param env table
---@return function? compiled, string? message, boolean? unfinished
function chunk.compile(typed, env)
  read.texts[trouble.PROMPT] = typed
  local text <const> = without_constants(typed:gsub("^%s*=", "", 1))
  -- What is to be closed also keeps the last call from being a tail call, whose line nobody would know.
  local expression <const>, no_expression <const> = load(KEEPER .. "return " .. text, NAME, "t", env)
  if expression then
    return expression
  end
  local statement <const>, no_statement <const> = load(KEEPER .. text, NAME, "t", env)
  if statement then
    return statement
  end
  local several <const> = no_statement:find "syntax error near <eof>" and with_value(text, env)
  if several then
    return several
  end
  local message <const> = begins_no_statement(text, no_statement) and no_expression or no_statement
  return nil, message, message:find "near <eof>$" ~= nil and not (message:find "unfinished string" and not text:find "\\%s*$")
end

---Runs it: gives its values, and the names of the locals that were kept.
---@param compiled function
---@param env table
---@param kept string[] is added to
function chunk.run(compiled, env, kept)
  return compiled(keeper(env, kept))
end

return chunk
