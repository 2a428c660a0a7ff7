-- SPDX-License-Identifier: Apache-2.0
-- remit.none: "no value". A table cannot hold nil, so a missing figure or label is this one object.

local plain <const> = require "remit.plain"

---@class remit.none
local none <const> = setmetatable({}, plain.class {
  __name = "remit.none",
  __tostring = function() return "(none)" end,
  __newindex = function() error("remit.none cannot be changed", 2) end,
})

return none
