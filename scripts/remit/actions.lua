-- SPDX-License-Identifier: Apache-2.0
-- What becomes of each post in a month: unchanged, new, changed, closed, moved, transferred, or not reviewed yet. Posts of one trail fare alike.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local plan <const> = require "remit.scenario.plan"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local actions <const> = {}

local declared <const> = args.declare { name = "actions", doc = "What becomes of posts: unchanged, new, changed, closed, moved, transferred, not reviewed.",
  example = 'print(plan:actions { at = "2027-04", by = { "group" } })',
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "by", kind = "list", default = {}, doc = "dimensions or dimension.attribute, as posts are before the changes" },
  { name = "where", kind = "selection", doc = "tests of the posts, as they are before the changes" },
  { name = "list", kind = "boolean", default = false, doc = "a row a part of a post, filled or vacant, with the changes that touch it" },
}

---The actions, in the order shown.
actions.NAMES = { "unchanged", "new", "changed", "closed", "moved", "transferred", "not reviewed" }

-- ---- Trails ----

local function born_of(self, numbers)
  for _, number in ipairs(numbers) do
    if self.plan.operations[number].born then
      return number
    end
  end
end

-- A regraded post is its old line, which the new one stands for; before its month a new line is nowhere.
local function of_appended(self, number, code)
  if self:acts(number, code) then
    return nil
  end
  return self.plan.operations[number].change.kind == "regrade" and "regraded" or "new"
end

local WORD_OF <const> = { recode = "moved", share = "transferred", extra = "running beside it" }

local function word_of(self, operation)
  local account <const> = self.plan.accounts[operation.account]
  return WORD_OF[operation.effect] or account and account.kind == "regraded" and "changed" or "scaled"
end

local function of_operations(self, numbers, code, kept)
  local seen <const> = {}
  for _, number in ipairs(numbers) do
    if self:acts(number, code) then
      seen[word_of(self, self.plan.operations[number])] = true
    end
  end
  if seen.transferred then
    return "transferred"
  elseif seen.changed or seen.scaled then
    return not seen.changed and kept == 0 and "closed" or "changed"
  end
  return seen.moved and "moved" or nil
end

-- The action of each trail; nil where nothing happens in the month. "absent" lines are not there, "regraded" ones stand for others.
local function of_trails(self)
  local own <const>, made <const> = self:own(plan.WTE), {}
  for code = 1, self.plan.set:labels():size() do
    local numbers <const> = self:operations(code)
    local born <const> = born_of(self, numbers)
    if born then
      made[code] = of_appended(self, born, code) or "absent"
    else
      made[code] = of_operations(self, numbers, code, own[code])
    end
  end
  return made
end

local ACTION <const> = "#action"
local WORDS <const> = { "unchanged", "new", "changed", "closed", "moved", "transferred", "absent", "regraded" }

-- Lines as they are before the changes, with their trail and its action; code 0 of both is a line that nothing touches.
local function with_actions(self)
  local of <const>, code_of <const>, map <const> = of_trails(self), {}, {}
  for code, word in ipairs(WORDS) do
    code_of[word] = code
  end
  local trails <const> = self.lines:column(plan.TRAIL)
  for code = 1, trails:dictionary():size() do
    map[code] = code_of[of[code] or "unchanged"]
  end
  local before <const> = self.plan:members(self.month)
  return before, self.plan:traced(state_of[before].lines):add(ACTION, trails:recode(map, core.dictionary.new(WORDS)))
end

-- ---- Reviewed ----

-- Lines whose function nobody has decided on.
local function undecided(model, lines)
  local members <const> = state_of[model].members.fn
  if not members or not members.table:column "class" then
    return core.selection.all(lines)
  end
  local missing <const> = fault.check(core.selection.test(lines, "fn.class", "none"))
  local open <const> = members.table:column("class"):dictionary():find "undecided" ~= 0
  return open and missing | fault.check(core.selection.test(lines, "fn.class", "undecided")) or missing
end

