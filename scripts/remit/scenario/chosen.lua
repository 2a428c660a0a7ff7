-- SPDX-License-Identifier: Apache-2.0
-- Which lines a change touches, as the layer below has them in its first month.

local changes <const> = require "remit.changes"
local drift <const> = require "remit.scenario.drift"
local reuse <const> = require "remit.scenario.reuse"
local state_of <const> = require "remit.state_of"

local chosen <const> = {}

local function selection_of(view, change)
  for _, what in ipairs { "posts", "lines", "functions" } do
    if change[what] then
      return view[what](view, change[what])
    end
  end
end

-- The lines of a selection that are still there.
local function rows_of(selection, view, there)
  local found <const> = selection:on(state_of[view].lines, "")
  return there and found & there or found
end

---@class remit.chosen the lines that a change touches, as the model below has them in its first month
---@field where remit.core.selection
---@field all remit.core.selection those that are not there any more too
---@field view remit.model
---@field narrowed fun(tests: table): remit.core.selection those of them that pass further tests
---@field protected fun(): remit.core.selection what it would touch too if it were not protected

-- What a change's tests select in a month.
---@return remit.chosen
local function selected(self, change, month)
  local view <const>, there <const> = self:view(month)
  local whole <const>, narrower <const> = selection_of(view, change), {}
  local selection <const> = change.protect and whole & ~view:lines(change.protect) or whole
  local where <const> = rows_of(selection, view, there)
  local protected
  return { where = where, view = view, all = there and selection:on(state_of[view].lines, "") or where, narrowed = function(tests)
    local key <const> = changes.value_text(tests)
    narrower[key] = narrower[key] or rows_of(selection & view:lines(tests), view, there)
    return narrower[key]
  end, protected = function()
    protected = protected or rows_of(whole & view:lines(change.protect), view, there)
    return protected
  end }
end

---The lines that a change touches in a month. Warned of: a change that selects nothing, and lines that a list below moves later.
---@param self remit.plan
---@param change remit.change
---@param month integer
---@return remit.chosen
function chosen.of(self, change, month)
  local found <const> = reuse.chosen(self, changes.selecting(change), month, function()
    return selected(self, change, month)
  end)
  self.touching[change] = function() return found.all end
  self.count[change] = reuse.count(found.where)
  if self.count[change] == 0 then
    self:warn(change, " selects nothing")
  end
  drift.warn(self, change, month, function(model)
    return selection_of(model, change)
  end)
  return found
end

return chosen
