-- SPDX-License-Identifier: Apache-2.0
-- Where scripts run, as the program's commands see it: a guarded Lua state of its own or, with --trust, this very one. Both are called by the name of
-- a module and a function of the toolkit, and are given and give texts and numbers.

local plain <const> = require "remit.plain"

local state <const> = {}

local LIMITS <const> = { "memory", "work", "output", "seconds", "seed" }

local OPTIONS <const> = { pack = "word", site = "word", out = "word", trace = "flag", trust = "flag", memory = "number", work = "number", output = "number",
  seconds = "number", seed = "number" }

---What holds when an option says nothing else: millions of steps, MiB, seconds.
state.limits = { work = 20000, memory = 1024, output = 1024, seconds = 3600, seed = 1 }

local HELP <const> = {
  { "pack", "--pack DIR   what remit.load() loads without a path" },
  { "site", "--site FILE  the site profile; default: site.json beside the pack" },
  { "out", "--out DIR    what out/ means to the script: it can write there and nowhere else (out)" },
  { "trace", "--trace      with Lua's own traceback when something goes wrong" },
  { "limits", "--memory MIB, --work MILLION, --output MIB, --seconds N\n               limits: 1024, 20000 million steps, 1024, 3600" },
  { "seed", "--seed N     of math.random (1)" },
  { "trust", "--trust      no guard: the script can do whatever you can do on this computer" },
}

---The options of a command that runs scripts, as cli.lua reads them.
---@param left_out table<string, boolean> those that it does not take
---@return table<string, "word"|"flag"|"number">
function state.options(left_out)
  local options <const> = {}
  for name, kind in pairs(OPTIONS) do -- copying: order does not matter
    options[name] = not left_out[name] and kind or nil
  end
  return options
end

---What the options do, a line each; without those that a command does not take.
---@param left_out table<string, boolean>
---@return string
function state.help(left_out)
  local lines <const> = {}
  for _, one in ipairs(HELP) do
    lines[#lines + 1] = not left_out[one[1]] and "  " .. one[2] or nil
  end
  return table.concat(lines, "\n")
end

---@class remit.script.state
---@field call fun(self, module: string, name: string, ...: string|number|boolean|string[]|nil): any, any, any, any
---@field allow fun(self, folder: string): boolean from here on it may be read, and has modules
---@field refused fun(self): string[], integer
---@field touched fun(self): string[], string[], boolean what was read, what was written, whether that is all
---@field close fun(self)
local Trusted <const> = {}
Trusted.__index = Trusted

function Trusted.call(_, module, name, ...)
  return require(module)[name](...)
end

function Trusted.allow()
  return true
end

function Trusted.refused()
  return {}, 0
end

-- Who is trusted reads and writes without being looked at.
function Trusted.touched()
  return {}, {}, true
end

-- Modules of the analyst's own are read again by the next state; the toolkit's stay.
function Trusted.close()
  for _, name in ipairs(plain.keys(package.loaded)) do
    if not name:find "^remit%f[.\0]" and package.searchpath(name, package.path) then
      package.loaded[name] = nil
    end
  end
end

-- The site profile is read here, where any file may be, and given as text. Without a pack and --site there is none to look for.
local function give_site(place, options)
  if options.site or options.pack then
    place:call("remit.site", "give", require("remit.site").granted(options))
  end
  return place
end

---@param options table the command's
---@param folder? string of the script
---@return remit.script.state
function state.open(options, folder)
  if options.trust then
    require("remit.granted").pack = options.pack
    return give_site(setmetatable({}, Trusted), options)
  end
  local asked <const> = { folder = folder, pack = options.pack, out = options.out or "out" }
  for _, name in ipairs(LIMITS) do
    asked[name] = options[name] or state.limits[name]
  end
  return give_site(require("remit.sandbox").open(asked), options)
end

---The folder that a script lies in.
---@param path string
---@return string
function state.folder_of(path)
  return path:match "^(.*[/\\])" or "."
end

return state
