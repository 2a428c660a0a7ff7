-- SPDX-License-Identifier: Apache-2.0
-- Sums that models keep between questions: what they cost and what they save.

local core <const> = require "remit.core"
local frame <const> = require "remit.frame"
local state_of <const> = require "remit.state_of"

local kept <const> = {}

local BUDGET <const> = 16 * 1024 * 1024 -- bytes a model

-- Weak in its values too: as a weak key alone, one that was finalized stays until the next collection.
local all <const> = setmetatable({}, { __mode = "kv" })

---The kept sums of a model, made when they are first wanted.
---@param model remit.model
---@return remit.core.kept
function kept.of(model)
  local state <const> = state_of[model]
  if not state.kept then
    state.kept = core.pivot.kept(BUDGET)
    all[state.kept] = state.kept
  end
  return state.kept
end

---Scans, hits and memory over all models that are alive.
---@return remit.frame
function kept.stats()
  local sum <const> = { scans = 0, hits = 0, tables = 0, bytes = 0 }
  for one in pairs(all) do -- adding: order does not matter
    for name, count in pairs(one:stats()) do
      sum[name] = sum[name] + count
    end
  end
  return frame.from { keys = { "what" }, columns = {
    { name = "what", display = "text", values = { "questions that read rows", "questions answered from kept sums", "sets of kept sums",
      "bytes of kept sums" } },
    { name = "count", display = "count", values = { sum.scans, sum.hits, sum.tables, sum.bytes } },
  }, about = { title = "Work done" } }
end

return kept
