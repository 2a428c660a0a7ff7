-- SPDX-License-Identifier: Apache-2.0
-- The fields of a resource: what stands under "schema", or else the standard ones, as what the loader reads.

local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local exact <const> = require "remit.exact"
local plain <const> = require "remit.plain"
local schema <const> = require "remit.schema"

local fields <const> = {}

local report <const>, known_keys <const>, object_at <const> = descriptor.report, descriptor.known_keys, descriptor.object_at
local sorted_keys <const>, with_hint <const> = plain.keys, descriptor.with_hint

-- "£" and "WTE" say more than a Table Schema number can.
local unit_types <const> = { ["£"] = "money", WTE = "wte", wte = "wte", count = "count", number = "number" }

local function bounds(problems, where, made, constraints)
  local kind <const> = schema.types[made.type]
  for _, key in ipairs { "minimum", "maximum" } do
    local value <const> = constraints[key]
    if value ~= nil then
      if type(value) ~= "number" or not kind.format then
        report(problems, where, ("constraints.%s is for numbers"):format(key))
      elseif not exact.integer(value, kind.format.decimals) then
        report(problems, where, ("constraints.%s is out of range"):format(key))
      else
        made[key] = value
      end
    end
  end
end

local function check_distinct(problems, where, words)
  local seen <const> = {}
  for _, word in ipairs(words) do
    if seen[word] then
      report(problems, where, ("constraints.enum has '%s' twice"):format(word))
      return false
    end
    seen[word] = true
  end
  return true
end

local constraint_keys <const> = { "required", "unique", "enum", "minimum", "maximum" }

local function constrain(problems, where, made, json)
  local constraints <const> = object_at(problems, json, "constraints", where)
  known_keys(problems, constraints, constraint_keys, where .. ".constraints")
  descriptor.hold_to_kinds(problems, constraints, { required = "boolean", unique = "boolean" }, where .. ".constraints")
  made.required = made.required or constraints.required == true
  made.unique = made.unique or constraints.unique == true
  if made.unique and schema.types[made.type].unit ~= "code" then
    report(problems, where, "constraints.unique is for fields of text")
    made.unique = false
  end
  if constraints.enum ~= nil then
    if not descriptor.is_texts(constraints.enum) or schema.types[made.type].unit ~= "code" then
      report(problems, where, "constraints.enum is a list of texts, for a field of text")
    elseif check_distinct(problems, where, constraints.enum) then
      made.words = constraints.enum
    end
  end
  bounds(problems, where, made, constraints)
end

local function copy(from)
  local made <const> = {}
  for key, value in pairs(from) do -- copying: order does not matter
    made[key] = value
  end
  return made
end

local function standard_field(problems, where, standard, json, hints)
  local kind <const> = schema.types[standard.type]
  local given <const> = json.type or "string"
  if not kind.json[given] then
    report(problems, where, ("type '%s' does not fit: %s is %s (%s)"):format(given, standard.name, kind.doc, table.concat(sorted_keys(kind.json), ", ")))
  end
  if hints.unit ~= nil and unit_types[hints.unit] ~= standard.type then
    report(problems, where, ("unit '%s' does not fit: %s is %s"):format(hints.unit, standard.name, kind.doc))
  end
  return copy(standard)
end

local function own_field(problems, where, json, hints)
  local given <const> = json.type or "string"
  local type_name = schema.json_types[given]
  if not type_name then
    report(problems, where, with_hint(("type '%s' is not known"):format(given), given, sorted_keys(schema.json_types)))
    type_name = "category"
  end
  if hints.unit ~= nil then
    type_name = unit_types[hints.unit]
    if not type_name then
      report(problems, where, ("unit '%s' is not known: £, WTE, count or number"):format(hints.unit))
      type_name = "number"
    end
  end
  return { type = type_name, dimension = hints.dimension, optional = false }
end

