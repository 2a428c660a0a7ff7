-- SPDX-License-Identifier: Apache-2.0
-- What a script finds around it: Lua's own libraries, `remit`, and an error with what was meant for a name that was never set. `remit run`, the prompt
-- and `remit test` run everything in one of these, so this is where a guard goes.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"

local environment <const> = {}

local host <const> = package.preload["remit.host"] and require "remit.host"

local LIBRARIES <const> = { "assert", "collectgarbage", "coroutine", "debug", "dofile", "error", "getmetatable", "io", "ipairs", "load", "loadfile",
  "math", "next", "os", "package", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "require", "select", "setmetatable", "string", "table",
  "tonumber", "tostring", "type", "utf8", "warn", "xpcall", "_VERSION" }

-- A coroutine is not in the reach of Ctrl-C's hook, so each looks by itself.
local function watched_coroutines()
  local library <const> = {}
  for name, value in pairs(coroutine) do
    library[name] = value
  end
  function library.create(f)
    local made <const> = coroutine.create(f)
    host.watch(made)
    return made
  end
  function library.wrap(f)
    local made <const> = library.create(f)
    return function(...)
      local answer <const> = table.pack(coroutine.resume(made, ...))
      if not answer[1] then
        error(answer[2], 0)
      end
      return table.unpack(answer, 2, answer.n)
    end
  end
  return library
end

-- Lua's own run what they load among the globals of the toolkit; a script's run it among the script's.
local function add_loaders(env)
  function env.load(chunk, name, mode, ...)
    if type(chunk) == "string" and not chunk:find "\0" and core.file.kind(chunk) == "directory" then
      fault.raise { message = "load is a word of Lua's", hints = { ("A pack is loaded with remit.load %q"):format(chunk) } }
    end
    return load(chunk, name, mode or "t", select("#", ...) > 0 and (...) or env)
  end
  function env.loadfile(path, mode, ...)
    return loadfile(path, mode or "t", select("#", ...) > 0 and (...) or env)
  end
  function env.dofile(path)
    return assert(loadfile(path, "t", env))()
  end
end

local COMMANDS <const> = { help = ".help lists the commands of the prompt, ?name shows help on a call", quit = ".quit ends the session, and so does Ctrl-D",
  exit = ".quit ends the session, and so does Ctrl-D" }

local USUAL <const> = { base = true, model = true, m = true, pack = true }

local function names_of(env)
  local names <const> = {}
  for name in next, env do
    names[#names + 1] = type(name) == "string" and name or nil
  end
  table.sort(names)
  return names
end

local function hint_for(env, name)
  local near <const> = fault.suggest(name, names_of(env))
  if COMMANDS[name] then
    return COMMANDS[name]
  elseif near then
    return near
  elseif USUAL[name] then
    return ('Load a pack first: %s = remit.load "examples/nenc"'):format(name)
  elseif rawget(env.remit, name) ~= nil then
    return ("Did you mean 'remit.%s'?"):format(name)
  elseif name:find "^function" or name == "fn" then
    return "A label is written in quotes: fn = \"chc\""
  end
  return "A label is written in quotes; a variable is set first, as in x = 1."
end

---The names that a script may use without setting them.
---@return string[]
function environment.names()
  return table.move({ "remit", "arg", "_G" }, 1, 3, #LIBRARIES + 1, table.move(LIBRARIES, 1, #LIBRARIES, 1, {}))
end

---@param given? { print?: fun(...: any) }
---@return table<string, any>
function environment.new(given)
  local env <const> = {}
  for _, name in ipairs(LIBRARIES) do
    env[name] = _G[name]
  end
  add_loaders(env)
  env._G, env.remit = env, require "remit"
  env.print = given and given.print or print
  env.coroutine = host and watched_coroutines() or coroutine
  return setmetatable(env, { __name = "environment", __index = function(_, name)
    fault.raise { code = "undeclared", message = ("'%s' was never set"):format(tostring(name)), hints = { hint_for(env, tostring(name)) } }
  end })
end

---Names that were set in an environment besides what it began with.
---@param env table
---@return string[]
function environment.own(env)
  local fresh <const>, own <const> = environment.new(), {}
  for _, name in ipairs(plain.keys(env)) do
    own[#own + 1] = rawget(fresh, name) == nil and name or nil
  end
  return own
end

return environment
