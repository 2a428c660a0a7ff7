-- SPDX-License-Identifier: Apache-2.0
-- Whether rules contradict each other, leave something out or say nothing: in theory, over all values that the inputs could have, and over the members or
-- lines that a model has.

local compiled <const> = require "remit.decision_table.compiled"
local core <const> = require "remit.core"
local explain <const> = require "remit.explain"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local inputs <const> = require "remit.decision_table.inputs"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local policy <const> = require "remit.decision_table.policy"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"

local verify <const> = {}

---@class remit.verification
---@field list { finding: string, where: "theory"|"pack"|"rules", wrong: boolean, rules: string, tests: table<string, string>, note: string }[]
local Verification <const> = plain.class { __name = "remit.verification" }

local GAPS_MAX <const> = 50 -- of those in theory that are listed
local HIDDEN_MAX <const> = 200 -- rules of a table in which hidden ones are looked for
local NAMED <const> = 5 -- members that a row names

local function add(self, finding, where, wrong, more)
  self.list[#self.list + 1] = { finding = finding, where = where, wrong = wrong, rules = more.rules or false, tests = more.tests or {},
    note = more.note or false }
end

-- Whether two rules may pass together under the table's policy.
local function may_meet(rules, left, right)
  if policy.allows_overlaps(rules.hits) then
    return true
  elseif rules.hits == "unique" then
    return false
  end
  return policy.same(rules.outputs, left, right)
end

local function ids_of(rules, numbers)
  local ids <const> = {}
  for index, number in ipairs(numbers) do
    ids[index] = rules.list[number].id
  end
  return table.concat(ids, ", ")
end

