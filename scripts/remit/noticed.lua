-- SPDX-License-Identifier: Apache-2.0
-- What is to be said of the models that a script makes, with the script's lines, for `remit check`, `remit run` and the prompt. Each of them listens to one
-- script, or one line, at a time; nothing is kept while nobody does.

local fault <const> = require "remit.fault"
local state_of <const> = require "remit.state_of"

local noticed <const> = {}

---@class remit.noticed
---@field where string "plan.lua:12"
---@field text string

local listening = nil ---@type { strict: boolean, places: table<table, string>, told: table<any, boolean>, list: remit.noticed[] }?

---Listens from here on.
---@param strict boolean to what stacked lists clash about too
function noticed.begin(strict)
  listening = { strict = strict, places = setmetatable({}, { __mode = "k" }), told = {}, list = {} }
end

---What was noticed since, in the order in which the script came to it.
---@return remit.noticed[]
function noticed.finish()
  local list <const> = listening and listening.list or {}
  listening = nil
  return list
end

---Calls a function while nobody listens, and gives what pcall gives: of many models at once the caller says what is to be said.
---@param work fun(...): any
---@return boolean ok, any result
function noticed.quietly(work, ...)
  local before <const> = listening
  listening = nil
  local ok <const>, result <const> = pcall(work, ...)
  listening = before
  return ok, result
end

---A change was written where the script is now.
---@param change remit.change
---@return remit.change
function noticed.change(change)
  if listening then
    listening.places[change] = fault.here()
  end
  return change
end

local function tell(where, text)
  local key <const> = where .. "\0" .. text
  if not listening.told[key] then
    listening.told[key] = true
    listening.list[#listening.list + 1] = { where = where, text = text }
  end
end

local function tell_conflicts(model, here)
  local clashes <const> = require("remit.scenario.conflicts").frame(model)
  for row = 1, #clashes do
    local function cell(name)
      return tostring(clashes:get(row, name))
    end
    tell(here, ("%s (%s) and %s (%s) clash: %s"):format(cell "first", cell "list of the first", cell "second", cell "list of the second", cell "clash"))
  end
end

---A call of the script made a model. A model that stands on it says again what it says: that is told once.
---@param model remit.model
---@return remit.model
function noticed.model(model)
  if not listening then
    return model
  end
  local here <const> = fault.here() or "?"
  for _, one in ipairs(state_of[model].findings or {}) do
    if not listening.told[one] then
      listening.told[one] = true
      local change <const> = one.change
      local place <const> = change and (listening.places[change] or listening.places[change.written or false])
      tell(place or here, one.kind == "scenario" and one.text or ("%s: %s"):format(one.kind, one.text))
    end
  end
  if listening.strict and #(state_of[model].layers or {}) > 1 then
    tell_conflicts(model, here)
  end
  return model
end

return noticed
