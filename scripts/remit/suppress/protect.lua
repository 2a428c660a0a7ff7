-- SPDX-License-Identifier: Apache-2.0
-- Which cells to withhold: those by few, and as many others as it takes until nobody can work the first out. Sound, not minimal: every pattern is
-- attacked, by a reader who knows all that is published to the last digit and the sign of what is not, before it is given out.

local attack <const> = require "remit.suppress.attack"

local protect <const> = {}

---@class remit.protect.cell
---@field figures table<string, number> by measure: what it comes to
---@field count? number the smallest of the numbers behind it; nil when none is known
---@field primary boolean by few
---@field hidden boolean
---@field known? boolean what it comes to is known from elsewhere: hiding it hides nothing
---@field parts? integer how many parts it has that are not nothing

---@class remit.protect.system
---@field cells remit.protect.cell[]
---@field sums { parent: integer, children: integer[] }[] cells by their places
---@field relations { [1]: string, [2]: string, [3]: string }[] measures: the third is the second less the first
---@field counts table<string, boolean> measures that count posts or people
---@field measures string[]
---@field threshold integer

local SHARE <const> = 0.2 -- figures must stay open by this share of themselves to either side

-- What must remain possible for a figure of a cell by few: any small number, or anything about as large. A total is at least as much as it has
-- parts that are not nothing: noughts are shown.
local function needed(system, cell, measure)
  local size <const> = math.abs(cell.figures[measure])
  if not system.counts[measure] then
    return size * (1 - SHARE), size * (1 + SHARE)
  elseif size == 0 then
    return 0, 0
  elseif size < system.threshold then
    return math.min(math.max(1, cell.parts), size), system.threshold - 1
  end
  return size - (system.threshold - 1), size + (system.threshold - 1)
end

-- Counts are known to be 1 at least where something is withheld, other figures to have their sign.
local function floor_of(system, measure, value)
  return system.counts[measure] and math.min(1, math.abs(value)) or 0
end

-- ---- Equations between hidden figures ----

local function unknowns_of(system)
  local list <const>, at <const> = {}, {}
  for number, cell in ipairs(system.cells) do
    at[number] = {}
    for _, measure in ipairs(cell.hidden and not cell.known and system.measures or {}) do
      local value <const> = cell.figures[measure]
      if value then
        list[#list + 1] = { cell = number, measure = measure, sign = value < 0 and -1 or 1, floor = floor_of(system, measure, value),
          size = math.abs(value) }
        at[number][measure] = #list
      end
    end
  end
  return list, at
end

-- In unknowns of at least 0: figure = sign * (floor + unknown).
local function equation(list, terms)
  local coefficients <const> = {}
  local sum, first, several = 0, nil, false
  for _, term in ipairs(terms) do
    local unknown <const> = list[term[1]]
    local coefficient <const> = term[2] * unknown.sign
    coefficients[term[1]] = (coefficients[term[1]] or 0) + coefficient
    sum = sum + coefficient * (unknown.size - unknown.floor)
    several = several or first ~= nil and first ~= term[1]
    first = first or term[1]
  end
  return first and { coefficients, sum, first = first, terms = terms } or nil
end

