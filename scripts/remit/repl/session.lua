-- SPDX-License-Identifier: Apache-2.0
-- The prompt inside the state that what is typed runs in: takes lines, runs them, shows values, and outlives every mistake. repl.lua, outside, reads the
-- lines and calls the functions at the end, of which there is one session a state.

local chunk <const> = require "remit.repl.chunk"
local environment <const> = require "remit.script.environment"
local noticed <const> = require "remit.noticed"
local read <const> = require "remit.script.read"
local run <const> = require "remit.script.run"
local terminal <const> = require "remit.terminal"
local trouble <const> = require "remit.script.trouble"
local values <const> = require "remit.repl.values"

local host <const> = require "remit.host"

local MAX_ROWS <const> = 50
local TOOLKIT <const> = "remit %s: ? lists its calls, ?load shows help on one"

---@class remit.repl.session
---@field env table what is typed finds its variables here
---@field interactive boolean
---@field trace boolean
---@field timing boolean
---@field mode "table"|"csv"|"md"|"json"
---@field max_rows? integer
---@field last any
---@field pending? string what was typed of an unfinished statement
---@field failed boolean something went wrong
---@field asked? string what repl.lua is to do: "quit", "load" or "reload"
---@field path? string of the script that it is to load
local Session <const> = {}
Session.__index = Session

---How values are shown now: a terminal may have another width each time.
---@return remit.repl.look
function Session:look()
  return { mode = self.mode, width = terminal.width(), ascii = terminal.ascii(), max_rows = self.interactive and self.max_rows or nil }
end

---@param text string
function Session:say(text)
  terminal.write(text .. "\n")
end

-- What only somebody who types wants to know.
---@param text string
function Session:tell(text)
  if self.interactive then
    self:say(text)
  end
end

