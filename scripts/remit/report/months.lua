-- SPDX-License-Identifier: Apache-2.0
-- Which months of a plan may be told. A change by few that is alone in its month would stand as the step between two months. So months tell no more than the
-- bridge does, which gives such changes in one sum with others: none of them has begun, or all are as they are in the month that the bridge is of. Nor may a
-- month be told in which a model differs in few posts from one that stands beside it.

local core <const> = require "remit.core"
local few <const> = require "remit.report.few"
local plan <const> = require "remit.scenario.plan"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"
local touched <const> = require "remit.report.touched"

local months <const> = {}

-- Changes that the bridge withholds, and changes by few that no bridge covers.
local function small(context, model)
  local withheld <const> = model ~= context.base and context:withheld_steps(model) or {}
  local uncovered = false
  for name, count in pairs(few.touched(model)) do -- whether there is one: order does not matter
    uncovered = uncovered or count > 0 and count < context.threshold and not withheld[name]
  end
  return withheld, uncovered
end

-- The changes of which no month may tell some apart from others. Those that meet one of them are among them: what they share is its too.
local function tied(context, model)
  local withheld <const>, uncovered <const> = small(context, model)
  local list <const> = {}
  if not uncovered and not next(withheld) then
    return list
  end
  for _, group in ipairs(require("remit.compare.bridge").components(model, {})) do
    local any = uncovered
    for _, change in ipairs(group) do
      any = any or withheld[change.id or change.kind]
    end
    table.move(any and group or {}, 1, any and #group or 0, #list + 1, list)
  end
  return list
end

-- The months in which something of these changes begins, ends or goes on.
local function steps_of(compiled, list)
  local held <const>, found <const> = plain.set(list), {}
  for _, operation in ipairs(compiled.operations) do
    for _, step in ipairs(held[operation.change] and operation.steps or {}) do
      found[step[1]] = step[1] > plan.BEGINNING or nil
    end
  end
  for _, change in ipairs(list) do
    for _, field in ipairs { "from", "to" } do
      found[change[field] and plan.month(change[field]) or false] = true
    end
  end
  found[false] = nil
  return plain.rows(found)
end

-- How far these changes are in a month.
local function begun(steps, month)
  local count = 0
  while steps[count + 1] and steps[count + 1] <= month do
    count = count + 1
  end
  return count
end

-- What each post of a model comes to in a month, asked once for all months between which nothing changes. A year may begin before the pack's month.
local function posts_in(context, model, month)
  local compiled <const>, as_at <const> = state_of[model].plan, state_of[model].settings.as_at
  local at <const> = compiled and (plan.month(month) < plan.month(as_at) and as_at or month) or nil
  local count <const> = compiled and begun(compiled.set:months(), plan.month(at)) or 0
  local known <const> = context.posts_by_month[model] or {}
  context.posts_by_month[model] = known
  known[count] = known[count] or touched.whole(model, at)
  return known[count]
end

-- Whether a model differs in few posts from one whose months may be told beside it.
local function is_near(context, model, month)
  for _, other in ipairs(context:models()) do
    if other == model or not context.jointly and other ~= context.base then
      return false
    end
    if not context:hides_total(other) and touched.is_few(posts_in(context, other, month), posts_in(context, model, month), context.threshold) then
      return true
    end
  end
  return false
end

local function open()
  return false
end

-- Whether a month lies between those before what is tied and those like the report's own.
local function between(context, model)
  local list <const> = tied(context, model)
  if #list == 0 then
    return open
  end
  local steps <const> = steps_of(state_of[model].plan, list)
  local last <const> = begun(steps, plan.month(context.at))
  return function(month)
    local count <const> = begun(steps, plan.month(month))
    return count ~= 0 and count ~= last
  end
end

---Whether a month of a model may not be told, as a function of the month.
---@param context remit.report.context
---@param model remit.model
---@return fun(month: string): boolean
function months.withheld(context, model)
  if context.threshold < 2 or not state_of[model].plan then
    return open
  end
  local is_between <const>, known <const> = between(context, model), {}
  return function(month)
    if known[month] == nil then
      known[month] = is_between(month) or is_near(context, model, month)
    end
    return known[month]
  end
end

---Whether any month of a financial year may not be told.
---@param withheld fun(month: string): boolean
---@param year integer its first calendar year
---@return boolean
function months.year_withheld(withheld, year)
  local first <const>, any = plan.month(("%d-04"):format(year)), false
  for month = first, first + 11 do
    any = any or withheld(core.calendar.month_text(month))
  end
  return any
end

return months
