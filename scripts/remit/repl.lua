-- SPDX-License-Identifier: Apache-2.0
-- The prompt: reads what is typed and hands it to repl/session.lua, in the state that scripts run in. History, the files that .load names and a fresh
-- state for .reload are matters of this side.

local read <const> = require "remit.script.read"
local state <const> = require "remit.script.state"
local terminal <const> = require "remit.terminal"

local host <const> = require "remit.host"

local repl <const> = {}

local PROMPT <const>, MORE <const> = "remit> ", "  ...> "
local OK <const>, FAILED <const> = 0, 3
local SESSION <const> = "remit.repl.session"

---@class remit.repl
---@field options table of the command line
---@field place remit.script.state
---@field loaded string[] scripts that .load ran
---@field interactive boolean
---@field unfinished boolean
---@field done boolean
local Repl <const> = {}
Repl.__index = Repl

function Repl:call(name, ...)
  return self.place:call(SESSION, name, ...)
end

---A state, with the pack loaded.
function Repl:open()
  self.place = state.open(self.options)
  self:call("begin", self.interactive, self.options.trace or false)
  if self.options.pack then
    self:call("load_pack", self.options.pack)
  end
end

---@param path string
---@return boolean
function Repl:load_script(path)
  local text <const>, message <const> = read.text(path)
  if not text then
    self:call("complain", message)
    return false
  elseif not self.place:allow(state.folder_of(path)) then
    self:call("complain", ("%s lies in one folder too many: .reload forgets those of before"):format(path))
    return false
  end
  return (self:call("load_script", path, text))
end

local function each_word(text)
  local words <const> = {}
  for word in text:gmatch "%S+" do
    words[#words + 1] = word
    words[word] = true
  end
  return words
end

-- Everything anew, so that nothing of before is met again by mistake.
function Repl:reload()
  local before <const> = each_word(self:call "own_names")
  local mode <const>, max_rows <const>, timing <const>, failed <const> = self:call "manners"
  self.place:close()
  self:open()
  self:call("keep_manners", mode, max_rows, timing, failed)
  for _, path in ipairs(self.loaded) do
    if not self:load_script(path) then
      break
    end
  end
  local after <const>, gone <const> = each_word(self:call "own_names"), {}
  for _, name in ipairs(before) do
    gone[#gone + 1] = name ~= "_" and not after[name] and name or nil
  end
  local pack <const> = self.options.pack
  local read_again <const> = table.move(self.loaded, 1, #self.loaded, pack and 2 or 1, { pack })
  self:call("tell", "read again: " .. (#read_again > 0 and table.concat(read_again, ", ") or "nothing was loaded"))
  if #gone > 0 then
    self:call("tell", "set at the prompt, and gone: " .. table.concat(gone, ", "))
  end
end

---@param line string
function Repl:take(line)
  local unfinished <const>, asked <const>, path <const> = self:call("take", line)
  self.unfinished = unfinished
  if asked == "load" and self:load_script(path) then
    self.loaded[#self.loaded + 1] = path
  elseif asked == "reload" then
    self:reload()
  elseif asked == "quit" then
    self.done = true
  end
end

function Repl:read_lines(editor)
  local add <const> = require("remit.repl.history").open(editor)
  repeat
    local line <const>, more <const> = editor:read(self.unfinished and MORE or self.interactive and PROMPT or "", MORE)
    if line then
      if more == true then
        self:call("complain", "the paste was larger than 64 MiB: what came after that is left out")
      end
      add(line)
      self:take(line)
    else
      self:call("forget", more == "end")
      self.unfinished = false
    end
  until self.done or not line and more == "end"
end

---@param options table those of remit.script.state
---@return integer exit_code
function repl.run(options)
  local prompt <const> = setmetatable({ options = options, loaded = {}, interactive = terminal.interactive(), unfinished = false, done = false }, Repl)
  prompt:open()
  if prompt.interactive then
    prompt:call("banner", options.pack)
  end
  local editor <close> = host.editor(prompt.interactive and function(before)
    return prompt:call("key", before)
  end or nil)
  prompt:read_lines(editor)
  return not prompt.interactive and prompt:call "failed" and FAILED or OK
end

return repl
