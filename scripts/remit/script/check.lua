-- SPDX-License-Identifier: Apache-2.0
-- `remit check SCRIPT`: the script is read for names that nothing sets, and then run, guarded, with what it prints dropped and what it saves thrown away.
-- What its models have against themselves, which `remit run` only mentions, counts.

local core <const> = require "remit.core"
local environment <const> = require "remit.script.environment"
local globals <const> = require "remit.script.globals"
local noticed <const> = require "remit.noticed"
local read <const> = require "remit.script.read"
local run <const> = require "remit.script.run"
local state <const> = require "remit.script.state"
local terminal <const> = require "remit.terminal"
local trouble <const> = require "remit.script.trouble"

local host <const> = require "remit.host"

local check <const> = {}

local OK <const>, FINDINGS <const>, FAILED <const> = 0, 1, 3

-- ---- Inside the state that the script gets ----

-- By file and line; of one line in the order in which they were met.
local function in_order(list)
  local key <const>, made <const> = {}, table.move(list, 1, #list, 1, {})
  for index, one in ipairs(list) do
    local file <const>, line <const> = one.where:match "^(.*):(%d+)$"
    key[one] = ("%s\0%09d\0%06d"):format(file or one.where, tonumber(line) or 0, index)
  end
  table.sort(made, function(a, b)
    return key[a] < key[b]
  end)
  return made
end

---Runs the script and says what was found.
---@param path string
---@param text string
---@param arguments string[]
---@param trace boolean
---@param dropped string[] as globals.dropped gives it
---@return integer found, boolean stopped
function check.inside(path, text, arguments, trace, dropped)
  noticed.begin(true, path, dropped)
  local ok <const>, stopped <const>, problem <const> = run.attempt(path, text, arguments, { trace = trace, silent = true })
  local list <const> = in_order(noticed.finish())
  for _, one in ipairs(list) do
    terminal.complain(("%s: %s"):format(one.where, one.text))
  end
  if problem then
    terminal.complain(problem)
  end
  return #list + (ok and 0 or 1), stopped
end

-- ---- The command ----

-- Names that nothing sets, those too that stand where the script does not come by. Gives how many, or nil when it is not Lua; and what the script drops.
local function undeclared(path, text)
  local chunk <const>, message <const> = read.compile(path, text, {})
  if not chunk then
    terminal.complain(trouble.unreadable(path, message))
    return nil
  end
  local names <const> = environment.names()
  local uses <const> = globals.undeclared(chunk, names)
  for _, use in ipairs(uses) do
    local near <const> = environment.near(use.name, names)
    terminal.complain(("%s:%d: '%s' is never set%s"):format(path, use.line, use.name, near and ". " .. near or ""))
  end
  return #uses, globals.dropped(chunk)
end

-- How many findings running it has; nil when it was stopped, or cannot be run here.
local function findings_of_running(path, text, arguments, dropped, options)
  local folder <close>, wrong <const> = host.scratch()
  if not folder then
    terminal.complain(wrong)
    return nil
  end
  local given <const> = setmetatable({ out = folder:path() }, { __index = options })
  local place <const> = state.open(given, state.folder_of(path))
  local found <const>, stopped <const> = place:call("remit.script.check", "inside", path, text, arguments, options.trace or false, dropped)
  local lines <const>, refused <const> = place:refused()
  terminal.refused(lines, refused)
  place:close()
  return not stopped and found + refused or nil
end

local function say(path, found, more)
  terminal.write(("%s: %s%s\n"):format(path, found == 0 and "no problems" or found == 1 and "1 finding" or found .. " findings", more or ""))
  return found == 0 and OK or FINDINGS
end

---@param path string
---@param arguments string[] the script's
---@param options table the command's
---@return integer exit_code
function check.command(path, arguments, options)
  local text <const>, unreadable <const> = read.text(path)
  if not text then
    terminal.complain(unreadable)
    return core.file.kind(path) and FINDINGS or FAILED
  end
  local names <const>, dropped <const> = undeclared(path, text)
  if not names then
    return FINDINGS
  elseif names > 0 then
    return say(path, names, ". It does not run until " .. (names == 1 and "this name is set" or "these names are set"))
  end
  local found <const> = findings_of_running(path, text, arguments, dropped, options)
  return found and say(path, found) or FAILED
end

return check
