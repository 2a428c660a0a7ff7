-- SPDX-License-Identifier: Apache-2.0
-- The `remit` program's commands. Data goes to stdout, messages to stderr. Exit codes: 0 fine, 1 findings, 2 usage, 3 could not run.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local terminal <const> = require "remit.terminal"

local cli <const> = {}

local OK <const>, FINDINGS <const>, USAGE <const>, FAILED <const> = 0, 1, 2, 3

---@class remit.cli.command
---@field name string
---@field takes string
---@field doc string
---@field more string
---@field options table<string, "word"|"flag"> by name
---@field mixed? boolean options may stand anywhere
---@field run fun(given: string[], options: table): integer

---@type table<string|integer, remit.cli.command>
local commands <const> = {}

local function complain(text)
  io.stdout:flush()
  io.stderr:write(terminal.alarming "error:", " ", text, "\n")
end

local function usage_of(command)
  return ("usage: remit %s %s\n\n%s%s\n"):format(command.name, command.takes, command.doc, command.more ~= "" and "\n\n" .. command.more or "")
end

local HEAD <const> = [[
remit: model what an integrated care board costs, and whether what is left fits under its cap

  remit                      a prompt
  remit PACK                 a prompt with the pack loaded as `base`
]]

local FOOT <const> = [[
  remit --version

A first look:  remit examples/nenc
Exit codes: 0 fine, 1 findings, 2 usage, 3 could not run.
]]

local function usage()
  local lines <const> = { HEAD }
  for _, command in ipairs(commands) do
    lines[#lines + 1] = ("  %-26s %s\n"):format("remit " .. command.name .. " " .. command.takes:match "^%S+", command.doc:sub(1, 1):lower()
      .. command.doc:sub(2):gsub("%f[.]%.$", ""))
  end
  return table.concat(lines) .. FOOT
end

local function bad_usage(message, command)
  io.stderr:write("remit: ", message, "\n", command and usage_of(command) or usage())
  return USAGE
end

-- Reads options from `index` on; gives the index of what follows, or nil and what is wrong.
local function read_options(given, index, known, options)
  while given[index] and given[index]:find "^%-%-?%a" or given[index] == "--" do
    local name, value = given[index]:match "^%-%-?([%a-]+)=?(.*)$"
    if given[index] == "--" then
      return index + 1
    elseif name == "help" or name == "h" then
      name = "help"
    end
    local kind <const> = name == "help" and "flag" or known[name]
    if not kind then
      return nil, ("it does not know '%s'"):format(given[index])
    elseif kind == "word" and value == "" then
      index, value = index + 1, given[index + 1]
    end
    if kind == "word" and not value then
      return nil, ("--%s needs a word behind it"):format(name)
    end
    options[name] = kind == "flag" or value
    index = index + 1
  end
  return index
end

