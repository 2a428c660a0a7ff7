-- SPDX-License-Identifier: Apache-2.0
-- A scenario compiled: the lines that there are in any month, the operations on them in the core's four kinds, and who carries what (accounts).
-- Layers are compiled one on the other: a list of changes selects on the model below it, in the month in which each begins.

local args <const> = require "remit.args"
local changes <const> = require "remit.changes"
local claims <const> = require "remit.scenario.claims"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local derive <const> = require "remit.derive"
local derived <const> = require "remit.scenario.derived"
local fault <const> = require "remit.fault"
local param <const> = require "remit.param"
local plain <const> = require "remit.plain"
local reuse <const> = require "remit.scenario.reuse"
local rows <const> = require "remit.scenario.rows"
local state_of <const> = require "remit.state_of"

local plan <const> = {}

plan.ONE = 1000000000000 -- factors are in units of 10^-12
plan.TRAIL = "#trail"
plan.BORN = "#born" -- of lines that a layer appends: by which change
plan.COST, plan.WTE = 0, 1 -- channels
plan.BEGINNING = -120000 -- a month before any: year -10000

---@class remit.plan
---@field root remit.model the model without changes
---@field lines remit.core.table its lines and those that the layers append, in this order
---@field operations table[]
---@field accounts table[] from index 0: { kind =, change =, receiver = }
---@field sets table[] attributes of members by month
---@field once table[] one-off costs
---@field transfers table[] one a transfer, for ledgers
---@field warnings string[]
---@field warned remit.change[] what each of them is about
---@field params table<string, any>
---@field selected table<integer, table> by list from 0, what was selected: shared by plans that are made from one another
---@field stages table<integer, remit.plan.stage>
---@field shares_sums boolean? whether kept sums of the plan that it was made from are its own
---@field last? integer of a part of a plan: the month after which nothing changes in the whole
---@field touching table<remit.change, fun(): remit.core.selection> the lines that a change selects, whether they are still there or not
---@field count table<remit.change, integer> how many it touches
local Plan <const> = {}
Plan.__index = Plan

---The plan of a scenario; a model without changes is an error that names the call.
---@param model remit.model
---@param call string
---@return remit.plan
function plan.of(model, call)
  if not state_of[model].plan then
    fault.raise { code = "change", message = ("%s is for scenarios: this model has no changes"):format(call) }
  end
  return state_of[model].plan
end

---A month's index.
function plan.month(text)
  return (fault.check(core.calendar.month(text)))
end

---The value of a field that may be a parameter: the scenario's, the assumptions', the default.
function Plan:value(value, field, units)
  if param.is(value) and self.params[value.id] ~= nil then
    return self.params[value.id]
  end
  return param.value(value, self.root, field, units)
end

---A share or a change in per cent, in units of 10^-12.
function Plan:fraction(value, field)
  local micro <const>, message <const> = args.percent(self:value(value, field, { "%", "number" }))
  if not micro then
    fault.raise { code = "change", message = ("%s: %s"):format(field, message) }
  end
  return micro * 1000000
end

---The same of what is between nothing and all.
function Plan:share(value, field)
  local fraction <const> = self:fraction(value, field)
  if fraction < 0 or fraction > plan.ONE then
    fault.raise { code = "change", message = ("%s: a share is between 0%% and 100%%, not %s"):format(field,
      tostring(self:value(value, field, { "%", "number" }))) }
  end
  return fraction
end

