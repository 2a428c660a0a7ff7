-- SPDX-License-Identifier: Apache-2.0
-- Measures by dimensions, as a frame: what the call takes, and what is said of its figures. pivot/question.lua checks what is asked, pivot/answer.lua has
-- it worked out; total.lua gives single figures.

local answer <const> = require "remit.pivot.answer"
local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local memory <const> = require "remit.pivot.memory"
local plain <const> = require "remit.plain"
local question <const> = require "remit.pivot.question"
local state_of <const> = require "remit.state_of"
local uplift <const> = require "remit.uplift"

local pivot <const> = {}

local declared <const> = args.declare { name = "pivot", doc = "Measures by dimensions and their attributes, as a frame.",
  example = 'print(base:pivot { measures = { "cost", "wte" }, by = { "fn.blueprint" }, totals = true })',
  { name = "measures", kind = "list", required = true, doc = "what to measure: cost, wte, in_post, vacancies, posts, heads..." },
  { name = "by", kind = "list", default = {}, doc = "dimensions or dimension.attribute" },
  { name = "where", kind = "selection", doc = "a table of tests, or a selection" },
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "over", kind = "table",
    doc = 'instead of at, of several months the "last", "mean" or "max": { month = "last", from = "2026-04", to = "2027-03" }, both included' },
  { name = "basis", kind = measures.BASES, default = "funded", doc = "which cost: filled and vacant parts, filled ones, or the ledger's" },
  { name = "period", kind = measures.PERIODS, default = "run_rate",
    doc = "which part of cost: a month's rate a year, a financial year's, what recurs (full-year effect), what the year lacks of it, all months from `from`" },
  measures.FROM,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is, by uplifts.csv; the pack's own without it" },
  measures.RISK,
  { name = "totals", kind = "boolean", default = false, doc = "subtotals and a grand total" },
  { name = "sort", kind = "string", doc = "a measure: groups by it, largest first" },
  { name = "ascending", kind = "boolean", default = false, doc = "smallest first" },
  { name = "top", kind = "integer", doc = "so many groups, the others in one row" },
}

local function about(model, spec, chosen)
  local names <const>, rest = plain.names(chosen), nil
  local notes <const> = { spec.where and tostring(spec.where) or nil }
  if spec.over and spec.over.month == "mean" then
    rest = (", mean of %s to %s"):format(spec.over.months[1], spec.at)
  end
  if spec.totals and #spec.by > 0 and plain.among(names, "heads") then
    notes[#notes + 1] = "heads: somebody with posts in two groups is counted in both, and once in the total."
  end
  for _, measure in ipairs(spec.rungs and chosen or {}) do
    notes[#notes + 1] = require("remit.risk").note(spec.scenario, measure.name, spec)
  end
  local said <const> = measures.said(model, spec, chosen)
  said.shows, said.notes, said.prices = { measures = names, by = spec.by, rest = rest }, notes, spec.prices
  return model:about(said)
end

local headings <const> = setmetatable({}, { __mode = "k" })

-- A measure's column of frames: the same in each.
local function heading(measure)
  local made <const> = headings[measure] or { name = measure.name, display = measure.display }
  headings[measure] = made
  return made
end

local function frame_columns(paths, spec, chosen)
  local columns <const>, keys <const> = {}, #spec.by
  for index, path in ipairs(spec.by) do
    columns[index] = paths[path]
  end
  for index, measure in ipairs(chosen) do
    columns[keys + index] = heading(measure)
  end
  return columns
end

-- What is asked, once it is in order, with what all frames of it share.
local function settled(model, given)
  local spec <const> = declared(given)
  if spec.over or plain.among(spec.by, "month") then
    require("remit.over").check(spec, model)
  end
  if spec.over and spec.over.month == "max" then
    return { spec = spec, largest = true }
  elseif #spec.measures == 0 then
    fault.raise { code = "pivot", message = "measures: name one at least, as in measures = { \"cost\" }" }
  elseif spec.top and (spec.top < 1 or #spec.by == 0) then
    fault.raise { code = "pivot", message = #spec.by == 0 and "top needs by: the largest of what?" or ("top is 1 or more, not %d"):format(spec.top) }
  end
  local view <const>, chosen <const>, groups <const> = question.settle(model, spec)
  return { spec = spec, view = view, groups = groups, columns = frame_columns(state_of[view].paths, spec, chosen),
    about = function() return about(model, spec, chosen) end }
end

-- The same, remembered with the model by what is given: neither model nor answer would be another. A largest figure asks month by month, and what is
-- known of it here still has the caller's own table of tests, which may change.
local function remembered(model, given)
  local key <const> = core.fields.key(given)
  local known <const> = key and memory.of(state_of[model], "asked", key)
  if known then
    return known
  end
  local asked <const> = settled(model, given)
  if key and not asked.largest then
    memory.keep(state_of[model], "asked", key, asked)
  end
  return asked
end

---Runs a pivot of a model.
---@param model remit.model
---@param given table
---@return remit.frame
function pivot.run(model, given)
  local asked <const> = remembered(model, given)
  if asked.largest then
    return require("remit.over").largest(model, asked.spec)
  end
  return frame.new { table = answer.table(asked.view, asked.spec, asked.groups), columns = asked.columns, keys = asked.spec.by, about = asked.about }
end

return pivot
