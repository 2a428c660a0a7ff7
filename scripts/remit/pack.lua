-- SPDX-License-Identifier: Apache-2.0
-- Reads a pack: every file by its plan, every label to its member, every problem at once. Either all of it loads or nothing does.

local assumptions <const> = require "remit.assumptions"
local checks <const> = require "remit.pack.checks"
local core <const> = require "remit.core"
local crosswalk <const> = require "remit.pack.crosswalk"
local lines <const> = require "remit.lines"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.pack.plan"
local problems <const> = require "remit.problems"
local reader <const> = require "remit.pack.source"
local resolve_members <const> = require "remit.pack.members"
local schema <const> = require "remit.schema"
local spellings <const> = require "remit.pack.spellings"
local progress <const> = require "remit.progress"
local vocabulary <const> = require "remit.vocabulary"

local pack <const> = {}

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
  local declared <const> = source.plan.totals
  if not declared or source.plan.facts then
    return
  end
  local is_total <const> = core.selection.test(source.table, declared.name, plain.quoted(declared.label))
  if is_total then
    local parts <const> = ~is_total
    if not source.partial then
      require("remit.pack.totals").check(source, is_total, parts)
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
  local have <const>, dimensions <const> = {}, {}
  for _, planned in ipairs(plans) do
    have[planned.file and planned.file.name or planned.name] = true
    dimensions[planned.dimension or false] = true
  end
  for _, planned in ipairs(vocabulary.plans()) do
    if not have[planned.file.name] and not dimensions[planned.dimension] then
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
  if source.plan.facts and source.plan.totals and #source.plan.measures > 0 then
    require("remit.pack.totals").check_own(source)
  end
end

-- Assignments refer to posts by their ids.
local function know_posts(source, state)
  if source.name ~= "posts" then
    return
  end
  local ids <const> = source.table:column "id"
  if not source.partial or source.complete and ids:stats().missing == 0 then
    state.identifiers.posts = { table = source.table, dictionary = ids:dictionary(), file = source.path }
  end
end

-- The vocabulary's rows for members that the pack does not have, such as pay points of a band.
local function drop_unknown(source)
  for _, field in ipairs(source.from == "vocabulary" and source.plan.fields or {}) do
    if field.dimension and field.required then
      source.table = assert(core.selection.test(source.table, field.name, "not(none)")):take()
    end
  end
end

local function read_file(folder, planned, settings, fixes)
  local found <const> = problems.new()
  return planned.unread and reader.new(folder, planned, found) or reader.read(folder, planned, found, settings, fixes)
end

-- From here on a file's problems stand among those of the pack, in the order in which files are resolved.
local function join_problems(source, found)
  for _, problem in ipairs(source.problems.list) do
    found:add(problem)
  end
  if source.report then
    found:count_rows(source.path, source.report:counts().rows)
  end
  source.problems = found
end

local function resolve_source(source, state)
  set_totals_aside(source)
  resolve_members(source, state)
  drop_unknown(source)
  checks.source(source, state)
  if not source.partial then
    take_rows(source)
  end
  know_posts(source, state)
end

-- All files are read before the first is resolved: labels that several files have are spelt one way.
local function read_files(ordered, folders, options, settings)
  local read <const>, spelt <const> = {}, spellings.new(ordered)
  for _, planned in progress.each("reading", ordered) do
    read[planned] = planned.path and read_file(folders[planned], planned, settings, options.fixes)
  end
  for _, from in ipairs { "vocabulary", "pack" } do
    for _, planned in ipairs(ordered) do
      if read[planned] and read[planned].from == from then
        spelt:collect(read[planned])
      end
    end
  end
  return read, spelt
end

-- `later` names the file of each dimension that is still to be resolved.
local function by_plans(plans, folders, found, options, settings)
  local ordered <const> = reading_order(plans)
  local read <const>, spelt <const> = read_files(ordered, folders, options, settings)
  local state <const> = { members = {}, identifiers = {}, parked = {}, park = options.unmapped == "park", later = {}, spellings = spelt,
    crosswalk = options.crosswalk, problems = found }
  local sources <const> = {}
  for _, planned in ipairs(plans) do
    if planned.dimension then
      state.later[planned.dimension] = planned.path
    end
  end
  for _, planned in ipairs(ordered) do
    if planned.dimension then
      state.later[planned.dimension] = nil
    end
    local source <const> = read[planned]
    if source then
      join_problems(source, found)
      sources[source.name] = source
      if source.table then
        resolve_source(source, state)
      end
    end
  end
  return sources, state
end

-- A link that leads out of what a guarded script may read is none, and no reason not to load what is named.
local function is_file(path)
  local ok <const>, kind <const> = pcall(core.file.kind, path)
  return ok and kind == "file"
end

-- Standard files that stand in a pack's folder though its datapackage.json does not name them.
local function left_out(folder, paths)
  local named <const>, names <const> = plain.set(paths), {}
  for _, name in ipairs(schema.names()) do
    local path <const> = name .. ".csv"
    if not named[path] and is_file(folder .. "/" .. path) then
      names[#names + 1] = path
    end
  end
  return names
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
---@field crosswalk? remit.pack.crosswalk
---@field several string[] labels that are written in several ways
---@field left_out string[] files of the folder that it passes over

---Reads a pack, or raises one error with every problem.
---@param folder string
---@param options { fix?: string, unmapped?: string }
---@return remit.pack
function pack.read(folder, options)
  local found <const> = problems.new()
  local inside <const> = plain.is_workbook(folder)
  local place <const> = not inside and folder or require("remit.pack.workbook").open(folder, found)
  local descriptor <const> = inside and place and place.descriptor or not inside and plan.read(folder, found)
  if not descriptor then
    found:raise()
  end
  local settings <const> = plan.settings(descriptor, found)
  local plans <const> = plan.resources(descriptor, found)
  local fixes <const> = options.fix and require("remit.pack.corrections").read(options.fix) or nil
  local folders <const> = {}
  local own_paths <const> = {}
  for _, planned in ipairs(plans) do
    folders[planned], planned.sheet = place, inside
    own_paths[#own_paths + 1] = planned.path
  end
  if has_establishment(plans) then
    add_vocabulary(plans, folders)
  end
  local sources <const>, state <const> = by_plans(plans, folders, found, { unmapped = options.unmapped, fixes = fixes,
    crosswalk = crosswalk.read(place, settings, found) }, settings)
  crosswalk.check(sources, state)
  if fixes then
    require("remit.pack.corrections").check_used(fixes, found, own_paths)
  end
  checks.pack(sources, settings, found)
  local costs <const> = lines.costs(sources, settings, found)
  local stated <const> = assumptions.read(sources.assumptions, found)
  if found:any() then
    found:raise()
  end
  return { folder = folder, name = descriptor.name or folder, title = descriptor.title or descriptor.name or folder, settings = settings,
    sources = sources, members = state.members, parked = state.parked, corrections = fixes or {}, assumptions = stated,
    left_out = inside and {} or left_out(folder, own_paths),
    costs = costs, several = state.spellings:several(), crosswalk = state.crosswalk }
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
  for _, name in ipairs(plain.keys(sources)) do
    tables[name] = sources[name].table
  end
  return tables
end

return pack
