-- SPDX-License-Identifier: Apache-2.0
-- The `remit` program's commands. Data goes to stdout, messages to stderr. Exit codes: 0 fine, 1 findings, 2 usage, 3 could not run.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local help <const> = require "remit.help"
local remit <const> = require "remit"
local safe <const> = require "remit.safe"

local cli <const> = {}

local OK <const>, FINDINGS <const>, USAGE <const>, FAILED <const> = 0, 1, 2, 3

local usage <const> = [[
remit: model what an integrated care board costs, and whether what is left fits under its cap

  remit run SCRIPT [--pack DIR] [--trace] [ARGUMENT...]   run a Lua script; --pack is what remit.load() loads
                                                          it reads below this folder, its own and the pack, and writes below
                                                          out/ (--out DIR); --trust lifts that. Limits: --memory MIB, --work
                                                          MILLION STEPS, --output MIB, --seconds N
  remit check PACK|SCRIPT                                 every problem of a pack and of the rules in its
                                                          folder rules/, or the syntax of a script
  remit help [NAME]                                       this, or what a function takes (load, pivot, envelope...)
  remit --version

A first look:  remit run examples/nenc/demo.lua
Exit codes: 0 fine, 1 findings, 2 usage, 3 could not run.
]]

local function message_of(problem)
  if fault.is(problem) then
    return "error: " .. tostring(problem)
  end
  return "error: " .. (type(problem) == "string" and problem or ("a %s was raised"):format(type(problem)))
end

local function complain(problem)
  io.stderr:write(message_of(problem), "\n")
end

local function bad_usage(message)
  io.stderr:write("remit: ", message, "\n", usage)
  return USAGE
end

local function load_script(path)
  local kind <const> = core.file.kind(path)
  if kind ~= "file" then
    return nil, kind == "directory" and ("%s is a folder, not a script"):format(path) or ("there is no script %s"):format(path)
  end
  return loadfile(path, "t")
end

local function with_trace(problem)
  return debug.traceback(message_of(problem), 2)
end

local commands <const> = {}

local VALUES <const> = { ["--pack"] = "a folder", ["--out"] = "a folder" }
local NUMBERS <const> = { ["--memory"] = "MiB", ["--work"] = "millions of steps", ["--output"] = "MiB", ["--seconds"] = "seconds", ["--seed"] = "a seed" }
local SWITCHES <const> = { ["--trace"] = true, ["--trust"] = true }

-- Reads options from `index` on into `options`; gives the index of what follows, or nil and the option that is not one.
local function read_options(given, index, options)
  while given[index] and given[index]:sub(1, 2) == "--" do
    local option <const>, value <const> = given[index], given[index + 1]
    if VALUES[option] and value then
      options[option:sub(3)], index = value, index + 2
    elseif NUMBERS[option] and (tonumber(value) or -1) >= 0 then
      options[option:sub(3)], index = tonumber(value), index + 2
    elseif SWITCHES[option] then
      options[option:sub(3)], index = true, index + 1
    elseif option == "--" then
      return index + 1
    else
      return nil, given[index]
    end
  end
  return index
end

-- Options stand before the script or after it; what follows them is the script's own.
local function run_arguments(given)
  local options <const> = {}
  local at <const>, wrong <const> = read_options(given, 1, options)
  if not at then
    return nil, wrong
  end
  local own <const>, wrong_after <const> = read_options(given, at + 1, options)
  if given[at] and not own then
    return nil, wrong_after
  end
  options.script = given[at]
  options.own = table.move(given, own or at, #given, 1, { [0] = given[at] })
  return options
end

-- Without the guard: the script can do whatever its user can do.
local function run_trusted(options, chunk)
  io.stderr:write("remit: --trust: this script is not guarded; it can do whatever you can do on this computer\n")
  require("remit.granted").pack = options.pack
  arg, _G.remit = options.own, remit
  local handler <const> = options.trace and with_trace or function(raised) return message_of(raised) end
  local ok <const>, problem <const> = xpcall(chunk, handler, table.unpack(options.own))
  if not ok then
    io.stderr:write(problem, "\n")
    return FAILED
  end
  return OK
end

local function say_refused(result)
  for _, refusal in ipairs(result.refusals) do
    io.stderr:write("refused: ", (safe(refusal)), "\n")
  end
  if result.refused > #result.refusals then
    io.stderr:write(("refused: and %d more\n"):format(result.refused - #result.refusals))
  end
end

local function run_guarded(options)
  local text <const>, message <const> = core.file.read(options.script)
  if not text then
    complain(message)
    return FAILED
  end
  local result <const> = require("remit.sandbox").run {
    text = text, name = "@" .. options.script, arguments = options.own, folder = options.script:match "^(.*[/\\])" or ".",
    pack = options.pack, out = options.out or "out", trace = options.trace,
    memory = options.memory, work = options.work, output = options.output, seconds = options.seconds, seed = options.seed,
  }
  io.stdout:flush()
  say_refused(result)
  if not result.ok then
    io.stderr:write(result.message, "\n")
    return FAILED
  end
  return OK
end

function commands.run(given)
  local options <const>, wrong <const> = run_arguments(given)
  if not options then
    local needs <const> = VALUES[wrong] or NUMBERS[wrong]
    return bad_usage(needs and ("%s needs %s"):format(wrong, needs) or ("run does not know '%s'"):format(wrong))
  elseif not options.script then
    return bad_usage "run needs a script"
  end
  local chunk <const>, message <const> = load_script(options.script)
  if not chunk then
    complain(message)
    return FAILED
  end
  return options.trust and run_trusted(options, chunk) or run_guarded(options)
end

local function check_script(path)
  local chunk <const>, message <const> = load_script(path)
  if not chunk then
    complain(message)
    return FINDINGS
  end
  print(("%s: no syntax errors"):format(path))
  return OK
end

function commands.check(given)
  local path <const> = given[1]
  if not path or given[2] then
    return bad_usage "check needs one pack or script"
  elseif path:find("%.lua$") then
    return check_script(path)
  end
  local ok <const>, fine <const> = pcall(require("remit.check").pack, path)
  if not ok then
    complain(fine)
    return fault.is(fine) and FINDINGS or FAILED
  end
  return fine and OK or FINDINGS
end

function commands.help(given)
  if not given[1] then
    io.write(usage)
    return OK
  end
  local registry <const> = help.registry()
  local found <const> = registry[given[1]]
  if found then
    print(help.describe(found))
    return OK
  end
  local names <const> = {}
  for index, declaration in ipairs(registry) do
    names[index] = declaration.name
  end
  complain(("there is no help for '%s'. %s"):format(given[1], fault.suggest(given[1], names) or "There is: " .. table.concat(names, ", ")))
  return FINDINGS
end

commands["--help"] = commands.help
commands["-h"] = commands.help

commands["--version"] = function()
  print(("remit %s (%s)"):format(remit.version, _VERSION))
  return OK
end

---Runs the program.
---@param given string[] the arguments
---@return integer exit_code
function cli.main(given)
  local name <const> = given[1]
  if not name then
    io.write(usage)
    return USAGE
  end
  local command <const> = commands[name]
  if not command then
    local hint <const> = fault.suggest(name, { "run", "check", "help" })
    return bad_usage(("there is no command '%s'. %s"):format(name, hint or ""))
  end
  return command(table.move(given, 2, #given, 1, {}))
end

return cli
