-- SPDX-License-Identifier: Apache-2.0
-- Sums that would be wrong: a measure that does not add up over a dimension is refused where groups would sum it over that, unless the pack's own
-- rows of totals answer the question.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local sums <const> = {}

local function code_columns(core_table)
  local names <const> = {}
  for _, name in ipairs(core_table:names()) do
    if core_table:unit(name) == "code" then
      names[#names + 1] = name
    end
  end
  return names
end

-- Whether some group of the pivot holds several members of a dimension: then the measure is being summed over it.
local function summed_over(core_table, spec, where, name)
  local result <const> = fault.check(core.pivot.run(core_table, { by = spec.by, where = where, totals = spec.totals and #spec.by > 0,
    measures = { { name = "members", column = name, how = "distinct" } } }))
  local column <const> = result:column("members")
  return column:count() > 0 and column:stats().max > 1
end

-- A dimension over which the groups of a table would sum it wrongly.
local function wrongly_summed(core_table, spec, measure)
  local where <const> = spec.where and spec.where:on(core_table, "") or nil
  for _, name in ipairs(code_columns(core_table)) do
    if not measures.adds_over(measure, name) and (spec.totals or not plain.among(spec.by, name))
      and summed_over(core_table, spec, where, name) then
      return name
    end
  end
end

local function refuse_sum(model, measure, name)
  local other
  for _, candidate in ipairs(state_of[model].measures) do
    other = other or (measures.adds_over(candidate, name) and candidate.name) or nil
  end
  fault.raise { code = "additivity", message = ("'%s' does not add up over %s%s"):format(measure.name, name, measure.doc and ": " .. measure.doc or ""),
    hints = { ("group by %s too, or select one: where = { %s = \"...\" }"):format(name, name), other and ("'%s' adds up"):format(other) or nil } }
end

-- Whether the pack's rows of totals can say it: it is neither grouped by what they total nor to have totals of its own.
local function totals_answer(model, spec, name)
  local totals <const> = state_of[model].totals
  return totals and totals.name == name and not plain.among(spec.by, name) and not spec.totals
end

---Whether a measure that does not add up everywhere is to be read from the pack's rows of totals; refused where these do not give it either.
---@param model remit.model
---@param spec remit.pivot.spec its `where` a selection
---@param measure remit.measure
---@return boolean
function sums.from_totals(model, spec, measure)
  local state <const> = state_of[model]
  local wrong = wrongly_summed(state.lines, spec, measure)
  if not wrong then
    return false
  elseif totals_answer(model, spec, wrong) then
    wrong = wrongly_summed(state.totals.table, spec, measure)
  end
  if wrong then
    refuse_sum(model, measure, wrong)
  end
  return true
end

return sums
