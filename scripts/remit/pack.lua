-- SPDX-License-Identifier: Apache-2.0
-- Reads a pack: every file by its plan, every label to its member, every problem at once. Either all of it loads or nothing does.

local assumptions <const> = require "remit.assumptions"
local core <const> = require "remit.core"
local corrections <const> = require "remit.pack.corrections"
local checks <const> = require "remit.pack.checks"
local exact <const> = require "remit.exact"
local lines <const> = require "remit.lines"
local plan <const> = require "remit.pack.plan"
local problems <const> = require "remit.problems"
local resolve <const> = require "remit.pack.resolve"
local schema <const> = require "remit.schema"
local vocabulary <const> = require "remit.vocabulary"

local pack <const> = {}

local function in_units(value, kind)
  return value and exact.integer(value, kind.format.decimals) or nil
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
    minimum = in_units(planned.minimum, kind), maximum = in_units(planned.maximum, kind) }
end

local function core_source(folder, planned, fixes)
  local fields <const> = {}
  for index, one in ipairs(planned.fields) do
    fields[index] = core_field(one)
  end
  local source <const> = { path = folder .. "/" .. planned.path, fields = fields, delimiter = planned.delimiter, encoding = planned.encoding,
    salvage = true, missing = planned.missing, totals = planned.totals and { field = planned.totals.heading, label = planned.totals.label } }
  local mine <const> = corrections.of(fixes, planned.path)
  local text <const> = #mine > 0 and corrections.apply(source, mine)
  if text then
    source.text, source.path, source.encoding = text, nil, "utf-8"
  end
  return source
end

local TOTALS_HINT <const> = '%s. A row of totals? Declare it: "remit": { "totals": { "%s": "%s" } }'
local ROUND_HINT <const> = '%s. To round them: "remit": { "round": true } on the field'

