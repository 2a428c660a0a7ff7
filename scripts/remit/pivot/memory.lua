-- SPDX-License-Identifier: Apache-2.0
-- What a model remembers by a text: so many at most, all forgotten before one more.

local memory <const> = {}

local MOST <const> = 64

---What was kept under a key; nil where nothing was.
---@param state table the model's
---@param name string of the memory
---@param key string
---@return any
function memory.of(state, name, key)
  local kept <const> = state[name]
  return kept and kept.found[key]
end

---@param state table
---@param name string
---@param key string under which nothing is kept
---@param value any
function memory.keep(state, name, key, value)
  local kept = state[name]
  if not kept or kept.count == MOST then
    kept = { count = 0, found = {} }
    state[name] = kept
  end
  kept.found[key], kept.count = value, kept.count + 1
end

return memory
