-- SPDX-License-Identifier: Apache-2.0
-- A figure that a script leaves open: taken from the model's assumptions by its id, else the default.

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"

local param <const> = {}

---@class remit.param
---@field id string
---@field default? any
local Param <const> = { __name = "remit.param" }
Param.__index = Param

local declared <const> = args.declare { name = "param", doc = "A figure that is taken from assumptions.csv by its id, else the default.",
  example = 'remit.param { id = "population", default = 3623081 }',
  { name = "id", kind = "string", required = true, doc = "an id of assumptions.csv" },
  { name = "default", kind = "any", doc = "the value when the assumptions do not have it" },
  { name = "doc", kind = "string", doc = "what it means" },
}

---@param given table
---@return remit.param
function param.new(given)
  return setmetatable(declared(given), Param)
end

---The value of a parameter in a model; a plain value is itself.
---@param value any
---@param model remit.model
---@return any
function param.value(value, model)
  if getmetatable(value) ~= Param then
    return value
  end
  local stated <const> = require("remit.assumptions").value(model, value.id)
  if stated ~= nil then
    return stated
  elseif value.default ~= nil then
    return value.default
  end
  fault.raise { code = "parameter", message = ("parameter '%s' has no value: assumptions.csv does not state it and there is no default"):format(value.id) }
end

---@return string
function Param:__tostring()
  return ("param %s"):format(self.id)
end

return param
