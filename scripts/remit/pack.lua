-- SPDX-License-Identifier: Apache-2.0
-- Reads a pack: every file by its plan, every label to its member, every problem at once. Either all of it loads or nothing does.

local assumptions <const> = require "remit.assumptions"
local core <const> = require "remit.core"
local corrections <const> = require "remit.pack.corrections"
local checks <const> = require "remit.pack.checks"
local plan <const> = require "remit.pack.plan"
local problems <const> = require "remit.problems"
local resolve <const> = require "remit.pack.resolve"
local schema <const> = require "remit.schema"
local vocabulary <const> = require "remit.vocabulary"

local pack <const> = {}

local function in_units(value, unit)
  if value == nil then
    return nil
  end
  local scale <const> = ({ pence = 100, micro = 1000000 })[unit] or 1
  return math.tointeger(math.floor(value * scale + 0.5))
end

local function core_field(planned)
  local kind <const> = schema.types[planned.type]
  local format
  if kind.format then
    format = { decimals = kind.format.decimals, currency = kind.format.currency, round = planned.number.round,
      decimal_char = planned.number.decimal_char, group_char = planned.number.group_char }
  end
  return { heading = planned.heading, name = not planned.skip and planned.name or nil, unit = kind.unit, format = format,
    optional = planned.optional, required = planned.required, unique = planned.unique,
    minimum = in_units(planned.minimum, kind.unit), maximum = in_units(planned.maximum, kind.unit) }
end

local function core_source(folder, planned, fixes)
  local fields <const> = {}
  for index, one in ipairs(planned.fields) do
    fields[index] = core_field(one)
  end
  local source <const> = { path = folder .. "/" .. planned.path, fields = fields, delimiter = planned.delimiter, encoding = planned.encoding,
    missing = planned.missing, totals = planned.totals and { field = planned.totals.heading, label = planned.totals.label } }
  local mine <const> = corrections.of(fixes, planned.path)
  local text <const> = #mine > 0 and corrections.apply(source, mine)
  if text then
    source.text, source.path, source.encoding = text, nil, "utf-8"
  end
  return source
end

local TOTALS_HINT <const> = ". A row of totals? Declare it: \"remit\": { \"totals\": { \"HEADING\": \"LABEL\" } }"

local function report_problems(source, report)
  for _, found in ipairs(report:problems()) do
    local message <const> = found.total_row and found.message .. TOTALS_HINT or found.message
    source.problems:add { file = source.path, row = found.row, field = found.field ~= "" and found.field or nil,
      value = found.value ~= "" and found.value or nil, message = message, alike = found.alike }
  end
  local more <const> = report:counts().more
  if more > 0 then
    source.problems:add { file = source.path, message = "further problems of other kinds", alike = more }
  end
end

local function limit_wte(planned, settings)
  if planned.name ~= "posts" and not (planned.file and planned.file.name == "posts") then
    return
  end
  for _, one in ipairs(planned.fields) do
    if one.name == "wte" or one.name == "in_post" then
      one.maximum = one.maximum or settings.max_wte or 1
    end
  end
end

local function load_source(folder, planned, found, settings, fixes)
  limit_wte(planned, settings)
  local source <const> = { plan = planned, path = planned.path, from = folder == vocabulary.folder() and "vocabulary" or "pack", problems = found,
    heading_of = {}, name = planned.file and planned.file.name or planned.name }
  for _, one in ipairs(planned.fields) do
    source.heading_of[one.name] = one.heading
  end
  local loaded <const>, report <const> = core.csv.load(core_source(folder, planned, fixes))
  if type(report) == "string" then
    found:add { file = planned.path, message = report }
    return source
  end
  source.report = report
  found:count_rows(planned.path, report:counts().rows)
  if not loaded then
    report_problems(source, report)
  end
  source.table = loaded
  return source
end

local empty <const> = core.dictionary.new {}

local function missing_column(rows, field, members)
  local kind <const> = schema.types[field.type]
  if kind.unit ~= "code" then
    return core.column.same(false, rows, kind.unit)
  end
  return core.column.same(false, rows, members and members.dictionary or empty)
end