-- Options stand before the first argument or right after it; what follows is the script's own.
local function read_arguments(command, given)
  local options <const>, arguments <const> = {}, {}
  local at, wrong = read_options(given, 1, command.options, options)
  local first <const> = at
  if at and given[at] then
    arguments[1] = given[at]
    at, wrong = read_options(given, at + 1, command.options, options)
  end
  if not at then
    return nil, wrong
  end
  local from <const> = given[first] and at or first
  return table.move(given, from, #given, #arguments + 1, arguments), options
end

-- For commands that take no script: options stand anywhere.
local function read_mixed(command, given)
  local options <const>, arguments <const> = {}, {}
  local at, wrong = read_options(given, 1, command.options, options)
  while at and given[at] do
    arguments[#arguments + 1] = given[at]
    at, wrong = read_options(given, at + 1, command.options, options)
  end
  return at and arguments, at and options or wrong
end

local function declare(command)
  commands[#commands + 1] = command
  commands[command.name] = command
end

local function call(command, given)
  local arguments <const>, options <const> = (command.mixed and read_mixed or read_arguments)(command, given)
  if not arguments then
    return bad_usage(("%s: %s"):format(command.name, options), command)
  elseif options.help then
    io.write(usage_of(command))
    return OK
  end
  return command.run(arguments, options)
end

-- ---- run ----

-- What print and tostring give a script: frames no wider than the terminal.
local function printer()
  local width <const> = terminal.width()
  if not width then
    return print
  end
  local values <const> = require "remit.repl.values"
  return function(...)
    local words <const> = table.pack(...)
    for index = 1, words.n do
      words[index] = values.is_frame(words[index]) and words[index]:text { width = width, ascii = terminal.ascii() } or tostring(words[index])
    end
    io.stdout:write(table.concat(words, "\t"), "\n")
  end
end

declare { name = "run", takes = "SCRIPT [--pack DIR] [--trace] [ARGUMENT...]", doc = "Runs a Lua script.", more = [[
  --pack DIR   what remit.load() loads without a path
  --trace      with Lua's own traceback when something goes wrong

What follows the script and these options is the script's own: ..., and arg.]], options = { pack = "word", trace = "flag" },
  run = function(given, options)
    local path <const> = given[1]
    if not path then
      return bad_usage("run: it needs a script", commands.run)
    end
    local environment <const>, read <const> = require "remit.script.environment", require "remit.script.read"
    local trouble <const>, host <const> = require "remit.script.trouble", require "remit.host"
    local env <const> = environment.new { print = printer() }
    local own <const> = table.move(given, 2, #given, 1, { [0] = path })
    rawset(env, "arg", own)
    local chunk <const>, message <const>, is_syntax <const> = read.chunk(path, env)
    if not chunk then
      complain(is_syntax and trouble.unreadable(path, message) or message)
      return FAILED
    elseif not read.texts[path]:find "%S" then
      io.stderr:write(path, " is empty\n")
    end
    require("remit.granted").pack = options.pack
    local stopped <const>, ok <const>, problem <const> = host.attempt(function()
      chunk(table.unpack(own))
    end, function(raised)
      return trouble.text(raised, options.trace)
    end, terminal.is "stderr")
    if stopped or not ok then
      complain(stopped and "stopped" or tostring(problem))
      return FAILED
    end
    return OK
  end }

-- ---- check ----

local function check_script(path)
  local environment <const>, read <const> = require "remit.script.environment", require "remit.script.read"
  local trouble <const> = require "remit.script.trouble"
  local env <const> = environment.new()
  local chunk <const>, message <const>, is_syntax <const> = read.chunk(path, env)
  if not chunk then
    complain(is_syntax and trouble.unreadable(path, message) or message)
    return core.file.kind(path) and FINDINGS or FAILED
  end
  local names <const> = environment.names()
  local findings <const> = require("remit.script.globals").undeclared(chunk, names)
  for _, use in ipairs(findings) do
    local near <const> = fault.suggest(use.name, names)
    complain(("%s:%d: '%s' is never set%s"):format(path, use.line, use.name, near and ". " .. near or ""))
  end
  if #findings > 0 then
    return FINDINGS
  end
  print(("%s: no problems. It was read, not run"):format(path))
  return OK
end

local function check_pack(path)
  local raised
  local stopped <const>, ok <const>, fine <const> = require("remit.host").attempt(function()
    return require("remit.check").pack(path)
  end, function(problem)
    raised = problem
    return tostring(problem)
  end, terminal.is "stderr")
  if stopped or not ok then
    complain(stopped and "stopped" or tostring(fine))
    return not stopped and fault.is(raised) and FINDINGS or FAILED
  end
  return fine and OK or FINDINGS
end

declare { name = "check", takes = "PACK|SCRIPT", doc = "Every problem of a pack and its rules, or of a script without running it.", more = [[
Of a pack: what was loaded and how good it is, or every row that is wrong; and whether the rules in its folder rules/ hold together.
Of a script: its syntax, and names that nothing sets.]], options = {},
  run = function(given)
    local path <const> = given[1]
    if not path or given[2] then
      return bad_usage("check: it needs one pack or script", commands.check)
    end
    return (path:find "%.lua$" or core.file.kind(path) == "file") and check_script(path) or check_pack(path)
  end }

-- ---- test, new, help ----

declare { name = "test", takes = "PATH... [--pack DIR]", doc = "Runs the tests (remit.test) of scripts, or of every *_test.lua in a folder.", more = [[
  --pack DIR   what remit.load() loads without a path

Exit code 1 when a test fails, 3 when a script cannot be run.]], options = { pack = "word" },
  run = function(given, options)
    if not given[1] then
      return bad_usage("test: it needs scripts or folders", commands.test)
    end
    require("remit.granted").pack = options.pack
    return require("remit.test").command(given, complain)
  end }

declare { name = "new", takes = "DIR", doc = "Makes a pack to fill in: headings, sample rows, a first script.", more = [[
The folder must not be there yet, or be empty. Then: remit check DIR, remit run DIR/first.lua]], options = {},
  run = function(given)
    if not given[1] or given[2] then
      return bad_usage("new: it needs one folder", commands.new)
    end
    local said <const>, message <const> = require("remit.new").make(given[1])
    if not said then
      complain(message)
      return FAILED
    end
    print(said)
    return OK
  end }

-- ---- bundle, verify, trust, revoke, key: scripts/remit/sharing/ ----

local function sharing(command, least, most)
  command.run = function(given, options)
    if #given < least or #given > most then
      return bad_usage(command.name .. ": it takes " .. command.takes, command)
    elseif command.needs and command.needs(given, options) then
      return bad_usage(command.name .. ": " .. command.needs(given, options), command)
    end
    return require("remit.sharing.commands")[command.name](given, options, complain)
  end
  command.mixed = true
  declare(command)
end

sharing({ name = "bundle", takes = "SCRIPT --out FILE.remit", doc = "Packs a script with its modules and rules into one file.", more = [[
  --out FILE.remit   the bundle
  --name NAME        the same in all its versions; default: the file's
  --version WORD     default: 1
  --author TEXT, --purpose TEXT
  --sign KEY         also FILE.remit.minisig, by a key of `remit key new` or a secret key file of minisign's

Lists what went in and what was left out. Packs never go in.]],
  options = { out = "word", name = "word", version = "word", author = "word", purpose = "word", sign = "word" },
  needs = function(_, options)
    return not (options.out or ""):find "[^/\\]%.remit$" and "--out needs a file that ends in .remit" or nil
  end }, 1, 1)

sharing({ name = "verify", takes = "FILE.remit", doc = "Who signed a bundle, what it asks for, and what changed.", more = [[
Exit code 0 when a key that you trust signed it, or you trusted this very version before (remit trust FILE.remit); else 1.]], options = {} }, 1, 1)

sharing({ name = "trust", takes = "[KEY|FILE] [--name NAME]", doc = "Trusts a key by name, or this version of a bundle.", more = [[
  --name NAME   whose key it is

KEY is a public key of minisign's (RW...), FILE a .pub file or a .remit bundle. Without either: who and what is trusted.]],
  options = { name = "word" } }, 0, 1)

sharing({ name = "revoke", takes = "NAME", doc = "Trusts a key no longer, or forgets a bundle.", more = "", options = {} }, 1, 1)

sharing({ name = "key", takes = "new|show NAME", doc = "Makes a key to sign bundles with, or shows its public half.", more = [[
  --no-password   the secret key is not sealed: for automation]], options = { ["no-password"] = "flag" },
  needs = function(given)
    return given[1] ~= "new" and given[1] ~= "show" and ("it makes a new key, or shows one, and does not '%s'"):format(given[1]) or nil
  end }, 2, 2)

declare { name = "help", takes = "[NAME]", doc = "This, or what a call takes: load, pivot, frame:bars.", more = "", options = {},
  run = function(given)
    if not given[1] then
      io.write(usage())
      return OK
    elseif commands[given[1]] and not given[2] and given[1] ~= "check" and given[1] ~= "test" then
      io.write(usage_of(commands[given[1]]))
      return OK
    end
    local text <const>, message <const> = require("remit.help").text(given[1])
    if not text then
      complain(message)
      return FINDINGS
    end
    print(text)
    return OK
  end }

-- ---- All of it ----

local function version()
  print(("remit %s (%s)"):format(require("remit").version, _VERSION))
  return OK
end

local function prompt(given)
  local options <const> = {}
  local at <const>, wrong <const> = read_options(given, 1, { trace = "flag" }, options)
  if not at then
    return bad_usage(wrong)
  elseif given[at + 1] then
    return bad_usage(("one pack, not also '%s'"):format(given[at + 1]))
  end
  return require("remit.repl").run { pack = given[at], trace = options.trace }
end

local function unknown(name)
  local names <const> = {}
  for index, command in ipairs(commands) do
    names[index] = command.name
  end
  local near <const> = fault.suggest(name, names)
  if core.file.kind(name) == "file" then
    return bad_usage(("'%s' is a file. To run it: remit run %s"):format(name, name))
  end
  return bad_usage(("there is no command or pack '%s'.%s"):format(name, near and " " .. near or ""))
end

---Runs the program.
---@param given string[] the arguments
---@return integer exit_code
function cli.main(given)
  local name <const> = given[1]
  local command <const> = name and commands[name]
  if command then
    return call(command, table.move(given, 2, #given, 1, {}))
  elseif name == "--version" then
    return version()
  elseif name == "--help" or name == "-h" then
    io.write(usage())
    return OK
  elseif name and name:sub(1, 1) ~= "-" and core.file.kind(name) ~= "directory" then
    return unknown(name)
  end
  return prompt(given)
end

return cli
