-- SPDX-License-Identifier: Apache-2.0
-- The `remit` program's commands. Data goes to stdout, messages to stderr. Exit codes: 0 fine, 1 findings, 2 usage, 3 could not run.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local state <const> = require "remit.script.state"
local terminal <const> = require "remit.terminal"

local cli <const> = {}

local OK <const>, FINDINGS <const>, USAGE <const>, FAILED <const> = 0, 1, 2, 3

---@class remit.cli.command
---@field name string
---@field takes string
---@field doc string
---@field more string
---@field options table<string, "word"|"flag"|"number"> by name
---@field mixed? boolean options may stand anywhere
---@field run fun(given: string[], options: table): integer

---@type table<string|integer, remit.cli.command>
local commands <const> = {}

local function usage_of(command)
  return ("usage: remit %s %s\n\n%s%s\n"):format(command.name, command.takes, command.doc, command.more ~= "" and "\n\n" .. command.more or "")
end

local HEAD <const> = [[
remit: model what an integrated care board costs, and whether what is left fits under its cap

  remit                        a prompt
  remit PACK                   a prompt with the pack loaded as `base`
]]

local FOOT <const> = [[
  remit --version

The prompt takes the options of `remit run`.

A first look:  remit examples/nenc
Exit codes: 0 fine, 1 findings, 2 usage, 3 could not run.
]]

local function usage()
  local lines <const> = { HEAD }
  for _, command in ipairs(commands) do
    lines[#lines + 1] = ("  %-27s  %s\n"):format("remit " .. command.name .. " " .. command.takes:match "^%S+", command.doc:sub(1, 1):lower()
      .. command.doc:sub(2):gsub("%f[.]%.$", ""))
  end
  return table.concat(lines) .. FOOT
end

local function bad_usage(message, command)
  io.stderr:write("remit: ", message, "\n", command and usage_of(command) or usage())
  return USAGE
end

local function option_names(known)
  local names <const> = { "--help" }
  for index, name in ipairs(plain.keys(known)) do
    names[index + 1] = "--" .. name
  end
  return names
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
      local near <const> = fault.suggest("--" .. (name or ""), option_names(known))
      return nil, ("it does not know '%s'%s"):format(given[index], near and ". " .. near or "")
    elseif kind ~= "flag" and value == "" then
      index, value = index + 1, given[index + 1]
    end
    if kind ~= "flag" and not value then
      return nil, ("--%s needs a %s behind it"):format(name, kind)
    elseif kind == "number" and (tonumber(value) or -1) < 0 then
      return nil, ("--%s needs a number from 0, not '%s'"):format(name, value)
    end
    options[name] = kind == "flag" or kind == "number" and tonumber(value) or value
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

-- What is wrong with the values of options.
local function misused(options)
  if options.site and core.file.kind(options.site) ~= "file" then
    return ("there is no site profile '%s'"):format(options.site)
  end
end

local function call(command, given)
  local arguments <const>, options <const> = (command.mixed and read_mixed or read_arguments)(command, given)
  if not arguments then
    return bad_usage(("%s: %s"):format(command.name, options), command)
  elseif options.help then
    io.write(usage_of(command))
    return OK
  elseif misused(options) then
    return bad_usage(("%s: %s"):format(command.name, misused(options)), command)
  end
  return command.run(arguments, options)
end

-- ---- run ----

local TRUST <const> = "remit: --trust: nothing is guarded; what runs here can do whatever you can do on this computer\n"

local function say_trust(options)
  if options.trust then
    io.stderr:write(TRUST)
  end
end

-- What a bundle is asked beyond what scripts are.
local BUNDLE_ONLY <const> = { "grant", "weak-sandbox" }

local function options_of_run()
  local options <const> = state.options {}
  for _, name in ipairs(BUNDLE_ONLY) do
    options[name] = "flag"
  end
  return options
end

