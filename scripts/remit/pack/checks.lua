-- SPDX-License-Identifier: Apache-2.0
-- What must hold between fields, rows and files once they are read, and rows of totals against their parts.

local core <const> = require "remit.core"

local checks <const> = {}

local SHOWN <const> = 20 -- rows listed of one kind of problem

local function each_row(source, rows, count, field, message)
  local name <const> = source.heading_of[field] or field
  for _, row in ipairs(rows) do
    local value <const> = source.raw:column(field):get(row)
    source.problems:add { file = source.path, row = source.report:row(row), field = name, value = checks.value_text(source.raw:column(field), value),
      message = message(row) }
  end
  if count > #rows then
    source.problems:add { file = source.path, field = name, message = ("and %d rows more like these"):format(count - #rows) }
  end
end

local decimals <const> = { pence = 2, micro = 6, count = 0 }

---An integer of a column as text.
function checks.value_text(column, value)
  local unit <const> = column:unit()
  if value == nil or unit == "code" then
    return value
  end
  local text <const> = core.number.print(value, decimals[unit] or 0)
  return text:find(".", 1, true) and (text:gsub("0+$", ""):gsub("%.$", "")) or text
end

local function in_post_within_wte(source)
  local rows <const>, count <const> = source.table:exceeds("in_post", "wte", SHOWN)
  each_row(source, rows, count, "in_post", function(row)
    return ("more in post than the post has: wte is %s"):format(checks.value_text(source.raw:column("wte"), source.raw:column("wte"):get(row)))
  end)
end

local function negative_kinds(source)
  for _, kind in ipairs { "income", "vacancy_factor" } do
    local selection <const> = core.selection.test(source.table, "kind", kind)
    local positive <const> = core.selection.test(source.table, "cost", "> 0")
    if selection and positive then
      local wrong <const> = selection & positive
      each_row(source, wrong:rows(SHOWN), wrong:count(), "cost", function()
        return ("%s reduces cost: write it as a negative figure"):format(kind:gsub("_", " "))
      end)
    end
  end
end

local function parents(source)
  local column <const> = source.table:column("parent")
  local rows <const> = source.table:rows()
  for row = 1, rows do
    local at, steps = row, 0
    while at ~= 0 and steps <= rows do
      at, steps = column:code(at), steps + 1
    end
    if at ~= 0 then
      source.problems:add { file = source.path, row = source.report:row(row), field = "parent", value = column:get(row),
        message = "goes round in a circle: a member cannot be above itself" }
      return
    end
  end
end

-- Rows of totals and the sums of their parts, over the same values of every other dimension.
local function grouped(source, selection, measures, by)
  local spec <const> = { by = by, where = selection, measures = {} }
  for index, measure in ipairs(measures) do
    spec.measures[index] = { name = measure.name, column = measure.column }
  end
  local result <const> = assert(core.pivot.run(source.table, spec))
  local found <const> = {}
  for row = 1, result:rows() do
    local key <const>, values <const> = {}, {}
    for index, name in ipairs(by) do
      key[index] = result:column(name):get(row) or ""
    end
    for index, measure in ipairs(measures) do
      values[index] = result:column(measure.name):get(row)
    end
    found[table.concat(key, "\0")] = values
    found[#found + 1] = key
  end
  return found
end

local function adds_over(measure, name)
  if measure.additive_over == "all" then
    return true
  end
  for _, over in ipairs(measure.additive_over) do
    if over == name then
      return true
    end
  end
  return false
end

local function other_dimensions(source, totals)
  local by <const> = {}
  for _, field in ipairs(source.plan.fields) do
    if field.name ~= totals.name and not field.skip and source.table:column(field.name):unit() == "code" then
      by[#by + 1] = field.name
    end
  end
  return by
end

local function totals_against_parts(source)
  local totals <const> = source.plan.totals
  local measures <const> = {}
  for _, measure in ipairs(source.plan.measures) do
    if adds_over(measure, totals.name) then
      measures[#measures + 1] = measure
    end
  end
  local label <const> = '"' .. totals.label:gsub('"', '""') .. '"'
  local is_total <const> = core.selection.test(source.table, totals.name, label)
  if not is_total or #measures == 0 then
    return
  end
  local by <const> = other_dimensions(source, totals)
  local stated <const>, parts <const> = grouped(source, is_total, measures, by), grouped(source, ~is_total, measures, by)
  for _, key in ipairs(stated) do
    local joined <const> = table.concat(key, "\0")
    for index, measure in ipairs(measures) do
      local sum <const> = parts[joined] and parts[joined][index] or 0
      local column <const> = source.table:column(measure.column)
      local allowed <const> = measure.tolerance * 10 ^ (decimals[column:unit()] or 0)
      if math.abs(stated[joined][index] - sum) > allowed then
        source.problems:add { file = source.path, field = source.heading_of[measure.column], value = checks.value_text(column, stated[joined][index]),
          message = ("the row of totals for %s says this; its parts add up to %s"):format(table.concat(key, ", "), checks.value_text(column, sum)) }
      end
    end
  end
end

---What must hold inside one file.
function checks.source(source, _)
  if source.name == "posts" then
    in_post_within_wte(source)
  elseif source.name == "budget_lines" then
    negative_kinds(source)
  end
  if source.plan.dimension and source.table:column("parent") then
    parents(source)
  end
  if source.plan.totals and #source.plan.measures > 0 then
    totals_against_parts(source)
  end
end

---What must hold of the pack as a whole.
function checks.pack(sources, settings, problems)
  local posts <const>, facts = sources.posts, false
  for _, name in ipairs(checks.names(sources)) do
    facts = facts or sources[name].plan.facts
  end
  if not posts and not sources.budget_lines and not facts then
    problems:add { file = "datapackage.json", field = "resources", message = "nothing to count: a pack needs posts, budget_lines or lines of its own" }
  end
  if posts and not settings.price_base then
    problems:add { file = "datapackage.json", field = "remit.price_base", message = "is needed: the year whose prices the costs are in, such as \"2025/26\"" }
  end
  if (posts or facts) and not settings.as_at then
    problems:add { file = "datapackage.json", field = "remit.as_at", message = "is needed: the month that the pack describes, such as \"2025-05\"" }
  end
  local ledger <const> = sources.general_ledger
  if ledger and ledger.table and ledger.table:column("actual"):stats().missing < ledger.table:rows() and not math.tointeger(ledger.plan.months) then
    problems:add { file = "datapackage.json", field = ledger.plan.where .. ".remit.months",
      message = "is needed: how many months the ledger's actual figures cover (1 to 12)" }
  end
end

---The names of sources in a fixed order.
function checks.names(sources)
  local names <const> = {}
  for name in pairs(sources) do
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

return checks
