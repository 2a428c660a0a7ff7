-- SPDX-License-Identifier: Apache-2.0
-- Lines that stand for others from a month on, such as a post in its new band. Changes of their own list do to them what they do to the line that each stands
-- for. Of what lists below did they have what was left of that line, and nothing of what those saved or handed over: it was the other line's.

local core <const> = require "remit.core"

local derived <const> = {}

derived.OF, derived.BY = "#of", "#by" -- of a row that is appended: the line that it stands for, and the change that made it

-- The rows of a list, as a selection of a table so long.
local function selected(list, length)
  local labels <const> = {}
  for row = 1, length do
    labels[row] = false
  end
  for _, row in ipairs(list) do
    labels[row] = "in"
  end
  return assert(core.selection.test(core.table.new(length):add("row", core.column.labels(labels)), "row", "in"))
end

-- The new rows that stand for lines of an operation. What a change took away to put others in its place stays away.
local function rows_for(operation, rows, first, list)
  local held <const>, found <const> = {}, {}
  for _, row in ipairs(rows) do
    held[row] = true
  end
  for index, row in ipairs(list) do
    found[#found + 1] = row[derived.OF] and held[row[derived.OF]] and row[derived.BY] ~= operation.change and first + index or nil
  end
  return found
end

local function phantom(operation, where, account)
  local made <const> = {}
  for name, value in pairs(operation) do -- copying: order does not matter
    made[name] = value
  end
  made.where, made.account, made.phantom = where, account, true
  return made
end

-- One operation let loose on the rows that stand for some of its lines: widened, or, for one of a list below, once more with no trace of what it takes.
local function inherited(operation, depth, first, list, account)
  local rows <const> = operation.where:rows()
  local found <const> = rows_for(operation, rows, first, list)
  if #found == 0 then
    return nil
  elseif operation.layer == depth then
    operation.where = selected(table.move(found, 1, #found, #rows + 1, rows), first + #list)
  elseif operation.effect ~= "extra" then
    return phantom(operation, selected(found, first + #list), account())
  end
end

---Lets operations touch the lines that stand for those that they touch.
---@param plan remit.plan
---@param first integer how many lines there were
---@param list table[] the rows that were appended after them
function derived.inherit(plan, first, list)
  local any, account = false, nil
  for _, row in ipairs(list) do
    any = any or row[derived.OF] ~= nil
  end
  local function nowhere()
    account = account or plan:account { kind = "unborn" }
    return account
  end
  local old <const> = any and table.move(plan.operations, 1, #plan.operations, 1, {}) or {}
  for _, operation in ipairs(old) do
    plan.operations[#plan.operations + 1] = operation.where and inherited(operation, plan.depth, first, list, nowhere)
  end
end

return derived
