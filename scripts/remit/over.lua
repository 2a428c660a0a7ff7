-- SPDX-License-Identifier: Apache-2.0
-- Figures over several months. Rates, WTE and posts are stocks: over months they have a last, a mean and a largest, and no sum.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local progress <const> = require "remit.progress"

local over <const> = {}

local HOW <const> = { last = true, max = true, mean = true }
local FIELDS <const> = { from = true, month = true, to = true }
local SHAPE <const> = 'over = { month = "last", from = "2026-04", to = "2027-03" }'

local function refuse(message, ...)
  fault.raise { code = "month", message = message:format(...), hints = { SHAPE } }
end

local function check_fields(given)
  for _, key in ipairs(plain.keys(given)) do
    if not FIELDS[key] then
      refuse("over has month, from and to, not '%s'", key)
    end
  end
  if not HOW[given.month] then
    refuse("over.month is \"last\", \"mean\" or \"max\", not %s", tostring(given.month))
  end
  for _, key in ipairs { "from", "to" } do
    if type(given[key]) ~= "string" or not core.calendar.month(given[key]) then
      refuse("over.%s is a month such as \"2026-04\", not %s", key, tostring(given[key]))
    end
  end
end

-- Months are no dimension of lines: what is there in each is another model's.
local function by_month(spec)
  for _, path in ipairs(spec.by) do
    if path == "month" and (spec.totals or #spec.measures == 0) then
      fault.raise { code = "additivity", message = ("'%s' is a stock and cannot be summed over months. %s"):format(spec.measures[1] or "a figure",
        'Use over = { month = "last" }, "mean" or "max".') }
    elseif path == "month" then
      fault.raise { code = "field", message = "lines have no months: phase gives figures month by month",
        hints = { ('phase { measures = { "%s" }, from = "2026-04", to = "2027-03" }'):format(spec.measures[1]) } }
    end
  end
end

---Checks what a pivot says of months; of `over` = last it becomes that month.
---@param spec table of a pivot
---@param model remit.model
function over.check(spec, model)
  by_month(spec)
  local given <const> = spec.over
  if not given then
    return
  end
  check_fields(given)
  if spec.at then
    refuse "give at or over, not both"
  elseif spec.period ~= "run_rate" then
    refuse("over is of run rates, not of period = \"%s\"", spec.period)
  end
  measures.check_month(model, given.from)
  spec.over = { month = given.month, months = require("remit.phase").months(given.from, given.to) }
  spec.at = given.to
end

---The months that a figure is the mean of; nil for one.
---@param spec table of a pivot
---@return integer[]?
function over.mean(spec)
  if not spec.over or spec.over.month ~= "mean" then
    return nil
  end
  local months <const> = {}
  for index, text in ipairs(spec.over.months) do
    months[index] = core.calendar.month(text)
  end
  return months
end

local function in_month(spec, month)
  local made <const> = {}
  for name, value in pairs(spec) do -- copying: order does not matter
    made[name] = value
  end
  made.over, made.at = nil, month
  return made
end

-- The largest figure of each measure by group, and the groups in the order in which they come up. A group that a month lacks has nothing in it.
local function gathered(model, spec)
  local found <const>, order <const>, first = {}, {}, nil
  for _, month in progress.each("months", spec.over.months) do
    local result <const> = model:pivot(in_month(spec, month))
    first = first or result
    for row = 1, #result do
      local key <const> = frame.row_key(result, spec.by, row)
      if not found[key] then
        found[key] = { from = result, row = row, values = {}, months = 0 }
        order[#order + 1] = found[key]
      end
      found[key].months = found[key].months + 1
      for _, name in ipairs(spec.measures) do
        found[key].values[name] = math.max(found[key].values[name] or -math.huge, result:get(row, name))
      end
    end
  end
  for _, group in ipairs(order) do
    for _, name in ipairs(group.months < #spec.over.months and spec.measures or {}) do
      group.values[name] = math.max(group.values[name], 0)
    end
  end
  return order, first
end

---The month in which a figure is largest, the first of several, and the figure.
---@param spec table that was checked
---@param value_of fun(month: string): integer
---@return string month, integer value
function over.greatest(spec, value_of)
  local found, most
  for _, month in progress.each("months", spec.over.months) do
    local value <const> = value_of(month)
    if not most or value > most then
      found, most = month, value
    end
  end
  return found, most
end

---The largest figure of each group over the months.
---@param model remit.model
---@param spec table of a pivot
---@return remit.frame
function over.largest(model, spec)
  if spec.totals or spec.sort or spec.top then
    refuse "the largest figures of groups fall in different months and do not add up: leave out totals, sort and top"
  end
  local order <const>, first <const> = gathered(model, spec)
  local columns <const> = {}
  for index, name in ipairs(spec.by) do
    columns[index] = { name = name, display = "text", values = {} }
    for row, group in ipairs(order) do
      columns[index].values[row] = group.from:get(group.row, name) or false
    end
  end
  for _, name in ipairs(spec.measures) do
    local column <const> = { name = name, display = frame.inside(first).by_name[name].display, values = {} }
    for row, group in ipairs(order) do
      column.values[row] = group.values[name]
    end
    columns[#columns + 1] = column
  end
  local months <const> = spec.over.months
  local title <const> = ("largest of %s to %s: %s"):format(months[1], months[#months], table.concat(spec.measures, ", "))
  local about <const> = frame.inside(first).about
  return frame.from { keys = spec.by, columns = columns, rows = #order, about = model:about { at = months[1], to = spec.at, month = spec.at, title = title,
    basis = about.basis, money = about.price_base ~= nil, prices = spec.prices } }
end

return over
