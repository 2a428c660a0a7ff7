-- SPDX-License-Identifier: Apache-2.0
-- The toolkit's own checks: the cap, duties, what transfers need and whether they only shift cost, readiness, savings by name, cuts that empty non-pay, homes,
-- leadership, reasons.

local conflicts <const> = require "remit.scenario.conflicts"
local core <const> = require "remit.core"
local depends <const> = require "remit.depends"
local duties <const> = require "remit.duties"
local effects <const> = require "remit.scenario.effects"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local param <const> = require "remit.param"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local readiness <const> = require "remit.transfers.readiness"
local select <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local structure <const> = require "remit.structure"
local taken <const> = require "remit.taken"
local transfers <const> = require "remit.transfers"
local unidentified <const> = require "remit.unidentified"

local builtin <const> = {}

---A plain number as people read it.
---@param value number
---@return string
function builtin.number(value)
  return show.number(fault.check(exact.integer(value, 6)), "number")
end

-- Each gives a status and the evidence. `self` are the scenario's changes in the month; nil on a base.
local tests <const> = {}

-- ---- Money ----

function tests.envelope(model, spec)
  if not spec.envelope then
    return "open", "no envelope given"
  end
  local row <const> = spec.envelope:check(model, { at = spec.at and { spec.at } }):rows()()
  local function millions(pounds)
    return show.number(fault.check(exact.integer(math.abs(pounds), 2)), "£m")
  end
  local evidence <const> = ("£%sm, £%sm %s the cap"):format(millions(row.cost), millions(row.vs_cap), row.vs_cap > 0 and "above" or "below")
  if row.result == "ok" and row.result_with and row.result_with ~= "ok" then
    return "open", evidence .. "; not if money handed over counts"
  end
  return row.result == "ok" and "pass" or row.result == "above" and "open" or "fail", row.result == "above" and evidence .. "; not due yet" or evidence
end

local function pounds(value)
  return show.money(fault.check(exact.integer(value, 2)))
end

