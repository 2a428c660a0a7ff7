-- SPDX-License-Identifier: Apache-2.0
-- Lines that a scenario appends: rows that an analyst gives become lines with the fields that the model's lines have, costed from the rates.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local lines <const> = require "remit.lines"
local none <const> = require "remit.none"
local plain <const> = require "remit.plain"
local rates <const> = require "remit.rates"
local resolve <const> = require "remit.pack.resolve"
local schema <const> = require "remit.schema"
local state_of <const> = require "remit.state_of"

local rows <const> = {}

local DIMENSION_OF <const> = { team = "group" } -- fields whose dimension has another name

-- ---- What a post costs ----

---The pay rates that a model's pack is costed with.
---@param model remit.model
---@return remit.rates
function rows.rates(model)
  local state <const> = state_of[model]
  local sources <const> = state.sources
  if not sources.pay_points or not state.settings.price_base then
    fault.raise { code = "rates", message = "this pack has no pay rates to cost a post with" }
  end
  return rates.new(sources.pay_points.table, sources.on_costs.table, state.settings.price_base, state.settings.pension_view)
end

---The employer type of an organisation of the model, for on-costs; the pack's own organisation without one.
---@param model remit.model
---@param org? string an id
---@return string
function rows.employer_type(model, org)
  org = org or state_of[model].settings.organisation
  local members <const> = state_of[model].members.org
  local code <const> = org and members and members.dictionary:find(org) or 0
  local types <const> = code ~= 0 and members.table:column "employer_type"
  return types and types:get(code) or lines.DEFAULT_EMPLOYER
end

---What a post costs a year, in pence.
---@param model remit.model
---@param pay remit.rates
---@param band? string
---@param point? string
---@param wte integer micro-WTE
---@param employer_type string
---@return integer
function rows.post_pence(pay, band, point, wte, employer_type)
  local salary <const>, message <const> = pay:salary_pence(band, point)
  if not salary then
    fault.raise { code = "rates", message = message }
  end
  return fault.check(pay:components(salary, wte, employer_type)).total
end

-- ---- From what was given to a row of figures and labels ----

local function field_of(file, name)
  local known <const> = schema.file(file)
  if known.by_field[name] then
    return known.by_field[name]
  end
  local names <const> = plain.names(known.fields)
  fault.raise { code = "field", message = ("a row of %s has no field '%s'. %s"):format(file, name, fault.suggest(name, names)
    or "It has: " .. table.concat(names, ", ")) }
end

---The id of the member that a label means; nil for none.
---@param model remit.model
---@param field string a field of lines
---@param label any
---@return string
function rows.member(model, field, label)
  if type(label) == "table" and label ~= none then
    fault.raise { code = "member", message = ("%s is one label, not a %s"):format(field, plain.object_name(label) or "table") }
  end
  local members <const> = state_of[model].members[DIMENSION_OF[field] or field]
  if not members then
    return tostring(label)
  end
  local code <const>, message <const> = resolve.member(members, tostring(label))
  if not code then
    fault.raise { code = "member", message = ("%s: '%s' is %s"):format(field, tostring(label), message) }
  end
  return members.dictionary:label(code)
end

local DECIMALS <const> = { pence = 2, micro = 6, count = 0 }

local function list_text(name, value)
  local items <const> = core.fields.list(type(value) == "table" and value or tostring(value))
  if not items then
    fault.raise { code = "field", message = ("%s is a list of texts without gaps or names"):format(name), hints = { name .. ' = { "clinical", "pod" }' } }
  end
  table.sort(items)
  return table.concat(items, "|")
end

local function value_of(model, field, value)
  local unit <const> = schema.types[field.type].unit
  if unit ~= "code" then
    local number <const> = exact.finite(value) and exact.integer(value, DECIMALS[unit] or 0)
    if not number then
      fault.raise { code = "field", message = ("%s is a number, not %s"):format(field.name, type(value) == "string" and ("the text '%s'"):format(value)
        or tostring(value)), hints = { args.bare_figure(value) } }
    end
    return number
  elseif field.type == "list" then
    return list_text(field.name, value)
  end
  if field.dimension then
    return rows.member(model, field.name, value)
  elseif type(value) == "table" or type(value) == "function" then
    fault.raise { code = "field", message = ("%s is a text, not a %s"):format(field.name, plain.object_name(value) or type(value)) }
  end
  return tostring(value)
end

