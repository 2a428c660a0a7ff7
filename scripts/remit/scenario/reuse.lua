-- SPDX-License-Identifier: Apache-2.0
-- A plan made from one like it: amounts and months vary freely while the lines that changes select are the same, and then no line is read again. Selections
-- are kept by what they say and by the state of the lists below; a list whose operations touch the same lines as before takes the core's changeset with other
-- factors, and all that hangs on trails alone.

local changes <const> = require "remit.changes"
local fault <const> = require "remit.fault"

local reuse <const> = {}

local KEPT_MAX <const> = 1000 -- selections of a list in all scenarios that were made from one another

---@class remit.plan.stage what a plan was once a list of changes was compiled
---@field before remit.core.table its lines before the list
---@field lines remit.core.table and after
---@field makers remit.change[] changes that appended rows; `derived` where some stand for lines that were there
---@field operations table[]
---@field accounts integer
---@field claims table[]
---@field set remit.core.changeset
---@field sums table<integer, table> by channel

---Begins a plan with what it may take of another.
---@param self remit.plan
---@param like? remit.plan
function reuse.begin(self, like)
  like = like and like.root == self.root and like or nil
  self.like, self.alike, self.stages, self.selected = like, like ~= nil, {}, { [0] = like and like.selected[0] or { of = {}, count = 0 } }
end

---Begins a list: what its changes select is known where the lists below are alike.
---@param self remit.plan
function reuse.layer(self)
  self.states, self.makers = {}, {}
  if self.depth > 0 then
    self.selected[self.depth] = self.alike and self.like.selected[self.depth] or { of = {}, count = 0 }
  end
end

-- Where lines belong in a month, which attributes functions have, and what is left of lines, as the lists below have them: a text.
local function state_at(self, month)
  local words <const> = {}
  for number, operation in ipairs(self.operations) do
    local held = false
    for _, step in ipairs(operation.effect == "recode" and operation.layer < self.depth and operation.steps or {}) do
      held = step[1] <= month and step[2] ~= 0 or (step[1] > month and held)
    end
    words[#words + 1] = held and "r" .. number or nil
  end
  for _, one in ipairs(self.sets) do
    local holds <const> = one.layer < self.depth and one.from <= month and not (one.to and one.to <= month)
    words[#words + 1] = holds and changes.canonical(one.change) or nil
  end
  local cost <const>, wte <const> = self.set and fault.check(self.set:factors(month, 0, 0)), self.set and fault.check(self.set:factors(month, 0, 1))
  for code = 0, cost and #cost or -1 do
    words[#words + 1] = cost[code] <= 0 and wte[code] <= 0 and code or nil
  end
  return table.concat(words, " ")
end

---What was selected by a text in a month, or what `find` finds.
---@param self remit.plan
---@param text string
---@param month integer
---@param find fun(): remit.chosen
---@return remit.chosen
function reuse.chosen(self, text, month, find)
  local known <const> = self.selected[self.depth]
  if self.depth > 0 then
    self.states[month] = self.states[month] or state_at(self, month)
    text = text .. "\0" .. self.states[month]
  end
  if not known.of[text] then
    known.count = known.count + 1
    known.of = known.count % KEPT_MAX == 0 and {} or known.of -- scenarios without end may select something else each
    known.of[text] = find()
  end
  return known.of[text]
end

local counts <const> = setmetatable({}, { __mode = "k" })

---How many lines a selection holds, counted once.
---@param where remit.core.selection
---@return integer
function reuse.count(where)
  counts[where] = counts[where] or where:count()
  return counts[where]
end

local function same_list(list, others)
  for index = 1, math.max(#list, #others) do
    if list[index] ~= others[index] then
      return false
    end
  end
  return true
end

---The lines with those that the list appends, where another plan has the same.
---@param self remit.plan
---@return remit.core.table?
function reuse.lines(self)
  local stage <const> = self.alike and self.like.stages[self.depth]
  local same <const> = stage and stage.before == self.lines and not self.makers.derived and same_list(self.makers, stage.makers)
  return same and stage.lines or nil
end

local SAME <const> = { "effect", "where", "layer", "account", "column", "code", "born" }

local function same_operation(a, b)
  for _, field in ipairs(SAME) do
    if a[field] ~= b[field] then
      return false
    end
  end
  return table.concat(a.channels or {}, " ") == table.concat(b.channels or {}, " ")
end

local function same_steps(a, b)
  for index = 1, math.max(#a, #b) do
    if not a[index] or not b[index] or a[index][1] ~= b[index][1] or a[index][2] ~= b[index][2] then
      return false
    end
  end
  return true
end

---The changeset of the operations so far, where another plan has one of the same lines; nil where it has none.
---@param self remit.plan
---@return remit.core.changeset?
function reuse.set(self)
  local stage <const> = self.alike and self.like.stages[self.depth]
  if not stage or #stage.operations ~= #self.operations or stage.accounts ~= #self.accounts or stage.lines ~= self.lines then
    return nil
  end
  local steps <const> = {}
  for number, operation in ipairs(self.operations) do
    local was <const> = stage.operations[number]
    operation.where = operation.where or operation.born and was.born and was.where
    if not same_operation(operation, was) then
      return nil
    end
    steps[number] = not same_steps(operation.steps, was.steps) and operation.steps or nil
  end
  self.sums = stage.sums
  return (fault.check(stage.set:with(steps)))
end

---Whether the claims of a list are those of the other plan, in which they did not clash.
---@param self remit.plan
---@return boolean
function reuse.claims(self)
  local stage <const> = self.alike and self.like.stages[self.depth]
  local same = stage and #stage.claims == #self.claims
  for index, claim in ipairs(same and self.claims or {}) do
    local was <const> = stage.claims[index]
    same = same and claim.what == was.what and claim.where == was.where and claim.from == was.from and claim.to == was.to
  end
  return same or false
end

---Notes what the plan is once a list was compiled.
---@param self remit.plan
---@param stage remit.plan.stage
function reuse.note(self, stage)
  stage.lines, stage.operations, stage.accounts, stage.set = self.lines, table.move(self.operations, 1, #self.operations, 1, {}), #self.accounts, self.set
  stage.claims, stage.sums, stage.makers = self.claims, self.sums, self.makers
  self.stages[self.depth] = stage
end

local function same_sets(self)
  local others <const> = self.like.sets
  local same = #others == #self.sets
  for index, one in ipairs(same and self.sets or {}) do
    same = same and one.change == others[index].change
  end
  return same
end

---Ends a plan: months of one like it are its own where nothing but factors differs.
---@param self remit.plan
function reuse.finish(self)
  self.shares_sums = self.shares_sums and #self.like.stages == #self.stages and self.like.lines == self.lines and same_sets(self) or false
  if self.shares_sums then
    self.views, self.staff_costs = self.like.views, self.like.staff_costs
  end
  self.like, self.states, self.makers = nil, nil, nil
end

return reuse
