-- SPDX-License-Identifier: Apache-2.0
-- What rules test: a table of the core whose columns are the attributes of a dimension's members, their figures, or the fields of lines. A part takes
-- the attributes that it lacks from what it is a part of.

local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local schema <const> = require "remit.schema"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local inputs <const> = {}

local PLACES <const> = "places"

---@class remit.inputs
---@field table remit.core.table a row a member, or a line
---@field given table[] as core.decision.new takes its inputs
---@field kinds table<string, "attribute"|"measure"|"places"> by path
---@field lines boolean rows are lines
---@field whole table<integer, integer> of a member's row the row of what it is a part of
---@field inherited table<string, table<integer, integer>> by path and row, the row of the member that the value was taken from

-- ---- Parts ----

local function wholes_of(members)
  local parent <const>, wholes <const> = members:column "parent", {}
  for row = 1, parent and members:rows() or 0 do
    wholes[row] = parent:code(row) ~= 0 and parent:code(row) or nil
  end
  return wholes
end

-- The column with values of wholes where parts have none, and whose they are.
local function inherit(column, wholes)
  local values <const>, from <const> = {}, {}
  for row = 1, column:count() do
    local at = row
    while column:get(at) == nil and wholes[at] do
      at = wholes[at]
    end
    local value <const> = column:get(at)
    values[row] = value ~= nil and value
    from[row] = at ~= row and value ~= nil and at or nil
  end
  local dictionary <const> = column:dictionary()
  if not next(from) then
    return column, from
  end
  return dictionary and core.column.labels(values, dictionary) or core.column.ints(values, column:unit()), from
end

-- The members with what their parts inherit, and with the path `parent`.
local function with_wholes(members, names, inherited, prefix)
  local wholes <const>, replaced <const> = wholes_of(members), {}
  if next(wholes) then
    for _, name in ipairs(names) do
      local column <const> = name ~= "parent" and members:column(name)
      if column and column:stats().missing > 0 then
        replaced[name], inherited[prefix .. name] = inherit(column, wholes)
      end
    end
  end
  local made <const> = copy(members, replaced)
  return made, wholes
end

