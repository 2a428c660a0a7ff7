-- SPDX-License-Identifier: Apache-2.0
-- Objects that analysts hold: a name that is none is a message with what was meant, and nothing on them can be set.

local fault <const> = require "remit.fault"
local noticed <const> = require "remit.noticed"

local object <const> = {}

---Gives a class its __index and __newindex, once its methods are there.
---@param class table
---@param called string as messages call one of them: "an envelope"
---@param methods string[] those that analysts call, in the order of help
---@param fields? string[] fields that an object may lack
function object.guard(class, called, methods, fields)
  local lacking <const> = {}
  for _, name in ipairs(fields or {}) do
    lacking[name] = true
  end
  class.__index = function(_, key)
    local method <const> = rawget(class, key)
    if method ~= nil or type(key) ~= "string" or lacking[key] then
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
