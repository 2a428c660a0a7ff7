-- SPDX-License-Identifier: Apache-2.0
-- Lines that go to other functions, whole or in parts. A part of a line is a line with its share of the amounts, by largest remainder, so that parts
-- add up exactly. Lines that stay come first, as they stood; nothing is copied where none goes.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local parts <const> = {}

---Where a line goes: the codes of functions with their weights.
---@alias remit.outcome { code: integer, weight: integer }[]

---@class remit.parts.step lines of a label go where it says; a line goes by the first step that has a place for it
---@field path string the field whose labels are looked at
---@field of fun(label: string): remit.outcome?
---@field labels? string[] those that it has a place for, when they are few and known
---@field kind? string lines of this kind only
---@field pending? boolean lines of no known function only

---The member under which lines of unknown functions stand.
parts.UNALLOCATED = "unallocated"

local ways <const> = core.dictionary.new { "whole", "parted" }

-- What a step does with each label of a column: outcomes and the code of `ways`, by code of the label; nil when it does nothing.
local function outcomes_of(step, column)
  local outcomes <const>, how <const>, dictionary <const> = {}, {}, column:dictionary()
  for _, label in ipairs(step.labels or dictionary:labels()) do
    outcomes[dictionary:find(label)] = step.of(label)
  end
  outcomes[0] = nil -- a label that no line has
  for code = 1, next(outcomes) and dictionary:size() or 0 do
    how[code] = outcomes[code] and (#outcomes[code] == 1 and 1 or 2) or 0
  end
  return next(outcomes) and outcomes or nil, how
end

-- The table with two columns a step, which are dropped again from what is taken of it: "#at" has its labels, "#how" what becomes of them.
local function prepared(from, steps, column_of)
  local working <const>, doing <const> = copy(from), {}
  for _, step in ipairs(steps) do
    local column <const> = column_of(step.path)
    local outcomes, how
    if column then
      outcomes, how = outcomes_of(step, column)
    end
    if outcomes then
      doing[#doing + 1] = { step = step, outcomes = outcomes }
      working:add("#at" .. #doing, column):add("#how" .. #doing, column:recode(how, ways))
    end
  end
  return working, doing
end

local function test(working, name, text)
  return fault.check(core.selection.test(working, name, text))
end

-- The lines that a step takes, those taken already aside.
local function hit_by(working, index, step, taken)
  local hit = test(working, "#how" .. index, "not(none)")
  if step.kind then
    hit = hit & test(working, "kind", step.kind)
  end
  if step.pending then
    local known <const> = working:column("fn"):dictionary():find(parts.UNALLOCATED) ~= 0
    hit = hit & test(working, "fn", known and "none, " .. parts.UNALLOCATED or "none")
  end
  return taken and hit & ~taken or hit
end

local function without_work(working, replaced)
  local made <const> = core.table.new(working:rows())
  for _, name in ipairs(working:names()) do
    if name:sub(1, 1) ~= "#" then
      local dimension <const> = working:dimension(name)
      made:add(name, replaced and replaced[name] or working:column(name))
      if dimension then
        made:link(name, dimension)
      end
    end
  end
  return made
end

local function whole(piece, index, outcomes)
  local map <const>, at <const>, fn <const> = {}, piece:column("#at" .. index), piece:column("fn"):dictionary()
  for code = 1, at:dictionary():size() do
    map[code] = outcomes[code] and #outcomes[code] == 1 and outcomes[code][1].code or 0
  end
  return without_work(piece, { fn = at:recode(map, fn) })
end

local function weights_of(outcome)
  local weights <const> = {}
  for index, part in ipairs(outcome) do
    weights[index] = part.weight
  end
  return weights
end

-- One line's amount over its parts; nothing stays nothing.
local function allotted(amount, outcome)
  return amount and fault.check(core.number.allot(amount, weights_of(outcome)))
end

-- Every line of a piece, once a part.
local function parted(piece, index, outcomes, amounts)
  local at <const>, fn <const> = piece:column("#at" .. index), piece:column("fn"):dictionary()
  local rows <const>, labels <const>, values <const>, columns <const> = {}, {}, {}, {}
  for position, name in ipairs(amounts) do
    values[position], columns[position] = {}, piece:column(name)
  end
  for row = 1, piece:rows() do
    local outcome <const> = outcomes[at:code(row)]
    local before <const> = #rows
    for number, part in ipairs(outcome) do
      rows[before + number], labels[before + number] = row, fn:label(part.code)
    end
    for position, column in ipairs(columns) do
      local shares <const> = allotted(column:get(row), outcome)
      for number = 1, #outcome do
        values[position][before + number] = shares and shares[number] or false
      end
    end
  end
  local replaced <const> = { fn = core.column.labels(labels, fn) }
  for position, name in ipairs(amounts) do
    replaced[name] = core.column.ints(values[position], columns[position]:unit())
  end
  return without_work(piece:take(rows), replaced)
end

---The amounts of lines that measures add.
---@param measures remit.measure[]
---@return string[]
function parts.amounts(measures)
  local names <const>, seen <const> = {}, {}
  for _, measure in ipairs(measures) do
    if measure.column and (measure.how or "sum") == "sum" and not seen[measure.column] then
      seen[measure.column], names[#names + 1] = true, measure.column
    end
  end
  return names
end

---A table in which lines have gone where the steps say, and how many lines were parted; the same table when none goes anywhere.
---@param from remit.core.table with a field `fn`
---@param steps remit.parts.step[]
---@param amounts string[] the fields that are parted
---@param column_of? fun(path: string): remit.core.column? the labels of a path, a row a row; its own columns by default
---@return remit.core.table lines, integer parted
function parts.apply(from, steps, amounts, column_of)
  local working <const>, doing <const> = prepared(from, steps, column_of or function(path) return from:column(path) end)
  local pieces <const> = {}
  local taken, count = nil, 0
  for index, one in ipairs(doing) do
    local hit <const> = hit_by(working, index, one.step, taken)
    local going <const> = (hit & test(working, "#how" .. index, "whole")):take()
    local shared <const> = (hit & test(working, "#how" .. index, "parted")):take()
    if going:rows() > 0 then
      pieces[#pieces + 1] = whole(going, index, one.outcomes)
    end
    if shared:rows() > 0 then
      pieces[#pieces + 1] = parted(shared, index, one.outcomes, amounts)
    end
    taken, count = taken and taken | hit or hit, count + shared:rows()
  end
  if #pieces == 0 then
    return from, 0
  end
  table.insert(pieces, 1, without_work((~taken):take()))
  return fault.check(core.table.concat(pieces)), count
end

---The same of people's assignments to posts: they go where their posts do, so that a person counts in each function that a post is shared over, and once in
---any total.
---@param assignments remit.core.table with a field `post`, linked to posts
---@param steps remit.parts.step[]
---@return remit.core.table
function parts.of_people(assignments, steps)
  if #steps == 0 then
    return assignments
  end
  local posts <const> = assignments:dimension "post"
  local function through(path)
    local column <const>, map <const> = posts:column(path), {}
    for row = 1, column and posts:rows() or 0 do
      map[row] = column:code(row)
    end
    return column and assignments:column("post"):recode(map, column:dictionary())
  end
  local given <const> = copy(assignments)
  if not given:column "fn" then
    given:add("fn", through "fn"):link("fn", posts:dimension "fn")
  end
  local made <const> = parts.apply(given, steps, { "wte" }, through)
  return made:is(given) and assignments or made
end

return parts
