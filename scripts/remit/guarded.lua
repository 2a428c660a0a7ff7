-- SPDX-License-Identifier: Apache-2.0
-- What the toolkit says inside a guarded state: bindings/host/guard.c calls it within the script's limits.

local fault <const> = require "remit.fault"
local safe <const> = require "remit.safe"

local guarded <const> = {}

local LONGEST <const> = 16384 -- bytes of an error that are shown

---What a user is told of a value that a script raised. Whatever it holds, the text may be sent to a terminal.
---@param raised any
---@return string
function guarded.message(raised)
  local text = type(raised) == "string" and raised or ("a %s was raised"):format(type(raised))
  if fault.is(raised) then
    local ok <const>, said <const> = pcall(tostring, raised)
    text = ok and said or "an error that was tampered with was raised"
  end
  return "error: " .. text:sub(1, LONGEST):gsub("[^\n\t]+", safe)
end

return guarded
