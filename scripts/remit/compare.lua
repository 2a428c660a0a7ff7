-- SPDX-License-Identifier: Apache-2.0
-- Models side by side.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local guard <const> = require "remit.compare.guard"
local levels <const> = require "remit.frame.levels"
local measures <const> = require "remit.measures"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"
local uplift <const> = require "remit.uplift"

local compare <const> = {}

---@class remit.compare
---@field models remit.model[]
---@field names string[] of the models: no two alike
---@field accept table<string, boolean>
local Compare <const> = plain.class { __name = "remit.compare" }

local declared_accept <const> = args.declare { name = "compare", doc = "Models side by side.",
  example = "remit.compare { base, plan }:table { by = \"group\", at = \"2027-04\" }",
  { name = "accept", kind = "list", default = {}, doc = "differences that make figures incomparable and are meant: prices, perimeter, vocabulary" },
}

local declared <const> = args.declare(measures.declaration { name = "compare:diff",
  doc = "Which members differ in an attribute between models, with what their lines cost; or which lines differ in a figure.",
  example = 'print(remit.compare { before, after }:diff { of = "fn.class" })',
  { name = "of", kind = "string", required = true, doc = "dimension.attribute, such as fn.class, or a measure, such as cost" },
})

-- A name that is not among those taken, and is from here on: "Plan", "Plan (2)".
local function unlike(name, taken)
  local found, number = name, 1
  while taken[found] do
    number = number + 1
    found = ("%s (%d)"):format(name, number)
  end
  taken[found] = true
  return found
end

-- A base is called base; other models without a name, those of one name, and those called as a table calls the change are numbered.
local function names_of(models)
  local names <const>, taken <const> = {}, plain.set { "change", "change %" }
  for index, model in ipairs(models) do
    names[index] = unlike(state_of[model].name or index == 1 and "base" or ("model %d"):format(index), taken)
  end
  return names
end

-- What of the differences between the models is accepted, by name.
local function accepted(given)
  local accept <const> = {}
  for _, word in ipairs(declared_accept { accept = given }.accept) do
    local known = false
    for _, kind in ipairs(guard.KINDS) do
      known = known or kind == word
    end
    if not known then
      fault.raise { code = "compare", message = ("compare: accept: '%s' is not one of %s"):format(word, table.concat(guard.KINDS, ", ")),
        hints = { fault.suggest(word, guard.KINDS) } }
    end
    accept[word] = true
  end
  return accept
end