---@param text string what went wrong, without "error: "
function Session:complain(text)
  local width <const> = terminal.is "stderr" and terminal.width()
  terminal.complain(width and values.wrapped("error: " .. text, width):sub(#"error: " + 1) or text)
  self.failed = true
end

---Runs a function so that neither a mistake in it nor Ctrl-C ends the session. Gives whether it ran to its end, and its values.
---@param f function
---@return boolean, ...
function Session:attempt(f)
  local function handler(problem)
    return trouble.text(problem, self.trace)
  end
  local result <const> = table.pack(host.attempt(f, handler, terminal.is "stderr" and terminal.is "stdout"))
  if result[1] then
    self:say(self.interactive and "\nstopped" or "stopped")
    self.failed = true
    return false
  elseif not result[2] then
    self:complain(trouble.said(result[3]))
    return false
  end
  return true, table.unpack(result, 3, result.n)
end

function Session:show(value)
  self.last = value
  rawset(self.env, "_", value)
  self:attempt(function()
    local is_toolkit <const> = rawequal(value, rawget(self.env, "remit"))
    self:say(is_toolkit and TOOLKIT:format(value.version) or values.text(value, self:look()))
  end)
  if values.is_selection(value) and not self.said_selection then
    self.said_selection = true
    self:tell("(a selection: :head() lists the first, :pivot { ... } adds them up)")
  end
end

function Session:say_kept(kept)
  if #kept > 0 and not self.said_kept then
    self.said_kept = true
    self:tell(("(local %s: kept for the session, as everything at the prompt is)"):format(table.concat(kept, ", ")))
  end
end

-- Runs what makes models, and mentions what they have against themselves. Gives what attempt gives, in a table, and what was saved.
function Session:attempt_models(f)
  noticed.begin(false)
  local result <const> = table.pack(self:attempt(f))
  local list <const>, saved <const> = noticed.finish()
  run.warn(list, trouble.at_prompt)
  return result, saved
end

-- What was saved is told and not shown too: `save` gives it back so that calls can go on.
function Session:show_unless_saved(value, saved)
  if saved.of[value] then
    self.last = value
    rawset(self.env, "_", value)
  else
    self:show(value)
  end
end

---Runs a whole chunk.
---@param compiled function
function Session:run(compiled)
  local kept <const>, began <const> = {}, host.seconds()
  local result <const>, saved <const> = self:attempt_models(function()
    return chunk.run(compiled, self.env, kept)
  end)
  if self.timing then
    self:say(("%.3f s"):format(host.seconds() - began))
  end
  self:say_kept(kept)
  if #saved.paths > 0 then
    self:tell("saved " .. table.concat(saved.paths, ", "))
  end
  for index = 2, result[1] and result.n or 1 do
    if result[index] ~= nil or result.n == 2 then
      self:show_unless_saved(result[index], saved)
    end
  end
end

-- What is typed on one line and is not Lua: true when it was.
function Session:is_command(line)
  local name <const> = line:match "^%s*%?+%s*(.-)[%s?]*$" or line:match "^%s*([%w_.:]+)%s*%?+%s*$"
  if name then
    require("remit.repl.dots").help(self, name)
    return true
  elseif line:find "^%s*%.%a" then
    require("remit.repl.dots").run(self, line)
    return true
  end
  return not line:find "%S"
end

---Takes a line, or the pasted lines that came as one. Gives whether more is needed.
---@param line string
---@return boolean unfinished
function Session:take(line)
  if not self.pending and self:is_command(line) then
    return false
  end
  local text <const> = self.pending and self.pending .. "\n" .. line or line
  self.pending = nil
  if not utf8.len(text) then
    self:complain "this is not UTF-8"
    return false
  end
  local compiled <const>, message <const>, unfinished <const> = chunk.compile(text, self.env)
  if compiled then
    self:run(compiled)
  elseif unfinished then
    self.pending = text
  else
    self:complain(trouble.unreadable(trouble.PROMPT, message))
  end
  return unfinished or false
end

-- ---- For repl.lua ----

local session = nil ---@type remit.repl.session

local functions <const> = {}

---@param interactive boolean
---@param trace boolean
function functions.begin(interactive, trace)
  session = setmetatable({ trace = trace, timing = false, mode = "table", max_rows = MAX_ROWS, failed = false, interactive = interactive }, Session)
  session.env = environment.new { look = function() return session:look() end }
  rawset(session.env, "arg", { [0] = "remit" })
end

---Loads the pack of the command line as `base`.
---@param pack string
function functions.load_pack(pack)
  local ok <const>, base <const> = session:attempt(function()
    return require("remit").load(pack)
  end)
  if ok then
    rawset(session.env, "base", base)
  end
end

---@param pack? string
function functions.banner(pack)
  local function say(text)
    session:say(values.wrapped(text, terminal.width()))
  end
  say(("remit %s. Ten words to begin with:"):format(require("remit").version))
  say "  load pivot posts functions scenario scale transfer compare check explain"
  say "?load shows help on a word, tab completes, .help lists the rest, .quit ends"
  if rawget(session.env, "base") then
    say("base is " .. tostring(session.env.base))
  elseif not pack then
    session:say 'Begin with:  base = remit.load "examples/nenc"'
  end
end

---@param line string
---@return boolean unfinished, string? asked, string? path
function functions.take(line)
  session.asked, session.path = nil, nil
  return session:take(line), session.asked, session.path
end

---Forgets what was typed of an unfinished statement; at the end, with what is wrong with it.
---@param at_end boolean
function functions.forget(at_end)
  if at_end and session.pending then
    local _, message <const> = chunk.compile(session.pending, session.env)
    session:complain(trouble.unreadable(trouble.PROMPT, message))
  end
  session.pending = nil
end

---Runs a script in the session, so that what it sets is there afterwards.
---@param path string
---@param text string
---@return boolean
function functions.load_script(path, text)
  local compiled <const> = run.compile(path, text, session.env)
  if not compiled then
    session.failed = true
    return false
  end
  local result <const> = session:attempt_models(function()
    return chunk.run(chunk.script(read.texts[path], path, session.env) or compiled, session.env, {})
  end)
  return result[1]
end

---@param before string the line up to the cursor
---@return integer? replaced, string? text, string? list
function functions.key(before)
  local _, ok <const>, replaced <const>, text <const>, list <const> = host.attempt(function()
    return require("remit.repl.complete").key(session, before)
  end, function() end)
  if ok then
    return replaced, text, list
  end
end

---@return string names that were set, with spaces between
function functions.own_names()
  return table.concat(environment.own(session.env), " ")
end

---How values are shown, for the session that comes after this.
---@return string mode, integer max_rows 0: all, boolean timing, boolean failed
function functions.manners()
  return session.mode, session.max_rows or 0, session.timing, session.failed
end

---@param mode string
---@param max_rows integer
---@param timing boolean
---@param failed boolean
function functions.keep_manners(mode, max_rows, timing, failed)
  session.mode, session.max_rows, session.timing, session.failed = mode, max_rows > 0 and max_rows or nil, timing, failed
end

---@param text string
function functions.complain(text)
  session:complain(text)
end

---@param text string
function functions.tell(text)
  session:tell(text)
end

---@return boolean
function functions.failed()
  return session.failed
end

return functions
