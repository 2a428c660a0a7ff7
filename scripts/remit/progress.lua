-- SPDX-License-Identifier: Apache-2.0
-- How far long work is. The `remit` program shows it on a terminal once a second has passed; anywhere else this does nothing.
--
--     for index, month in progress.each("months", months) do     -- as ipairs; a loop within a step counts as a part of it

local host <const> = package.preload["remit.host"] and require "remit.host"

local progress <const> = {}

local Loop <const> = {}

function Loop:__close()
  host.leave(self.depth)
end

---The items of a list, as ipairs gives them, each of them a step.
---@generic T
---@param label string what they are
---@param list T[]
---@return fun(list: T[], index: integer): integer?, T?
---@return T[] list
---@return integer
---@return any closed when the loop ends
function progress.each(label, list)
  if not host then
    return ipairs(list)
  end
  local depth <const> = host.loop(label, #list) -- 0 where nothing is shown; the steps are the same, for they are counted in a guarded state
  return function(_, index)
    local item <const> = list[index + 1]
    if item ~= nil then
      host.step(depth, index)
      return index + 1, item
    end
  end, list, 0, setmetatable({ depth = depth }, Loop)
end

---Numbers from 1 to `total`, each of them a step.
---@param label string
---@param total integer
---@return fun(_: any, index: integer): integer?
---@return nil
---@return integer
---@return any closed when the loop ends
function progress.count(label, total)
  local depth <const> = host and host.loop(label, total)
  local function following(_, index)
    if index < total then
      if depth then
        host.step(depth, index)
      end
      return index + 1
    end
  end
  return following, nil, 0, depth and setmetatable({ depth = depth }, Loop) or nil
end

---What the step that it is at is about.
---@param text string
function progress.detail(text)
  if host then
    host.detail(text)
  end
end

return progress
