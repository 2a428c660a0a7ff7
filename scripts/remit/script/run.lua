-- SPDX-License-Identifier: Apache-2.0
-- `remit run`, inside the state that the script gets.

local environment <const> = require "remit.script.environment"
local granted <const> = require "remit.granted"
local noticed <const> = require "remit.noticed"
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

---Runs a script to its end, or to what ends it.
---@param path string as messages call it
---@param text string
---@param arguments string[]
---@param how { trace: boolean, silent?: boolean } silent: what it prints is dropped
---@return boolean ok, boolean stopped by Ctrl-C, string? problem
function run.attempt(path, text, arguments, how)
  local function look()
    return { width = terminal.width(), ascii = terminal.ascii() }
  end
  local env <const> = environment.new { look = look, silent = how.silent }
  rawset(env, "arg", table.move(arguments, 1, #arguments, 1, { [0] = path }))
  local chunk <const>, unreadable <const> = read.compile(path, text, env)
  if not chunk then
    return false, false, trouble.unreadable(path, unreadable)
  end
  granted.script = { path = path, text = text }
  local stopped <const>, ok <const>, problem <const> = host.attempt(function()
    chunk(table.unpack(arguments))
  end, function(raised)
    return trouble.text(raised, how.trace)
  end, terminal.is "stderr")
  if stopped or not ok then
    return false, stopped, stopped and "stopped" or trouble.said(problem)
  end
  return true, false
end

local MOST <const> = 20 -- warnings: a sweep may have thousands, and `remit check` lists all

---Says what was noticed of a script's models.
---@param list remit.noticed[]
---@param reword? fun(text: string): string
function run.warn(list, reword)
  for index = 1, math.min(#list, MOST) do
    local text <const> = ("%s: %s"):format(list[index].where, list[index].text)
    terminal.mention(reword and reword(text) or text)
  end
  if #list > MOST then
    terminal.mention(("and %d more"):format(#list - MOST))
  end
end

---@param path string
---@param text string
---@param arguments string[]
---@param trace boolean
---@param dropped string[] as globals.dropped gives it
---@return boolean ok
function run.script(path, text, arguments, trace, dropped)
  noticed.begin(false, path, dropped)
  local ok <const>, _, problem <const> = run.attempt(path, text, arguments, { trace = trace })
  run.warn((noticed.finish()))
  if problem then
    terminal.complain(problem)
  end
  return ok
end

return run
