-- SPDX-License-Identifier: Apache-2.0
-- What must hold between fields, rows and files once they are read, and rows of totals against their parts.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"

local checks <const> = {}

local SHOWN <const> = 20 -- rows listed of one kind of problem

local function each_row(source, rows, count, field, message)
  local name <const> = source.heading_of[field] or field
  for _, row in ipairs(rows) do
    local value <const> = source.raw:column(field):get(row)
    source.problems:add { file = source.path, row = source.row(row), field = name, value = checks.value_text(source.raw:column(field), value),
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

-- Rows without those of which a field has been complained of already.
local function fresh(source, rows, fields)
  local wrong <const>, kept <const> = {}, {}
  for _, problem in ipairs(source.problems.list) do
    if problem.file == source.path and problem.row and (problem.field == fields[1] or problem.field == fields[2]) then
      wrong[problem.row] = true
    end
  end
  for _, row in ipairs(rows) do
    if not wrong[source.row(row)] then
      kept[#kept + 1] = row
    end
  end
  return kept, #rows - #kept
end

local function in_post_within_wte(source)
  local found <const>, all <const> = source.table:exceeds("in_post", "wte", SHOWN)
  local rows <const>, known <const> = fresh(source, found, { source.heading_of.in_post, source.heading_of.wte })
  local count <const> = all - known
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
      source.problems:add { file = source.path, row = source.row(row), field = source.heading_of.parent or "parent", value = column:get(row),
        message = "goes round in a circle: a member cannot be above itself" }
      return
    end
  end
end

-- Rows of totals and the sums of their parts, over the same values of every other dimension.
local function grouped(source, selection, of, by)
  local spec <const> = { by = by, where = selection, measures = {} }
  for index, measure in ipairs(of) do
    spec.measures[index] = { name = measure.name, column = measure.column }
  end
  local result <const>, message <const> = core.pivot.run(source.table, spec)
  if not result then
    source.problems:add { file = source.path, message = message }
    return {}
  end
  local found <const> = {}
  for row = 1, result:rows() do
    local key <const>, values <const> = {}, {}
    for index, name in ipairs(by) do
      key[index] = result:column(name):get(row) or ""
    end
    for index, measure in ipairs(of) do
      values[index] = result:column(measure.name):get(row)
    end
    found[table.concat(key, "\0")] = values
    found[#found + 1] = key
  end
  return found
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

-- The row of the file in which a row of totals has these labels.
local function row_of(source, is_total, by, key)
  local where = is_total
  for index, name in ipairs(by) do
    where = where & assert(core.selection.test(source.table, name, key[index] == "" and "none" or plain.quoted(key[index])))
  end
  return source.row(where:rows(1)[1])
end

local function totals_against_parts(source)
  local totals <const> = source.plan.totals
  local additive <const> = {}
  for _, measure in ipairs(source.plan.measures) do
    if measures.adds_over(measure, totals.name) then
      additive[#additive + 1] = measure
    end
  end
  local label <const> = plain.quoted(totals.label)
  local is_total <const> = core.selection.test(source.table, totals.name, label)
  if not is_total or #additive == 0 then
    return
  end
  local by <const> = other_dimensions(source, totals)
  local stated <const>, parts <const> = grouped(source, is_total, additive, by), grouped(source, ~is_total, additive, by)
  for _, key in ipairs(stated) do
    local joined <const> = table.concat(key, "\0")
    for index, measure in ipairs(additive) do
      local sum <const> = parts[joined] and parts[joined][index] or 0
      local column <const> = source.table:column(measure.column)
      local allowed <const> = measure.tolerance * 10 ^ (decimals[column:unit()] or 0)
      if math.abs(stated[joined][index] - sum) > allowed then
        source.problems:add { file = source.path, row = row_of(source, is_total, by, key), field = source.heading_of[measure.column],
          value = checks.value_text(column, stated[joined][index]),
          message = ("the row of totals for %s says this; its parts add up to %s"):format(table.concat(key, ", "), checks.value_text(column, sum)) }
      end
    end
  end
end

-- The sum of what selected rows have in a column; nil past 64 bits.
local function sum_of(core_table, where, name)
  local taken <const> = (where & assert(core.selection.test(core_table, name, "not(none)"))):take()
  local result <const> = core.pivot.run(taken, { measures = { { name = "sum", column = name } } })
  return result and (result:column("sum"):get(1) or 0)
end

-- One row of totals: the sums of all parts that share the labels that it has.
local function total_row(source, parts, row)
  local labels <const>, where = {}, parts
  for _, field in ipairs(source.plan.fields) do
    local column <const> = not field.skip and not field.unique and field.name ~= source.plan.totals.name and source.table:column(field.name)
    local label <const> = column and column:unit() == "code" and column:get(row)
    if label then
      labels[#labels + 1] = label
      where = where & assert(core.selection.test(source.table, field.name, plain.quoted(label)))
    end
  end
  local of <const> = #labels > 0 and " for " .. table.concat(labels, ", ") or ""
  for _, field in ipairs(source.plan.fields) do
    local column <const> = not field.skip and decimals[source.table:column(field.name):unit()] and source.table:column(field.name)
    local stated <const> = column and column:get(row)
    local sum <const> = stated and sum_of(source.table, where, field.name)
    if sum and sum ~= stated then
      source.problems:add { file = source.path, row = source.row(row), field = field.heading, value = checks.value_text(column, stated),
        message = ("the row of totals%s says this; its parts add up to %s"):format(of, checks.value_text(column, sum)) }
    end
  end
end

---Rows of totals of a standard file against their parts.
function checks.totals(source, is_total, parts)
  for _, row in ipairs(is_total:rows()) do
    total_row(source, parts, row)
  end
end

---Rows of totals of a pack's own lines against their parts, for measures that add up.
function checks.own_totals(source)
  if source.plan.facts and source.plan.totals and #source.plan.measures > 0 then
    totals_against_parts(source)
  end
end

---The measures of a pack's own lines have a figure in every row that counts.
---@param source table
---@param selection table core selection
function checks.figures(source, selection)
  for _, measure in ipairs(source.plan.measures) do
    local without <const> = selection & assert(core.selection.test(source.table, measure.column, "none"))
    each_row(source, without:rows(SHOWN), without:count(), measure.column, function()
      return ("is empty, and measure '%s' needs a figure in every row"):format(measure.name)
    end)
  end
end

---What must hold inside one file.
function checks.source(source, state)
  if source.name == "posts" then
    in_post_within_wte(source)
  elseif source.name == "budget_lines" then
    negative_kinds(source)
  end
  if state.members[source.plan.dimension] and source.table:column("parent") then
    parents(source)
  end
end

local function of_resources(problems)
  for _, problem in ipairs(problems.list) do
    if problem.field and problem.field:find "^resources" then
      return true
    end
  end
  return false
end

local function something_to_count(sources, problems)
  local rows, files, known = 0, {}, true
  for _, name in ipairs(plain.keys(sources)) do
    local source <const> = sources[name]
    if source.plan.lines then
      files[#files + 1] = source.path
      rows = rows + (source.table and source.table:rows() or 0)
      known = known and source.table ~= nil and not source.partial
    end
  end
  if #files == 0 and not of_resources(problems) then
    problems:add { file = "datapackage.json", field = "resources", message = "nothing to count: a pack needs posts, budget_lines or lines of its own" }
  elseif #files > 0 and rows == 0 and known then
    problems:add { file = files[1], message = "nothing to count: there are no rows"
      .. (#files > 1 and ", here or in " .. table.concat(files, ", ", 2) or "") }
  end
end

-- The month of a resource is the pack's when the pack says none; two that differ cannot both hold.
local function pack_month(sources, settings, problems)
  for _, name in ipairs(plain.keys(sources)) do
    local planned <const> = sources[name].plan
    if planned.as_at and planned.lines and not settings.as_at then
      settings.as_at = planned.as_at
    elseif planned.as_at and planned.lines and type(settings.as_at) == "string" and planned.as_at ~= settings.as_at then
      problems:add { file = "datapackage.json", field = planned.where .. ".remit.as_at", value = planned.as_at,
        message = ("the pack's month is %s, and all its lines must be of one month"):format(settings.as_at) }
    end
  end
end

local function home_organisation(sources, settings, problems)
  local home <const>, organisations <const> = settings.organisation, sources.organisations
  if home and organisations and organisations.table and not organisations.partial then
    local dictionary <const> = organisations.table:column("id"):dictionary()
    if dictionary:find(home) == 0 then
      local near <const> = fault.suggest(home, dictionary:labels())
      problems:add { file = "datapackage.json", field = "remit.organisation", value = home,
        message = near and ("not in %s. %s"):format(organisations.path, near) or "not in " .. organisations.path }
    end
  end
end

---What must hold of the pack as a whole.
function checks.pack(sources, settings, problems)
  local posts <const>, facts = sources.posts, false
  for _, name in ipairs(plain.keys(sources)) do
    facts = facts or sources[name].plan.facts
  end
  local establishment <const> = posts or sources.budget_lines
  something_to_count(sources, problems)
  pack_month(sources, settings, problems)
  home_organisation(sources, settings, problems)
  if establishment and not settings.price_base then
    problems:add { file = "datapackage.json", field = "remit.price_base",
      message = "is needed: the year whose prices the costs are in, such as \"2025/26\"" }
  end
  if (establishment or facts) and not settings.as_at then
    problems:add { file = "datapackage.json", field = "remit.as_at", message = "is needed: the month that the pack describes, such as \"2025-05\"" }
  end
  local ledger <const> = sources.general_ledger
  local has_actual <const> = ledger and ledger.table and ledger.table:column("actual"):stats().missing < ledger.table:rows()
  if has_actual and not ledger.plan.months_stated then
    problems:add { file = "datapackage.json", field = ledger.plan.where .. ".remit.months",
      message = "is needed: how many months the ledger's actual figures cover (1 to 12)" }
  end
end

return checks