-- The two characters of a number, when they differ from "." and ",".
local function number_format(problems, where, json, hints)
  for _, key in ipairs { "decimalChar", "groupChar" } do
    local value <const> = json[key]
    if value ~= nil and (type(value) ~= "string" or #value ~= 1 or value:find "[%w%-+()]") then
      report(problems, where, ("\"%s\" is one character, such as \",\""):format(key))
      json[key] = nil
    end
  end
  if (json.decimalChar or ".") == (json.groupChar or (json.decimalChar == "," and "." or ",")) then
    report(problems, where, ("decimalChar and groupChar are both '%s'"):format(json.decimalChar or "."))
    json.groupChar, json.decimalChar = nil, nil
  end
  return { decimal_char = json.decimalChar, group_char = json.groupChar, round = hints.round == true or nil }
end

local field_json_keys <const> = { "name", "type", "title", "description", "format", "constraints", "remit", "decimalChar", "groupChar", "example",
  "rdfType" }

-- Known to Table Schema, and they would change what a text means: better refused than passed over.
local unread_keys <const> = { trueValues = "booleans are true, false, yes, no, y, n, 1 and 0", falseValues = "booleans are true, false, yes, no, y, n, 1 and 0",
  bareNumber = "numbers may have £ and nothing else around them", delimiter = "labels of a list are separated by |",
  categories = "give the words as constraints.enum", categoriesOrdered = "give the words as constraints.enum",
  missingValues = "say it for the whole file, in \"schema\"" }

local function refuse_unread(problems, where, json)
  for _, key in ipairs(sorted_keys(unread_keys)) do
    if json[key] ~= nil then
      report(problems, where, ("'%s' is not read: %s"):format(key, unread_keys[key]))
      json[key] = nil
    end
  end
  if json.format ~= nil and json.format ~= "default" and json.format ~= "any" then
    report(problems, where, ("format %s is not read: leave it out"):format(descriptor.shown(json.format)))
  end
end

local field_kinds <const> = { type = "string", title = "string" }
local hint_kinds <const> = { field = "string", dimension = "string", unit = "string", round = "boolean", skip = "boolean" }

local function plan_field(problems, where, file, json)
  refuse_unread(problems, where, json)
  known_keys(problems, json, field_json_keys, where)
  descriptor.hold_to_kinds(problems, json, field_kinds, where)
  local hints <const> = object_at(problems, json, "remit", where)
  known_keys(problems, hints, schema.field_keys, where .. ".remit")
  descriptor.hold_to_kinds(problems, hints, hint_kinds, where .. ".remit")
  local target <const> = hints.field or json.name
  local standard <const> = file and file.by_field[target]
  if hints.field and file and not standard then
    report(problems, where, with_hint(("%s has no field '%s'"):format(file.name, hints.field), hints.field, plain.names(file.fields)))
  end
  local made <const> = standard and standard_field(problems, where, standard, json, hints) or own_field(problems, where, json, hints)
  made.heading, made.title = json.name, json.title
  made.name = standard and standard.name or hints.field or hints.dimension or json.name
  made.skip = hints.skip == true
  made.number = number_format(problems, where, json, hints)
  made.optional = false
  constrain(problems, where, made, json)
  return made
end

local function standard_fields(file)
  local list <const> = {}
  for index, standard in ipairs(file.fields) do
    local made <const> = copy(standard)
    made.heading = standard.name
    made.optional = not standard.required
    made.number = {}
    list[index] = made
  end
  return list
end

local function check_complete(problems, where, file, list)
  local have <const> = {}
  for _, made in ipairs(list) do
    if have[made.name] and not made.skip then
      report(problems, where, ("two fields are '%s'"):format(made.name))
    end
    have[made.name] = have[made.name] or not made.skip
  end
  for _, standard in ipairs(file and file.fields or {}) do
    if standard.required and not have[standard.name] then
      report(problems, where, ("%s needs a field '%s'; map a heading to it with \"remit\": { \"field\": \"%s\" }"):format(file.name, standard.name,
        standard.name))
    end
  end
end

local schema_keys <const> = { "fields", "missingValues", "primaryKey", "title", "description", "fieldsMatch", "$schema" }

local function refuse_foreign_keys(problems, where, declared)
  if declared.foreignKeys ~= nil then
    report(problems, where, "'foreignKeys' is not read: say what a field refers to with \"remit\": { \"dimension\": ... } on the field")
    declared.foreignKeys = nil
  end
end

-- A primary key of one field is a field that is required and unique.
local function plan_key(problems, where, declared, list)
  local key <const> = core.json.kind(declared.primaryKey) == "array" and #declared.primaryKey == 1 and declared.primaryKey[1] or declared.primaryKey
  if key == nil then
    return
  end
  for _, made in ipairs(list) do
    if made.heading == key and schema.types[made.type].unit == "code" and not made.skip then
      made.required, made.unique = true, true
      return
    end
  end
  report(problems, where, "'primaryKey' must name one field of text")
end

---The fields of a resource.
---@param problems table
---@param where string
---@param file table? the standard file that the resource is
---@param resource table
---@return table[]
function fields.plan(problems, where, file, resource)
  if resource.schema == nil and file then
    return standard_fields(file)
  end
  local spot <const> = where .. ".schema"
  local declared <const> = object_at(problems, resource, "schema", where)
  refuse_foreign_keys(problems, spot, declared)
  known_keys(problems, declared, schema_keys, spot)
  if core.json.kind(declared.fields) ~= "array" then
    report(problems, spot, "needs \"fields\": [ { \"name\": ..., \"type\": ... }, ... ]")
    return {}
  end
  local list <const> = {}
  for index, json in ipairs(declared.fields) do
    local named <const> = core.json.kind(json) == "object" and type(json.name) == "string"
    local of <const> = named and ("%s.fields.%s"):format(spot, json.name) or ("%s.fields[%d]"):format(spot, index - 1)
    if not named then
      report(problems, of, "must be an object with a \"name\"")
    else
      list[#list + 1] = plan_field(problems, of, file, json)
    end
  end
  check_complete(problems, where, file, list)
  plan_key(problems, spot, declared, list)
  return list
end

return fields