-- Of a whole, too, what it takes from its own.
local function linked(made, members, paths)
  local names <const> = {}
  for _, path in ipairs(paths) do
    names[#names + 1] = path:match "%f[^%z.]parent%.([^.]+)$"
  end
  if members:column "parent" then
    made:link("parent", (with_wholes(members, names, {}, "")))
  end
  return made
end

-- ---- Figures of members ----

-- The field of the lines that has these members.
local function field_of(model, on, members)
  local lines <const> = state_of[model].lines
  local own <const> = lines:column(on) and lines:dimension(on)
  if own and own:is(members) then
    return on
  end
  for _, name in ipairs(lines:names()) do
    local target <const> = lines:dimension(name)
    if target and target:is(members) then
      return name
    end
  end
end

local function parts_of(wholes, rows)
  local parts <const> = {}
  for row = 1, rows do
    local at = wholes[row]
    while at do
      parts[at] = parts[at] or { at }
      table.insert(parts[at], row)
      at = wholes[at]
    end
  end
  return parts
end

-- A measure by member; that of a whole is of all its parts too, each line counted once.
local function measured(model, name, field, ids, wholes)
  local result <const> = frame.inside(model:pivot { measures = { name }, by = { field } }).table
  local column <const>, labels <const>, values <const> = result:column(name), result:column(field), {}
  for row = 1, ids:count() do
    values[row] = 0
  end
  for row = 1, result:rows() do
    local code <const> = labels:code(row)
    if code ~= 0 then
      values[code] = column:get(row) or 0
    end
  end
  local parts <const> = parts_of(wholes, ids:count())
  for row = 1, ids:count() do
    if parts[row] then
      local list <const> = {}
      for index, part in ipairs(parts[row]) do
        list[index] = ids:get(part)
      end
      values[row] = total.exact(model, name, { where = { [field] = list } })
    end
  end
  return core.column.ints(values, column:unit())
end

-- Places that are no part of another.
local function count_places(model)
  local members <const>, count = state_of[model].members.place, 0
  for row = 1, members and members.table:rows() or 0 do
    local parent <const> = members.table:column "parent"
    count = count + ((not parent or parent:code(row) == 0) and 1 or 0)
  end
  return count
end

-- ---- Bounds, for gaps: what no value can be below ----

local never_negative <const> = { WTE = true, count = true }

local function schema_field(on, name)
  for _, file in ipairs(schema.files) do
    if file.dimension == on then
      return file.by_field[name]
    end
  end
end

local function least_of(model, on, path, kind_of)
  if kind_of == "measure" then
    return never_negative[measures.named(model, path).display] and 0 or nil
  elseif kind_of == "places" then
    return 0
  end
  local field <const> = schema_field(on, path)
  local kind <const> = field and field.minimum and schema.types[field.type]
  return kind and exact.integer(field.minimum, kind.format.decimals) or nil
end

-- ---- What there is, for messages ----

local function known_names(model, members)
  local names <const> = members:names()
  table.remove(names, 1)
  for _, measure in ipairs(state_of[model].measures) do
    names[#names + 1] = measure.name
  end
  return table.move({ PLACES, "rule", "why", "ref", "note" }, 1, 5, #names + 1, names)
end

local function unknown(model, rules, members, path)
  local head <const>, rest <const> = path:match "^([^.]+)%.(.+)$"
  local hint = nil
  if not head then
    hint = fault.suggest(path, known_names(model, members))
  elseif members:column(head) then
    local dimension <const> = head == "parent" and members or members:dimension(head)
    hint = dimension and fault.suggest(rest, dimension:names()) or dimension and "It has: " .. table.concat(dimension:names(), ", ")
      or "It has no attributes."
    fault.raise { code = "field", message = ("%s: column '%s': %s has no attribute '%s'. %s"):format(rules.id, path, head, rest, hint) }
  end
  fault.raise { code = "field", message = ("%s: column '%s': %s has no attribute of this name, nor is it a measure.%s"):format(rules.id, path, rules.on,
    hint and " " .. hint or ""), hints = { not hint and "Attributes: " .. table.concat(members:names(), ", ", 2) or nil,
      ("to set it, head the column 'set %s'"):format(path) } }
end

-- ---- Members of a dimension ----

local function members_of(model, rules)
  local members <const> = state_of[model].members[rules.on]
  if members then
    return members
  end
  local names <const> = { "posts", "lines" }
  for name in pairs(state_of[model].members) do
    names[#names + 1] = name
  end
  table.sort(names)
  fault.raise { code = "dimension", message = ("%s: on = \"%s\" is not a dimension with members of its own. %s"):format(rules.id, rules.on,
    fault.suggest(rules.on, names) or "There are: " .. table.concat(names, ", ")) }
end

local function by_members(model, rules)
  local members <const> = members_of(model, rules).table
  local made <const> = { kinds = {}, lines = false, inherited = {}, given = {} }
  made.table, made.whole = with_wholes(members, rules.inputs, made.inherited, "")
  local key <const> = members:names()[1]
  for index, path in ipairs(rules.inputs) do
    local field <const> = not members:column(path) and measures.named(model, path) and field_of(model, rules.on, members)
    made.kinds[path] = field and "measure" or "attribute"
    if field then
      made.table:add(path, measured(model, path, field, members:column(key), made.whole))
    elseif path == PLACES and not members:column(path) then
      made.table:add(path, core.column.same(count_places(model), members:rows(), "count"))
      made.kinds[path] = "places"
    end
    made.given[index] = { path = path, least = least_of(model, rules.on, path, made.kinds[path]) }
  end
  linked(made.table, members, rules.inputs)
  for _, path in ipairs(rules.inputs) do
    if not select.resolve(made.table, path) then
      unknown(model, rules, members, path)
    end
  end
  return made
end

-- ---- Lines ----

-- The dimensions whose attributes are tested, with the names of these.
local function tested_attributes(rules)
  local heads <const>, names <const> = {}, {}
  for _, path in ipairs(rules.inputs) do
    local head <const>, rest <const> = path:match "^([^.]+)%.([^.]+)$"
    if head then
      heads[#heads + 1] = not names[head] and head or nil
      names[head] = names[head] or {}
      table.insert(names[head], rest)
    end
  end
  return heads, names
end

local function by_lines(model, rules)
  local lines <const> = state_of[model].lines
  if rules.on == "posts" and not state_of[model].posts_kind then
    fault.raise { code = "decision table", message = rules.id .. ": this pack has no posts: it has lines of its own", hints = { 'on = "lines"' } }
  end
  local made <const> = { kinds = {}, lines = true, inherited = {}, given = {}, whole = {} }
  local heads <const>, names <const> = tested_attributes(rules)
  local relinked <const> = {}
  for _, head in ipairs(heads) do
    local members <const> = lines:column(head) and lines:dimension(head)
    if members and next(wholes_of(members)) then
      relinked[head] = linked((with_wholes(members, names[head], {}, "")), members, rules.inputs)
    end
  end
  made.table = lines
  if next(relinked) then
    made.table = copy(lines)
    for head, members in pairs(relinked) do -- each field has one link: order does not matter
      made.table:link(head, members)
    end
  end
  for index, path in ipairs(rules.inputs) do
    if not select.resolve(made.table, path) then
      local _, problem <const> = pcall(select.unknown_field, lines, path, rules.on)
      fault.raise { code = problem.code, message = ("%s: column '%s': %s"):format(rules.id, path, problem.message), hints = problem.hints }
    end
    made.kinds[path] = "attribute"
    made.given[index] = { path = path }
  end
  return made
end

---What a row holds at a path: a label or an integer of the core with its unit; nil for no value.
---@return string|integer|nil value, string unit
function inputs.value(core_table, path, row)
  while not core_table:column(path) do
    local head <const>, rest <const> = path:match "^([^.]+)%.(.+)$"
    local code <const> = core_table:column(head):code(row)
    if code == 0 then
      return nil, core_table:dimension(head):resolve(rest):unit()
    end
    core_table, path, row = core_table:dimension(head), rest, code
  end
  local column <const> = core_table:column(path)
  return column:get(row), column:unit()
end

---Whether a part has no value of its own in anything that is tested, its id and name aside, and so follows what it is a part of.
---@param of remit.inputs
---@param row integer
---@return boolean
function inputs.follows(of, row)
  local inherits, key <const> = false, of.table:names()[1]
  for path, kind in pairs(of.kinds) do -- any and all: order does not matter
    kind = path ~= key and path ~= "name" and kind
    if kind == "attribute" and of.inherited[path] and of.inherited[path][row] then
      inherits = true
    elseif kind == "attribute" and not path:find("%.") and of.table:column(path):get(row) ~= nil then
      return false
    end
  end
  return inherits
end

---What rules test of a model.
---@param model remit.model
---@param rules remit.decision_table
---@return remit.inputs
function inputs.of(model, rules)
  if rules.on == "posts" or rules.on == "lines" then
    return by_lines(model, rules)
  end
  return by_members(model, rules)
end

return inputs