function tests.cost_shift(model, spec, self)
  if not self or #self.plan.transfers == 0 then
    return "pass", "no transfers"
  end
  local words <const> = {}
  for row in transfers.cost_shift(model, { min_saving = spec.min_saving }):rows() do
    if row.result ~= "pass" then
      words[#words + 1] = ("%s: system saving %s of %s released"):format(row.transfer, pounds(row.saving), pounds(row.released))
    end
  end
  return #words == 0 and "pass" or "fail", #words == 0 and plain.counted(#self.plan.transfers, "transfer") or table.concat(words, "; ")
end

function tests.unidentified(_, _, self)
  local words <const> = {}
  for index, one in ipairs(self and unidentified.of(self) or {}) do
    words[index] = ("%s: %s, %s WTE at average cost"):format(one.change.id or "scale", show.money(one.pence), show.number(one.wte, "WTE"))
  end
  return #words == 0 and "pass" or "open", #words == 0 and "none" or table.concat(words, "; ")
end

-- What holds where neither the call nor assumptions.csv says it: past half, contracts, licences and rooms of those who stay would have to end too.
local MAX_TAKEN <const> = param.new { id = "max_taken", default = "50%" }

-- Vacancies may go altogether, for nobody is in them. Shares alone: pounds of posts could tell of one of them.
function tests.taken(_, spec, self)
  local words <const>, cuts = {}, 0
  local most <const> = self and self.plan:share(spec.max_taken or MAX_TAKEN, "max_taken")
  for _, one in ipairs(self and taken.of(self) or {}) do
    cuts = cuts + 1
    if one.kind ~= "vacancies" and one.pence > 0 and one.pence > fault.check(core.number.scale(one.was, most, plan.ONE)) then
      local share <const> = show.number(fault.check(core.number.scale(one.pence, 1000000, one.was)), "%")
      words[#words + 1] = ("%s: %s of %s"):format(one.change.id or one.change.kind, share, one.kind)
    end
  end
  if #words > 0 then
    return "open", ("%s; at most %s"):format(table.concat(words, ", "), show.share(most // 1000000))
  end
  return "pass", cuts == 0 and "no cut takes from one kind after another" or ("none gives more than %s"):format(show.share(most // 1000000))
end

-- ---- Duties, and what transfers need ----

function tests.duties(model, _, self)
  local view <const> = self and self.plan:members(self.month) or model
  if not state_of[view].sources.duties or not state_of[view].members.fn then
    return "open", "no register of duties, or no functions"
  end
  local counts <const>, first = { pass = 0, fail = 0, open = 0 }, nil
  for row in duties.frame(view, self and self.plan):rows() do
    counts[row.status] = counts[row.status] + 1
    first = first or (row.status == "fail" and ("%s: %s"):format(row.duty, row.evidence) or nil)
  end
  local text <const> = ("%d pass, %d fail, %d open"):format(counts.pass, counts.fail, counts.open)
  return counts.fail > 0 and "fail" or counts.open > 0 and "open" or "pass", first and ("%s; %s"):format(text, first) or text
end

-- The functions that a transfer takes.
local function functions_of(self, entry)
  local members <const>, ids <const> = state_of[self.view].members.fn, {}
  local found <const> = select.new(self.view, entry.change.functions, "members", nil, members.table):on(members.table, "", "functions")
  for index, row in ipairs(found:rows()) do
    ids[index] = members.dictionary:label(row)
  end
  return ids
end

-- What moves at a place, and from which month: by it or by a transfer of the whole function.
local function moving_with(self, place)
  local moving <const> = {}
  for _, entry in ipairs(self.plan.transfers) do
    if not entry.place or entry.place == place then
      for _, id in ipairs(functions_of(self, entry)) do
        moving[id] = math.min(moving[id] or entry.golive, entry.golive)
      end
    end
  end
  return moving
end

-- What a package that is live needs: what does not move at all, and what moves only later than the month.
local function needed(self, entry)
  local moving <const>, lacking <const>, later <const> = moving_with(self, entry.place), {}, {}
  for row in depends.closure(self.plan.root, functions_of(self, entry)):rows() do
    local golive <const> = moving[row.fn]
    if row.level == 1 and row.fn ~= none and not golive then
      lacking[#lacking + 1] = row.fn
    elseif row.level == 1 and row.fn ~= none and entry.golive <= self.month and golive > self.month then
      later[#later + 1] = ("%s (%s)"):format(row.fn, core.calendar.month_text(golive))
    end
  end
  return lacking, later
end

function tests.closure(model, _, self)
  if not self or #self.plan.transfers == 0 then
    return "pass", "no transfers"
  elseif not state_of[model].sources.dependencies then
    return "open", "no dependencies.csv says what needs what"
  end
  local words <const>, status = {}, "pass"
  for _, entry in ipairs(self.plan.transfers) do
    local lacking <const>, later <const> = needed(self, entry)
    local name <const> = entry.change.id or "transfer"
    status = #lacking > 0 and "fail" or #later > 0 and status == "pass" and "open" or status
    words[#words + 1] = #lacking > 0 and ("%s also needs %s"):format(name, table.concat(lacking, ", ")) or nil
    words[#words + 1] = #later > 0 and ("%s needs what moves later: %s"):format(name, table.concat(later, ", ")) or nil
  end
  return status, #words == 0 and "all that is needed moves too" or table.concat(words, "; ")
end

-- Live without being ready is a fail; before go-live it is open.
function tests.readiness(_, _, self)
  if not self or #self.plan.transfers == 0 then
    return "pass", "no transfers"
  end
  local status, words <const> = "pass", {}
  for _, entry in ipairs(self.plan.transfers) do
    local waiting <const>, unmet <const> = readiness.waits_for(entry.change)
    if unmet and entry.golive <= self.month then
      status = "fail"
    elseif (#waiting > 0 or next(entry.change.ready) == nil) and status == "pass" then
      status = "open"
    end
    words[#words + 1] = #waiting > 0 and ("%s waits for %s"):format(entry.change.id or "transfer", table.concat(waiting, ", "))
      or next(entry.change.ready) == nil and ("%s: nobody has said"):format(entry.change.id or "transfer") or nil
  end
  return status, #words == 0 and "all items are met" or table.concat(words, "; ")
end

-- ---- People ----

function tests.homes(model, spec)
  local homeless <const> = structure.homeless(model, spec.at)
  local text <const> = ("%s WTE in no group, %s in no team"):format(show.number(homeless.group, "WTE"), show.number(homeless.team, "WTE"))
  return homeless.group + homeless.team == 0 and "pass" or "fail", text
end

function tests.leadership(model, spec)
  local missing <const>, homes <const> = structure.missing(model, { at = spec.at, leaders = spec.leaders })
  if not missing then
    return "open", "posts state no profession, or no group"
  end
  return #missing == 0 and "pass" or "fail", #missing == 0 and structure.homes_text(homes) or structure.missing_text(missing)
end

-- ---- Changes ----

function tests.reasons(model)
  local words <const>, list <const> = {}, plan.changes(model)
  for _, change in ipairs(list) do
    words[#words + 1] = not change.why and plan.name_of(change) or nil
  end
  return #words == 0 and "pass" or "fail", #words == 0 and plain.counted(#list, "change") or "no reason: " .. table.concat(words, ", ")
end

-- Changes that select nothing and savings that cannot be taken fail; clashes between lists may be meant, and somebody has to say so.
function tests.conflicts(model, _, self)
  local words <const> = table.move(self and self.plan.warnings or {}, 1, self and #self.plan.warnings or 0, 1, {})
  local failed <const> = #words > 0
  for row in conflicts.frame(model):rows() do
    words[#words + 1] = ("%s and %s: %s"):format(row.first, row.second, row.clash)
  end
  return failed and "fail" or #words > 0 and "open" or "pass", #words == 0 and "none" or table.concat(words, "; ")
end

local ORDER <const> = {
  { "envelope", "The cap is met" },
  { "cost_shift", "No transfer only shifts cost" },
  { "unidentified", "No unidentified savings" },
  { "taken", "No cut empties non-pay or posts" },
  { "duties", "Statutory duties have their owner" },
  { "closure", "What transfers need moves too" },
  { "readiness", "Transfers are ready" },
  { "homes", "Every WTE has a group and a team" },
  { "leadership", "Leadership is multi-professional" },
  { "reasons", "Every change has its reason" },
  { "conflicts", "Changes bite, and do not clash" },
}

local NEEDS_POSTS <const> = { homes = true, leadership = true }

---A row a check.
---@param model remit.model
---@param spec table as model:checks takes
---@return table[]
function builtin.rows(model, spec)
  local self <const>, list <const> = state_of[model].plan and effects.of(model, spec.at, "checks"), {}
  for index, one in ipairs(ORDER) do
    local status, evidence = "open", "this pack has no posts"
    if state_of[model].posts_kind or not NEEDS_POSTS[one[1]] then
      status, evidence = tests[one[1]](model, spec, self)
    end
    list[index] = { id = one[1], name = one[2], of = "toolkit", status = status, evidence = evidence }
  end
  return list
end

return builtin