local function rows_of_actions(self, model, lines, where)
  local by <const>, open <const> = {}, undecided(model, lines)
  local function tested(text)
    return fault.check(core.selection.test(lines, ACTION, text)) & where
  end
  for _, name in ipairs { "new", "changed", "closed", "moved", "transferred" } do
    by[name] = tested(name)
  end
  by.changed_to = tested "regraded"
  local elsewhere <const> = self and self:relocated(lines, function(column)
    return column
  end)
  local rest = tested "none, unchanged"
  if elsewhere then
    rest, by.moved = rest | by.moved & ~elsewhere, by.moved & elsewhere
  end
  by.unchanged, by["not reviewed"] = rest & ~open, rest & open
  return by
end

-- ---- The frame ----

-- What one action's posts come to by group: rows by key, made when they are new.
local function measured(lines, by, where, list, into, factors_of)
  local result <const> = fault.check(core.pivot.run(lines, { by = by, measures = list, where = where }))
  for row = 1, result:rows() do
    local key <const> = effects.key(result, by, row)
    if not into[key] then
      into[key] = { labels = {} }
      into[#into + 1] = key
      for index, path in ipairs(by) do
        into[key].labels[index] = result:column(path):get(row) or false
      end
    end
    factors_of(into[key], result, row)
  end
end

local function counted(lines, by, where, word, into)
  measured(lines, by, where, { { name = "posts", column = "id", how = "distinct" }, { name = "wte", column = "wte" } }, into, function(row, result, at)
    row[word] = row[word] or { posts = 0, before = 0, now = 0 }
    row[word].posts = row[word].posts + result:column("posts"):get(at)
    row[word].before = row[word].before + (word == "new" and 0 or result:column("wte"):get(at))
  end)
end

-- WTE that is still there, for an action.
local function kept(self, lines, by, where, word, into)
  local keys <const> = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = plan.TRAIL
  local cells <const> = fault.check(core.pivot.run(lines, { by = keys, measures = { { name = "wte", column = "wte" } }, where = where }))
  if cells:rows() == 0 then
    return
  end
  local sums <const> = self:weigh(cells, by, { "wte" }, self:own(plan.WTE))
  for row = 1, sums:rows() do
    local key <const> = effects.key(sums, by, row)
    local entry <const> = into[key]
    entry[word] = entry[word] or { posts = 0, before = 0, now = 0 }
    entry[word].now = entry[word].now + sums:column("wte"):get(row)
  end
end

local function columns_of(by, into)
  local columns <const> = {}
  for index, path in ipairs(by) do
    columns[index] = { name = path, title = path, display = "text", values = {} }
  end
  for _, column in ipairs { { name = "action", display = "text" }, { name = "posts", display = "count" },
    { name = "wte_before", title = "WTE before", display = "WTE" }, { name = "wte", title = "WTE in the month", display = "WTE" } } do
    column.values = {}
    columns[#columns + 1] = column
  end
  local at = 0
  for _, key in ipairs(into) do
    for _, word in ipairs(actions.NAMES) do
      local entry <const> = into[key][word]
      if entry then
        at = at + 1
        local values <const> = table.move(into[key].labels, 1, #by, 1, {})
        local wte <const> = core.number.plain
        table.move({ word, entry.posts, wte(entry.before, "micro"), wte(entry.now, "micro") }, 1, 4, #by + 1, values)
        for index, column in ipairs(columns) do
          column.values[at] = values[index]
        end
      end
    end
  end
  return columns, at
end

local NOTES <const> = { "A post whose filled and vacant parts fare differently is counted in each.",
  "Not reviewed: untouched, and its function's class is undecided or missing." }

local function about(model, spec)
  return model:about { title = "Actions", money = false, at = spec.at, notes = NOTES }
end

local function totals(model, self, before, lines, where, spec)
  local chosen <const>, into <const> = rows_of_actions(self, before, lines, where), {}
  for _, word in ipairs(actions.NAMES) do
    counted(lines, spec.by, chosen[word], word, into)
    if self then
      kept(self, lines, spec.by, chosen[word], word, into)
    end
  end
  if self then
    measured(lines, spec.by, chosen.changed_to, {}, into, function() end)
    kept(self, lines, spec.by, chosen.changed_to, "changed", into)
  end
  table.sort(into)
  local columns <const>, rows <const> = columns_of(spec.by, into)
  if not self then
    table.remove(columns)
  end
  local keys <const> = table.move(spec.by, 1, #spec.by, 1, {})
  keys[#keys + 1] = "action"
  return frame.from { keys = keys, columns = columns, rows = rows, about = about(model, spec) }
end

-- ---- The list ----

-- The changes that act on a trail, by id.
local function acting(self, code)
  local words <const>, seen <const> = {}, {}
  for _, number in ipairs(self and self:operations(code) or {}) do
    local change <const> = self.plan.operations[number].change
    if not seen[change] and self:acts(number, code) then
      seen[change] = true
      words[#words + 1] = change.id or change.kind
    end
  end
  return #words > 0 and table.concat(words, ", ") or false
end

-- WTE in the month of lines that stand for others, by post and part.
local function stand_ins(self, lines, own)
  local wte <const> = {}
  for _, row in ipairs(self and fault.check(core.selection.test(lines, ACTION, "regraded")):rows() or {}) do
    local key <const> = lines:column("id"):get(row) .. "\0" .. lines:column("vacant"):get(row)
    wte[key] = (wte[key] or 0) + fault.check(core.number.scale(lines:column("wte"):get(row), own[lines:column(plan.TRAIL):code(row)], plan.ONE))
  end
  return wte
end

-- What is there in the month of a post's part: of itself, or in its new band.
local function wte_now(lines, row, factor, stand_in)
  local key <const> = lines:column("id"):get(row) .. "\0" .. lines:column("vacant"):get(row)
  return fault.check(core.number.scale(lines:column("wte"):get(row), factor, plan.ONE)) + (stand_in[key] or 0)
end

local function listed(model, self, before, lines, where, spec)
  local chosen <const>, trails <const> = rows_of_actions(self, before, lines, where), lines:column(plan.TRAIL)
  local own <const>, columns <const>, known <const>, at = self and self:own(plan.WTE), {}, {}, 0
  local stand_in <const> = stand_ins(self, lines, own)
  for index, name in ipairs { "post", "title", "fn", "part", "action", "changes" } do
    columns[index] = { name = name, display = "text", values = {} }
  end
  columns[7] = { name = "wte", title = "WTE before", display = "WTE", values = {} }
  columns[8] = self and { name = "kept", title = "WTE in the month", display = "WTE", values = {} } or nil
  for _, word in ipairs(actions.NAMES) do
    for _, row in ipairs(chosen[word]:rows()) do
      local code <const>, wte <const> = trails and trails:code(row) or 0, lines:column("wte"):get(row)
      at, known[code] = at + 1, known[code] or { acting(self, code) }
      local values <const> = { lines:column("id"):get(row), lines:column("title"):get(row) or false, lines:column("fn"):get(row) or false,
        lines:column("vacant"):get(row) == "true" and "vacant" or "filled", word, known[code][1], core.number.plain(word == "new" and 0 or wte, "micro"),
        self and core.number.plain(wte_now(lines, row, own[code], stand_in), "micro") }
      for index, column in ipairs(columns) do
        column.values[at] = values[index]
      end
    end
  end
  return frame.from { keys = {}, columns = columns, rows = at, about = about(model, spec) }
end

-- ---- The question ----

local function of_base(model)
  local rows <const> = state_of[model].lines:rows()
  return model, copy(state_of[model].lines):add(ACTION, core.column.same("unchanged", rows, core.dictionary.new(WORDS)))
end

---@param model remit.model
---@param given? { at?: string, by?: string[], where?: table, list?: boolean }
---@return remit.frame
function actions.run(model, given)
  local spec <const> = declared(given)
  if spec.list and #spec.by > 0 then
    fault.raise { code = "actions", message = "give by, or list = true, not both" }
  elseif not state_of[model].posts_kind then
    fault.raise { code = "actions", message = "this pack has no posts" }
  end
  measures.check_month(model, spec.at)
  local self <const> = state_of[model].plan and effects.of(model, spec.at, "actions")
  local before, lines = of_base(model)
  if self then
    before, lines = with_actions(self)
  end
  effects.check_by(state_of[self and self.plan.root or model].lines, spec.by)
  local where = fault.check(core.selection.test(lines, "kind", "pay"))
  if spec.where then
    where = where & select.new(before, spec.where, "posts"):on(lines, "", "posts")
  end
  return (spec.list and listed or totals)(model, self, before, lines, where, spec)
end

return actions
