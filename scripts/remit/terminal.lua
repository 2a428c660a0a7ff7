-- SPDX-License-Identifier: Apache-2.0
-- What the program's output goes to, what that can show, and messages. Under stock lua5.4, which has no host, nothing is a terminal.

local safe <const> = require "remit.safe"

local host <const> = package.preload["remit.host"] and require "remit.host"

local terminal <const> = {}

local function setting(name)
  local value <const> = host and host.setting(name)
  return value and value ~= "" and value or nil
end

---@param stream "stdin"|"stdout"|"stderr"
---@return boolean
function terminal.is(stream)
  return host ~= nil and host.is_terminal(stream)
end

---Somebody types, and sees what is printed.
---@return boolean
function terminal.interactive()
  return terminal.is "stdin" and terminal.is "stdout"
end

---How wide what is printed may be; nil where nothing is folded or cut.
---@return integer?
function terminal.width()
  if not terminal.is "stdout" then
    return nil
  end
  return math.max(host.columns() or 80, 20)
end

---Whether box drawing would come out as something else.
---@return boolean
function terminal.ascii()
  if not terminal.is "stdout" then
    return false
  end
  local locale <const> = setting "LC_ALL" or setting "LC_CTYPE" or setting "LANG" or ""
  return setting "TERM" == "dumb" or setting "TERM" == "linux" or locale == "C" or locale == "POSIX"
end

-- As it stands out on stderr, where that is a terminal that may be coloured (https://no-color.org).
local function alarming(text)
  local plain <const> = setting "NO_COLOR" or (setting "TERM" or "dumb") == "dumb" or not terminal.is "stderr"
  return plain and text or "\27[1;31m" .. text .. "\27[0m"
end

---@param text string
function terminal.write(text)
  host.write("stdout", text)
end

---@param text string what went wrong, without "error: "
function terminal.complain(text)
  host.write("stderr", alarming "error:" .. " " .. text:gsub("[^\n\t]+", safe) .. "\n")
end

---@param text string what somebody should know, without "warning: "
function terminal.mention(text)
  host.write("stderr", "warning: " .. text:gsub("[^\n\t]+", safe) .. "\n")
end

---What a guarded script tried and was refused.
---@param lines string[]
---@param count integer of which `lines` are the first
function terminal.refused(lines, count)
  for _, line in ipairs(lines) do
    host.write("stderr", "refused: " .. safe(line) .. "\n")
  end
  if count > #lines then
    host.write("stderr", ("refused: and %d more\n"):format(count - #lines))
  end
end

return terminal
