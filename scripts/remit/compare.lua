-- SPDX-License-Identifier: Apache-2.0
-- Models side by side.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local object <const> = require "remit.object"

local compare <const> = {}

---@class remit.compare
---@field models remit.model[]
local Compare <const> = { __name = "remit.compare" }

local declared <const> = args.declare { name = "comparison:diff", doc = "Which members differ in an attribute between two models, and what their lines cost.",
  example = 'print(remit.compare { before, after }:diff { of = "fn.class" })',
  { name = "of", kind = "string", required = true, doc = "dimension.attribute, such as fn.class" },
}

---@param models remit.model[]
---@return remit.compare
function compare.new(models)
  if type(models) ~= "table" or #models < 2 then
    fault.raise { code = "compare", message = "compare needs two models or more: compare { before, after }" }
  end
  for index, one in ipairs(models) do
    local meta <const> = getmetatable(one)
    if type(meta) ~= "table" or meta.__name ~= "remit.model" then
      fault.raise { code = "compare", message = ("item %d of compare is a %s, not a model"):format(index, type(one)) }
    end
  end
  return setmetatable({ models = table.move(models, 1, #models, 1, {}) }, Compare)
end

-- A model's values of an attribute by the id of the member.
local function values_of(model, name, attribute)
  local dimension <const> = model:dim(name)
  local column <const> = dimension.table:column(attribute)
  if not column then
    local names <const> = dimension:attributes()
    fault.raise { code = "field", message = ("%s has no attribute '%s'. %s"):format(name, attribute, fault.suggest(attribute, names)
      or "It has: " .. table.concat(names, ", ")) }
  end
  local found <const>, ids <const> = {}, dimension.table:column(dimension.key)
  for row = 1, dimension.table:rows() do
    local value <const> = column:get(row)
    found[ids:get(row)] = math.type(value) == "integer" and core.number.plain(value, column:unit()) or value
  end
  return found, ids:dictionary():labels()
end

-- Members of several models in the order of the first, then those that only later ones have.
local function every_member(lists)
  local all <const>, seen <const> = {}, {}
  for _, labels in ipairs(lists) do
    for _, label in ipairs(labels) do
      all[#all + 1] = not seen[label] and label or nil
      seen[label] = true
    end
  end
  return all
end

local function name_of(model, index)
  return model.state.name or ("model %d"):format(index)
end

local DISPLAY <const> = { cost = "£", wte = "WTE" }

-- What the members' lines cost in the first model, which need not have them all.
local function price_columns(model, name, ids)
  local columns <const>, names <const> = {}, {}
  for _, measure in ipairs(model.state.measures) do
    names[#names + 1] = DISPLAY[measure.name] and measure.name
  end
  local priced <const> = #names > 0 and #ids > 0 and model:pivot { measures = names, by = { name } }
  for index, measure in ipairs(names) do
    local of <const>, values <const> = {}, {}
    for at = 1, priced and #priced or 0 do
      of[priced:get(at, name) or ""] = priced:get(at, measure)
    end
    for at, id in ipairs(ids) do
      values[at] = of[id] or 0
    end
    columns[index] = { name = measure, display = DISPLAY[measure], values = values }
  end
  return columns
end

local NOTES <const> = { [0] = "None.", "1 member differs." }

---Which members differ in an attribute, with what their lines cost in the first model.
---@param given { of: string }
---@return remit.frame
function Compare:diff(given)
  local spec <const> = declared(given)
  local name <const>, attribute <const> = spec.of:match "^([^.]+)%.(.+)$"
  if not name then
    fault.raise { code = "compare", message = ("of is a dimension and its attribute, as in \"fn.class\", not '%s'"):format(spec.of) }
  end
  local by_model <const>, lists <const>, columns <const>, ids <const> = {}, {}, {}, {}
  for index, model in ipairs(self.models) do
    by_model[index], lists[index] = values_of(model, name, attribute)
  end
  for _, id in ipairs(every_member(lists)) do
    local differs = false
    for _, values in ipairs(by_model) do
      differs = differs or values[id] ~= by_model[1][id]
    end
    ids[#ids + 1] = differs and id or nil
  end
  columns[1] = { name = name, display = "text", values = ids }
  for index, values in ipairs(by_model) do
    local column <const> = { name = name_of(self.models[index], index), display = "text", values = {} }
    for row, id in ipairs(ids) do
      column.values[row] = values[id] ~= nil and tostring(values[id]) or false
    end
    columns[#columns + 1] = column
  end
  local first <const> = self.models[1]
  for _, column in ipairs(price_columns(first, name, ids)) do
    columns[#columns + 1] = column
  end
  return frame.from { keys = { name }, columns = columns, rows = #ids,
    about = first:about { title = "Differences in " .. spec.of, notes = { NOTES[#ids] or ("%d members differ."):format(#ids) } } }
end

---@return string
function Compare:__tostring()
  return ("comparison of %d models"):format(#self.models)
end

object.guard(Compare, "a comparison", { "diff" })

return compare