local function record_script(path, options, arguments, place, fine)
  local _, written <const> = place:touched()
  if #written == 0 then
    return true
  end
  local ok <const>, message <const> = require("remit.sharing.record").of_script(path, options, arguments, place, fine)
  if not ok then
    terminal.complain(message)
  end
  return ok
end

local function run_bundle(given, options)
  return require("remit.sharing.run").command(given, options)
end

declare { name = "run", takes = "SCRIPT|FILE.remit [OPTION...] [ARGUMENT...]", doc = "Runs a Lua script, guarded; or a bundle, walled in.", more = [[
It may read below this folder, its own folder and the pack, and write below out/. A bundle reads itself and the pack, and nothing else.

]] .. state.help {} .. [[

  --grant      of a bundle: it may have this pack. Remembered for this version and these files
  --weak-sandbox
               of a bundle: runs it where the system lacks a wall, which is named

What follows the script and these options is the script's own: ..., and arg.]], options = options_of_run(),
  run = function(given, options)
    local path <const> = given[1]
    if not path then
      return bad_usage("run: it needs a script", commands.run)
    elseif path:lower():find "%.remit$" then
      return run_bundle(given, options)
    end
    for _, name in ipairs(BUNDLE_ONLY) do
      if options[name] then
        return bad_usage(("run: --%s is for bundles (FILE.remit)"):format(name), commands.run)
      end
    end
    local text <const>, message <const> = require("remit.script.read").text(path)
    if not text then
      terminal.complain(message)
      return FAILED
    elseif not text:find "%S" then
      io.stderr:write(path, " is empty\n")
    end
    say_trust(options)
    local place <const> = state.open(options, state.folder_of(path))
    local arguments <const> = table.move(given, 2, #given, 1, {})
    local chunk <const> = require("remit.script.read").compile(path, text, {})
    local dropped <const> = chunk and require("remit.script.globals").dropped(chunk) or {}
    local ok <const> = place:call("remit.script.run", "script", path, text, arguments, options.trace or false, dropped)
    terminal.refused(place:refused())
    return record_script(path, options, arguments, place, ok) and ok and OK or FAILED
  end }

-- ---- check ----

local function check_pack(path)
  local raised
  local stopped <const>, ok <const>, fine <const> = require("remit.host").attempt(function()
    return require("remit.check").pack(path)
  end, function(problem)
    raised = problem
    return tostring(problem)
  end, terminal.is "stderr")
  if stopped or not ok then
    terminal.complain(stopped and "stopped" or tostring(fine))
    return not stopped and fault.is(raised) and FINDINGS or FAILED
  end
  return fine and OK or FINDINGS
end

declare { name = "check", takes = "PACK|SCRIPT [OPTION...] [ARGUMENT...]", doc = "Every problem of a pack and its rules, or of a script and its scenarios.",
  more = [[
Of a pack: what was loaded and how good it is, or every row that is wrong; and whether the rules in its folder rules/ hold together.
Of a script: it runs, guarded, with what it prints dropped and what it saves thrown away. Findings are its errors, names that nothing sets, what
it was refused, and of its models: changes without `why`, changes that select nothing, overrides past their expiry, clashes between lists that
stand on each other; and questions whose answer goes nowhere. Each has its line.

]] .. state.help { out = true, trust = true } .. [[


What follows the script and these options is the script's own.]],
  options = state.options { out = true, trust = true },
  run = function(given, options)
    local path <const> = given[1]
    local is_script <const> = path and not plain.is_workbook(path) and (path:find "%.lua$" or core.file.kind(path) == "file")
    if not path or given[2] and not is_script then
      return bad_usage("check: it needs one pack or script", commands.check)
    elseif is_script then
      return require("remit.script.check").command(path, table.move(given, 2, #given, 1, {}), options)
    end
    return check_pack(path)
  end }

-- ---- test, new, help ----

declare { name = "test", takes = "PATH... [OPTION...]", doc = "Runs the tests (remit.test) of scripts, or of every *_test.lua in a folder.", more =
state.help {} .. [[


Exit code 1 when a test fails, 3 when a script cannot be run.]], options = state.options {},
  run = function(given, options)
    if not given[1] then
      return bad_usage("test: it needs scripts or folders", commands.test)
    end
    say_trust(options)
    return require("remit.script.tests").command(given, options)
  end }

local function make_new(path, options)
  local new <const> = require "remit.new"
  if not path:lower():find "%.xlsx$" then
    return new.make(path, options.xlsx)
  end
  local ok <const>, said <const>, message <const> = pcall(new.workbook, path, options.from)
  return ok and said, not ok and tostring(said) or message
end

declare { name = "new", takes = "DIR [--xlsx] | FILE.xlsx [--from PACK]",
  doc = "Makes a pack to fill in, a folder or a workbook: headings, sample rows, a first script.", more = [[
  --xlsx        the pack in DIR is a workbook, pack.xlsx, instead of CSV files
  --from PACK   a workbook with the rows of a pack

The folder must not be there yet, or be empty. Then: remit check DIR, remit run DIR/first.lua
A workbook is what spreadsheets can fill in: a sheet a table, lists to choose from, and notes. remit.load, remit check and remit itself take it
like a folder.]], options = { xlsx = "flag", from = "word" },
  run = function(given, options)
    if not given[1] or given[2] then
      return bad_usage("new: it needs one folder or workbook", commands.new)
    elseif options.from and not given[1]:lower():find "%.xlsx$" then
      return bad_usage("new: --from makes a workbook: remit new FILE.xlsx --from PACK", commands.new)
    end
    local said <const>, message <const> = make_new(given[1], options)
    if not said then
      terminal.complain(message)
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
    return require("remit.sharing.commands")[command.name](given, options, terminal.complain)
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

local CALLS_TOO <const> = { check = true, test = true } -- names of commands that are calls too

declare { name = "help", takes = "[NAME]", more = "", options = {},
  doc = "This, what a call takes (load, frame:bars), or what a word means (cap, in_post, posts.csv).",
  run = function(given)
    if not given[1] then
      io.write(usage())
      return OK
    elseif commands[given[1]] and not given[2] then
      io.write(usage_of(commands[given[1]]))
      if not CALLS_TOO[given[1]] then
        return OK
      end
      io.write "\n"
    end
    local text <const>, message <const> = require("remit.help").text(given[1])
    if not text then
      terminal.complain(message)
      return FINDINGS
    end
    print(text)
    return OK
  end }

-- ---- All of it ----

local function version()
  local release <const> = require("remit.host").lua_release
  print(("remit %s (%s)"):format(require("remit").version, release))
  local known <const> = require("remit.defects").text(release)
  if known ~= "" then
    print(known)
  end
  return OK
end

local function prompt(given)
  local options <const> = {}
  local at <const>, wrong <const> = read_options(given, 1, state.options {}, options)
  if not at or misused(options) then
    return bad_usage(wrong or misused(options))
  elseif given[at + 1] then
    return bad_usage(("one pack, not also '%s'"):format(given[at + 1]))
  end
  options.pack = given[at] or options.pack
  say_trust(options)
  return require("remit.repl").run(options)
end

local function unknown(name)
  local near <const> = fault.suggest(name, plain.names(commands))
  if name:find "%.csv$" and core.file.kind(name) == "file" then
    return bad_usage(("'%s' is one file of a pack, which is a folder with a datapackage.json: remit %s"):format(name, name:match "^(.*)/[^/]*$" or "."))
  elseif core.file.kind(name) == "file" then
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
  elseif name and name:sub(1, 1) ~= "-" and core.file.kind(name) ~= "directory" and not plain.is_workbook(name) then
    return unknown(name)
  end
  return prompt(given)
end

return cli
