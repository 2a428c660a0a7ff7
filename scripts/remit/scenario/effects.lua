-- SPDX-License-Identifier: Apache-2.0
-- What a scenario's changes do to lines in a month, trail by trail: the lines are grouped once with their trail, and each account's part is a factor.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local derive <const> = require "remit.derive"
local fault <const> = require "remit.fault"
local figures <const> = require "remit.scenario.figures"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local effects <const> = {}

local TRAIL <const> = plan.TRAIL

effects.WAS = "#was "

---@class remit.effects
---@field model remit.model
---@field plan remit.plan
---@field month integer
---@field view remit.model the model in the month: lines where they belong then, with their figures before any change
---@field lines remit.core.table those lines, with their trail
---@field made_of table<integer, integer[]> operations by trail, as they are asked for
---@field active table<integer, any> what operations do, by number, as it is asked for
local Effects <const> = {}
Effects.__index = Effects

---A scenario's changes in a month; a model without changes is an error that names the call.
---@param model remit.model
---@param at? string
---@param call string
---@return remit.effects
function effects.of(model, at, call)
  local compiled <const>, last <const> = plan.of(model, call), state_of[model].effects
  local members <const>, weighed <const> = figures.view(model, { at = at })
  local month <const> = weighed.months[1]
  if last and last.month == month then
    return last
  end
  local lines <const> = fault.check(compiled.set:recode(month, compiled:traced(state_of[members].lines), TRAIL))
  local view <const> = derive.with(members, { lines = lines }, { kind = "belonging", text = tostring(month) })
  local self <const> = setmetatable({ model = model, plan = compiled, month = month, view = view, lines = state_of[view].lines,
    made_of = {}, active = {} }, Effects)
  state_of[model].effects = self
  return self
end

---The same for what an analyst asks: of no month before the pack's.
---@param model remit.model
---@param at? string
---@param call string
---@return remit.effects
function effects.asked(model, at, call)
  plan.of(model, call)
  measures.check_month(model, at)
  return effects.of(model, at, call)
end

---The core's selection of tests on the month's lines.
---@param tests table
---@return remit.core.selection
function Effects:where(tests)
  return select.new(self.view, tests, "lines"):on(self.lines, "")
end

---Refuses what lines cannot be grouped by.
---@param lines remit.core.table
---@param paths string[]
function effects.check_by(lines, paths)
  for _, path in ipairs(paths) do
    local target <const> = select.resolve(lines, path)
    if not target then
      select.unknown_field(lines, path, "by")
    elseif target:unit() ~= "code" then
      fault.raise { code = "field", message = ("'%s' is a number, and lines are grouped by labels"):format(path) }
    end
  end
end

---What a group of a grouping is found by, in the order of members; groups without one come last.
---@param cells remit.core.table
---@param paths string[]
---@param row integer
---@return string
function effects.key(cells, paths, row)
  local words <const> = {}
  for index, path in ipairs(paths) do
    words[index] = ("%08x"):format(cells:column(path):code(row) - 1 & 0xFFFFFFFF)
  end
  return table.concat(words)
end

---Sums by some paths and the trail, before any change.
---@param by string[]
---@param list table[] core measures
---@param where? remit.core.selection of `lines`
---@param lines? remit.core.table instead of the month's
---@return remit.core.table
function Effects:cells(by, list, where, lines)
  local keys <const> = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = TRAIL
  return fault.check(core.pivot.run(lines or self.lines, { by = keys, measures = list, where = where }))
end

-- ---- Factors ----

---Factors by trail from 0, all the same.
function Effects:same(factor)
  local made <const> = {}
  for code = 0, self.plan.set:labels():size() do
    made[code] = factor
  end
  return made
end

---Of each trail what is in some accounts, each times a share in millionths; what an account takes below zero (an increase) counts as nothing.
---@param shares table<integer, integer> by account
---@param channel integer
---@return integer[] factors from index 0
function Effects:factors(shares, channel)
  local made <const> = self:same(0)
  for _, account in ipairs(plain.rows(shares)) do
    local parts <const> = fault.check(self.plan.set:factors(self.month, account, channel))
    for code = 0, #made do
      made[code] = made[code] + fault.check(core.number.scale(math.max(0, parts[code]), shares[account], 1000000))
    end
  end
  return made
end

---Of each trail what is the ICB's own in the month.
---@param channel integer
function Effects:own(channel)
  return fault.check(self.plan.set:factors(self.month, self.plan:own_accounts(), channel))
end

