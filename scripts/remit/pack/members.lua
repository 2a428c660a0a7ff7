-- SPDX-License-Identifier: Apache-2.0
-- From the raw columns of a file to members: labels resolved, columns linked to their dimensions, and the file's own members made known.

local core <const> = require "remit.core"
local crosswalk <const> = require "remit.pack.crosswalk"
local resolve <const> = require "remit.pack.resolve"
local schema <const> = require "remit.schema"

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
  if members and field.dimension == "fn" and source.plan.lines and (state.park or state.crosswalk) then
    return crosswalk.reference(source, field.name, members, state)
  elseif members then
    local park <const> = state.park and field.dimension == "fn"
    return resolve.reference(source, field.name, members, park, state.parked)
  elseif field.of and state.identifiers[field.of] then
    return resolve.identifier(source, field.name, state.identifiers[field.of])
  elseif field.words then
    return resolve.words(source, field.name, field.words)
  elseif field.type == "boolean" then
    return resolve.boolean(source, field.name)
  elseif field.each and state.members[field.each] then
    return resolve.each(source, field.name, state.members[field.each])
  elseif field.type == "list" then
    return resolve.list(source, field.name, state.spellings:speller(source.plan, field))
  elseif field.type == "percent" then
    return resolve.percent(source, field.name)
  elseif field.type == "category" then
    return resolve.category(source, field.name, state.spellings:speller(source.plan, field))
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
  return { name = planned.dimension, file = source.path, table = source.table, dictionary = column:dictionary(), label = planned.label, key = planned.key,
    shipped = source.from == "vocabulary" and source.name or nil }
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

-- A file that has a dimension's members: they are known from here on, to its own parents too.
local function make_known(source, state)
  local planned <const> = source.plan
  local own <const> = members_of(source, planned)
  if not own then
    return
  end
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

-- The declared fields, resolved, and the standard ones that the file does not have.
local function resolved_table(source, state, own)
  local planned <const> = source.plan
  local rows <const> = source.table:rows()
  local result <const>, fields <const> = core.table.new(rows), {}
  for _, field in ipairs(planned.fields) do
    if not field.skip then
      local is_key <const> = own and field.name == planned.key
      result:add(field.name, is_key and own.table:column(planned.key) or resolved(source, field, state))
      fields[#fields + 1] = field
    end
  end
  for _, field in ipairs(standard_rest(planned)) do
    result:add(field.name, missing_column(rows, field, field.dimension and state.members[field.dimension]))
    fields[#fields + 1] = field
  end
  return result, fields
end

-- A file's own members are not linked to it: a parent is a code like any other.
local function link_fields(result, fields, planned, state)
  for _, field in ipairs(fields) do
    local dimension <const> = field.dimension and field.dimension ~= planned.dimension and state.members[field.dimension]
    local target <const> = dimension or field.of and state.identifiers[field.of]
    if target then
      result:link(field.name, target.table)
    end
  end
end

-- Of members with parents, the one that each is a part of at the top, so that figures roll up: by = { "fn.whole" }. A circle is said elsewhere.
local function add_whole(result, own)
  local parent <const> = result:column("parent")
  if not parent or result:column("whole") then
    return
  end
  local labels <const>, rows <const> = {}, result:rows()
  for row = 1, rows do
    local at, steps = row, 0
    while parent:code(at) ~= 0 and steps < rows do
      at, steps = parent:code(at), steps + 1
    end
    labels[row] = own.dictionary:label(at)
  end
  result:add("whole", core.column.labels(labels, own.dictionary))
end

---Replaces a file's raw columns by resolved ones, linked to their dimensions, and makes its own members known.
---@param source remit.source `table` becomes the resolved one, `raw` what it was
---@param state table members and identifiers so far
return function(source, state)
  local planned <const> = source.plan
  if planned.dimension == "fn" and state.park then
    with_unallocated(source)
  end
  if planned.dimension then
    make_known(source, state)
  end
  local own <const> = planned.dimension and state.members[planned.dimension]
  local result <const>, fields <const> = resolved_table(source, state, own)
  crosswalk.settle(source, result, state)
  link_fields(result, fields, planned, state)
  source.raw, source.table = source.table, result
  if own then
    add_whole(result, own)
    own.table, own.index = result, nil
  end
end
