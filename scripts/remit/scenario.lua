-- SPDX-License-Identifier: Apache-2.0
-- Scenarios: a model and a list of changes with reasons make another model. Nothing is copied a line: a scenario is one more category of lines.

local args <const> = require "remit.args"
local changes <const> = require "remit.changes"
local derive <const> = require "remit.derive"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local kept <const> = require "remit.kept"
local none <const> = require "remit.none"
local noticed <const> = require "remit.noticed"
local param <const> = require "remit.param"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local state_of <const> = require "remit.state_of"

local scenario <const> = {}

local declared <const> = args.declare { name = "scenario", doc = "A model with changes: a list of them, on top of this model or of other scenarios.",
  example = 'base:scenario("Hold vacancies", { changes = { remit.close { posts = { vacant = true }, from = "2025-10", why = "held" } } })',
  { name = "changes", kind = "table|remit.change", default = {}, doc = "the changes, in any order" },
  { name = "extends", kind = "any", doc = "a scenario or a list of them to stand on: their changes come first, list by list" },
  { name = "params", kind = "table", default = {}, doc = "values of parameters by id" },
}

local declared_with <const> = args.declare { name = "with", doc = "The same scenario with other parameters, more changes, or fewer.",
  example = 'plan:with { params = { retain_cut = "-20%" } }',
  { name = "params", kind = "table", default = {}, doc = "values of parameters by id" },
  { name = "add", kind = "table|remit.change", default = {}, doc = "changes that join the last list" },
  { name = "drop", kind = "list", default = {}, doc = "ids of changes that are left out" },
  { name = "name", kind = "string", doc = "what it is called" },
}

-- ---- Lists of changes ----

-- What is inside the changes that a script gives. One is a list of one; names and gaps would lose changes.
local function list_of(given, call, field)
  if changes.is(given) then
    return { state_of[given] }
  elseif plain.astray(given) then
    fault.raise { code = "change", message = ("%s: %s is a list, one change after the other, without names or gaps"):format(call, field),
      hints = { field .. " = { remit.close { ... }, remit.move { ... } }" } }
  end
  local list <const> = {}
  for index, change in ipairs(given) do
    if not changes.is(change) then
      fault.raise { code = "change", message = ("%s: item %d of %s is a %s, not a change"):format(call, index, field, type(change)),
        hints = { field .. " = { remit.close { ... }, remit.move { ... } }" } }
    end
    list[index] = state_of[change]
  end
  return list
end

