-- SPDX-License-Identifier: Apache-2.0
-- Rows of totals against their parts: those of a standard file figure by figure, those of a pack's own lines for measures that add up.

local core <const> = require "remit.core"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local value <const> = require "remit.pack.value"

local totals <const> = {}

-- Rows of totals and the sums of their parts, over the same values of every other dimension.
local function grouped(source, selection, of, by)
  local spec <const> = { by = by, where = selection, measures = {} }
  for index, measure in ipairs(of) do
    spec.measures[index] = { name = measure.name, column = measure.column }
  end
  local result <const>, message <const> = core.pivot.run(source.table, spec)
  if not result then
    source.problems:add { file = source.path, message = message }
    return {}
  end
  local found <const> = {}
  for row = 1, result:rows() do
    local key <const>, values <const> = {}, {}
    for index, name in ipairs(by) do
      key[index] = result:column(name):get(row) or ""
    end
    for index, measure in ipairs(of) do
      values[index] = result:column(measure.name):get(row)
    end
    found[table.concat(key, "\0")] = values
    found[#found + 1] = key
  end
  return found
end

local function other_dimensions(source, total)
  local by <const> = {}
  for _, field in ipairs(source.plan.fields) do
    if field.name ~= total.name and not field.skip and source.table:column(field.name):unit() == "code" then
      by[#by + 1] = field.name
    end
  end
  return by
end

-- The row of the file in which a row of totals has these labels.
local function row_of(source, is_total, by, key)
  local where = is_total
  for index, name in ipairs(by) do
    where = where & assert(core.selection.test(source.table, name, key[index] == "" and "none" or plain.quoted(key[index])))
  end
  return source.row(where:rows(1)[1])
end

---Rows of totals of a pack's own lines against their parts, for measures that add up.
function totals.check_own(source)
  local declared <const> = source.plan.totals
  local additive <const> = {}
  for _, measure in ipairs(source.plan.measures) do
    if measures.adds_over(measure, declared.name) then
      additive[#additive + 1] = measure
    end
  end
  local label <const> = plain.quoted(declared.label)
  local is_total <const> = core.selection.test(source.table, declared.name, label)
  if not is_total or #additive == 0 then
    return
  end
  local by <const> = other_dimensions(source, declared)
  local stated <const>, parts <const> = grouped(source, is_total, additive, by), grouped(source, ~is_total, additive, by)
  for _, key in ipairs(stated) do
    local joined <const> = table.concat(key, "\0")
    for index, measure in ipairs(additive) do
      local sum <const> = parts[joined] and parts[joined][index] or 0
      local column <const> = source.table:column(measure.column)
      local allowed <const> = measure.tolerance * 10 ^ (value.decimals[column:unit()] or 0)
      if math.abs(stated[joined][index] - sum) > allowed then
        source.problems:add { file = source.path, row = row_of(source, is_total, by, key), field = source.heading_of[measure.column],
          value = value.text(column, stated[joined][index]),
          message = ("the row of totals for %s says this; its parts add up to %s"):format(table.concat(key, ", "), value.text(column, sum)) }
      end
    end
  end
end

-- The sum of what selected rows have in a column; nil past 64 bits.
local function sum_of(core_table, where, name)
  local taken <const> = (where & assert(core.selection.test(core_table, name, "not(none)"))):take()
  local result <const> = core.pivot.run(taken, { measures = { { name = "sum", column = name } } })
  return result and (result:column("sum"):get(1) or 0)
end

-- One row of totals: the sums of all parts that share the labels that it has.
local function total_row(source, parts, row)
  local labels <const>, where = {}, parts
  for _, field in ipairs(source.plan.fields) do
    local column <const> = not field.skip and not field.unique and field.name ~= source.plan.totals.name and source.table:column(field.name)
    local label <const> = column and column:unit() == "code" and column:get(row)
    if label then
      labels[#labels + 1] = label
      where = where & assert(core.selection.test(source.table, field.name, plain.quoted(label)))
    end
  end
  local of <const> = #labels > 0 and " for " .. table.concat(labels, ", ") or ""
  for _, field in ipairs(source.plan.fields) do
    local column <const> = not field.skip and value.decimals[source.table:column(field.name):unit()] and source.table:column(field.name)
    local stated <const> = column and column:get(row)
    local sum <const> = stated and sum_of(source.table, where, field.name)
    if sum and sum ~= stated then
      source.problems:add { file = source.path, row = source.row(row), field = field.heading, value = value.text(column, stated),
        message = ("the row of totals%s says this; its parts add up to %s"):format(of, value.text(column, sum)) }
    end
  end
end

---Rows of totals of a standard file against their parts.
function totals.check(source, is_total, parts)
  for _, row in ipairs(is_total:rows()) do
    total_row(source, parts, row)
  end
end

return totals
