-- SPDX-License-Identifier: Apache-2.0
-- The prompt: reads what is typed, runs it, shows the value, and outlives every mistake.

local chunk <const> = require "remit.repl.chunk"
local environment <const> = require "remit.script.environment"
local read <const> = require "remit.script.read"
local terminal <const> = require "remit.terminal"
local trouble <const> = require "remit.script.trouble"
local values <const> = require "remit.repl.values"

local host <const> = require "remit.host"

local repl <const> = {}

local PROMPT <const>, MORE <const> = "remit> ", "  ...> "
local MAX_ROWS <const> = 50
local OK <const>, FAILED <const> = 0, 3

---@class remit.repl.session
---@field env table what is typed finds its variables here
---@field pack? string loaded as `base`
---@field loaded string[] scripts that .load ran
---@field interactive boolean
---@field trace boolean
---@field timing boolean
---@field mode "table"|"csv"|"md"|"json"
---@field max_rows? integer
---@field last any
---@field failed boolean something went wrong
---@field done boolean
local Session <const> = {}
Session.__index = Session

---How values are shown now: a terminal may have another width each time.
---@return remit.repl.look
function Session:look()
  return { mode = self.mode, width = terminal.width(), ascii = terminal.ascii(), max_rows = self.interactive and self.max_rows or nil }
end

---@param text string
function Session:say(text)
  io.stdout:write(text, "\n")
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
  io.stdout:flush()
  local width <const> = terminal.is "stderr" and terminal.width()
  local shown <const> = width and values.wrapped("error: " .. text, width) or "error: " .. text
  io.stderr:write(terminal.alarming "error:", shown:sub(#"error:" + 1), "\n")
  self.failed = true
end

-- What `print` is at the prompt: frames fit the terminal, like values.
local function printer(session)
  return function(...)
    local words <const> = table.pack(...)
    for index = 1, words.n do
      words[index] = values.is_frame(words[index]) and values.text(words[index], session:look()) or tostring(words[index])
    end
    io.stdout:write(table.concat(words, "\t"), "\n")
  end
end

function Session:fresh_environment()
  self.env = environment.new { print = printer(self) }
  rawset(self.env, "arg", { [0] = "remit" })
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
    self:complain(tostring(result[3]))
    return false
  end
  return true, table.unpack(result, 3, result.n)
end

function Session:show(value)
  self.last = value
  rawset(self.env, "_", value)
  self:attempt(function()
    self:say(values.text(value, self:look()))
  end)
end

function Session:say_kept(kept)
  if #kept > 0 and not self.said_kept then
    self.said_kept = true
    self:tell(("(local %s: kept for the session, as everything at the prompt is)"):format(table.concat(kept, ", ")))
  end
end

---Runs a whole chunk.
---@param compiled function
function Session:run(compiled)
  local kept <const>, began <const> = {}, host.seconds()
  local result <const> = table.pack(self:attempt(function()
    return chunk.run(compiled, self.env, kept)
  end))
  if self.timing then
    self:say(("%.3f s"):format(host.seconds() - began))
  end
  self:say_kept(kept)
  for index = 2, result[1] and result.n or 1 do
    if result[index] ~= nil or result.n == 2 then
      self:show(result[index])
    end
  end
end

---Loads the pack of the command line as `base`.
function Session:load_pack()
  if self.pack then
    require("remit.granted").pack = self.pack
    local ok <const>, base <const> = self:attempt(function()
      return self.env.remit.load(self.pack)
    end)
    if ok then
      rawset(self.env, "base", base)
    end
  end
end

---Runs a script in the session, so that what it sets is there afterwards.
---@param path string
---@return boolean
function Session:load_script(path)
  local compiled <const>, message <const>, is_syntax <const> = read.chunk(path, self.env)
  if not compiled then
    self:complain(is_syntax and trouble.unreadable(path, message) or message)
    return false
  end
  local kept <const> = {}
  return (self:attempt(function()
    local text <const> = read.texts[path]
    return chunk.run(chunk.script(text, path, self.env) or compiled, self.env, kept)
  end))
end

-- ---- Lines ----

-- What is typed on one line and is not Lua: true when it was.
function Session:is_command(line)
  local name <const> = line:match "^%s*%?+%s*(.-)%s*$"
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

local function banner(session)
  local version <const> = session.env.remit.version
  local function say(text)
    session:say(values.wrapped(text, terminal.width()))
  end
  say(("remit %s. Ten words to begin with:"):format(version))
  say "  load pivot posts functions scenario scale transfer compare check explain"
  say "?load shows help on a word, tab completes, .help lists the rest, .quit ends"
  if rawget(session.env, "base") then
    say("base is " .. tostring(session.env.base))
  elseif not session.pack then
    session:say 'Begin with:  base = remit.load "examples/nenc"'
  end
end

local function editor_of(session)
  local editor
  editor = host.editor(session.interactive and function(before)
    return require("remit.repl.complete").key(session, before)
  end or nil)
  return editor
end

local function read_lines(session, editor)
  local add <const> = require("remit.repl.history").open(editor)
  repeat
    local line <const>, more <const> = editor:read(session.pending and MORE or session.interactive and PROMPT or "", MORE)
    if line then
      if more == true then
        session:complain "the paste was larger than 64 MiB: what came after that is left out"
      end
      add(line)
      session:take(line)
    elseif more == "interrupted" then
      session.pending = nil
    elseif session.pending then
      local _, message <const> = chunk.compile(session.pending, session.env)
      session:complain(trouble.unreadable(trouble.PROMPT, message))
    end
  until session.done or not line and more == "end"
end

---@param options { pack?: string, trace?: boolean }
---@return integer exit_code
function repl.run(options)
  local session <const> = setmetatable({ pack = options.pack, trace = options.trace or false, loaded = {}, timing = false, mode = "table",
    max_rows = MAX_ROWS, failed = false, done = false, interactive = terminal.interactive() }, Session)
  session:fresh_environment()
  session:load_pack()
  if session.interactive then
    banner(session)
  end
  local editor <close> = editor_of(session)
  read_lines(session, editor)
  return not session.interactive and session.failed and FAILED or OK
end

return repl
