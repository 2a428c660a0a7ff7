-- SPDX-License-Identifier: Apache-2.0
-- The fields of a resource: what stands under "schema", or else the standard ones, as what the loader reads.

local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local exact <const> = require "remit.exact"
local schema <const> = require "remit.schema"

local fields <const> = {}

local report <const>, known_keys <const>, object_at <const> = descriptor.report, descriptor.known_keys, descriptor.object_at
local sorted_keys <const>, with_hint <const> = descriptor.keys, descriptor.with_hint

-- "£" and "WTE" say more than a Table Schema number can.
local unit_types <const> = { ["£"] = "money", pence = "money", WTE = "wte", wte = "wte", count = "count", number = "number" }

local function bounds(problems, where, made, constraints)
  local kind <const> = schema.types[made.type]
  for _, key in ipairs { "minimum", "maximum" } do
    local value <const> = constraints[key]
    if value ~= nil then
      if type(value) ~= "number" or not kind.format then
        report(problems, where, ("constraints.%s is for numbers"):format(key))
      else
        made[key] = value
      end
    end
  end
end

local constraint_keys <const> = { "required", "unique", "enum", "minimum", "maximum" }

local function constrain(problems, where, made, json)
  local constraints <const> = object_at(problems, json, "constraints", where)
  known_keys(problems, constraints, constraint_keys, where .. ".constraints")
  made.required = made.required or constraints.required == true
  made.unique = made.unique or constraints.unique == true
  if core.json.kind(constraints.enum) == "array" then
    made.words = constraints.enum
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

local function standard_field(problems, where, standard, json)
  local kind <const> = schema.types[standard.type]
  local given <const> = json.type or "string"
  if not kind.json[given] then
    report(problems, where, ("type '%s' does not fit: %s is %s"):format(given, standard.name, kind.doc))
  end
  return copy(standard)
end

local function own_field(problems, where, json, hints)
  local given <const> = json.type or "string"
  local type_name = schema.json_types[given]
  if not type_name then
    report(problems, where, with_hint(("type '%s' is not known"):format(tostring(given)), tostring(given), sorted_keys(schema.json_types)))
    type_name = "category"
  end
  if hints.unit ~= nil then
    type_name = unit_types[hints.unit]
    if not type_name then
      report(problems, where, ("unit '%s' is not known: £, WTE, count or number"):format(tostring(hints.unit)))
      type_name = "number"
    end
  end
  return { type = type_name, dimension = hints.dimension, optional = false }
end

local function number_format(json, hints)
  return { decimal_char = json.decimalChar, group_char = json.groupChar, round = hints.round == true or nil }
end

local field_json_keys <const> = { "name", "type", "title", "description", "format", "constraints", "remit", "decimalChar", "groupChar",
  "bareNumber", "delimiter", "example", "trueValues", "falseValues", "categories", "categoriesOrdered", "rdfType", "missingValues" }

local function plan_field(problems, where, file, json)
  known_keys(problems, json, field_json_keys, where)
  local hints <const> = object_at(problems, json, "remit", where)
  known_keys(problems, hints, schema.field_keys, where .. ".remit")
  local target <const> = hints.field or json.name
  local standard <const> = file and file.by_field[target]
  if hints.field and file and not standard then
    local names <const> = {}
    for index, declared in ipairs(file.fields) do
      names[index] = declared.name
    end
    report(problems, where, with_hint(("%s has no field '%s'"):format(file.name, tostring(hints.field)), tostring(hints.field), names))
  end
  local made <const> = standard and standard_field(problems, where, standard, json) or own_field(problems, where, json, hints)
  made.heading = json.name
  made.name = standard and standard.name or hints.field or hints.dimension or json.name
  made.skip = hints.skip == true
  made.number = number_format(json, hints)
  made.optional = false
  constrain(problems, where, made, json)
  return made
end

local function standard_fields(file)
  local fields <const> = {}
  for index, standard in ipairs(file.fields) do
    local made <const> = copy(standard)
    made.heading = standard.name
    made.optional = not standard.required
    made.number = {}
    fields[index] = made
  end
  return fields
end

local function check_complete(problems, where, file, fields)
  local have <const> = {}
  for _, made in ipairs(fields) do
    if have[made.name] and not made.skip then
      report(problems, where, ("two fields are '%s'"):format(made.name))
    end
    have[made.name] = true
  end
  for _, standard in ipairs(file and file.fields or {}) do
    if standard.required and not have[standard.name] then
      report(problems, where, ("%s needs a field '%s'; map a heading to it with \"remit\": { \"field\": \"%s\" }"):format(file.name, standard.name,
        standard.name))
    end
  end
end

local function plan_fields(problems, where, file, resource)
  if resource.schema == nil and file then
    return standard_fields(file)
  end
  local declared <const> = object_at(problems, resource, "schema", where)
  if core.json.kind(declared.fields) ~= "array" then
    report(problems, where .. ".schema", "needs \"fields\": [ { \"name\": ..., \"type\": ... }, ... ]")
    return {}
  end
  local fields <const> = {}
  for index, json in ipairs(declared.fields) do
    local spot <const> = ("%s.schema.fields[%d]"):format(where, index - 1)
    if core.json.kind(json) ~= "object" or type(json.name) ~= "string" then
      report(problems, spot, "must be an object with a \"name\"")
    else
      fields[#fields + 1] = plan_field(problems, spot, file, json)
    end
  end
  check_complete(problems, where, file, fields)
  return fields
end

return fields