-- The heading and the label by which a row says that it is one of totals.
local function totals_label(read, wanted)
  local heading
  for fields, row in core.csv.records { path = read.path, text = read.text, delimiter = read.delimiter, encoding = read.encoding } do
    heading = heading or (#fields > 0 and fields) or nil
    for index, text in ipairs(row == wanted and fields or {}) do
      local label <const> = text:match "^%s*(.-)%s*$"
      if label:lower():find "^total" or label:lower():find "^grand total" then
        return heading[index], label
      end
    end
  end
end

local function report_problems(source, report, read)
  local hinted
  for _, found in ipairs(report:problems()) do
    local message = found.message
    if found.total_row and found.row ~= hinted then
      hinted = found.row
      local ok <const>, heading <const>, label <const> = pcall(totals_label, read, found.row)
      message = ok and heading and TOTALS_HINT:format(message, heading, label) or message
    elseif message:find "^%d+ decimals, only" then
      message = ROUND_HINT:format(message)
    end
    source.problems:add { file = source.path, row = found.row, field = found.field ~= "" and found.field or nil,
      value = found.value ~= "" and found.value or nil, message = message, alike = found.alike }
  end
  local more <const> = report:counts().more
  if more > 0 then
    source.problems:add { file = source.path, message = ("and %d more of other kinds"):format(more), last = true }
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

-- Whether a file with problems still tells all its members: then references to them can be checked.
local function names_every_row(report, salvaged)
  for _, found in ipairs(report:problems()) do
    if found.field == "" then
      return false
    end
  end
  return salvaged ~= nil and salvaged:rows() == report:counts().rows
end

local function new_source(folder, planned, found)
  return { plan = planned, path = planned.path, from = folder == vocabulary.folder() and "vocabulary" or "pack", problems = found,
    heading_of = {}, name = planned.file and planned.file.name or planned.name }
end

local function load_source(folder, planned, found, settings, fixes)
  limit_wte(planned, settings)
  local source <const> = new_source(folder, planned, found)
  for _, one in ipairs(planned.fields) do
    source.heading_of[one.name] = one.heading
  end
  local read <const> = core_source(folder, planned, fixes)
  local loaded <const>, report <const>, salvaged <const> = core.csv.load(read)
  if type(report) == "string" then
    local prefix <const> = read.path and read.path .. ": " or ""
    found:add { file = planned.path, message = report:sub(1, #prefix) == prefix and report:sub(#prefix + 1) or report }
    return source
  end
  source.report = report
  found:count_rows(planned.path, report:counts().rows)
  if not loaded then
    report_problems(source, report, read)
    source.partial, source.complete = true, names_every_row(report, salvaged)
  end
  source.table = loaded or salvaged
  function source.row(row)
    return report:row(source.kept and source.kept[row] or row)
  end
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
  if field.dimension and not members and state.later[field.dimension] and field.dimension ~= source.plan.dimension then
    source.problems:add { file = "datapackage.json", field = source.plan.where, value = source.heading_of[field.name],
      message = ("refers to the members of '%s', which %s has: it is read later"):format(field.dimension, state.later[field.dimension]) }
  end
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
  elseif field.type == "percent" then
    return resolve.percent(source, field.name)
  elseif field.type == "category" then
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
  local named <const> = column and column:unit() == "code" and column:stats().missing == 0 and column:dictionary():size() == column:count()
  if source.partial then
    if not named or not source.complete then
      return nil
    end
  elseif not named then
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

-- Rows of totals of a standard file are held against their parts and then leave; those of a pack's own lines stay, for measures that do not add up.
local function set_totals_aside(source)
  local totals <const> = source.plan.totals
  if not totals or source.plan.facts then
    return
  end
  local is_total <const> = core.selection.test(source.table, totals.name, '"' .. totals.label:gsub('"', '""') .. '"')
  if is_total then
    local parts <const> = ~is_total
    if not source.partial then
      checks.totals(source, is_total, parts)
    end
    source.kept, source.total_rows = parts:rows(), is_total:count()
    source.table = parts:take()
  end
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
  if source.plan.facts then
    local before <const> = #source.problems.list
    checks.figures(source, selection or core.selection.all(source.table))
    if #source.problems.list > before then
      return
    end
  end
  if selection then
    local kept <const>, rows <const>, row_before <const> = selection:take(), selection:rows(), source.row
    function source.row(row)
      return row_before(rows[row])
    end
    source.set_aside = source.table:rows() - kept:rows()
    source.table = kept
  end
  checks.own_totals(source)
end

local function by_plans(plans, folders, found, options, settings)
  local state <const> = { members = {}, identifiers = {}, parked = {}, park = options.unmapped == "park", later = {} }
  local sources <const> = {}
  for _, planned in ipairs(plans) do
    if planned.dimension then
      state.later[planned.dimension] = planned.path
    end
  end
  for _, planned in ipairs(reading_order(plans)) do
    if planned.dimension then
      state.later[planned.dimension] = nil
    end
    if planned.path and planned.unread then
      local source <const> = new_source(folders[planned], planned, found)
      sources[source.name] = source
    elseif planned.path then
      local source <const> = load_source(folders[planned], planned, found, settings, options.fixes)
      if source.table then
        set_totals_aside(source)
        finish_source(source, state)
        checks.source(source, state)
        if not source.partial then
          take_rows(source)
        end
        if source.name == "posts" and (not source.partial or source.complete and source.table:column("id"):stats().missing == 0) then
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
---@field costs table? core column: what each post costs

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
  local own_paths <const> = {}
  for _, planned in ipairs(plans) do
    folders[planned] = folder
    own_paths[#own_paths + 1] = planned.path
  end
  if has_establishment(plans) then
    add_vocabulary(plans, folders)
  end
  local sources <const>, state <const> = by_plans(plans, folders, found, { unmapped = options.unmapped, fixes = fixes }, settings)
  corrections.check_used(fixes, found, own_paths)
  checks.pack(sources, settings, found)
  local costs <const> = lines.costs(sources, settings, found)
  local stated <const> = assumptions.read(sources.assumptions, found)
  if found:any() then
    found:raise()
  end
  return { folder = folder, name = descriptor.name or folder, title = descriptor.title or descriptor.name or folder, settings = settings,
    sources = sources, members = state.members, parked = state.parked, corrections = fixes or {}, plans = plans, assumptions = stated,
    costs = costs }
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
