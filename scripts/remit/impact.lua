-- SPDX-License-Identifier: Apache-2.0
-- What a scenario means for people: WTE in post that closes, transfers, is regraded or changes role, the people in these posts, and one-off costs.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local effects <const> = require "remit.scenario.effects"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local leaving <const> = require "remit.leaving"
local plan <const> = require "remit.scenario.plan"
local state_of <const> = require "remit.state_of"

local impact <const> = {}

local declared <const> = args.declare { name = "impact", doc = "What the changes mean for people: closed in post, transferring, regraded, changing role.",
  example = 'print(plan:impact { at = "2027-04", by = { "group" } })',
  { name = "at", kind = "month", doc = "the month" },
  { name = "by", kind = "list", default = {}, doc = "dimensions or dimension.attribute, where posts belong in the month" },
  { name = "route", kind = "string", doc = "how people leave where a change does not say" },
  { name = "all", kind = "boolean", default = false, doc = "also groups that nothing touches: rows of zeros" },
}

local FILLED <const> = { kind = "pay", vacant = false }

-- ---- What happens to WTE in post, by trail ----

local factors_of <const> = {}

function factors_of.closed(self)
  return self:factors(self:accounts(effects.leaving), plan.WTE)
end

function factors_of.transferring(self)
  return self:factors(self:accounts(function(account)
    return account.kind == "moved" and effects.staff(account.change, "tupe") or nil
  end), plan.WTE)
end

function factors_of.regraded(self)
  return self:factors(self:accounts(function(account)
    return account.kind == "regraded" and 1000000 or nil
  end), plan.WTE)
end

function factors_of.moved(self)
  return self:own(plan.WTE)
end

local KINDS <const> = { { "closed", "closed in post" }, { "transferring", "transferring" }, { "regraded", "regraded" }, { "moved", "changing role" } }

-- ---- People ----

local function linked_paths(people, by)
  local paths <const> = {}
  for index, path in ipairs(by) do
    paths[index] = people:resolve(path) and path or "post." .. path
  end
  return paths
end

-- Distinct people in the posts of some rows, by group; nil without assignments.
local function heads(self, by, rows)
  local people <const>, found <const> = self:people(rows), {}
  if not people or people:rows() == 0 then
    return people and found
  end
  local paths <const> = linked_paths(people, by)
  local counted <const> = fault.check(core.pivot.run(people, { by = paths, measures = { { name = "heads", column = "person", how = "distinct" } } }))
  for row = 1, counted:rows() do
    found[effects.key(counted, paths, row)] = counted:column("heads"):get(row)
  end
  return found
end

-- ---- The frame ----

local function group_columns(sums, by)
  local columns <const> = {}
  for index, path in ipairs(by) do
    columns[index] = { name = path, title = path, display = "text", values = {} }
    for row = 1, sums:rows() do
      columns[index].values[row] = sums:column(path):get(row) or false
    end
  end
  return columns
end

-- Filled lines that have been moved elsewhere: their cells, and the rows of those of which anything is left.
local function moved_cells(self, by, factors)
  local lines <const> = self:with_origins()
  local elsewhere <const> = self:relocated(lines, function(column)
    return effects.WAS .. column
  end)
  local here <const> = elsewhere and self:of_trails(lines, function(code)
    return factors[code] > 0
  end)
  if not here then
    return nil, {}
  end
  local where <const> = elsewhere & here & fault.check(core.selection.test(lines, "vacant", "false")) & fault.check(core.selection.test(lines, "kind", "pay"))
  return self:cells(by, { { name = "wte", column = "wte" } }, where, lines), where:rows()
end

-- WTE by group, by its key.
local function wte_by(self, by, cells, factors)
  local weighed <const>, found <const> = cells and cells:rows() > 0 and self:weigh(cells, by, { "wte" }, factors), {}
  for row = 1, weighed and weighed:rows() or 0 do
    found[effects.key(weighed, by, row)] = weighed:column("wte"):get(row)
  end
  return found
end

