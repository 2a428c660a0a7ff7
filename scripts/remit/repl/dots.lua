-- SPDX-License-Identifier: Apache-2.0
-- What the prompt understands besides Lua: .help and the others, and ?name.

local fault <const> = require "remit.fault"
local values <const> = require "remit.repl.values"

local dots <const> = {}

---@class remit.repl.dot
---@field name string
---@field takes string
---@field doc string
---@field run fun(session: remit.repl.session, given: string)

local function number_of(text)
  local number <const> = math.tointeger(tonumber(text))
  return number and number > 0 and number or nil
end

local function load_script(session, path)
  if path == "" then
    return session:complain ".load takes the path of a script"
  end
  session.asked, session.path = "load", path
end

local function last(session)
  if session.last == nil then
    return session:tell "there is no last value yet"
  end
  local look <const> = session:look()
  look.max_rows = nil
  local value <const> = session.last
  session:attempt(function()
    session:say(values.text(value, look))
  end)
end

local function max_rows(session, given)
  local number <const> = number_of(given)
  if given == "all" or number then
    session.max_rows = number
  elseif given ~= "" then
    return session:complain(".maxrows takes a number of rows, or all")
  end
  session:tell("rows shown: " .. (session.max_rows or "all"))
end

local function mode(session, given)
  for _, known in ipairs(values.modes) do
    if known == given then
      session.mode = given
    end
  end
  if given ~= "" and session.mode ~= given then
    return session:complain((".mode is one of %s. %s"):format(table.concat(values.modes, ", "), fault.suggest(given, values.modes) or ""):match "^(.-)%s*$")
  end
  session:tell("frames are shown as " .. session.mode)
end

local function timing(session, given)
  session.timing = given == "on" or given ~= "off" and not session.timing
  session:tell("timing is " .. (session.timing and "on" or "off"))
end

local list_commands

---@type remit.repl.dot[]
dots.list = {
  { name = "help", takes = "", doc = "this list", run = function(session) list_commands(session) end },
  { name = "load", takes = "SCRIPT", doc = "run a script; what it sets is there afterwards", run = load_script },
  { name = "reload", takes = "", doc = "read pack and scripts again, nothing else is left", run = function(session) session.asked = "reload" end },
  { name = "last", takes = "", doc = "the last value again, with all its rows", run = last },
  { name = "maxrows", takes = "[N|all]", doc = "how many rows of a table are shown", run = max_rows },
  { name = "mode", takes = "[" .. table.concat(values.modes, "|") .. "]", doc = "how tables are written", run = mode },
  { name = "timing", takes = "[on|off]", doc = "say how long each line took", run = timing },
  { name = "quit", takes = "", doc = "end; so does Ctrl-D", run = function(session) session.asked = "quit" end },
}

local function dot_text(dot)
  return (".%-8s %-22s %s"):format(dot.name, dot.takes, dot.doc)
end

function list_commands(session)
  for _, dot in ipairs(dots.list) do
    session:say(dot_text(dot))
  end
  session:say((" %-8s %-22s %s"):format("?name", "", "help on a call: ?pivot; ? alone lists them"))
  session:say [[

Tab completes calls, arguments and, in quotes, labels of your data.
Up and Ctrl-R find earlier lines. Ctrl-C stops what runs, or clears the line.
_ is the last value.]]
end

---@param session remit.repl.session
---@param line string
function dots.run(session, line)
  local name <const>, given <const> = line:match "^%s*%.(%a+)%s*(.-)%s*$"
  local names <const> = {}
  for index, dot in ipairs(dots.list) do
    names[index] = "." .. dot.name
    if dot.name == name then
      return dot.run(session, given)
    end
  end
  session:complain(("there is no command .%s. %s"):format(name or "", fault.suggest("." .. (name or ""), names) or ".help lists them"))
end

---@param session remit.repl.session
---@param name string "" for the list
function dots.help(session, name)
  for _, dot in ipairs(dots.list) do
    if name == "." .. dot.name then
      return session:say(dot_text(dot))
    end
  end
  local help <const>, class <const> = require "remit.help", values.class(rawget(session.env, name))
  local text <const>, message <const> = help.text(class or name, session:look().width)
  if text then
    session:say(text)
  else
    session:complain(message)
  end
end

return dots