---The index of an account, made when it is new.
---@param spec { kind: string, change?: remit.change, receiver?: string }
---@return integer
function Plan:account(spec)
  self.accounts[#self.accounts + 1] = spec
  return #self.accounts
end

---Adds an operation, which learns its `number`, from 1, when the layer is compiled.
---@param spec table as core.changeset.new takes, with `change`
---@return table spec
function Plan:operation(spec)
  spec.layer = self.depth
  self.operations[#self.operations + 1] = spec
  return spec
end

-- What was said when the plan was compiled is not said again of a part of it.
---@param change remit.change
---@param message string a format, behind the change's name
function Plan:warn(change, message, ...)
  if self.done then
    return
  end
  local text <const>, last <const> = plan.name_of(change) .. message:format(...), #self.warnings
  if self.warnings[last] ~= text or self.warned[last] ~= change then
    self.warnings[last + 1], self.warned[last + 1] = text, change
  end
end

---Says that a change wants these lines to itself: two such changes of one kind may not meet in a month.
---@param what string
---@param change remit.change
---@param where remit.core.selection
function Plan:claim(what, change, where)
  self.claims[#self.claims + 1] = { what = what, change = change, where = where, from = plan.month(change.from),
    to = change.to and plan.month(change.to) or math.maxinteger }
end

-- ---- The model in a month ----

local EARLY <const> = { born = 0, replaced = 1 } -- whether a line is there at all, then whether another stands for it; others as they were made

-- By layer; within one whether lines are there goes first.
local function numbered(operations)
  local place <const> = {}
  for index, operation in ipairs(operations) do
    place[operation] = index + (operation.layer * 3 + (EARLY[operation.early] or 2)) * #operations
  end
  table.sort(operations, function(a, b)
    return place[a] < place[b]
  end)
  for number, operation in ipairs(operations) do
    operation.number = number
  end
end

-- The operations so far as the core's; nil without any. Those of appended lines find theirs now.
local function changeset(self)
  if #self.operations == 0 then
    self.alike = self.alike and self.like.stages[self.depth] ~= nil and #self.like.stages[self.depth].operations == 0
    return nil
  end
  numbered(self.operations)
  local known <const> = reuse.set(self)
  self.alike, self.shares_sums = known ~= nil, known ~= nil
  if known then
    return known
  end
  for _, operation in ipairs(self.operations) do
    if operation.born and not operation.where then
      operation.where = fault.check(core.selection.test(self.lines, plan.BORN, plain.quoted(operation.born)))
    end
  end
  return fault.check(core.changeset.new(self.lines, { accounts = #self.accounts + 1, operations = self.operations }))
end

---The lines of a plan, or the same lines as they are in a month, with their trail.
---@param lines? remit.core.table
---@return remit.core.table
function Plan:traced(lines)
  if lines then
    return copy(lines):add(plan.TRAIL, self.set:trails())
  end
  self.with_trail = self.with_trail or self:traced(self.lines)
  return self.with_trail
end

-- The labels of a column and one more, in their order.
local function with_label(dictionary, label)
  if not label or dictionary:find(label) ~= 0 then
    return dictionary
  end
  local labels <const> = dictionary:labels()
  labels[#labels + 1] = label
  return core.dictionary.new(labels)
end

-- The columns of a set, with its labels known, and on its members when it holds.
local function set_columns(model, sets, holds)
  local columns <const>, members <const> = {}, state_of[model].members[sets.dimension].table
  for index, name in ipairs(sets.names) do
    local was <const>, labels <const> = members:column(name), {}
    for row = 1, members:rows() do
      labels[row] = was:get(row) or false
    end
    for _, row in ipairs(holds and sets.rows or {}) do
      labels[row] = sets.into[name]
    end
    columns[index] = { name = name, values = core.column.labels(labels, with_label(was:dictionary(), sets.into[name])) }
  end
  return columns
end

-- Whether a set holds in a month, of the layers below the one being compiled.
local function holds(self, one, month)
  return one.layer < self.depth and one.from <= month and (not one.to or month < one.to)
end

-- `all_labels`: tests may name what a set says in another month.
local function with_lines(self, lines, month, all_labels)
  local view = derive.with(self.root, { lines = lines }, { kind = "month", text = tostring(month) })
  for _, one in ipairs(self.every or self.sets) do
    local held <const> = holds(self, one, month) and (not self.held or self.held[one.change])
    if held or all_labels then
      view = derive.attributes(view, one.dimension, set_columns(view, one, held), { kind = "set", text = one.change.kind })
    end
  end
  return view
end

---The lines whose trails pass; nil for none.
---@param lines remit.core.table with their trail
---@param passes fun(code: integer): boolean
---@return remit.core.selection?
function plan.on_trails(lines, passes)
  local passing <const> = { passes(0) and "none" or nil }
  for code, label in ipairs(lines:column(plan.TRAIL):dictionary():labels()) do
    passing[#passing + 1] = passes(code) and plain.quoted(label) or nil
  end
  return #passing > 0 and fault.check(core.selection.test(lines, plan.TRAIL, table.concat(passing, ", "))) or nil
end

-- The lines of which something is kept in a month: those that a further change can touch.
local function still_there(self, lines, month)
  local cost <const>, wte <const> = fault.check(self.set:factors(month, 0, plan.COST)), fault.check(self.set:factors(month, 0, plan.WTE))
  return plan.on_trails(lines, function(code)
    return cost[code] > 0 or wte[code] > 0
  end) or ~core.selection.all(lines)
end

---The model in a month as the layers below the one being compiled have it: lines where they belong then, functions with the attributes that they
---have then. Figures of its lines are those before any change.
---@param month integer
---@return remit.model view
---@return remit.core.selection? there the lines that are still there; nil for all
function Plan:view(month)
  local known = self.below[month]
  if not known then
    local lines <const> = self.set and fault.check(self.set:recode(month, self:traced(), plan.TRAIL)) or self.lines
    local model <const> = with_lines(self, lines, month)
    known = { model = model, there = self.set and still_there(self, state_of[model].lines, month) or nil }
    self.below[month] = known
  end
  return known.model, known.there
end

---The model in a month with its members as they are then, and its lines, marked so that the core finds their trails, where they were before any
---change. The same for all months in which the same attributes hold, so that what questions have in common is worked out once.
---@param month integer
---@return remit.model
function Plan:members(month)
  local key = ""
  for _, one in ipairs(self.sets) do
    key = holds(self, one, month) and ("%s%d."):format(key, one.number) or key
  end
  self.views[key] = self.views[key] or with_lines(self, fault.check(self.set:marked(self.lines)), month, true)
  return self.views[key]
end

---The lines in a month had only some changes said where they belong and which attributes functions have: a model, whose lines have their trail and
---their figures before any change.
---@param month integer
---@param held table<remit.change, boolean>
---@return remit.model
function Plan:placed(month, held)
  local steps <const> = {}
  for number, operation in ipairs(self.operations) do
    steps[number] = operation.effect == "recode" and not held[operation.change] and {} or nil
  end
  local part <const> = setmetatable({ every = self.every or self.sets, held = held }, { __index = self })
  return with_lines(part, fault.check(fault.check(self.set:with(steps)):recode(month, self:traced(), plan.TRAIL)), month, true)
end

---Accounts that are the ICB's own: what is kept, what is stranded with it, and double running that it pays for.
---@return integer[]
function Plan:own_accounts()
  local own <const> = { 0 }
  for index, account in ipairs(self.accounts) do
    local double <const> = account.kind == "double" and account.change.paid_by == "icb"
    own[#own + 1] = (account.kind == "stranded" or double) and index or nil
  end
  return own
end

---The months in which changes bite, as analysts wrote them: { month =, what = } in rising order, "shadow" where shadow running begins.
---@return { month: integer, what?: string }[]
function Plan:months()
  local found <const>, list <const>, as_at <const> = {}, {}, plan.month(state_of[self.root].settings.as_at)
  local function bite(month, what)
    if month and month > plan.BEGINNING then
      month = math.max(month, as_at)
      found[month] = found[month] == "" and "" or what or ""
    end
  end
  for _, one in ipairs(self.transfers) do
    bite(one.shadow, "shadow")
    bite(one.golive)
  end
  for _, one in ipairs(self.sets) do
    bite(one.from)
    bite(one.to)
  end
  for _, one in ipairs(self.once) do
    bite(one.month)
  end
  for _, operation in ipairs(self.operations) do
    bite(operation.change.from and plan.month(operation.change.from))
    bite(operation.change.to and plan.month(operation.change.to))
  end
  for month in pairs(found) do -- put in order below
    list[#list + 1] = { month = month, what = found[month] ~= "" and found[month] or nil }
  end
  table.sort(list, function(a, b)
    return a.month < b.month
  end)
  return list
end

---The first month from which nothing changes any more.
---@return integer
function Plan:last_month()
  if self.last then
    return self.last
  end
  local months <const>, written <const> = self.set:months(), self:months()
  local last <const> = months[#months] or plan.BEGINNING
  return math.max(last, #written > 0 and written[#written].month or plan.month(state_of[self.root].settings.as_at))
end

local function only(list, held)
  local made <const> = {}
  for _, one in ipairs(list) do
    made[#made + 1] = held[one.change] and one or nil
  end
  return made
end

-- The factors of an operation that is solved, in some months.
local function solved_steps(operation, set, months)
  local from <const>, to <const> = plan.month(operation.change.from), operation.change.to and plan.month(operation.change.to)
  local steps <const> = {}
  for _, month in ipairs(months) do
    if from <= month and not (to and month >= to) then
      steps[#steps + 1] = { month, operation.solve(set, month) }
    end
  end
  if to and #steps > 0 then
    steps[#steps + 1] = { to, plan.ONE }
  end
  return steps
end

---The plan of one list with only some of its changes, as it is in some months; what recurs is that of the whole plan's last. No line is read again.
---@param held table<remit.change, boolean>
---@param months integer[] rising
---@return remit.plan
function Plan:partly(held, months)
  local steps <const> = {}
  for number, operation in ipairs(self.operations) do
    if not held[operation.change] then
      steps[number] = operation.born and { { plan.BEGINNING, 0 } } or {}
    elseif operation.solve then
      steps[number] = {}
    end
  end
  local set = fault.check(self.set:with(steps))
  for number, operation in ipairs(self.operations) do
    if operation.solve and held[operation.change] then
      set = fault.check(set:with(number, solved_steps(operation, set, months)))
    end
  end
  return setmetatable({ set = set, every = self.every or self.sets, held = held, sets = only(self.sets, held),
    once = only(self.once, held), transfers = only(self.transfers, held), last = self:last_month() },
    { __index = self })
end

---The month in which a change first bites: of a transfer its go-live, after slipping.
---@param change remit.change
---@return string
function Plan:first_month(change)
  for _, entry in ipairs(change.golive and self.transfers or {}) do
    if entry.change == change then
      return core.calendar.month_text(entry.golive)
    end
  end
  return change.from or change.month
end

---How many lines a change touches; nil for one without lines.
---@param change remit.change
---@return integer?
function Plan:touched(change)
  return self.count[change]
end

---Every change of a scenario, list by list; none of a base.
---@param model remit.model
---@return remit.change[]
function plan.changes(model)
  local list <const> = {}
  for _, layer in ipairs(state_of[model].layers or {}) do
    table.move(layer.changes, 1, #layer.changes, #list + 1, list)
  end
  return list
end

-- ---- Compiling ----

local function sorted_changes(list)
  local order <const>, key <const> = table.move(list, 1, #list, 1, {}), {}
  for _, change in ipairs(order) do
    key[change] = (change.id or "") .. "\0" .. changes.canonical(change)
  end
  table.sort(order, function(a, b)
    return key[a] < key[b]
  end)
  return order
end

-- What a change's errors begin with, so that one of twenty can be found.
local function name_of(change)
  return change.id and ("%s '%s'"):format(change.kind, change.id) or change.kind
end

plan.name_of = name_of

---Calls a function; what it raises begins with the change's name.
---@param change remit.change
---@param call fun(): any
---@return any
function plan.naming(change, call)
  local result <const>, refusal <const> = fault.caught(call)
  if refusal then
    local message <const> = refusal.message:gsub("^" .. change.kind .. ": ", "")
    fault.raise { code = refusal.code, message = ("%s: %s"):format(name_of(change), message), hints = refusal.hints, at = refusal.at }
  end
  return result
end

local function lowered(self, change)
  local lower <const> = require "remit.scenario.lower"
  plan.naming(change, function()
    lower[change.kind](self, change)
  end)
end

-- Lines are those of the pack's month.
local function warn_of_past(self, change)
  local as_at <const> = state_of[self.root].settings.as_at
  for _, field in ipairs { "from", "month", "shadow", "golive" } do
    if change[field] and plan.month(change[field]) < plan.month(as_at) then
      self:warn(change, ": %s (%s) lies before the pack's month, %s: is it in the establishment already?", field, change[field], as_at)
    end
  end
end

local function append(self, list)
  local known <const> = reuse.lines(self)
  if known or #list == 0 then
    self.lines = known or self.lines
    return
  elseif not self.lines:column(plan.BORN) then
    self.lines = copy(self.lines):add(plan.BORN, core.column.same(false, self.lines:rows(), core.dictionary.new {}))
  end
  local before <const> = self.lines:rows()
  self.lines = fault.check(core.table.concat { self.lines, rows.table(self.lines, list) })
  derived.inherit(self, before, list)
end

local function layer(self, given, depth)
  self.depth, self.appended, self.solve, self.below, self.claims, self.ids, self.sums = depth, {}, {}, {}, {}, {}, {}
  reuse.layer(self)
  for _, change in ipairs(sorted_changes(given.changes)) do
    for _, id in ipairs(changes.parameters(change)) do
      self.used[id] = true
    end
    warn_of_past(self, change)
    lowered(self, change)
  end
  if not reuse.claims(self) then
    claims.of_lines(self.claims)
  end
  claims.of_members(self.sets, depth)
  local stage <const> = { before = self.lines }
  append(self, self.appended)
  local set = changeset(self)
  for _, one in ipairs(self.solve) do
    set = one(set)
  end
  self.set, self.with_trail, self.below = set, nil, nil
  reuse.note(self, stage)
end

-- Conflicts that the core finds name operations by number; people know changes.
local function named_conflict(self, problem)
  local message <const> = tostring(problem.message):gsub("operations? (%d+)", function(number)
    local change <const> = self.operations[tonumber(number)] and self.operations[tonumber(number)].change
    return change and ("%s (%s)"):format(name_of(change), change.why or "no reason given") or nil
  end)
  fault.raise { code = "conflict", message = message, hints = problem.hints }
end

---Compiles the layers of a scenario, the lowest first.
---@param root remit.model
---@param layers { name: string, changes: remit.change[] }[]
---@param params table<string, any>
---@param used table<string, boolean> ids of parameters that are used; those of amounts join them
---@param like? remit.plan one of the same changes with other values, of which it takes what is the same
---@return remit.plan
function plan.compile(root, layers, params, used, like)
  local self <const> = setmetatable({ root = root, lines = state_of[root].lines, operations = {}, accounts = {}, sets = {}, once = {}, transfers = {},
    warnings = {}, warned = {}, touching = {}, count = {}, params = params, used = used, views = {}, births = 0, depth = 0 }, Plan)
  reuse.begin(self, like)
  local ok <const>, problem <const> = pcall(function()
    for index, one in ipairs(layers) do
      layer(self, one, index - 1)
    end
  end)
  if not ok then
    if fault.is(problem) and problem.message:find "operations? %d" then
      named_conflict(self, problem)
    end
    error(problem, 0)
  end
  self.depth = #layers
  self.appended, self.solve, self.claims, self.ids, self.done = nil, nil, nil, nil, true
  if not self.set then
    self.set = fault.check(core.changeset.new(self.lines, { accounts = 1, operations = {} }))
  end
  reuse.finish(self)
  return self
end

return plan