local function checked(model, file, given)
  local made <const> = {}
  if type(given) ~= "table" then
    fault.raise { code = "field", message = ("a row is a table of fields, not a %s"):format(type(given)) }
  end
  for name, value in pairs(given) do -- each field by its own name: order does not matter
    local field <const> = field_of(file, tostring(name))
    made[name] = value ~= none and value_of(model, field, value) or nil
  end
  if not made.fn then
    fault.raise { code = "field", message = "a row needs its function: fn = \"...\"" }
  end
  return made
end

local ONE <const> = 1000000
local HOURS <const> = 10 * ONE -- from here on a WTE looks like hours a week

-- As much as the pack lets one post have.
local function check_wte(model, row, filled)
  local most <const> = exact.integer(state_of[model].settings.max_wte or 1, 6)
  if row.wte <= 0 or filled < 0 or filled > row.wte then
    fault.raise { code = "field", message = "a post has WTE above 0, and at most as much in post" }
  elseif row.wte > most then
    fault.raise { code = "field", message = ("a post of this pack has at most %s WTE, not %s"):format(core.number.plain(most, "micro"),
      core.number.plain(row.wte, "micro")), hints = { row.wte >= HOURS and "hours a week? 37.5 are 1" or "several posts are a row each" } }
  end
end

---A new post as lines: its filled part and its vacant part. Without `in_post` it is filled.
---@param model remit.model
---@param pay remit.rates
---@param given table
---@param id string when the row has none
---@return table[]
function rows.post(model, pay, given, id)
  local row <const> = checked(model, "posts", given)
  row.id, row.wte, row.kind = row.id or id, row.wte or ONE, "pay"
  local filled <const> = row.in_post or row.wte
  check_wte(model, row, filled)
  local cost <const> = row.cost or rows.post_pence(pay, row.band, row.point or "entry", row.wte, rows.employer_type(model, row.org))
  row.point, row.in_post, row.recurrent = row.point or "entry", nil, row.recurrent or "true"
  local parts <const>, made <const> = core.number.allot(cost, { filled, row.wte - filled }), {}
  for index, wte in ipairs { filled, row.wte - filled } do
    if wte > 0 then
      local part <const> = setmetatable({ wte = wte, cost = parts[index], vacant = index == 2 and "true" or "false" }, { __index = row })
      made[#made + 1] = part
    end
  end
  return made
end

---A new budget line.
---@param model remit.model
---@param given table
---@param id string when the row has none
---@return table
function rows.budget_line(model, given, id)
  local row <const> = checked(model, "budget_lines", given)
  if not row.cost or not row.kind then
    fault.raise { code = "field", message = "a budget line needs its kind and its cost: { kind = \"nonpay\", fn = ..., cost = 12000 }" }
  elseif (row.kind == "income" or row.kind == "vacancy_factor") and row.cost > 0 then
    fault.raise { code = "field", message = ("%s reduces cost: write it as a negative figure"):format(row.kind:gsub("_", " ")),
      hints = { "cost = -" .. core.number.print(row.cost, 2):gsub("%.00$", "") } }
  end
  row.id, row.wte, row.recurrent = row.id or id, 0, row.recurrent or "true"
  return row
end

-- ---- From rows to a table like the model's lines ----

-- Labels by the dictionary of those that are there; of new ones by one that reads them alike, for lists stay lists.
local function labelled(values, dictionary)
  for _, value in ipairs(values) do
    if value and dictionary:find(value) == 0 then
      local fresh <const>, seen <const> = {}, {}
      for _, label in ipairs(values) do
        fresh[#fresh + 1] = label and not seen[label] and label or nil
        seen[label] = true
      end
      return core.column.labels(values, core.dictionary.new(fresh, { separator = dictionary:separator() }))
    end
  end
  return core.column.labels(values, dictionary)
end

local function column(of, name, list)
  local like <const>, values <const> = of:column(name), {}
  for index, row in ipairs(list) do
    values[index] = row[name] or false
  end
  if like:unit() ~= "code" then
    return core.column.ints(values, like:unit())
  elseif of:dimension(name) or name == "vacant" or name == "kind" then
    return core.column.labels(values, like:dictionary())
  end
  return labelled(values, like:dictionary())
end

---The rows as a table with the columns and links of `of`.
---@param of remit.core.table
---@param list table[]
---@return remit.core.table
function rows.table(of, list)
  local made <const> = core.table.new(#list)
  for _, name in ipairs(of:names()) do
    made:add(name, column(of, name, list))
    local dimension <const> = of:dimension(name)
    if dimension then
      made:link(name, dimension)
    end
  end
  return made
end

return rows
