-- SPDX-License-Identifier: Apache-2.0
-- What must hold between fields, rows and files once they are read.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local value <const> = require "remit.pack.value"

local checks <const> = {}

local SHOWN <const> = 20 -- rows listed of one kind of problem

local function each_row(source, rows, count, field, message)
  local name <const> = source.heading_of[field] or field
  for _, row in ipairs(rows) do
    local column <const> = source.raw:column(field)
    source.problems:add { file = source.path, row = source.row(row), field = name, value = value.text(column, column:get(row)),
      message = message(row) }
  end
  if count > #rows then
    source.problems:add { file = source.path, field = name, message = ("and %d rows more like these"):format(count - #rows) }
  end
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
    return ("more in post than the post has: wte is %s"):format(value.text(source.raw:column("wte"), source.raw:column("wte"):get(row)))
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

-- A level stands beside one of the order, not beside one that stands beside another.
local function alongside(source)
  local column <const> = source.table:column("alongside")
  for row = 1, source.table:rows() do
    local beside <const> = column:code(row)
    if beside ~= 0 and (beside == row or column:code(beside) ~= 0) then
      source.problems:add { file = source.path, row = source.row(row), field = source.heading_of.alongside, value = column:get(row),
        message = beside == row and "is the level itself" or ("is itself alongside '%s': name a level of the order"):format(column:get(beside)) }
    end
  end
end

local function needs_another(source)
  local fn <const>, needs <const> = source.table:column "fn", source.table:column "needs"
  for row = 1, source.table:rows() do
    if fn:code(row) ~= 0 and fn:code(row) == needs:code(row) then
      source.problems:add { file = source.path, row = source.row(row), field = source.heading_of.needs, value = needs:get(row),
        message = "a function does not depend on itself" }
    end
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

-- Members are found whatever the case of a label, so their ids differ in more. (Ids of posts are matched as they stand.)
local function differ_in_more_than_case(source, name)
  local column <const> = source.table:column(name)
  local labels <const> = column:dictionary():labels()
  local seen <const>, first = {}, nil
  for code, label in ipairs(labels) do
    local folded <const> = core.text.fold(label) or label
    local other <const> = seen[folded]
    seen[folded] = other or code
    if other then
      first = first or select(2, column:tally())
      if first[other] and first[code] then
        local before <const>, after <const> = math.min(first[other], first[code]), math.max(first[other], first[code])
        source.problems:add { file = source.path, row = source.row(after), field = source.heading_of[name], value = column:get(after),
          message = ("differs from row %d only in case or spaces"):format(source.row(before)) }
      end
    end
  end
end

-- Rows that say the same thing twice; the files that are held to this are small.
local function distinct_rows(source, names)
  local first <const> = {}
  for row = 1, source.table:rows() do
    local key <const> = {}
    for index, name in ipairs(names) do
      key[index] = source.table:column(name):get(row)
    end
    local known <const> = #key == #names and table.concat(key, "\0")
    if known and first[known] then
      source.problems:add { file = source.path, row = source.row(row), message = ("duplicate of row %d: the same %s and %s"):format(
        source.row(first[known]), table.concat(names, ", ", 1, #names - 1), names[#names]) }
    elseif known then
      first[known] = row
    end
  end
end

---What must hold inside one file.
function checks.source(source, state)
  if source.plan.dimension and source.table:column(source.plan.key) then
    differ_in_more_than_case(source, source.plan.key)
  end
  if source.plan.file and source.plan.file.distinct then
    distinct_rows(source, source.plan.file.distinct)
  end
  if source.name == "posts" then
    in_post_within_wte(source)
  elseif source.name == "budget_lines" then
    negative_kinds(source)
  elseif source.name == "shares" then
    require("remit.pack.shares").check(source)
  elseif source.name == "dependencies" then
    needs_another(source)
  end
  if state.members[source.plan.dimension] and source.table:column("parent") then
    parents(source)
  end
  if source.name == "levels" and source.plan.dimension and state.members[source.plan.dimension] then
    alongside(source)
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

---The file that has the organisations: organisations.csv, or another that a pack declares to have the members of "org".
---@param sources table<string, table>
---@return table? source
function checks.organisations(sources)
  for _, name in ipairs(plain.keys(sources)) do
    if sources[name].plan.dimension == "org" then
      return sources[name]
    end
  end
end

local function home_organisation(sources, settings, problems)
  local home <const>, organisations <const> = settings.organisation, checks.organisations(sources)
  if home and organisations and organisations.table and not organisations.partial then
    local dictionary <const> = organisations.table:column(organisations.plan.key):dictionary()
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
  if sources.assignments and not posts then
    problems:add { file = "datapackage.json", field = sources.assignments.plan.where, message = "assignments are to posts, and the pack has no posts" }
  end
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