---@param models remit.model[] and `accept`, what of their differences is accepted
---@return remit.compare
function compare.new(models)
  if type(models) == "table" and getmetatable(models) == nil then
    local problem <const>, key <const> = plain.astray(models, { "accept" })
    if problem then
      fault.raise { code = "compare", message = type(key) == "string" and ("compare takes models, and accept, not '%s'"):format(key)
        or "compare: " .. problem }
    end
  end
  if type(models) ~= "table" or #models < 2 then
    fault.raise { code = "compare", message = "compare needs two models or more: compare { before, after }" }
  end
  for index, one in ipairs(models) do
    if plain.object_name(one) ~= "remit.model" then
      fault.raise { code = "compare", message = ("item %d of compare is a %s, not a model"):format(index, type(one)) }
    end
  end
  return object.new(Compare, { models = table.move(models, 1, #models, 1, {}), names = names_of(models), accept = accepted(models.accept) })
end

-- A model with its members as they are in a month; scenarios that set nothing have them in all months alike.
local function in_month(model, at)
  if not state_of[model].plan or #state_of[model].plan.sets == 0 then
    return model
  end
  return (require("remit.scenario.figures").view(model, { at = at }))
end

-- A model's values of an attribute by the id of the member.
local function values_of(model, called, name, attribute)
  local asked <const> = model:dim(name)
  local dimension <const> = state_of[asked]
  local column <const> = dimension.table:column(attribute)
  if not column then
    local names <const> = asked:attributes()
    fault.raise { code = "field", message = ("%s: %s has no attribute '%s'. %s"):format(called, name, attribute, fault.suggest(attribute, names)
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

-- All that an attribute of members may be.
local function every_label(model, name, attribute)
  local dictionary <const> = state_of[model:dim(name)].table:column(attribute):dictionary()
  return dictionary and not dictionary:separator() and dictionary:labels() or nil
end

local function notes_of(self, spec)
  local state <const> = state_of[self]
  return guard.notes(state.models, state.names, state.accept, spec)
end

local DISPLAY <const> = { cost = "£", wte = "WTE" }

-- What the members' lines cost in the first model, which need not have them all.
local function price_columns(model, name, ids)
  local columns <const>, names <const> = {}, {}
  for _, measure in ipairs(state_of[model].measures) do
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

-- The lines of which the last model has another figure than the first.
local function figure_diff(self, spec)
  if not spec.at and spec.period ~= "recurrent" then
    fault.raise { code = "compare", message = ("diff of '%s' needs its month: at = \"2027-04\""):format(spec.of) }
  end
  return self:table(measures.figure(spec, { by = { "id" }, measures = { spec.of } })):where { [spec.of .. " change"] = "not(0)" }
end

-- Attributes have no basis, period or prices.
local function check_attribute(spec)
  for _, field in ipairs(measures.FIGURE) do
    if spec[field.name] ~= nil and spec[field.name] ~= field.default and field.name ~= "at" then
      fault.raise { code = "compare", message = ("diff of '%s' is of an attribute, and %s is of a figure, such as of = \"cost\""):format(spec.of, field.name) }
    end
  end
end

local NOTES <const> = { [0] = "None.", "1 member differs." }

---Which members differ in an attribute, with what their lines cost in the first model.
---@param given { of: string, at?: string }
---@return remit.frame
function Compare:diff(given)
  local state <const> = state_of[self]
  local spec <const> = declared(given)
  local name <const>, attribute <const> = spec.of:match "^([^.]+)%.(.+)$"
  if measures.named(state.models[1], spec.of) then
    return figure_diff(self, spec)
  elseif not name then
    fault.raise { code = "compare", message = ("of is a dimension and its attribute, as in \"fn.class\", not '%s'"):format(spec.of) }
  end
  check_attribute(spec)
  local by_model <const>, lists <const>, columns <const>, ids <const> = {}, {}, {}, {}
  for index, model in ipairs(state.models) do
    measures.check_month(model, spec.at)
    by_model[index], lists[index] = values_of(in_month(model, spec.at), state.names[index], name, attribute)
  end
  for _, id in ipairs(every_member(lists)) do
    local differs = false
    for _, values in ipairs(by_model) do
      differs = differs or values[id] ~= by_model[1][id]
    end
    ids[#ids + 1] = differs and id or nil
  end
  columns[1] = { name = name, display = "text", values = ids }
  local taken <const> = plain.set { name, "cost", "wte" }
  for index, values in ipairs(by_model) do
    local column <const> = { name = unlike(state.names[index], taken), display = "text", values = {},
      words = every_label(state.models[index], name, attribute) }
    for row, id in ipairs(ids) do
      column.values[row] = values[id] ~= nil and tostring(values[id]) or false
    end
    columns[#columns + 1] = column
  end
  local first <const>, notes <const> = state.models[1], notes_of(self, { figures = false })
  table.insert(notes, 1, NOTES[#ids] or ("%d members differ."):format(#ids))
  for _, column in ipairs(price_columns(state_of[first].root or first, name, ids)) do
    columns[#columns + 1] = column
  end
  return frame.from { keys = { name }, columns = columns, rows = #ids,
    about = first:about { at = spec.at, title = "Differences in " .. spec.of, notes = notes } }
end

-- ---- Figures ----

local declared_table <const> = args.declare(measures.declaration { name = "compare:table",
  doc = "Figures of each model side by side, with the change from the first.",
  example = 'print(remit.compare { base, plan }:table { by = "group", at = "2027-04" })',
  { name = "by", kind = "list", default = {}, doc = "dimensions or dimension.attribute" },
  { name = "measures", kind = "list", default = { "cost" }, doc = "what to measure" },
})

-- What risk-adjusted figures of a model rest on.
local function notes_of_risk(notes, model, name, spec)
  for _, measure in ipairs(spec.risk and state_of[model].plan and spec.measures or {}) do
    notes[#notes + 1] = ("%s: %s"):format(name, require("remit.risk").note(model, measure, spec))
  end
end

-- What is said of figures of several models: those of the first, in the prices of all.
local function about(self, more)
  local made <const> = state_of[self].models[1]:about(more)
  made.price_base = more.money and (more.prices and made.price_base or guard.price_base(state_of[self].models)) or nil
  return made
end

-- The month of figures of several models; what recurs has none, for each model's changes end in another.
local function month_of(self, spec, at)
  for _, model in ipairs(spec.period == "recurrent" and state_of[self].models or {}) do
    if state_of[model].plan then
      return false
    end
  end
  return at
end

local function level_of(result, row)
  return levels.at(frame.inside(result), row)
end

-- Rows of all results, those of the first in its order, each with the row of every result that has it. Others stand above the grand total.
local function aligned(results, by)
  local order <const>, at <const> = {}, {}
  for index, result in ipairs(results) do
    for row = 1, #result do
      local key <const> = frame.row_key(result, by, row)
      if not at[key] then
        at[key] = { of = {}, level = level_of(result, row), from = result, row = row }
        local last <const> = order[#order]
        table.insert(order, last and last.level == 0 and #order or #order + 1, at[key])
      end
      at[key].of[index] = row
    end
  end
  return order
end

-- All labels that a column of the results may hold, those without a row too.
local function labels_of(results, name)
  local lists <const> = {}
  for index, result in ipairs(results) do
    lists[index] = frame.inside(result).table:column(name):dictionary():labels()
  end
  return every_member(lists)
end

local function figure_columns(self, results, rows, measure, display)
  local columns <const> = {}
  for index, name in ipairs(state_of[self].names) do
    local column <const> = { name = ("%s %s"):format(measure, name), measure = measure, rest = " " .. name, display = display, values = {} }
    for at, row in ipairs(rows) do
      column.values[at] = row.of[index] and results[index]:get(row.of[index], measure) or 0
    end
    columns[index] = column
  end
  local change <const>, share <const> = { name = measure .. " change", title = show.title("change", display), display = display, sign = true, values = {} },
    { name = measure .. " change %", title = "change %", display = "%", sign = true, values = {} }
  for at in ipairs(rows) do
    local first <const>, last <const> = columns[1].values[at], columns[#state_of[self].models].values[at]
    change.values[at] = last - first
    share.values[at] = first ~= 0 and (last - first) / math.abs(first) or false
  end
  return table.move({ change, share }, 1, 2, #columns + 1, columns)
end

---Figures of each model side by side, with the change from the first to the last.
---@param given table
---@return remit.frame
function Compare:table(given)
  local state <const> = state_of[self]
  local spec <const> = declared_table(given)
  local notes <const> = notes_of(self, spec)
  local results <const>, columns <const>, depths <const> = {}, {}, {}
  for index, model in ipairs(state.models) do
    results[index] = model:pivot(measures.figure(spec, { measures = spec.measures, by = spec.by, totals = #spec.by > 0 }))
    notes_of_risk(notes, model, state.names[index], spec)
  end
  local rows <const> = aligned(results, spec.by)
  for index, name in ipairs(spec.by) do
    columns[index] = { name = name, display = "text", values = {}, words = labels_of(results, name) }
    for at, row in ipairs(rows) do
      columns[index].values[at] = row.from:get(row.row, name) or false
    end
  end
  for at, row in ipairs(rows) do
    depths[at] = row.level
  end
  for _, measure in ipairs(spec.measures) do
    for _, column in ipairs(figure_columns(self, results, rows, measure, frame.inside(results[1]).by_name[measure].display)) do
      columns[#columns + 1] = column
    end
  end
  if #state.names > 2 then
    table.insert(notes, 1, ("Change is from %s to %s."):format(state.names[1], state.names[#state.names]))
  end
  local said <const> = frame.inside(results[1]).about
  return frame.from { keys = spec.by, columns = columns, rows = #rows, levels = depths, about = about(self, { at = month_of(self, spec, said.at or false),
    month = spec.at, prices = spec.prices, basis = said.basis, money = said.price_base ~= nil,
    shows = { measures = spec.measures, by = spec.by }, notes = notes }) }
end

local declared_bridge <const> = args.declare(measures.declaration { name = "compare:bridge",
  doc = "What each change is worth: from the first model's figure to the last's.",
  example = 'print(remit.compare { base, plan }:bridge { measure = "cost", at = "2027-04" })',
  { name = "measure", kind = "string", default = "cost", doc = "what to measure" },
})

---What each change is worth, whatever their order; the parts add up to the difference.
---@param given table
---@return remit.frame
function Compare:bridge(given)
  local state <const> = state_of[self]
  local spec <const> = declared_bridge(given)
  local notes <const> = notes_of(self, spec)
  local last <const> = state.models[#state.models]
  local bridge <const> = require "remit.compare.bridge"
  local list <const>, from <const>, to <const>, off <const> = bridge.parts(state.models[1], last, spec.measure, measures.figure(spec, {}))
  local unit <const> = select(2, total.exact(last, spec.measure, measures.figure(spec, {})))
  local step <const>, value <const>, why <const> = { state.names[1] }, { core.number.plain(from, unit) }, { false }
  for _, part in ipairs(list) do
    step[#step + 1] = part.change.id or part.change.kind
    value[#value + 1] = core.number.plain(part.value, unit)
    why[#why + 1] = part.change.why or false
  end
  step[#step + 1], value[#value + 1], why[#why + 1] = state.names[#state.models], core.number.plain(to, unit), false
  table.insert(notes, 1, off and ("Averaged over 400 orders drawn from a seed; a part may be off by %s."):format(
    unit == "pence" and show.money(math.ceil(off), "£") or core.number.plain(math.ceil(off), unit) .. " WTE")
    or "Each change's effect averaged over every order of the changes: exact.")
  spec.measures = { spec.measure }
  notes_of_risk(notes, last, state.names[#state.models], spec)
  local said <const> = measures.said(last, spec, { measures.named(last, spec.measure) })
  return frame.from { keys = { "step" }, columns = { { name = "step", display = "text", values = step },
    { name = spec.measure, display = unit == "pence" and "£" or unit == "micro" and "WTE" or "count", sign = true, values = value },
    { name = "why", display = "text", values = why } }, about = last:about { title = "Bridge of " .. spec.measure, notes = notes,
      at = month_of(self, spec, said.at), prices = spec.prices, basis = said.basis, money = said.money } }
end

local declared_ledger <const> = args.declare { name = "compare:ledger",
  doc = "What the last scenario costs the ICB inside and outside the cap, each receiver and the system, more or less than the first: by month and in total.",
  example = 'print(remit.compare { plan, plan:amend("held", { from = "-3 months" }) }:ledger())',
  { name = "from", kind = "month", doc = "first month; the first that differs without it" },
  { name = "to", kind = "month", doc = "last month, included; the last that differs without it" },
  measures.BASIS,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is; the pack's own without it" },
  { name = "envelope", kind = "remit.envelope", doc = "the cap: lines that it leaves out are outside; without it all lines are inside" },
}

---What the last scenario costs each ledger more or less than the first, by month and in total.
---@param given? table
---@return remit.frame
function Compare:ledger(given)
  local state <const> = state_of[self]
  local spec <const> = declared_ledger(given)
  spec.title, spec.notes = "Ledgers against " .. state.names[1], notes_of(self, spec)
  return require("remit.compare.ledger").run(state.models[1], state.models[#state.models], spec)
end

---@return string
function Compare:__tostring()
  return ("comparison of %d models"):format(#state_of[self].models)
end

object.guard(Compare, "a comparison", { "table", "diff", "bridge", "ledger" }, { "names" })

return compare