local function equations_of(system, list, at)
  local found <const> = {}
  for _, sum in ipairs(system.sums) do
    for _, measure in ipairs(system.measures) do
      local terms <const> = {}
      for _, child in ipairs(sum.children) do
        terms[#terms + 1] = at[child][measure] and { at[child][measure], 1 } or nil
      end
      terms[#terms + 1] = at[sum.parent][measure] and { at[sum.parent][measure], -1 } or nil
      -- A sum that lacks a figure says nothing.
      local whole = system.cells[sum.parent].figures[measure] ~= nil
      for _, child in ipairs(sum.children) do
        whole = whole and system.cells[child].figures[measure] ~= nil
      end
      found[#found + 1] = whole and equation(list, terms) or nil
    end
  end
  for number in ipairs(system.cells) do
    for _, relation in ipairs(system.relations) do
      local first <const>, last <const>, change <const> = at[number][relation[1]], at[number][relation[2]], at[number][relation[3]]
      found[#found + 1] = first and last and change and equation(list, { { first, -1 }, { last, 1 }, { change, -1 } }) or nil
    end
  end
  return found
end

-- Unknowns that hang together, each group with its own attack.
local function groups_of(list, equations)
  local leader <const> = {}
  for index in ipairs(list) do
    leader[index] = index
  end
  local function find(index)
    while leader[index] ~= index do
      leader[index] = leader[leader[index]]
      index = leader[index]
    end
    return index
  end
  for _, one in ipairs(equations) do
    for _, term in ipairs(one.terms) do
      leader[find(term[1])] = find(one.first)
    end
  end
  local groups <const>, order <const> = {}, {}
  for index in ipairs(list) do
    local top <const> = find(index)
    if not groups[top] then
      groups[top] = { members = {}, equations = {} }
      order[#order + 1] = groups[top]
    end
    table.insert(groups[top].members, index)
  end
  for _, one in ipairs(equations) do
    table.insert(groups[find(one.first)].equations, one)
  end
  return order
end

-- An attack on a group, in units of its largest figure so that pence and posts are handled alike.
local function attack_on(list, group)
  local place <const>, truth <const> = {}, {}
  local scale = 1
  for number, index in ipairs(group.members) do
    place[index] = number
    scale = math.max(scale, list[index].size)
  end
  for number, index in ipairs(group.members) do
    truth[number] = (list[index].size - list[index].floor) / scale
  end
  local equations <const> = {}
  for number, one in ipairs(group.equations) do
    local coefficients <const> = {}
    for index, coefficient in pairs(one[1]) do -- by its place: order does not matter
      coefficients[place[index]] = coefficient
    end
    equations[number] = { coefficients, one[2] / scale }
  end
  return attack.new(#group.members, equations, truth), place, scale
end

-- The cells by few of which something can be worked out.
local function exposed(system)
  local list <const>, at <const> = unknowns_of(system)
  local found <const>, seen <const> = {}, {}
  for _, group in ipairs(groups_of(list, equations_of(system, list, at))) do
    local by <const>, place <const>, scale <const> = attack_on(list, group)
    for _, index in ipairs(group.members) do
      local unknown <const> = list[index]
      if system.cells[unknown.cell].primary and not seen[unknown.cell] then
        local from <const>, to <const> = needed(system, system.cells[unknown.cell], unknown.measure)
        if not by:covers(place[index], (from - unknown.floor) / scale, (to - unknown.floor) / scale) then
          seen[unknown.cell] = true
          found[#found + 1] = unknown.cell
        end
      end
    end
  end
  table.sort(found)
  return found
end

-- ---- Hiding more ----

-- How dear it is to hide a cell: those that open no further sum first, then the smaller.
local function dearness(system, number)
  local open = 0
  for _, sum in ipairs(system.sums_of[number]) do
    local hidden = system.cells[sum.parent].hidden
    for _, child in ipairs(sum.children) do
      hidden = hidden or system.cells[child].hidden
    end
    open = open + (hidden and 0 or 1)
  end
  return open, system.cells[number].count or math.huge
end

local function cheaper(system, a, b)
  local open_a <const>, count_a <const> = dearness(system, a)
  local open_b <const>, count_b <const> = dearness(system, b)
  if open_a ~= open_b then
    return open_a < open_b
  elseif count_a ~= count_b then
    return count_a < count_b
  end
  return a < b
end

-- One more cell of a sum: a part that is not nothing, else their total.
local function hide_one(system, sum)
  local best
  for _, child in ipairs(sum.children) do
    local cell <const> = system.cells[child]
    if not cell.hidden and cell.count ~= 0 and cell.count and (not best or cheaper(system, child, best)) then
      best = child
    end
  end
  if not best and not system.cells[sum.parent].hidden and not system.cells[sum.parent].known then
    best = sum.parent
  end
  for _, child in ipairs(sum.children) do
    best = best or not system.cells[child].hidden and system.cells[child].count ~= 0 and child or nil
  end
  if best then
    system.cells[best].hidden = true
  end
  return best ~= nil
end

local function hidden_in(system, sum)
  local count = system.cells[sum.parent].hidden and 1 or 0
  for _, child in ipairs(sum.children) do
    count = count + (system.cells[child].hidden and 1 or 0)
  end
  return count
end

-- Company in each sum in which a cell is the only one hidden, the smallest sums first; where it has company, more of it in the smallest sum.
local function hide_for(system, number)
  local hid = false
  for _, sum in ipairs(system.sums_of[number]) do
    if hidden_in(system, sum) <= 1 then
      hid = hide_one(system, sum) or hid
    end
  end
  for _, sum in ipairs(hid and {} or system.sums_of[number]) do
    if hide_one(system, sum) then
      return true
    end
  end
  return hid
end

-- Every cell by few that is exposed gets company; where there is none left to hide, its totals do.
local function hide_more(system, numbers)
  local hid, reach = false, numbers
  while not hid and #reach > 0 do
    local further <const>, seen <const> = {}, {}
    for _, number in ipairs(reach) do
      hid = hide_for(system, number) or hid
      for _, sum in ipairs(system.sums_of[number]) do
        if not seen[sum.parent] and sum.parent ~= number then
          seen[sum.parent] = true
          further[#further + 1] = sum.parent
        end
      end
    end
    reach = further
  end
  return hid
end

-- A total that is exposed with all of its parts hidden follows from what encloses it less the other totals there: the smallest such total goes.
local function hide_enclosing(system, numbers)
  local hid = false
  for _, number in ipairs(numbers) do
    local best
    for _, sum in ipairs(system.sums_of[number]) do
      for _, child in ipairs(sum.parent == number and sum.children or {}) do
        for _, outer in ipairs(system.sums_of[child]) do
          if not system.cells[outer.parent].hidden and (not best or #outer.children < #best.children) then
            best = outer
          end
        end
      end
    end
    if best then
      system.cells[best.parent].hidden = true
      hid = true
    end
  end
  return hid
end

-- Everything around cells for which no company helps; and where that is hidden already, all of their table.
local function hide_around(system, numbers)
  local hid = false
  local function hide(number)
    hid = hid or not system.cells[number].hidden
    system.cells[number].hidden = true
  end
  for _, number in ipairs(numbers) do
    for _, sum in ipairs(system.sums_of[number]) do
      for _, child in ipairs(sum.children) do
        hide(child)
      end
      hide(sum.parent)
    end
  end
  for _, number in ipairs(hid and {} or numbers) do
    for other, cell in ipairs(system.cells) do
      if cell.context == system.cells[number].context then
        hide(other)
      end
    end
  end
  return hid
end

---Marks what must be hidden, cell by cell.
---@param system remit.protect.system
function protect.run(system)
  system.sums_of = {}
  for number, cell in ipairs(system.cells) do
    system.sums_of[number] = {}
    cell.hidden, cell.parts = cell.primary, 0
  end
  for number, sum in ipairs(system.sums) do
    sum.number = number
    local parts = 0
    for _, child in ipairs(sum.children) do
      parts = parts + (system.cells[child].count ~= 0 and 1 or 0)
    end
    system.cells[sum.parent].parts = math.max(system.cells[sum.parent].parts, parts)
    table.insert(system.sums_of[sum.parent], sum)
    for _, child in ipairs(sum.children) do
      table.insert(system.sums_of[child], sum)
    end
  end
  for _, sums in ipairs(system.sums_of) do
    table.sort(sums, function(a, b)
      if #a.children ~= #b.children then
        return #a.children < #b.children
      end
      return a.number < b.number
    end)
  end
  local open = exposed(system)
  while #open > 0 and (hide_more(system, open) or hide_enclosing(system, open) or hide_around(system, open)) do
    open = exposed(system)
  end
end

return protect