local function check_changes(list, call)
  local seen <const> = {}
  for _, change in ipairs(list) do
    if change.id and seen[change.id] then
      fault.raise { code = "change", message = ("%s: two changes are '%s'; an id names one"):format(call, change.id) }
    end
    seen[change.id or false] = true
  end
  local again <const> = plain.repeated(list)
  if again then
    fault.raise { code = "change", message = ("%s: changes: %s"):format(call, again) }
  end
  return table.move(list, 1, #list, 1, {})
end

-- A parameter is one value, which `none` takes away.
local function check_values(params, call)
  for _, name in ipairs(plain.keys(params)) do
    if type(params[name]) == "table" and params[name] ~= none then
      fault.raise { code = "parameter", message = ("%s: params.%s is one value, a text or a number, not a %s"):format(call, name,
        plain.object_name(params[name]) or "table"), hints = { 'params = { retain_cut = "-20%" }' } }
    end
  end
end

local function layers_of(model)
  return state_of[model].layers or {}
end

-- The same as they were written: parameters that months hang on are not settled yet.
local function written_of(model)
  local written <const> = {}
  for index, layer in ipairs(layers_of(model)) do
    written[index] = layer.written or layer
  end
  return written
end

local function root_of(model)
  return state_of[model].root or model
end

local function is_model(value)
  return plain.object_name(value) == "remit.model"
end

-- The lists that one stands on, each once: models are immutable, so there are no circles.
local function below_of(model, extends)
  local list <const> = extends == nil and {} or is_model(extends) and { extends } or extends
  if type(list) ~= "table" then
    fault.raise { code = "change", message = ("extends is a scenario or a list of them, not a %s"):format(type(list)) }
  end
  local layers <const>, seen <const>, params <const> = written_of(model), {}, {}
  for _, layer in ipairs(layers) do
    seen[layer] = true
  end
  for name, value in pairs(state_of[model].params or {}) do -- copying: order does not matter
    params[name] = value
  end
  local problem <const> = plain.astray(list) or plain.repeated(list)
  if problem then
    fault.raise { code = "change", message = "extends: " .. problem, hints = { "extends = { plan, sooner }" } }
  end
  for index, one in ipairs(list) do
    if not is_model(one) or not state_of[one].layers then
      fault.raise { code = "change", message = ("extends: item %d is no scenario"):format(index) }
    elseif root_of(one):hash() ~= root_of(model):hash() then
      fault.raise { code = "change", message = ("extends: '%s' is of another base"):format(state_of[one].name) }
    end
    for _, layer in ipairs(written_of(one)) do
      if not seen[layer] then
        layers[#layers + 1] = layer
      end
      seen[layer] = true
    end
    for name, value in pairs(state_of[one].params) do -- a later scenario's wins, by its place in the list
      params[name] = value
    end
  end
  return layers, params
end

-- ---- Making one ----

local function canonical(layers, params)
  local words <const> = {}
  for _, layer in ipairs(layers) do
    local texts <const> = {}
    for index, change in ipairs(layer.changes) do
      texts[index] = changes.canonical(change)
    end
    table.sort(texts)
    words[#words + 1] = table.concat(texts, "\n")
  end
  for _, name in ipairs(plain.keys(params)) do
    words[#words + 1] = ("%s = %s"):format(name, changes.value_text(params[name]))
  end
  return table.concat(words, "\n\n")
end

local MONTH_OF <const> = { transfer = "golive", once = "month" }

-- What is named is a change, or a field of one as "held.share".
local function change_hint(layers, name)
  for _, layer in ipairs(layers) do
    for _, change in ipairs(layer.changes) do
      local id <const> = change.id
      local field <const> = id and (name == id and (MONTH_OF[change.kind] or "from") or name:sub(1, #id + 1) == id .. "." and name:sub(#id + 2))
      if field then
        return ("'%s' is a change. A field of it: amend(\"%s\", { %s = ... }), in a sweep change = \"%s\", field = \"%s\""):format(id, id, field, id, field)
      end
    end
  end
end

-- A parameter that no change uses is a slip of the pen.
local function check_params(compiled, params, layers)
  for _, name in ipairs(plain.keys(params)) do
    if not compiled.used[name] then
      fault.raise { code = "parameter", message = ("no change uses the parameter '%s'. %s"):format(name, fault.suggest(name, plain.keys(compiled.used))
        or #plain.keys(compiled.used) == 0 and "The scenario has none." or "There are: " .. table.concat(plain.keys(compiled.used), ", ")),
        hints = { change_hint(layers, name) } }
    end
  end
end

-- What a reader of the scenario should be told: changes without a reason, changes that do nothing.
local function findings(root, layers, compiled)
  local before <const> = state_of[root].findings or {}
  local list <const> = table.move(before, 1, #before, 1, {})
  for _, layer in ipairs(layers) do
    for _, change in ipairs(layer.changes) do
      list[#list + 1] = (not change.why or change.why == "") and { kind = "change without why", text = plan.name_of(change),
        change = change } or nil
    end
  end
  for index, text in ipairs(compiled.warnings) do
    list[#list + 1] = { kind = "scenario", text = text, change = compiled.warned[index] }
  end
  return list
end

-- Lists with the values of parameters that months and people hang on; those without any are themselves.
local function settled(root, layers, params)
  local made <const>, used <const> = {}, {}
  local function value_of(value, field, units)
    used[value.id] = true
    return params[value.id] ~= nil and params[value.id] or param.value(value, root, field, units)
  end
  for index, layer in ipairs(layers) do
    local list <const>, differs = {}, false
    for at, change in ipairs(layer.changes) do
      list[at] = plan.naming(change, function()
        return changes.settled(change, value_of)
      end)
      differs = differs or list[at] ~= change
    end
    made[index] = differs and { name = layer.name, changes = list, written = layer } or layer
  end
  return made, used
end

-- `like` is a scenario of the same root that it was made from.
local function build(root, name, given, params, like, partly)
  local layers <const>, used <const> = settled(root, given, params)
  local compiled <const> = plan.compile(root, layers, params, used, like and state_of[like].plan)
  if not partly then
    check_params(compiled, params, given)
  end
  local model <const> = derive.with(root, {}, { kind = "scenario", text = canonical(given, params) })
  local state <const> = state_of[model]
  state.name, state.layers, state.params, state.root, state.plan = name, layers, params, root, compiled
  state.findings = findings(root, layers, compiled)
  state.kept = compiled.shares_sums and kept.of(like) or nil
  return partly and model or noticed.model(model)
end

---A scenario on top of a model.
---@param model remit.model
---@param name string
---@param given? { changes?: remit.change[], extends?: remit.model|remit.model[], params?: table }
---@return remit.model
function scenario.new(model, name, given)
  if type(name) ~= "string" or name == "" then
    fault.raise { code = "change", message = "scenario needs a name first: base:scenario(\"Hold vacancies\", { changes = { ... } })" }
  end
  local spec <const> = declared(given)
  check_values(spec.params, "scenario")
  local list <const> = check_changes(list_of(spec.changes, "scenario", "changes"), "scenario")
  local layers <const>, params <const> = below_of(model, spec.extends)
  layers[#layers + 1] = { name = name, changes = list }
  for id, value in pairs(spec.params) do -- each by its own id: order does not matter
    params[id] = value
  end
  return build(root_of(model), name, layers, params, model)
end

local function need_scenario(model, call)
  if not state_of[model].layers then
    fault.raise { code = "change", message = ("%s is for scenarios: this model has no changes"):format(call),
      hints = { "base:scenario(\"...\", { changes = { ... } })" } }
  end
end

---The change that an id names, with its list's name before it where two lists have one of that id: "Places/vacancies". For the toolkit's own modules.
---@param model remit.model
---@param id any
---@param written? boolean as it was written, not as parameters have it
---@param more? string[] what else may be named, for suggestions
---@return remit.change
function scenario.change(model, id, written, more)
  local found <const>, ids <const> = {}, more or {}
  for _, layer in ipairs(written and written_of(model) or layers_of(model)) do
    for _, change in ipairs(layer.changes) do
      local full <const> = change.id and ("%s/%s"):format(layer.name, change.id)
      if change.id ~= nil and (change.id == id or full == id) then
        found[#found + 1] = { change = change, full = full }
      end
      ids[#ids + 1] = change.id
    end
  end
  if #found > 1 then
    fault.raise { code = "change", message = ("%d lists have a change '%s': say which"):format(#found, id),
      hints = { ('"%s" or "%s"'):format(found[1].full, found[2].full) } }
  elseif #found == 0 then
    fault.raise { code = "change", message = ("there is no change '%s'. %s"):format(tostring(id), type(id) == "string" and fault.suggest(id, ids)
      or #ids == 0 and "None has an id." or "There are: " .. table.concat(ids, ", ")) }
  end
  return found[1].change
end

-- The layers with one list made anew by `edit`, which gives a change, or nil to leave it out.
local function edited(lists, edit)
  local layers <const> = {}
  for depth, layer in ipairs(lists) do
    local list <const>, here = {}, false
    for _, change in ipairs(layer.changes) do
      local made <const>, hit <const> = edit(change)
      list[#list + 1] = made
      here = here or hit
    end
    layers[depth] = here and { name = layer.name, changes = list } or layer
  end
  return layers
end

---@param model remit.model
---@param id string
---@param given table fields of the change
---@return remit.model
function scenario.amend(model, id, given)
  need_scenario(model, "amend")
  if type(given) ~= "table" then
    fault.raise { code = "change", message = "amend needs the fields that change: plan:amend(\"id\", { golive = \"-6 months\" })" }
  end
  local one <const> = scenario.change(model, id, true)
  local layers <const> = edited(written_of(model), function(change)
    if change == one then
      return changes.amended(change, given), true
    end
    return change
  end)
  for _, layer in ipairs(layers) do
    check_changes(layer.changes, "amend")
  end
  return build(root_of(model), state_of[model].name .. ", amended", layers, state_of[model].params, model)
end

---@param model remit.model
---@param given { params?: table, add?: remit.change[], drop?: string[], name?: string }
---@return remit.model
function scenario.with(model, given)
  need_scenario(model, "with")
  local spec <const> = declared_with(given)
  check_values(spec.params, "with")
  local dropped <const> = {}
  for _, id in ipairs(spec.drop) do
    dropped[scenario.change(model, id, true)] = true
  end
  local layers = edited(written_of(model), function(change)
    if dropped[change] then
      return nil, true
    end
    return change
  end)
  local last <const>, more <const> = layers[#layers], list_of(spec.add, "with", "add")
  local all <const> = table.move(last.changes, 1, #last.changes, 1, {})
  table.move(more, 1, #more, #all + 1, all)
  layers = table.move(layers, 1, #layers - 1, 1, {})
  layers[#layers + 1] = { name = last.name, changes = check_changes(all, "with") }
  local params <const> = {}
  for _, source in ipairs { state_of[model].params, spec.params } do
    for id, value in pairs(source) do -- each by its own id: order does not matter
      params[id] = value ~= none and value or nil
    end
  end
  return build(root_of(model), spec.name or state_of[model].name .. ", varied", layers, params, model)
end

---The scenario with only those changes that `held` has; for the toolkit's own modules. Parameters that no change then uses are no slip.
---@param model remit.model
---@param held table<remit.change, boolean>
---@return remit.model
function scenario.only(model, held)
  local layers <const> = edited(layers_of(model), function(change)
    return held[change] and change or nil, true
  end)
  return build(root_of(model), state_of[model].name, layers, state_of[model].params, model, true)
end

---The same for questions about some months only, of a scenario of one list: much faster. For the toolkit's own modules.
---@param model remit.model
---@param held table<remit.change, boolean>
---@param months integer[] rising
---@return remit.model
function scenario.in_months(model, held, months)
  return derive.variant(model, state_of[model].plan:partly(held, months))
end

---The scenario with some transfers going live when planned, ready or not; for the toolkit's own modules.
---@param model remit.model
---@param held table<remit.change, boolean>
---@return remit.model
function scenario.on_time(model, held)
  local layers <const> = edited(layers_of(model), function(change)
    return held[change] and changes.amended(change, { if_not_ready = "flag" }) or change, held[change]
  end)
  return build(root_of(model), state_of[model].name .. ", on time", layers, state_of[model].params, model, true)
end

-- ---- What it says of itself ----

local TITLES_OF <const> = { to = "no longer from" }
local WORDS_OF <const> = { status = changes.STATUSES, change = changes.KINDS }

---What was changed, by whom and why.
---@param model remit.model
---@return remit.frame
function scenario.changes(model)
  local columns <const> = {}
  local names <const> = { "list", "id", "change", "from", "to", "lines", "why", "ref", "owner", "status" }
  for index, name in ipairs(names) do
    columns[index] = { name = name, title = TITLES_OF[name], display = name == "lines" and "count" or "text", values = {}, words = WORDS_OF[name] }
  end
  local row = 0
  for _, layer in ipairs(layers_of(model)) do
    for _, change in ipairs(layer.changes) do
      row = row + 1
      local values <const> = { layer.name, change.id, change.kind, state_of[model].plan:first_month(change), change.to, state_of[model].plan:touched(change),
        change.why, change.ref, change.owner, change.status }
      for index = 1, #names do
        columns[index].values[row] = values[index] or false
      end
    end
  end
  local notes <const> = row == 0 and { "None." } or table.move(state_of[model].plan.warnings, 1, #state_of[model].plan.warnings, 1, {})
  return frame.from { keys = { "id" }, columns = columns, rows = row, about = model:about { title = "Changes", money = false, notes = notes } }
end

return scenario