local function kind_columns(self, by, cells, sums, kind)
  local factors <const>, rows = factors_of[kind[1]](self), nil
  if kind[1] == "moved" then
    cells, rows = moved_cells(self, by, factors)
  end
  local found <const>, people <const> = wte_by(self, by, cells, factors), heads(self, by, rows or self:rows(FILLED, factors))
  local wte <const>, counts <const> = {}, {}
  for row = 1, sums:rows() do
    local key <const> = effects.key(sums, by, row)
    wte[row] = core.number.plain(found[key] or 0, "micro")
    counts[row] = people and (people[key] or 0)
  end
  return { name = kind[1], title = kind[2] .. " WTE", display = "WTE", values = wte },
    people and { name = kind[1] .. "_people", title = "people", display = "count", values = counts } or nil
end

-- One-off costs of leaving by group.
local function leaving_columns(self, by, sums, list)
  local made <const> = { { name = "one_off_low", title = "one-off (non-recurrent) from £", display = "£", values = {} },
    { name = "one_off_high", title = "one-off to £", display = "£", values = {} } }
  local found <const> = {}
  if #list > 0 then
    local grouped <const> = fault.check(core.pivot.run(leaving.table(self, list), { by = by, measures = { { name = "low", column = "low" },
      { name = "high", column = "high" } } }))
    for row = 1, grouped:rows() do
      found[effects.key(grouped, by, row)] = { grouped:column("low"):get(row), grouped:column("high"):get(row) }
    end
  end
  for row = 1, sums:rows() do
    local entry <const> = found[effects.key(sums, by, row)] or { 0, 0 }
    for index, column in ipairs(made) do
      column.values[row] = exact.pounds(entry[index])
    end
  end
  return made
end

-- One-off costs that changes state, up to the month.
local function stated_once(self)
  local sum, count = 0, 0
  for _, one in ipairs(self.plan.once) do
    if one.month <= self.month then
      sum, count = sum + one.pence, count + 1
    end
  end
  return count > 0 and ("One-off (non-recurrent) costs that changes state, to the month: £%s."):format(core.number.print(sum, 2, true)) or nil
end

-- ---- What it does not touch ----

local function any_figure(columns, first, row)
  for index = first, #columns do
    if columns[index].values[row] and columns[index].values[row] ~= 0 then
      return true
    end
  end
  return false
end

-- The columns without the rows of which nothing happens; how many are left.
local function only_touched(columns, by, rows)
  local kept <const> = {}
  for row = 1, rows do
    kept[#kept + 1] = any_figure(columns, #by + 1, row) and row or nil
  end
  for _, column in ipairs(columns) do
    local values <const> = {}
    for index, row in ipairs(kept) do
      values[index] = column.values[row]
    end
    column.values = values
  end
  return #kept
end

local function notes_of(self, with_people, groups, shown)
  local notes <const> = { "WTE in post, by groups as they are in the month. Closed: what ends, and of transfers the staff who do not go with them.",
    with_people and "People: everybody in a post that is touched, whole or in part; who of them it is is not known where a share of a post goes." or
      "This pack has no assignments.csv: people are not counted.", stated_once(self) }
  notes[#notes + 1] = shown < groups and ("Untouched, and not shown: %d of %d groups."):format(groups - shown, groups) or nil
  return notes
end

---@param model remit.model
---@param given { at: string, by?: string[], route?: string, all?: boolean }
---@return remit.frame of the groups that anything happens to; a note counts the others
function impact.run(model, given)
  local spec <const> = declared(given)
  local self <const> = effects.asked(model, spec.at, "impact")
  effects.check_by(state_of[self.plan.root].lines, spec.by)
  local cells <const> = self:cells(spec.by, { { name = "wte", column = "wte" } }, self:where(FILLED))
  local sums <const> = self:weigh(cells, spec.by, { "wte" }, self:own(plan.WTE))
  local columns <const> = group_columns(sums, spec.by)
  for _, kind in ipairs(KINDS) do
    local wte <const>, people <const> = kind_columns(self, spec.by, cells, sums, kind)
    columns[#columns + 1] = wte
    columns[#columns + 1] = people
  end
  table.move(leaving_columns(self, spec.by, sums, leaving.leavers(self, spec.route)), 1, 2, #columns + 1, columns)
  local rows <const> = #spec.by > 0 and not spec.all and only_touched(columns, spec.by, sums:rows()) or sums:rows()
  local notes <const> = notes_of(self, state_of[self.view].assignments ~= nil, sums:rows(), rows)
  return frame.from { keys = spec.by, columns = columns, rows = rows, about = model:about { title = "What it means for people", at = spec.at, notes = notes } }
end

return impact
