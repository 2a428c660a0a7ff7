-- SPDX-License-Identifier: Apache-2.0
-- A model that differs from another in what its members or lines are: everything else is shared, and what was cached of the old one is not taken along.

local copy <const> = require "remit.copy"
local fault <const> = require "remit.fault"
local model <const> = require "remit.model"
local state_of <const> = require "remit.state_of"

local derive <const> = {}

-- What a model is. What it remembers of questions is not among it.
local FIELDS <const> = { "title", "name", "pack", "settings", "setting_names", "assumptions", "sources", "source_names", "members", "lines", "measures",
  "totals", "posts_kind", "posts", "assignments", "ledger", "ledger_months", "steps", "explained", "findings" }

local function copied(from)
  local made <const> = {}
  for key, value in pairs(from or {}) do -- copying: order does not matter
    made[key] = value
  end
  return made
end

-- `from`, or the same table with links to what stands for their targets now. `replaced` has { old, new } pairs of tables, and gains those made on the way.
local function relinked(from, replaced)
  for _, pair in ipairs(replaced) do
    if from:is(pair[1]) then
      return pair[2]
    end
  end
  local changed <const> = {}
  for _, name in ipairs(from:names()) do
    local target <const> = from:dimension(name)
    local now <const> = target and relinked(target, replaced)
    changed[name] = now and not now:is(target) and now or nil
  end
  if next(changed) == nil then
    return from
  end
  local made <const> = copy(from)
  for name, target in pairs(changed) do -- each column has one link: order does not matter
    made:link(name, target)
  end
  replaced[#replaced + 1] = { from, made }
  return made
end

---A model with `changes` to its state, and a step that says what was done.
---@param from remit.model
---@param changes table<string, any> fields of the state
---@param step { kind: string, text: string, [string]: any } `text` is canonical: it goes into the model's hash
---@return remit.model
function derive.with(from, changes, step)
  if state_of[from].layers then
    fault.raise { code = "change", message = "a scenario's functions and lines follow from its base",
      hints = { "classify, assign or map the base, and make the scenario on that" } }
  end
  local state <const> = {}
  for _, name in ipairs(FIELDS) do
    state[name] = changes[name] or state_of[from][name]
  end
  state.steps = table.move(state_of[from].steps or {}, 1, #(state_of[from].steps or {}), 1, {})
  state.steps[#state.steps + 1] = step
  return model.new(state)
end

---A scenario with another plan of the same lines: it shares what was kept of them, and nothing that was worked out of the old plan.
---@param from remit.model
---@param compiled remit.plan
---@return remit.model
function derive.variant(from, compiled)
  local state <const> = copied(state_of[from])
  state.plan, state.asked, state.effects = compiled, nil, nil
  return model.new(state)
end

-- A table with more columns, some of them in the place of old ones.
local function with_columns(core_table, columns)
  local replaced <const>, fresh <const> = {}, {}
  for _, column in ipairs(columns) do
    if core_table:column(column.name) then
      replaced[column.name] = column.values
    else
      fresh[#fresh + 1] = column
    end
  end
  local made <const> = copy(core_table, replaced)
  for _, column in ipairs(fresh) do
    made:add(column.name, column.values)
  end
  return made
end

-- What explains attributes, with those of one dimension (or of the lines) put in.
local function with_explained(from, of, explained)
  local all <const> = copied(state_of[from].explained)
  all[of] = copied(all[of])
  for attribute, how in pairs(explained or {}) do -- copying: order does not matter
    all[of][attribute] = how
  end
  return all
end

local function with_findings(from, more)
  local before <const> = state_of[from].findings or {}
  local list <const> = table.move(before, 1, #before, 1, {})
  return table.move(more or {}, 1, #(more or {}), #list + 1, list)
end

---A model whose members of a dimension have other or further attributes.
---@param from remit.model
---@param dimension string the dimension of the members, as files name it: "fn", "place"
---@param columns { name: string, values: remit.core.column }[] a row a member, in the order of the dimension's table
---@param step table as in `with`
---@param explained? table<string, any> by attribute, what explains it: an object with :explain(model, row)
---@param findings? { kind: string, text: string }[] what is wrong with it, for `remit check`
---@return remit.model
function derive.attributes(from, dimension, columns, step, explained, findings)
  local state <const> = state_of[from]
  local members <const> = copied(state.members)
  local old <const> = members[dimension].table
  members[dimension] = copied(members[dimension])
  members[dimension].table = with_columns(old, columns)
  local replaced <const> = { { old, members[dimension].table } }
  local changes <const> = { members = members, lines = relinked(state.lines, replaced),
    explained = with_explained(from, dimension, explained), findings = with_findings(from, findings) }
  for _, name in ipairs { "posts", "assignments", "ledger" } do
    changes[name] = state[name] and relinked(state[name], replaced)
  end
  changes.totals = state.totals and { table = relinked(state.totals.table, replaced), name = state.totals.name }
  return derive.with(from, changes, step)
end

---A model whose lines have other or further fields (not numbers that measures add).
---@param from remit.model
---@param columns { name: string, values: remit.core.column }[] a row a line
---@param step table as in `with`
---@param explained? table<string, any> as in `attributes`, by field
---@param findings? { kind: string, text: string }[]
---@return remit.model
function derive.fields(from, columns, step, explained, findings)
  return derive.with(from, { lines = with_columns(state_of[from].lines, columns), explained = with_explained(from, "lines", explained),
    findings = with_findings(from, findings) }, step)
end

return derive