local function resolved(source, field, state)
  local members <const> = field.dimension and state.members[field.dimension]
  if members then
    local park <const> = state.park and field.dimension == "fn"
    return resolve.reference(source, field.name, members, park, state.parked)
  elseif field.of and state.identifiers[field.of] then
    return resolve.identifier(source, field.name, state.identifiers[field.of])
  elseif field.words then
    return resolve.words(source, field.name, field.words)
  elseif field.type == "boolean" then
    return resolve.boolean(source, field.name)
  elseif field.type == "list" then
    return resolve.list(source, field.name)
  elseif field.type == "category" or field.type == "percent" then
    return resolve.category(source, field.name)
  end
  return source.table:column(field.name)
end

local function standard_rest(planned)
  local have <const>, rest <const> = {}, {}
  for _, field in ipairs(planned.fields) do
    have[field.name] = not field.skip
  end
  for _, field in ipairs(planned.file and planned.file.fields or {}) do
    if not have[field.name] then
      rest[#rest + 1] = field
    end
  end
  return rest
end

local function members_of(source, planned)
  local column <const> = source.table:column(planned.key)
  if not column or column:unit() ~= "code" or column:stats().missing > 0 or column:dictionary():size() ~= column:count() then
    source.problems:add { file = source.path, field = planned.key,
      message = ("cannot name the members of '%s': every row needs its own %s"):format(planned.dimension, planned.key) }
    return nil
  end
  return { name = planned.dimension, file = source.path, table = source.table, dictionary = column:dictionary(), label = planned.label, key = planned.key }
end

local function ordered_ids(source, planned)
  local column <const> = source.table:column(planned.key)
  if not planned.ordered or not column then
    return column
  end
  local labels <const> = column:dictionary():labels()
  local codes <const> = {}
  for code = 1, #labels do
    codes[code] = code
  end
  return column:recode(codes, core.dictionary.new(labels, { ordered = true }))
end

local function with_unallocated(source)
  local names <const>, extra = source.table:names(), core.table.new(1)
  for _, name in ipairs(names) do
    if name == "id" then
      extra:add(name, core.column.labels { resolve.UNALLOCATED })
    elseif name == "name" then
      extra:add(name, core.column.labels { "Unallocated: a label that is not in the vocabulary" })
    end
  end
  source.table = assert(core.table.concat { source.table, extra })
end

-- The raw table's columns replaced by resolved ones, and linked to their dimensions.
local function finish_source(source, state)
  local planned <const> = source.plan
  if planned.dimension == "fn" and state.park then
    with_unallocated(source)
  end
  if planned.dimension then
    local own <const> = members_of(source, planned)
    if own then
      own.table = core.table.new(source.table:rows()):add(planned.key, ordered_ids(source, planned))
      own.dictionary = own.table:column(planned.key):dictionary()
      for _, name in ipairs { planned.label, "aliases" } do
        local names <const> = name ~= planned.key and source.table:column(name)
        if names and not own.table:column(name) then
          own.table:add(name, names)
        end
      end
      state.members[planned.dimension] = own
    end
  end
  local rows <const> = source.table:rows()
  local result <const>, linked <const> = core.table.new(rows), {}
  for _, field in ipairs(planned.fields) do
    if not field.skip then
      local own <const> = planned.dimension and field.name == planned.key and state.members[planned.dimension]
      result:add(field.name, own and own.table:column(planned.key) or resolved(source, field, state))
      linked[#linked + 1] = field
    end
  end
  for _, field in ipairs(standard_rest(planned)) do
    result:add(field.name, missing_column(rows, field, field.dimension and state.members[field.dimension]))
    linked[#linked + 1] = field
  end
  for _, field in ipairs(linked) do
    local members <const> = field.dimension and field.dimension ~= planned.dimension and state.members[field.dimension]
    if members then
      result:link(field.name, members.table)
    elseif field.of and state.identifiers[field.of] then
      result:link(field.name, state.identifiers[field.of].table)
    end
  end
  source.raw, source.table = source.table, result
  local members <const> = planned.dimension and state.members[planned.dimension]
  if members then
    members.table, members.index = result, nil
  end
end

local function reading_order(plans)
  local rank <const> = {}
  for index, name in ipairs(schema.names()) do
    rank[name] = index
  end
  local function key(planned)
    if planned.file then
      return rank[planned.file.name]
    end
    return planned.facts and 1000 or 0
  end
  local sorted <const> = {}
  for index, planned in ipairs(plans) do
    sorted[index] = { planned = planned, key = key(planned), index = index }
  end
  table.sort(sorted, function(a, b)
    if a.key ~= b.key then
      return a.key < b.key
    end
    return a.index < b.index
  end)
  for index, entry in ipairs(sorted) do
    sorted[index] = entry.planned
  end
  return sorted
end

local function has_establishment(plans)
  for _, planned in ipairs(plans) do
    if planned.file and planned.file.lines then
      return true
    end
  end
  return false
end

-- Only reference data that the pack does not bring itself comes from the vocabulary.
local function add_vocabulary(plans, folders)
  local have <const> = {}
  for _, planned in ipairs(plans) do
    have[planned.file and planned.file.name or planned.name] = true
  end
  for _, planned in ipairs(vocabulary.plans()) do
    if not have[planned.file.name] then
      plans[#plans + 1] = planned
      folders[planned] = vocabulary.folder()
    end
  end
end

local function take_rows(source)
  local selection
  for _, test in ipairs(source.plan.rows) do
    local made <const>, message <const> = core.selection.test(source.table, test.field, test.test)
    if not made then
      source.problems:add { file = "datapackage.json", field = source.plan.where .. ".remit.rows", value = test.test, message = message }
      return
    end
    selection = selection and (selection & made) or made
  end
  source.set_aside = 0
  if selection then
    local kept <const> = selection:take()
    source.set_aside = source.table:rows() - kept:rows()
    source.table = kept
  end
end

local function by_plans(plans, folders, found, options, settings)
  local state <const> = { members = {}, identifiers = {}, parked = {}, park = options.unmapped == "park" }
  local sources <const> = {}
  for _, planned in ipairs(reading_order(plans)) do
    if planned.path then
      local source <const> = load_source(folders[planned], planned, found, settings, options.fixes)
      if source.table then
        finish_source(source, state)
        checks.source(source, state)
        take_rows(source)
        if source.name == "posts" then
          state.identifiers.posts = { table = source.table, dictionary = source.table:column("id"):dictionary(), file = source.path }
        end
      end
      sources[source.name] = source
    end
  end
  return sources, state
end

---@class remit.pack
---@field folder string
---@field name string
---@field title string
---@field settings table
---@field sources table<string, table> by file name or, for files of the pack's own, by resource name
---@field members table<string, remit.members> by dimension
---@field parked table[] labels that went to the unallocated member
---@field corrections table[]

---Reads a pack, or raises one error with every problem.
---@param folder string
---@param options { fix?: string, unmapped?: string }
---@return remit.pack
function pack.read(folder, options)
  local found <const> = problems.new()
  local descriptor <const> = plan.read(folder, found)
  if not descriptor then
    found:raise()
  end
  local settings <const> = plan.settings(descriptor, found)
  local plans <const> = plan.resources(descriptor, found)
  local fixes <const> = options.fix and corrections.read(options.fix) or nil
  local folders <const> = {}
  for _, planned in ipairs(plans) do
    folders[planned] = folder
  end
  if has_establishment(plans) then
    add_vocabulary(plans, folders)
  end
  local sources <const>, state <const> = by_plans(plans, folders, found, { unmapped = options.unmapped, fixes = fixes }, settings)
  corrections.check_used(fixes, found)
  checks.pack(sources, settings, found)
  local stated <const> = assumptions.read(sources.assumptions, found)
  if found:any() then
    found:raise()
  end
  return { folder = folder, name = descriptor.name or folder, title = descriptor.title or descriptor.name or folder, settings = settings,
    sources = sources, members = state.members, parked = state.parked, corrections = fixes or {}, plans = plans, assumptions = stated }
end

---The shipped reference data by itself: core tables by file name.
---@return table<string, table>
function pack.vocabulary()
  local found <const>, plans <const>, folders <const> = problems.new(), {}, {}
  add_vocabulary(plans, folders)
  local sources <const> = by_plans(plans, folders, found, {}, {})
  if found:any() then
    found:raise()
  end
  local tables <const> = {}
  for _, name in ipairs(checks.names(sources)) do
    tables[name] = sources[name].table
  end
  return tables
end

return pack
