-- SPDX-License-Identifier: Apache-2.0
-- What every reader of datapackage.json needs: a problem that says where, and checks of the values there.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"

local descriptor <const> = { FILE = "datapackage.json" }

---A message with what was meant, when something near is known.
function descriptor.with_hint(message, name, candidates)
  local hint <const> = fault.suggest(name, candidates)
  return hint and ("%s. %s"):format(message, hint) or message
end

function descriptor.report(problems, where, message)
  problems:add { file = descriptor.FILE, field = where, message = message }
end

---A value as a message shows it.
---@return string
function descriptor.shown(value)
  local kind <const> = core.json.kind(value)
  if kind == "string" then
    return "'" .. value .. "'"
  elseif kind == "object" or kind == "array" then
    return kind == "array" and "a list" or "an object"
  end
  return kind == "null" and "null" or tostring(value)
end

---Refuses keys that nobody reads: a slip of the keyboard must not be passed over.
function descriptor.known_keys(problems, object, known, where)
  for _, key in ipairs(plain.keys(object)) do
    if not plain.among(known, key) then
      descriptor.report(problems, where, descriptor.with_hint(("'%s' is not known here"):format(key), key, known))
    end
  end
end

---The object under a key; an empty one when there is none, or when it is something else, which is a problem.
function descriptor.object_at(problems, parent, key, where)
  local value <const> = parent[key]
  if value == nil then
    return {}
  end
  if core.json.kind(value) ~= "object" then
    descriptor.report(problems, where, ("'%s' must be an object: { ... }"):format(key))
    return {}
  end
  return value
end

---Takes keys whose values are not of a kind out of an object, each a problem.
---@param kinds table<string, "string"|"number"|"boolean">
function descriptor.hold_to_kinds(problems, object, kinds, where)
  for _, key in ipairs(plain.keys(kinds)) do
    local value <const> = object[key]
    if value ~= nil and core.json.kind(value) ~= kinds[key] then
      local wanted <const> = ({ string = "a text", number = "a number", boolean = "true or false" })[kinds[key]]
      descriptor.report(problems, where, ("'%s' must be %s, not %s"):format(key, wanted, descriptor.shown(value)))
      object[key] = nil
    end
  end
end

---Whether all items of a list are texts.
function descriptor.is_texts(value)
  if core.json.kind(value) ~= "array" then
    return false
  end
  for _, item in ipairs(value) do
    if type(item) ~= "string" then
      return false
    end
  end
  return true
end

return descriptor