local function said_by(rules, numbers)
  local words <const> = {}
  for index, number in ipairs(numbers) do
    local rule <const>, sets <const> = rules.list[number], {}
    for _, output in ipairs(rules.outputs) do
      sets[#sets + 1] = rule.set[output] and tostring(rule.set[output]) or nil
    end
    words[index] = #sets > 0 and table.concat(sets, " ") or "nothing"
  end
  return "they set " .. table.concat(words, " / ")
end

-- ---- In theory ----

local function tests_of(rules, found, row)
  local tests <const> = {}
  for _, path in ipairs(rules.inputs) do
    tests[path] = found:column(path):get(row)
  end
  return tests
end

local function overlaps_in_theory(self, rules, decision)
  if policy.allows_overlaps(rules.hits) then
    return
  end
  local found <const> = fault.check(decision:overlaps())
  for row = 1, found:rows() do
    local first <const>, second <const> = found:column("first"):get(row), found:column("second"):get(row)
    if not may_meet(rules, rules.list[first], rules.list[second]) then
      add(self, "overlap", "theory", true, { rules = ids_of(rules, { first, second }), tests = tests_of(rules, found, row),
        note = said_by(rules, { first, second }) })
    end
  end
end

local function gaps_in_theory(self, rules, decision)
  local found <const>, all <const> = decision:gaps(GAPS_MAX)
  fault.check(found, all)
  for row = 1, found:rows() do
    add(self, "gap", "theory", true, { tests = tests_of(rules, found, row), note = "no rule passes for these" })
  end
  if not all then
    self.notes[#self.notes + 1] = ("There are more gaps in theory than the %d listed."):format(found:rows())
  end
end

-- Whether a rule passes for anything that no upper one does: it meets a gap that these leave. Nil when there are too many gaps to tell.
local function can_win(rules, of, number)
  local upper <const> = table.move(rules.cells, 1, number - 1, 1, {})
  local decision <close> = fault.check(core.decision.new(of.table, { inputs = of.given, rules = upper }))
  local gaps <const>, all <const> = decision:gaps(GAPS_MAX)
  fault.check(gaps, all)
  if not all then
    return nil
  end
  local cells <const> = { rules.cells[number] }
  for row = 1, gaps:rows() do
    cells[row + 1] = {}
    for index, path in ipairs(rules.inputs) do
      cells[row + 1][index] = gaps:column(path):get(row)
    end
  end
  local both <close> = fault.check(core.decision.new(of.table, { inputs = of.given, rules = cells }))
  return fault.check(both:overlaps()):rows() > 0
end

-- Of a table in which the first rule wins, those that never can.
local function hidden_rules(self, rules, of)
  if rules.hits ~= "first" then
    return
  elseif #rules.list > HIDDEN_MAX then
    self.notes[#self.notes + 1] = ("Of more than %d rules, those that upper ones hide are not looked for."):format(HIDDEN_MAX)
    return
  end
  local all <const> = { inputs = rules.inputs, cells = {} }
  for number, rule in ipairs(rules.list) do
    all.cells[number] = table.move(rule.cells, 1, #rules.inputs, 1, {})
  end
  for number = 2, #rules.list do
    if can_win(all, of, number) == false then
      add(self, "hidden rule", "theory", true, { rules = rules.list[number].id, note = "upper rules pass wherever it does: it never wins" })
    end
  end
end

-- ---- In the pack ----

local function values_at(made, rules, row)
  local tests <const> = {}
  for _, path in ipairs(rules.inputs) do
    tests[path] = explain.value(inputs.value(made.inputs.table, path, row))
  end
  return tests
end

local function counted(names, count)
  local text <const> = table.concat(names, ", ")
  return count > #names and ("%s and %d more"):format(text, count - #names) or text
end

-- The first few rows that a set of rules passes for.
local function names_of(made, selection)
  local names <const> = {}
  for index, row in ipairs(selection:rows(NAMED)) do
    names[index] = compiled.name(made, row)
  end
  return counted(names, selection:count())
end

local function overlaps_in_pack(self, rules, made)
  for code, passing in ipairs(made.passing) do
    local clash = false
    for index = 2, #passing do
      clash = clash or not may_meet(rules, rules.list[passing[1]], rules.list[passing[index]])
    end
    if clash then
      add(self, "overlap", "pack", true, { rules = ids_of(rules, passing), tests = values_at(made, rules, made.first[code]),
        note = ("%s: %s"):format(counted({ compiled.name(made, made.first[code]) }, made.counts[code]), said_by(rules, passing)) })
    end
  end
end

-- Rows that no rule passes for; of posts, only posts.
local function uncovered(model, rules, made)
  local hits <const> = core.table.new(made.hits:count()):add("hits", made.hits)
  if rules.on ~= "posts" then
    return fault.check(core.selection.test(hits, "hits", "none"))
  end
  hits:add("kind", state_of[model].lines:column "kind")
  return fault.check(core.selection.test(hits, "hits", "none")) & fault.check(core.selection.test(hits, "kind", "pay"))
end

-- Members with the same labels are one gap, whatever their figures.
local function gap_groups(made, rules, rows)
  local groups <const>, order <const> = {}, {}
  for _, row in ipairs(rows) do
    local labels <const> = {}
    for index, path in ipairs(rules.inputs) do
      local value <const>, unit <const> = inputs.value(made.inputs.table, path, row)
      labels[index] = value == nil and "\1" or unit == "code" and value or ""
    end
    local key <const> = table.concat(labels, "\0")
    if not groups[key] then
      groups[key] = {}
      order[#order + 1] = groups[key]
    end
    table.insert(groups[key], row)
  end
  return order
end

-- What the rows hold at an input: one label, or figures from the least to the most.
local function span(made, path, rows)
  local least, most, unit
  for _, row in ipairs(rows) do
    local value
    value, unit = inputs.value(made.inputs.table, path, row)
    if value == nil or unit == "code" then
      return explain.value(value, unit)
    end
    least, most = math.min(least or value, value), math.max(most or value, value)
  end
  local text <const> = explain.value(least, unit)
  return least == most and text or ("%s to %s"):format(text, explain.value(most, unit))
end

-- Members without a rule; of lines one row for all.
local function gaps_in_pack(self, model, rules, made)
  local missing <const> = uncovered(model, rules, made)
  if made.inputs.lines then
    if missing:count() > 0 then
      add(self, "gap", "pack", true, { tests = values_at(made, rules, missing:rows(1)[1]),
        note = ("no rule passes for %s"):format(names_of(made, missing)) })
    end
    return
  end
  for _, rows in ipairs(gap_groups(made, rules, missing:rows())) do
    local names <const>, tests <const> = {}, {}
    for index = 1, math.min(#rows, NAMED) do
      names[index] = compiled.name(made, rows[index])
    end
    for _, path in ipairs(rules.inputs) do
      tests[path] = span(made, path, rows)
    end
    add(self, "gap", "pack", true, { tests = tests, note = ("no rule passes for %s"):format(counted(names, #rows)) })
  end
end

-- Rules that say nothing of this pack: nothing matches them, or an upper one always wins.
local function idle_rules(self, rules, made)
  local matched <const>, winning <const> = {}, {}
  for _, passing in ipairs(made.passing) do
    winning[passing[1]] = true
    for _, number in ipairs(passing) do
      matched[number] = true
    end
  end
  for number, rule in ipairs(rules.list) do
    local idle <const> = not matched[number] and "nothing here matches it" or rules.hits == "first" and not winning[number]
      and "an upper rule wins wherever it matches"
    if idle then
      add(self, "idle rule", "pack", false, { rules = rule.id, note = idle })
    end
  end
end

-- ---- The rules themselves ----

-- What an ICB decides of a function, in remit's words. Others are allowed: only what looks like a slip is said.
local CLASSES <const> = { "grow", "retain", "split", "transfer", "undecided" }

local function misspelt_class(self, rules, rule)
  local class <const> = rules.on == "fn" and type(rule.set.class) == "string" and rule.set.class or nil
  local hint = class and fault.suggest(class, CLASSES)
  for _, known in ipairs(CLASSES) do
    hint = class ~= known and hint or nil
  end
  if hint then
    add(self, "unusual class", "rules", false, { rules = rule.id, note = ("it sets class '%s'. %s"):format(class, hint) })
  end
end

local function plain_rules(self, rules)
  local silent <const> = {}
  for _, rule in ipairs(rules.list) do
    local any, sets = true, false
    for index = 1, #rules.inputs do
      any = any and rule.cells[index] == "-"
    end
    for _, output in ipairs(rules.outputs) do
      sets = sets or rule.set[output] ~= nil
    end
    if any then
      add(self, "tests nothing", "rules", false, { rules = rule.id, note = "every cell is '-': it passes for all" })
    end
    if not sets then
      add(self, "sets nothing", "rules", false, { rules = rule.id, note = "a mark that nothing is to be set, or a slip" })
    end
    misspelt_class(self, rules, rule)
    silent[#silent + 1] = not rule.why and rule.id or nil
  end
  if #silent > 0 then
    add(self, "no why", "rules", false, { rules = table.concat(silent, ", "), note = "a rule gives its reason" })
  end
end

-- ---- The report ----

local function summary(self)
  local wrong <const> = { theory = 0, pack = 0 }
  for _, one in ipairs(self.list) do
    if one.wrong then
      wrong[one.where] = wrong[one.where] + 1
    end
  end
  local function count(number, where)
    return number == 0 and "nothing wrong " .. where or ("%d wrong %s"):format(number, where)
  end
  local text <const> = ("%s, %s."):format(count(wrong.theory, "in theory"), count(wrong.pack, "in this pack"))
  return (text:gsub("^%l", string.upper))
end

---Whether nothing is wrong: no overlap that the hit policy forbids, no gap and no hidden rule, neither in theory nor in the model. Remarks (idle
---rules, rules that test nothing or give no reason) are not wrong.
---@param where? "theory"|"pack" only there
---@return boolean
function Verification:ok(where)
  if where ~= nil and where ~= "theory" and where ~= "pack" then
    fault.raise { code = "verify", message = ("ok is asked of \"theory\", \"pack\" or, without a word, of both, not of '%s'"):format(tostring(where)) }
  end
  for _, one in ipairs(state_of[self].list) do
    if one.wrong and (where or one.where) == one.where then
      return false
    end
  end
  return true
end

---What was found as a frame, a row a finding: where (theory, pack or the rules themselves), the rules, and of which values.
---@return remit.frame
function Verification:frame()
  local state <const> = state_of[self]
  local function column(name, value)
    local values <const> = {}
    for index, one in ipairs(state.list) do
      values[index] = value(one) or false
    end
    return { name = name, display = "text", values = values }
  end
  local columns <const> = { column("finding", function(one) return one.finding end), column("where", function(one) return one.where end),
    column("rules", function(one) return one.rules end) }
  for _, path in ipairs(state.inputs) do
    columns[#columns + 1] = column(path, function(one) return one.tests[path] end)
  end
  columns[#columns + 1] = column("note", function(one) return one.note end)
  local notes <const> = { summary(state) }
  table.move(state.notes, 1, #state.notes, 2, notes)
  return frame.from { columns = columns, keys = {}, rows = #state.list, about = state.model:about { title = state.title, money = false, notes = notes } }
end

---@return string
function Verification:__tostring()
  local state <const> = state_of[self]
  if #state.list == 0 then
    return ("%s: %s"):format(state.title, summary(state))
  end
  return tostring(self:frame())
end

object.guard(Verification, "a verification", { "ok", "frame" })

---Verifies rules against a model.
---@param rules table what is inside a decision table
---@param model remit.model
---@return remit.verification
function verify.run(rules, model)
  if plain.object_name(model) ~= "remit.model" then
    fault.raise { code = "verify", message = "verify needs a model: rules:verify(base)" }
  end
  local made <const> = compiled.new(model, rules)
  local over <const> = made.inputs.lines and rules.on or ("%s members of %s"):format(show.number(made.hits:count(), "count"), rules.on)
  local count <const> = plain.counted(#rules.list, "rule")
  local self <const> = { list = {}, notes = {}, model = model, inputs = rules.inputs,
    title = ("Verification of %s (%s): %s over %s"):format(rules.id, rules.hits, count, over) }
  overlaps_in_theory(self, rules, made.decision)
  overlaps_in_pack(self, rules, made)
  gaps_in_theory(self, rules, made.decision)
  hidden_rules(self, rules, made.inputs)
  gaps_in_pack(self, model, rules, made)
  idle_rules(self, rules, made)
  plain_rules(self, rules)
  return object.new(Verification, self)
end

return verify
