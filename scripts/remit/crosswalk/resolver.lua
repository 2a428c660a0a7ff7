-- SPDX-License-Identifier: Apache-2.0
-- A crosswalk's confirmed rows against a vocabulary: what each local name comes to. Names first (those of the vocabulary too, punctuation aside), then
-- patterns in the order of the rows.

local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local resolve <const> = require "remit.pack.resolve"
local rows <const> = require "remit.crosswalk.rows"

---@class remit.crosswalk.outcome a list of { code, weight }, as lines go by it (parts.lua)
---@field field string
---@field from string
---@field rows remit.crosswalk.row[] none for a name of the vocabulary

---@class remit.crosswalk.resolver
---@field fields string[] in the order of the rows
---@field by_field table<string, { match: remit.core.match, outcomes: remit.crosswalk.outcome[], rules: table<string, integer>, patterns: integer[] }>
local resolver <const> = {}
resolver.__index = resolver

local function of_field(self, name)
  if not self.by_field[name] then
    self.by_field[name] = { match = core.match.new(), outcomes = {}, rules = {}, patterns = {} }
    self.fields[#self.fields + 1] = name
  end
  return self.by_field[name]
end

local function is_pattern(text)
  return text:find "[*?]" ~= nil
end

-- The outcome of a row's `from`, made when it is new; nil with the reason when it cannot be compared.
local function outcome_of(of, row)
  local index <const> = #of.outcomes + 1
  local message
  if is_pattern(row.from) then
    local key <const> = core.text.fold(row.from) or row.from
    if of.rules[key] then
      return of.outcomes[of.rules[key]]
    end
    of.rules[key] = index
    of.patterns[#of.patterns + 1] = index
    message = select(2, of.match:rule(row.from, index))
  else
    local how <const>, target <const> = of.match:find(row.from)
    if how == "name" then
      return of.outcomes[target]
    end
    message = select(2, of.match:name(row.from, index))
  end
  if message then
    return nil, message
  end
  of.outcomes[index] = { field = row.field, from = row.from, rows = {} }
  return of.outcomes[index]
end

-- The row by whose local name a text goes on, if any.
local function row_from(self, text)
  local how <const>, target <const> = self.by_field.fn.match:find(text)
  return how == "name" and self.by_field.fn.outcomes[target].rows[1] or nil
end

-- What is wrong with a target that is no function: unknown, or itself a local name that leads on, perhaps back to here.
local function target_message(self, members, row, message)
  local path <const>, seen <const> = { row.from, row.fn }, { [row] = true }
  local following <const> = row_from(self, row.fn)
  local next_row = following
  while next_row and not seen[next_row] do
    seen[next_row] = true
    path[#path + 1] = next_row.fn
    next_row = not resolve.find(members, next_row.fn) and row_from(self, next_row.fn) or nil
  end
  if next_row then
    return ("goes round in a circle: %s"):format(table.concat(path, " -> "))
  elseif following then
    return ("is no function but a local name itself, in row %d: name the function"):format(following.row)
  end
  return message
end

local function add_target(self, members, outcome, row, wrong)
  local code <const>, message <const> = resolve.member(members, row.fn)
  if not code then
    wrong(row, "fn", row.fn, target_message(self, members, row, message))
    return
  end
  for _, part in ipairs(outcome) do
    if part.code == code then
      wrong(row, "from", row.from, ("goes to '%s' already, by row %d"):format(members.dictionary:label(code), part.row))
      return
    end
  end
  outcome[#outcome + 1] = { code = code, weight = row.share or rows.ALL, row = row.row }
end

-- A name of one function needs no share; of several, all need one, and they make all of it.
local function check_shares(outcome, wrong)
  local first <const>, sum, shared = outcome.rows[1], 0, true
  for index, row in ipairs(outcome.rows) do
    if index > 1 and not (row.share and first.share) then
      wrong(row, "from", row.from, ("mapped twice: to '%s' by row %d already. To share it, give each its share"):format(first.fn, first.row))
      return
    end
    sum, shared = sum + (row.share or 0), shared and row.share ~= nil
  end
  if shared and sum ~= rows.ALL then
    wrong(first, "from", first.from, rows.sum_text(sum))
  end
end

-- A row from a function's own name would never be looked at, for a function is itself first.
local function check_local(members, row, wrong)
  local code <const> = row.field == "fn" and not is_pattern(row.from) and resolve.find(members, row.from)
  if code and code ~= resolve.find(members, row.fn) then
    wrong(row, "from", row.from, ("is a function itself, in %s, and stays it: a crosswalk is of local names"):format(members.file))
  end
end

-- The vocabulary's own names, where the crosswalk says nothing else of them.
local function add_vocabulary(self, members)
  local of <const> = of_field(self, "fn")
  local codes <const>, fresh <const> = {}, {}
  local function add(text, code)
    if text and text ~= "" and of.match:find(text) ~= "name" then
      fresh[#fresh + 1] = { text, code }
    end
  end
  for code, label in ipairs(members.dictionary:labels()) do
    add(label ~= resolve.UNALLOCATED and label, code)
  end
  for _, name in ipairs { members.label or "name", "aliases" } do
    local column <const> = members.table:column(name)
    for code = 1, column and members.dictionary:size() or 0 do
      for item in ((members.dictionary:label(code) ~= resolve.UNALLOCATED and column:get(code) or "") .. "|"):gmatch("([^|]*)|") do
        add(item, code)
      end
    end
  end
  for _, pair in ipairs(fresh) do
    local text <const>, code <const> = pair[1], pair[2]
    if not codes[code] then
      codes[code] = #of.outcomes + 1
      of.outcomes[codes[code]] = { field = "fn", from = members.dictionary:label(code), rows = {}, { code = code, weight = rows.ALL } }
    end
    of.match:name(text, codes[code]) -- a name without letters is none
  end
end

---@param list remit.crosswalk.row[]
---@param members remit.members of fn
---@param file string as problems call it
---@param problems table
---@return remit.crosswalk.resolver
function resolver.new(list, members, file, problems)
  local self <const> = setmetatable({ fields = {}, by_field = {} }, resolver)
  local order <const> = {}
  local function wrong(row, field, value, message)
    problems:add { file = file, row = row.row, field = field, value = value, message = message }
  end
  of_field(self, "fn")
  for _, row in ipairs(list) do
    local outcome, message
    if row.confirmed then
      local of <const> = of_field(self, row.field)
      of.row = of.row or row
      outcome, message = outcome_of(of, row)
    end
    if outcome then
      order[#order + 1] = #outcome.rows == 0 and outcome or nil
      table.insert(outcome.rows, row)
    elseif message then
      wrong(row, "from", row.from, message)
    end
  end
  for _, outcome in ipairs(order) do
    local before <const> = #problems.list
    check_shares(outcome, wrong)
    for _, row in ipairs(#problems.list == before and outcome.rows or {}) do
      check_local(members, row, wrong)
      add_target(self, members, outcome, row, wrong)
    end
  end
  add_vocabulary(self, members)
  return self
end

---What a label of a field comes to: an outcome and whether by its name or by a rule; nil and "none", or "ambiguous" for a name of two functions.
---@param field string
---@param label string
---@return remit.crosswalk.outcome? outcome, "name"|"rule"|"none"|"ambiguous" how
function resolver:find(field, label)
  local of <const> = self.by_field[field]
  if not of then
    return nil, "none"
  end
  local how <const>, target <const> = of.match:find(label)
  return of.outcomes[target], how or "none"
end

---Every outcome whose pattern a label meets, for double counts.
---@return remit.crosswalk.outcome[]
function resolver:rules_for(field, label)
  local of <const>, found <const> = self.by_field[field], {}
  for _, index in ipairs(of and of.patterns or {}) do
    local outcome <const> = of.outcomes[index]
    local alone <const> = outcome.alone or core.match.new():rule(outcome.from, 1)
    outcome.alone = alone
    if alone:find(label) == "rule" then
      found[#found + 1] = outcome
    end
  end
  return found
end

---Fields that lines do not have, or not as labels, are problems.
---@param tables remit.core.table[] a field may be of any of them
---@param file string
---@param problems table
function resolver:check_fields(tables, file, problems)
  local labels <const>, known <const> = {}, {}
  for _, one in ipairs(tables) do
    for _, name in ipairs(one:names()) do
      if one:column(name):unit() == "code" and not known[name] then
        known[name], labels[#labels + 1] = true, name
      end
    end
  end
  for index = 2, #self.fields do
    local field <const> = self.fields[index]
    if not known[field] then
      problems:add { file = file, row = self.by_field[field].row.row, field = "field", value = field,
        message = descriptor.with_hint("lines have no labels of this name", field, labels) }
    end
  end
end

---The crosswalk as steps (parts.lua): lines of no known function go by each field in turn.
---@return remit.parts.step[]
function resolver:steps()
  local steps <const> = {}
  for index, field in ipairs(self.fields) do
    steps[index] = { path = field == "fn" and "fn_local" or field, pending = true, of = function(label)
      return (self:find(field, label))
    end }
  end
  return steps
end

return resolver
