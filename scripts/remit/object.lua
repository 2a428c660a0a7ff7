-- SPDX-License-Identifier: Apache-2.0
-- Objects that analysts hold: a name that is none is a message with what was meant, and nothing on them can be set. They are empty tables; what is
-- inside one stands in state_of, and scripts read of it what the class shows.

local fault <const> = require "remit.fault"
local noticed <const> = require "remit.noticed"
local state_of <const> = require "remit.state_of"

local object <const> = {}

---@param class table
---@param state table what is inside the object
---@return table object
function object.new(class, state)
  local made <const> = setmetatable({}, class)
  state_of[made] = state
  return made
end

---What of an object's inside may be handed to a script: plain tables are copied.
---@param value any
---@return any
function object.shown(value)
  if type(value) ~= "table" or getmetatable(value) then
    return value
  end
  local fresh <const> = {}
  for key, item in next, value do
    fresh[key] = object.shown(item)
  end
  return fresh
end

---Gives a class its __index and __newindex, once its methods are there.
---@param class table
---@param called string as messages call one of them: "an envelope"
---@param methods string[] those that analysts call, in the order of help
---@param fields? string[] what of an object's inside scripts may read
function object.guard(class, called, methods, fields)
  local readable <const> = {}
  for _, name in ipairs(fields or {}) do
    readable[name] = true
  end
  class.__index = function(self, key)
    if readable[key] then
      return object.shown(state_of[self][key])
    end
    local method <const> = rawget(class, key)
    if method ~= nil or type(key) ~= "string" then
      return noticed.dropped and noticed.method(method, key) or method
    end
    local hint <const> = #methods == 0 and "It has none." or fault.suggest(key, methods) or "It has " .. table.concat(methods, ", ") .. "."
    fault.raise { code = "method", message = ("%s has no method '%s'. %s"):format(called, key, hint) }
  end
  class.__newindex = function(_, key)
    fault.raise { code = "immutable", message = ("%s does not change: '%s' cannot be set"):format(called, tostring(key)) }
  end
end

return object
