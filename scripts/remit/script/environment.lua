-- SPDX-License-Identifier: Apache-2.0
-- What a script finds around it: Lua's libraries, `remit`, and an error with what was meant for a name that was never set. `remit run`, the prompt
-- and `remit test` run everything in one of these: the guarded state's own, or one with all of Lua where the script is trusted.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"

local environment <const> = {}

local host <const> = package.preload["remit.host"] and require "remit.host"
local guarded <const> = host and host.environment and host.environment()

local GUARDED <const> = { "assert", "coroutine", "error", "getmetatable", "ipairs", "load", "math", "next", "pairs", "pcall", "print", "rawequal", "rawget",
  "rawlen", "rawset", "require", "select", "setmetatable", "string", "table", "tonumber", "tostring", "type", "utf8", "xpcall", "_VERSION" }
local TRUSTED_ONLY <const> = { "collectgarbage", "debug", "dofile", "io", "loadfile", "os", "package", "warn" }

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

local LONGEST <const> = 200 -- bytes of what may be the path of a pack

-- Lua's own run what they load among the globals of the toolkit; a script's run it among the script's.
local function add_load(env)
  function env.load(chunk, name, mode, ...)
    if type(chunk) == "string" and #chunk <= LONGEST and not chunk:find "[\0\n]" and core.file.kind(chunk) == "directory" then
      fault.raise { message = "load is a word of Lua's", hints = { ("A pack is loaded with remit.load %q"):format(chunk) } }
    end
    return load(chunk, name, mode or "t", select("#", ...) > 0 and (...) or env)
  end
end

local function add_loaders_of_files(env)
  function env.loadfile(path, mode, ...)
    return loadfile(path, mode or "t", select("#", ...) > 0 and (...) or env)
  end
  function env.dofile(path)
    return assert(loadfile(path, "t", env))()
  end
end

local function plain_print(...)
  local words <const> = table.pack(...)
  for index = 1, words.n do
    words[index] = tostring(words[index])
  end
  host.write("stdout", table.concat(words, "\t"):gsub("[^\n\t]+", safe) .. "\n")
end

local function drop(...)
  for index = 1, select("#", ...) do
    tostring((select(index, ...)))
  end
end

-- What print gives a script: frames no wider than the terminal. The guarded state's own print counts, and writes what a terminal may be sent.
local function printer(look, silent)
  local write <const> = silent and drop or (guarded or not host) and print or plain_print
  return function(...)
    local values <const> = require "remit.repl.values"
    local words <const> = table.pack(...)
    for index = 1, words.n do
      words[index] = values.is_frame(words[index]) and values.text(words[index], look()) or words[index]
    end
    if host then
      host.hush()
    end
    write(table.unpack(words, 1, words.n))
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

local function is_trusted_only(name)
  for _, other in ipairs(TRUSTED_ONLY) do
    if name == other then
      return true
    end
  end
  return false
end

---What may have been meant by a name that nobody set.
---@param name string
---@param names string[]
---@return string?
function environment.near(name, names)
  if is_trusted_only(name) then
    return ("A script is guarded and has no '%s': remit saves and loads what it needs; --trust lifts the guard"):format(name)
  end
  return fault.suggest(name, names)
end

-- A variable that can be asked what stands there without one: pivot, where base:pivot was meant.
local function owner_of(env, name)
  for _, variable in ipairs(names_of(env)) do
    local value <const> = rawget(env, variable)
    if plain.object_name(value) == "remit.model" and rawget(getmetatable(value), name) ~= nil then
      return variable
    end
  end
end

local FIGURES <const> = { wte = '"> 0.5"', in_post = '"> 0.5"', cost = '"> 50000"' }

local function hint_for(env, name)
  local near <const>, owner <const> = environment.near(name, names_of(env)), owner_of(env, name)
  if COMMANDS[name] then
    return COMMANDS[name]
  elseif owner then
    return ("A question has a colon: %s:%s. ?%s shows help"):format(owner, name, name)
  elseif near then
    return near
  elseif USUAL[name] then
    return ('Load a pack first: %s = remit.load "examples/nenc"'):format(name)
  elseif rawget(require "remit", name) ~= nil then
    return ("Did you mean 'remit.%s'?"):format(name)
  elseif name:find "^function" or name == "fn" then
    return "A label is written in quotes: fn = \"chc\""
  elseif require("remit.schema").of_lines(name) then -- { group == "strategic" } or { wte > 0.5 }
    return ("A name is written in quotes: \"%s\". A field is tested by one = and a text: { %s = %s }"):format(name, name,
      FIGURES[name] or '"..."')
  end
  return "A label is written in quotes; a variable is set first, as in x = 1."
end

---The names that a guarded script may use without setting them.
---@return string[]
function environment.names()
  return table.move({ "remit", "arg", "_G" }, 1, 3, #GUARDED + 1, table.move(GUARDED, 1, #GUARDED, 1, {}))
end

local function with_all_of_lua()
  local env <const> = {}
  for _, list in ipairs { GUARDED, TRUSTED_ONLY } do
    for _, name in ipairs(list) do
      env[name] = _G[name]
    end
  end
  env._G, env.remit = env, require "remit"
  env.coroutine = host and watched_coroutines() or coroutine
  add_loaders_of_files(env)
  return env
end

local beginnings <const> = setmetatable({}, { __mode = "k" }) -- the names that an environment began with

---In a guarded state: its script's, of which there is one.
---@param given? { look: fun(): (remit.repl.look), silent?: boolean } how print shows frames; silent: it drops what it made of them
---@return table<string, any>
function environment.new(given)
  local env <const> = guarded or with_all_of_lua()
  add_load(env)
  env.print = given and printer(given.look, given.silent) or env.print
  local names <const> = { arg = true }
  for name in next, env do
    names[name] = true
  end
  beginnings[env] = names
  return setmetatable(env, { __name = "environment", __index = function(_, name)
    fault.raise { code = "undeclared", message = ("'%s' was never set"):format(tostring(name)), hints = { hint_for(env, tostring(name)) } }
  end })
end

---Names that were set in an environment besides what it began with.
---@param env table
---@return string[]
function environment.own(env)
  local own <const> = {}
  for _, name in ipairs(plain.keys(env)) do
    own[#own + 1] = not beginnings[env][name] and name or nil
  end
  return own
end

return environment
