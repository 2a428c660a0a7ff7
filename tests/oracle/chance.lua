-- SPDX-License-Identifier: Apache-2.0
-- chance: what random packs, questions and changes are drawn with.

local chance <const> = {}

---@param percent number
---@return boolean
function chance.of(percent)
  return math.random(100) <= percent
end

---@generic T
---@param list T[]
---@return T
function chance.pick(list)
  return list[math.random(#list)]
end

return chance
