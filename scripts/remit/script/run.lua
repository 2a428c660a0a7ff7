-- SPDX-License-Identifier: Apache-2.0
-- `remit run`, inside the state that the script gets.

local environment <const> = require "remit.script.environment"
local granted <const> = require "remit.granted"
local read <const> = require "remit.script.read"
local terminal <const> = require "remit.terminal"
local trouble <const> = require "remit.script.trouble"

local host <const> = require "remit.host"

local run <const> = {}

---Compiles a script; what is wrong with it is said.
---@param path string
---@param text string
---@param env table
---@return function?
function run.compile(path, text, env)
  local chunk <const>, message <const> = read.compile(path, text, env)
  if not chunk then
    terminal.complain(trouble.unreadable(path, message))
  end
  return chunk
end

---@param path string as messages call it
---@param text string
---@param arguments string[]
---@param trace boolean
---@return boolean ok
function run.script(path, text, arguments, trace)
  local env <const> = environment.new { look = function() return { width = terminal.width(), ascii = terminal.ascii() } end }
  rawset(env, "arg", table.move(arguments, 1, #arguments, 1, { [0] = path }))
  local chunk <const> = run.compile(path, text, env)
  if not chunk then
    return false
  end
  granted.script = { path = path, text = text }
  local stopped <const>, ok <const>, problem <const> = host.attempt(function()
    chunk(table.unpack(arguments))
  end, function(raised)
    return trouble.text(raised, trace)
  end, terminal.is "stderr")
  if stopped or not ok then
    terminal.complain(stopped and "stopped" or trouble.said(problem))
  end
  return not stopped and ok
end

return run
