-- SPDX-License-Identifier: Apache-2.0
-- What is inside a model, by the model: `state_of[model].lines`. Models themselves are empty tables, so that a script can neither read nor change what
-- figures are made of. Nothing that calls a script's function may hand it this table or what stands in it.

---@type table<remit.model, table> see load.lua for what a state holds
return setmetatable({}, { __mode = "k" })
