-- SPDX-License-Identifier: Apache-2.0
-- What is to be said of the models that a script makes and of the files that it saves, with the script's lines, for `remit check`, `remit run` and the
-- prompt. Each of them listens to one script, or one line, at a time; nothing is kept while nobody does.

local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local noticed <const> = {}

---@class remit.noticed
---@field where string "plan.lua:12"
---@field text string

---@class remit.noticed.files
---@field paths string[] as the script gives them
---@field of table<table, boolean> what was saved

local listening = nil ---@type { strict: boolean, places: table<table, string>, told: table<any, boolean>, list: remit.noticed[], saved: remit.noticed.files }?

---Methods whose results some lines of the script drop, by name: lines such as "plan.lua:12". Nil where there are none.
---@type table<string, table<string, boolean>>?
noticed.dropped = nil

-- Of globals.dropped: "12 total".
local function by_method(path, list)
  local dropped
  for _, one in ipairs(list) do
    local line <const>, name <const> = one:match "^(%d+) (.*)$"
    dropped = dropped or {}
    dropped[name] = dropped[name] or {}
    dropped[name][("%s:%s"):format(path, line)] = true
  end
  return dropped
end

---Listens from here on.
---@param strict boolean to what stacked lists clash about too
---@param path? string of the script
---@param dropped? string[] methods whose results it drops, as "12 total"
function noticed.begin(strict, path, dropped)
  noticed.dropped = by_method(path, dropped or {})
  listening = { strict = strict, places = setmetatable({}, { __mode = "k" }), told = {}, list = {},
    saved = { paths = {}, of = setmetatable({}, { __mode = "k" }) } }
end

---What was noticed since, in the order in which the script came to it.
---@return remit.noticed[]
---@return remit.noticed.files saved
function noticed.finish()
  local before <const> = listening or { list = {}, saved = { paths = {}, of = {} } }
  listening, noticed.dropped = nil, nil
  return before.list, before.saved
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

---Files were written.
---@generic T
---@param saved T what they hold
---@param ... string paths
---@return T saved
function noticed.saved(saved, ...)
  if listening then
    listening.saved.of[saved] = true
    table.move({ ... }, 1, select("#", ...), #listening.saved.paths + 1, listening.saved.paths)
  end
  return saved
end

local function tell(where, text)
  local key <const> = where .. "\0" .. text
  if not listening.told[key] then
    listening.told[key] = true
    listening.list[#listening.list + 1] = { where = where, text = text }
  end
end

local ANSWERS <const> = { ["remit.frame"] = true, ["remit.selection"] = true, ["remit.explanation"] = true, ["remit.verification"] = true }
local DOERS <const> = { ["remit.submission"] = true, ["remit.test"] = true } -- what these give is beside the point

local function is_answer(object, value)
  local kind <const> = type(value)
  return not DOERS[plain.object_name(object)] and (kind == "number" or kind == "string" or ANSWERS[plain.object_name(value)] and not rawequal(value, object))
end

---A method of an object as the script gets it: where the line drops what a question gives, that is told once it has its answer. A new model may be made to
---see whether it can be, and `save` gives the object back.
---@param method any
---@param name string
---@return any method
function noticed.method(method, name)
  local lines <const> = noticed.dropped[name]
  local here <const> = lines and type(method) == "function" and fault.here()
  if not here or not lines[here] then
    return method
  end
  return function(object, ...)
    local answers <const> = table.pack(method(object, ...))
    if listening and is_answer(object, answers[1]) then
      tell(here, ("nothing is done with what %s gives: print(...) shows it"):format(name))
    end
    return table.unpack(answers, 1, answers.n)
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