---Lines of the trails that a function picks, as a selection of any table that has the trail; nil when it picks none.
---@param lines remit.core.table
---@param picks fun(code: integer): boolean
---@return remit.core.selection?
function Effects:of_trails(lines, picks)
  local passing <const> = { picks(0) and "none" or nil }
  for code, name in ipairs(self.plan.set:labels():labels()) do
    passing[#passing + 1] = picks(code) and plain.quoted(name) or nil
  end
  return #passing > 0 and fault.check(core.selection.test(lines, TRAIL, table.concat(passing, ", "))) or nil
end

---Lines that a move has taken elsewhere by the month: not those that were there already. A selection of `lines`, nil for none.
---@param lines remit.core.table with the trail
---@param was fun(column: string): string the column of `lines` that says where they were
---@return remit.core.selection?
function Effects:relocated(lines, was)
  local all
  for number, operation in ipairs(self.plan.operations) do
    local of <const> = operation.effect == "recode" and self:holds(operation) and self:of_trails(lines, function(code)
      return self:last_move(code, operation.column) == number
    end)
    if of then
      local label <const> = self.lines:column(operation.column):dictionary():label(operation.code)
      local one <const> = of & ~fault.check(core.selection.test(lines, was(operation.column), plain.quoted(label)))
      all = all and all | one or one
    end
  end
  return all
end

---The month's lines with, for each field that moves change, where they were: under its name behind WAS.
---@return remit.core.table
function Effects:with_origins()
  local before <const>, made <const> = state_of[self.plan:members(self.month)].lines, copy(self.lines)
  for _, operation in ipairs(self.plan.operations) do
    if operation.effect == "recode" and not made:column(effects.WAS .. operation.column) then
      made:add(effects.WAS .. operation.column, before:column(operation.column))
    end
  end
  return made
end

---The rows of the month's lines that pass tests, of trails with a factor.
---@param tests table
---@param factors integer[]
---@return integer[]
function Effects:rows(tests, factors)
  local touched <const> = self:of_trails(self.lines, function(code)
    return factors[code] > 0
  end)
  return touched and (touched & self:where(tests)):rows() or {}
end

---Shares by account, as `share_of` gives them for each; accounts for which it gives nothing are left out.
---@param share_of fun(account: table): integer?
---@return table<integer, integer>
function Effects:accounts(share_of)
  local made <const> = {}
  for index, account in ipairs(self.plan.accounts) do
    made[index] = share_of(account)
  end
  return made
end

---What a transfer does with a share of the people, in millionths; without `staff` all go with their functions.
---@param change remit.change
---@param route "tupe"|"close"|"keep"
---@return integer
function effects.staff(change, route)
  if not change.staff then
    return route == "tupe" and 1000000 or 0
  end
  return change.staff[route] and args.percent(change.staff[route]) or 0
end

local CLOSED <const> = { closed = true, saved = true, ["taken posts"] = true, ["taken vacancies"] = true }

---The share of an account whose people leave the ICB's employment for good; nil for others.
---@param account table
---@return integer?
function effects.leaving(account)
  if account.kind == "moved" then
    local share <const> = effects.staff(account.change, "close")
    return share > 0 and share or nil
  end
  return CLOSED[account.kind] and 1000000 or nil
end

---Sums of cells times the factors of their trails, by the paths that they are grouped by.
---@param cells remit.core.table
---@param by string[]
---@param names string[]
---@param factors integer[]
---@return remit.core.table
function Effects:weigh(cells, by, names, factors)
  local each <const> = {}
  for index in ipairs(names) do
    each[index] = factors
  end
  return fault.check(core.changeset.figures { parts = { { cells = cells, trail = TRAIL, factors = each } }, by = by, names = names })
end

---One sum of cells times factors.
---@return integer
function Effects:sum(cells, name, factors)
  return self:weigh(cells, {}, { name }, factors):column(name):get(1) or 0
end

-- ---- Operations ----

---Whether a recode holds in the month.
function Effects:holds(operation)
  local held = false
  for _, step in ipairs(operation.steps) do
    held = step[1] <= self.month and step[2] ~= 0 or (step[1] > self.month and held)
  end
  return held
end

---What an operation leaves of its lines in the month: a factor.
---@param operation table
---@return integer
function Effects:left_by(operation)
  local factor = plan.ONE
  for _, step in ipairs(operation.steps) do
    factor = step[1] <= self.month and step[2] or factor
  end
  return factor
end

---The operations that a trail is made of, by number.
---@param code integer
---@return integer[]
function Effects:operations(code)
  local numbers = self.made_of[code]
  if not numbers then
    numbers = {}
    for number in (code > 0 and self.plan.set:labels():label(code) or ""):gmatch "%d+" do
      numbers[#numbers + 1] = tonumber(number)
    end
    self.made_of[code] = numbers
  end
  return numbers
end

---The operation that says last which member the lines of a trail have in a column; nil when none does.
---@param code integer
---@param column string
---@return integer?
function Effects:last_move(code, column)
  local last
  for _, number in ipairs(self:operations(code)) do
    local operation <const> = self.plan.operations[number]
    last = operation.effect == "recode" and operation.column == column and self:holds(operation) and number or last
  end
  return last
end

---Whether an operation does anything to a trail in the month.
---@param number integer
---@param code integer
---@return boolean
function Effects:acts(number, code)
  local known = self.active[number]
  if not known then
    local operation <const> = self.plan.operations[number]
    known = operation.effect == "recode" and self:holds(operation) or { self.plan.set:effect(self.month, number, plan.COST),
      self.plan.set:effect(self.month, number, plan.WTE) }
    self.active[number] = known
  end
  if type(known) == "boolean" or #known == 0 then
    return known == true
  end
  return known[1][code] ~= 0 or known[2][code] ~= 0
end

---People in the posts of some lines: their assignments, linked to the line by `post`; nil when the pack has none.
---@param rows integer[] of the month's lines
---@return remit.core.table?
function Effects:people(rows)
  local assignments <const> = state_of[self.view].assignments
  if not assignments then
    return nil
  end
  local row_of <const>, ids <const> = {}, self.lines:column "id"
  for _, row in ipairs(rows) do
    local id <const> = ids:get(row)
    row_of[id] = row_of[id] or row
  end
  local posts <const>, of_post <const>, held <const> = assignments:column "post", {}, {}
  for code, label in ipairs(posts:dictionary():labels()) do
    of_post[code] = row_of[label] or false
  end
  for row = 1, assignments:rows() do
    held[#held + 1] = of_post[posts:code(row)] and row or nil
  end
  return copy(assignments:take(held)):link("post", self.lines:take(of_post))
end

return effects
