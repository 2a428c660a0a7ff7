-- SPDX-License-Identifier: Apache-2.0
-- What is inside objects that scripts hold, by the object: `state_of[model].lines`. The objects themselves are empty tables, so that a script can neither
-- read nor change what figures are made of. No script's function is handed this table, or what stands in it.

---@type table<table, table> of a model see load.lua, of others their `new`
return setmetatable({}, { __mode = "k" })
