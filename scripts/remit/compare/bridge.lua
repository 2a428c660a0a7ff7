-- SPDX-License-Identifier: Apache-2.0
-- What each change is worth: the difference between two figures attributed to the changes between them, whatever their order (Shapley's value: a change's
-- effect averaged over all orders in which the changes could come). Changes that never meet on a line are worked out apart from each other, which is exact.

local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local progress <const> = require "remit.progress"
local risk <const> = require "remit.risk"
local scenario <const> = require "remit.scenario"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local bridge <const> = {}

local EXACT <const> = 12 -- changes that meet each other; of more, orders are drawn
local ORDERS <const> = 400
local SEED <const> = 18760

-- ---- Which changes meet ----

local function find(parent, index)
  while parent[index] ~= index do
    index = parent[index]
  end
  return index
end

local function changes_of(model)
  local list <const>, index_of <const> = plan.changes(model), {}
  for index, change in ipairs(list) do
    index_of[change] = index
  end
  return list, index_of
end

---Groups of changes, each in the order of the scenario. Changes on the same lines are in one group. A change that sets attributes may move any line into or
---out of a figure, and a list selects in the state of those below it: then all are in one.
---@param model remit.model
---@param kept table<remit.change, boolean> left out
---@return remit.change[][]
function bridge.components(model, kept)
  local list <const>, index_of <const> = changes_of(model)
  local compiled <const>, parent <const> = state_of[model].plan, {}
  for index = 1, #list do
    parent[index] = index
  end
  local function join(a, b)
    parent[find(parent, b)] = find(parent, a)
  end
  for code = 1, compiled.set:labels():size() do
    local first
    for number in compiled.set:labels():label(code):gmatch "%d+" do
      local index <const> = index_of[compiled.operations[tonumber(number)].change]
      first = first or index
      join(first, index)
    end
  end
  if #compiled.sets > 0 or #state_of[model].layers > 1 then
    for index = 2, #list do
      join(1, index)
    end
  end
  local groups <const>, order <const> = {}, {}
  for index, change in ipairs(list) do
    local root <const> = find(parent, index)
    if not kept[change] then
      if not groups[root] then
        groups[root] = {}
        order[#order + 1] = groups[root]
      end
      table.insert(groups[root], change)
    end
  end
  return order
end

-- ---- The figure with some of the changes ----

-- The months that a figure is worked out from.
local function months_of(model, spec)
  local months <const> = {}
  for _, one in ipairs(total.weighed(model, spec)) do
    for _, term in ipairs(one.terms) do
      for _, month in ipairs(term.months) do
        months[month] = true
      end
    end
  end
  return plain.rows(months)
end

local function joined(first, second, within)
  local held <const> = {}
  for _, set in ipairs { first, second } do
    for change in pairs(set) do -- a set: order does not matter
      held[change] = not within or within[change] or nil
    end
  end
  return held
end

-- The figure with only the changes of a set, each worked out once.
local function figures(model, measure, spec)
  local known <const>, months <const> = {}, months_of(model, spec)
  local one_list <const> = #state_of[model].layers == 1
  return function(held)
    local key <const> = {}
    for index, layer in ipairs(state_of[model].layers) do
      for at, change in ipairs(layer.changes) do
        key[#key + 1] = held[change] and ("%d.%d"):format(index, at) or nil
      end
    end
    local text <const> = table.concat(key, " ")
    if not known[text] then
      local with <const> = one_list and scenario.in_months(model, held, months) or scenario.only(model, held)
      known[text] = (total.exact(with, measure, spec))
    end
    return known[text]
  end
end

-- The changes down to each rung of the ladder, with its weight in millionths.
local function rungs_of(model, how)
  local rungs <const>, steps <const>, held = {}, fault.check(risk.steps(model, how)), {}
  for index = 0, #steps do
    held = joined(held, index > 0 and plain.set(steps[index].changes) or {})
    local above <const>, below <const> = index > 0 and steps[index].weight or risk.ALL, steps[index + 1] and steps[index + 1].weight or 0
    rungs[#rungs + 1] = above > below and { held = held, weight = above - below } or nil
  end
  return rungs
end

-- The figure with some of the changes, and always those in `kept`, which both models have. A risk-adjusted one is the mean of those with fewer.
local function measurer(model, measure, spec, kept)
  local plainly <const> = {}
  for name, value in pairs(spec) do -- copying: order does not matter
    plainly[name] = name ~= "risk" and value or nil
  end
  local value <const>, rungs <const> = figures(model, measure, plainly), spec.risk and rungs_of(model, spec.risk)
  return function(some)
    if not rungs then
      return value(joined(kept, some))
    end
    return risk.mean(rungs, function(rung)
      return value(joined(kept, some, rung.held))
    end)
  end
end

local function held_of(group, bits)
  local held <const> = {}
  for index, change in ipairs(group) do
    held[change] = bits >> (index - 1) & 1 == 1 or nil
  end
  return held
end

local function ones(bits)
  local count = 0
  while bits ~= 0 do
    bits, count = bits & (bits - 1), count + 1
  end
  return count
end

-- By all subsets: the weight of a subset of size s is s! (n - s - 1)! / n!.
local function exactly(group, value)
  local n <const>, weight <const>, parts <const> = #group, {}, {}
  weight[0] = 1 / n
  for size = 1, n - 1 do
    weight[size] = weight[size - 1] * size / (n - size)
  end
  for index in ipairs(group) do
    parts[index] = 0
  end
  for step in progress.count("orders of changes", 1 << n) do
    local bits <const> = step - 1
    local without <const> = value(held_of(group, bits))
    for index in ipairs(group) do
      if bits >> (index - 1) & 1 == 0 then
        parts[index] = parts[index] + weight[ones(bits)] * (value(held_of(group, bits | 1 << (index - 1))) - without)
      end
    end
  end
  return parts
end

-- By orders drawn from a seed; also how far each part may be off (two standard errors).
local function by_drawing(group, value)
  local state, parts <const>, squares <const> = SEED, {}, {}
  local function below(bound)
    state = (state * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff
    return (state >> 20) % bound
  end
  for index in ipairs(group) do
    parts[index], squares[index] = 0, 0
  end
  for _ in progress.count("orders of changes", ORDERS) do
    local order <const>, held <const> = {}, {}
    for index in ipairs(group) do
      local at <const> = below(index) + 1
      order[index] = order[at]
      order[at] = index
    end
    local before = value(held)
    for _, index in ipairs(order) do
      held[group[index]] = true
      local after <const> = value(held)
      parts[index], squares[index] = parts[index] + (after - before), squares[index] + (after - before) ^ 2
      before = after
    end
  end
  local worst = 0
  for index in ipairs(group) do
    local mean <const> = parts[index] / ORDERS
    worst = math.max(worst, 2 * math.sqrt(math.max(squares[index] / ORDERS - mean * mean, 0) / ORDERS))
    parts[index] = mean
  end
  return parts, worst
end

-- ---- The whole ----

-- Whole units that add up to `whole`, each near its part. Figures are rounded, so the parts themselves may come to a little more or less.
local function rounded(parts, whole)
  local made <const>, rest <const>, left, sum = {}, {}, whole, 0
  for _, part in ipairs(parts) do
    sum = sum + part
  end
  for index, part in ipairs(parts) do
    part = part + (whole - sum) / #parts
    made[index] = math.floor(part)
    rest[index] = { index = index, rest = part - made[index] }
    left = left - made[index]
  end
  table.sort(rest, function(a, b)
    return a.rest > b.rest or (a.rest == b.rest and a.index < b.index)
  end)
  for at = 1, math.min(left, #rest) do
    made[rest[at].index] = made[rest[at].index] + 1
  end
  return made
end

-- The changes that the first model has too; it may have no others.
local function common(first, model)
  local kept <const>, index_of <const> = {}, select(2, changes_of(model))
  for _, change in ipairs(plan.changes(first)) do
    if not index_of[change] then
      fault.raise { code = "compare", message = ("a bridge leads from a model to one that has all of its changes and more: %s is not in '%s'"):format(
        tostring(change), state_of[model].name), hints = { "compare { base, plan }:bridge { ... } for each, or :table { ... } for both" } }
    end
    kept[change] = true
  end
  return kept
end

-- Whether a model's functions are only decided upon, or its lines given further fields, on the way from the first: no figure of lines differs then.
local function descends(model, first)
  local steps <const>, before <const> = state_of[model].steps or {}, state_of[first].steps or {}
  for index, step in ipairs(before) do
    if not steps[index] or steps[index].kind ~= step.kind or steps[index].text ~= step.text then
      return false
    end
  end
  for _, name in ipairs(state_of[first].source_names) do
    local source <const> = state_of[model].sources[name]
    if not source or not source.table:is(state_of[first].sources[name].table) then
      return false
    end
  end
  return #state_of[first].source_names == #state_of[model].source_names
end

---What each change of a scenario is worth to a measure, in the core's units; the parts add up to the difference from the first model.
---@param first remit.model the base, or a scenario whose changes the other has too
---@param model remit.model a scenario
---@param measure string
---@param spec { at?: string, basis: string, period: string, from?: string, prices?: string, where?: table, risk?: string }
---@return { change: remit.change, value: integer }[] parts, integer from, integer to, number? error
function bridge.parts(first, model, measure, spec)
  if not state_of[model].plan then
    fault.raise { code = "compare", message = "a bridge leads to a scenario: the last model has no changes",
      hints = { "compare { base, plan }:bridge { ... }" } }
  end
  local below <const> = state_of[first].root or first
  if below:hash() ~= state_of[model].root:hash() and (state_of[first].plan or not descends(state_of[model].root, first)) then
    fault.raise { code = "compare", message = ("a bridge is between a model and a scenario on it: '%s' stands on other data or decisions"):format(
      state_of[model].name) }
  end
  local kept <const> = common(first, model)
  local from <const>, to <const> = total.exact(first, measure, spec), (total.exact(model, measure, spec))
  local value <const> = measurer(model, measure, spec, kept)
  local far <const> = math.abs(value {} - from) > (spec.risk and 1 or 0) -- a mean of rounded figures may be off by one
  if far and not state_of[first].plan then -- what decides moved lines into or out of the figure
    fault.raise { code = "compare", message = ("before any change the figure of '%s' is not that of the first model: bridge from the model that it stands on")
      :format(state_of[model].name) }
  elseif far then -- the same changes with other values
    fault.raise { code = "compare", message = ("'%s' has other parameters than '%s': no change of its own says what they are worth")
      :format(state_of[first].name, state_of[model].name), hints = { "compare { base, plan }:bridge { ... } for each, or :table { ... } for both" } }
  end
  local list <const>, shares <const>, sum, off = {}, {}, 0, nil
  for _, group in progress.each("changes that meet", bridge.components(model, kept)) do
    local parts <const>, wrong <const> = (#group <= EXACT and exactly or by_drawing)(group, value)
    off = wrong and math.max(off or 0, wrong) or off
    for index, change in ipairs(group) do
      list[#list + 1], shares[#shares + 1] = { change = change }, parts[index]
      sum = sum + parts[index]
    end
  end
  for index, part in ipairs(rounded(shares, to - from)) do
    list[index].value = part
  end
  assert(math.abs(sum - (to - from)) < 1 + #list, "the parts of a bridge do not add up to it")
  return list, from, to, off
end

return bridge
