-- SPDX-License-Identifier: Apache-2.0
-- A figure that a script leaves open: taken from the model's assumptions by its id, else the default.

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"

local param <const> = {}

---@class remit.param
---@field id string
---@field default? any
local Param <const> = plain.class { __name = "remit.param" }

local declared <const> = args.declare { name = "param", doc = "A figure that is taken from assumptions.csv by its id, else the default.",
  example = 'remit.param { id = "population", default = 3623081 }',
  { name = "id", kind = "string", required = true, doc = "an id of assumptions.csv" },
  { name = "default", kind = "any", doc = "the value when the assumptions do not have it" },
  { name = "doc", kind = "string", doc = "what it means" },
}

---@param given table
---@return remit.param
function param.new(given)
  local made <const> = declared(given)
  if type(made.default) == "table" then
    fault.raise { code = "parameter", message = ("param '%s': a parameter is one value, a text or a number: default is a table"):format(made.id) }
  end
  return object.new(Param, made)
end

---Whether a value is a parameter.
---@param value any
---@return boolean
function param.is(value)
  return getmetatable(value) == Param
end

local function check_unit(value, unit, field, units)
  for _, one in ipairs(units) do
    if one == unit then
      return
    end
  end
  fault.raise { code = "parameter", message = ("%s takes %s, and '%s' is stated in %s"):format(field, #units > 0 and "a figure in "
    .. table.concat(units, " or ") or "no figure", value.id, unit) }
end

-- Where a parameter without a value can get one.
local function ways_to_give(id)
  local key <const> = id:find "^[%a_][%w_]*$" and id or ("[%q]"):format(id)
  return ("give it a row '%s' of assumptions.csv, a default, or in a scenario params = { %s = ... }"):format(id, key)
end

---The value of a parameter in a model; a plain value is itself.
---@param value any
---@param model remit.model
---@param field string what the value is for
---@param units string[] those that it may be stated in
---@return any
function param.value(value, model, field, units)
  if not param.is(value) then
    return value
  end
  local assumptions <const> = require "remit.assumptions"
  local stated <const>, unit <const> = assumptions.value(model, value.id)
  if stated ~= nil then
    check_unit(value, unit, field, units)
    return unit == "%" and ("%.10g%%"):format(stated) or stated
  elseif value.default ~= nil then
    return value.default
  end
  fault.raise { code = "parameter", message = ("parameter '%s' has no value: assumptions.csv does not state it and there is no default"):format(value.id),
    hints = { ways_to_give(value.id), fault.suggest(value.id, assumptions.ids(model)) } }
end

---@return string
function Param:__tostring()
  return ("param %s"):format(self.id)
end

object.guard(Param, "a param", {}, { "id", "default", "doc" })

return param
