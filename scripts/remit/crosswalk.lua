-- SPDX-License-Identifier: Apache-2.0
-- Local names (cost centres, job titles, another board's workstreams) mapped on to the functions. Only what a person confirmed applies; likeness suggests.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local derive <const> = require "remit.derive"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local loading <const> = require "remit.pack.crosswalk"
local measures <const> = require "remit.measures"
local noticed <const> = require "remit.noticed"
local object <const> = require "remit.object"
local parts <const> = require "remit.parts"
local plain <const> = require "remit.plain"
local problems <const> = require "remit.problems"
local resolve <const> = require "remit.pack.resolve"
local resolver <const> = require "remit.crosswalk.resolver"
local rows <const> = require "remit.crosswalk.rows"
local state_of <const> = require "remit.state_of"

local crosswalk <const> = {}

---@class remit.crosswalk
---@field file string
---@field list remit.crosswalk.row[]
local Crosswalk <const> = plain.class { __name = "remit.crosswalk" }

local LOCAL <const> = "fn_local"
local NAMED <const> = 5 -- names that a note lists

local declared_suggest <const> = args.declare { name = "crosswalk:suggest", doc = "For each local name without a function, the functions most like it.",
  example = "print(walk:suggest(base))",
  { name = "field", kind = "string", default = "fn", doc = "the field of the lines that has the local names" },
  { name = "max", kind = "integer", default = 3, doc = "the most functions for a name" },
  { name = "least", kind = "number", default = 0.3, doc = "the least likeness, 0 to 1" },
}

local declared_save <const> = args.declare { name = "crosswalk:save", doc = "Writes the crosswalk as a CSV file, with suggestions to confirm.",
  example = 'walk:save("out/crosswalk.csv", { suggest = base })',
  { name = "suggest", kind = "remit.model", doc = "adds a suggested row for each of this model's local names that has no function" },
  { name = "field", kind = "string", default = "fn", doc = "as of suggest" },
  { name = "least", kind = "number", default = 0.3, doc = "as of suggest" },
}

local function refuse(found, file)
  local count <const> = #found.list
  fault.raise { code = "crosswalk", message = ("%s in %s"):format(plain.counted(count, "problem"), file), hints = found:lines(), list = found.list }
end

---@param given? string|table
---@return remit.crosswalk
function crosswalk.new(given)
  if given ~= nil and type(given) ~= "string" and (type(given) ~= "table" or getmetatable(given)) then
    fault.raise { code = "crosswalk", message = "crosswalk takes the path of a CSV file or a table of rows, not a " .. type(given),
      hints = { 'remit.crosswalk "crosswalk.csv"', 'remit.crosswalk { { from = "CHC team", fn = "chc" } }' } }
  end
  local lost <const> = type(given) == "table" and plain.astray(given)
  if lost then
    fault.raise { code = "crosswalk", message = "crosswalk: " .. lost, hints = { 'remit.crosswalk { { from = "CHC team", fn = "chc" } }' } }
  end
  local found <const>, file <const> = problems.new(), type(given) == "string" and given or "crosswalk"
  local list <const> = type(given) == "string" and rows.read({ path = given }, file, found) or rows.of(given or {}, file, found)
  if found:any() then
    refuse(found, file)
  end
  return object.new(Crosswalk, { file = file, list = list })
end

-- ---- Against a model ----

local function has_functions(model)
  local state <const> = state_of[model]
  if not state.members.fn or not state.lines:column "fn" then
    fault.raise { code = "crosswalk", message = "a crosswalk leads to functions, and this model has none" }
  end
end

-- The crosswalk over a model's functions; what is wrong with it is said all at once.
local function resolved(self, model)
  local state <const> = state_of[self]
  if plain.object_name(model) ~= "remit.model" then
    fault.raise { code = "crosswalk", message = "give the model first, as in walk:apply(base)" }
  end
  has_functions(model)
  local found <const> = problems.new()
  local made <const> = resolver.new(state.list, state_of[model].members.fn, state.file, found)
  made:check_fields({ state_of[model].lines }, state.file, found)
  if found:any() then
    refuse(found, state.file)
  end
  return made
end

---A model whose lines of unknown functions have gone where the confirmed rows say; lines that no row knows stay.
---@param model remit.model loaded with unmapped = "park"
---@return remit.model
function Crosswalk:apply(model)
  local steps <const>, state <const> = resolved(self, model):steps(), state_of[model]
  local moved <const>, parted <const> = parts.apply(state.lines, steps, parts.amounts(state.measures))
  return derive.with(model, { lines = moved, measures = parted > 0 and measures.of_parts(state.measures) or nil,
    assignments = state.assignments and parts.of_people(state.assignments, steps) },
    { kind = "crosswalk", text = loading.text(state_of[self].list) })
end

local function test(core_table, name, text)
  return fault.check(core.selection.test(core_table, name, text))
end

local function run(core_table, spec)
  return fault.check(core.pivot.run(core_table, spec))
end

-- What is counted of lines: a post or budget line once, whatever its parts.
local function counted(model)
  local lines <const> = state_of[model].lines
  local list <const> = { lines:column "id" and { name = "lines", column = "id", how = "distinct" } or { name = "lines", how = "rows" } }
  for _, name in ipairs { "wte", "cost" } do
    local column <const> = lines:column(name)
    list[#list + 1] = column and column:unit() ~= "code" and { name = name, column = name } or nil
  end
  return list
end

-- ---- Suggestions ----

local function vocabulary(members)
  local match <const> = core.match.new()
  for code, label in ipairs(members.dictionary:labels()) do
    if label ~= resolve.UNALLOCATED then
      match:name(label, code)
      for _, name in ipairs { members.label or "name", "aliases" } do
        local column <const> = members.table:column(name)
        for item in ((column and column:get(code) or "") .. "|"):gmatch "([^|]+)|" do
          match:name(item, code) -- a name without letters is none
        end
      end
    end
  end
  return match
end

-- Names that were confirmed say what others like them may be.
local function add_confirmed(match, made, field)
  for _, outcome in ipairs(made.by_field[field] and made.by_field[field].outcomes or {}) do
    if #outcome == 1 and #outcome.rows > 0 and not outcome.from:find "[*?]" then
      match:name(outcome.from, outcome[1].code)
    end
  end
end

-- The local names of lines of no known function that no confirmed row of the field has, the dearest first.
local function open_names(model, made, field)
  local lines <const>, path <const> = state_of[model].lines, field == "fn" and LOCAL or field
  local names <const> = {}
  if not lines:column(path) then
    return names
  end
  local unknown <const> = lines:column("fn"):dictionary():find(parts.UNALLOCATED) ~= 0
  local where <const> = test(lines, "fn", unknown and "none, " .. parts.UNALLOCATED or "none") & test(lines, path, "not(none)")
  local result <const> = run(lines, { by = { path }, where = where, measures = counted(model) })
  for row = 1, result:rows() do
    local label <const> = result:column(path):get(row)
    if not made:find(field, label) then
      names[#names + 1] = { label = label, lines = result:column("lines"):get(row), cost = result:column "cost" and result:column("cost"):get(row) or 0 }
    end
  end
  table.sort(names, function(a, b)
    if a.cost ~= b.cost then
      return a.cost > b.cost
    end
    return a.label < b.label
  end)
  return names
end

local function check_field(model, field)
  local column <const> = field == "fn" or state_of[model].lines:column(field)
  if not column or column ~= true and column:unit() ~= "code" then
    fault.raise { code = "field", message = ("lines have no labels called '%s'. %s"):format(field, fault.suggest(field, state_of[model].lines:names()) or "") }
  end
end

local function check_suggest(spec)
  if spec.max < 1 then
    fault.raise { code = "crosswalk", message = ("max is 1 or more, not %d"):format(spec.max) }
  elseif spec.least < 0 or spec.least > 1 then
    fault.raise { code = "crosswalk", message = ("least is between 0 and 1, not %s"):format(spec.least) }
  end
end

-- Each open name with what it may be: { label, lines, cost, likely }.
local function suggestions(self, model, spec)
  local made <const> = resolved(self, model)
  check_field(model, spec.field)
  local match <const> = vocabulary(state_of[model].members.fn)
  add_confirmed(match, made, spec.field)
  local names <const> = open_names(model, made, spec.field)
  for _, one in ipairs(names) do
    one.likely = match:suggest(one.label, spec.max, spec.least) or {}
  end
  return names
end

---For each local name without a function, the functions most like it: nothing is assigned by likeness. A name's lines and cost stand in its first row.
---@param model remit.model loaded with unmapped = "park"
---@param given? { field?: string, max?: integer, least?: number }
---@return remit.frame
function Crosswalk:suggest(model, given)
  local spec <const> = declared_suggest(given)
  check_suggest(spec)
  local from <const>, count <const>, cost <const>, fn <const>, likeness <const> = {}, {}, {}, {}, {}
  local names <const> = suggestions(self, model, spec)
  for _, one in ipairs(names) do
    for position = 1, math.max(1, #one.likely) do
      local likely <const>, at <const> = one.likely[position], #from + 1
      from[at], fn[at] = one.label, likely and state_of[model].members.fn.dictionary:label(likely.target) or false
      count[at], cost[at] = position == 1 and one.lines, position == 1 and exact.pounds(one.cost)
      likeness[at] = likely and likely.score or false
    end
  end
  return frame.from { keys = {}, columns = { { name = "from", title = "local name", display = "text", values = from },
    { name = "lines", display = "count", values = count }, { name = "cost", display = "£", values = cost },
    { name = "fn", title = "may be", display = "text", values = fn }, { name = "likeness", display = "%", values = likeness } },
    about = model:about { title = "Local names without a function", notes = { #names == 0 and "Every line has its function." or nil } } }
end

-- ---- Coverage ----

-- The columns that the crosswalk looks at, as lines have them.
local function looked_at(made, lines)
  local by <const>, fields <const> = {}, {}
  for _, field in ipairs(made.fields) do
    local path <const> = field == "fn" and LOCAL or field
    if lines:column(path) then
      by[#by + 1], fields[#fields + 1] = path, field
    end
  end
  return by, fields
end

-- Every outcome that a line with these labels meets, and how it meets the first.
local function met_by(made, fields, labels)
  local outcomes <const>, seen <const> = {}, {}
  local first
  for index, field in ipairs(fields) do
    local label <const> = labels[index]
    local outcome <const>, how <const> = made:find(field, label or "")
    local met <const> = outcome and made:rules_for(field, label) or {}
    table.insert(met, 1, outcome)
    for _, one in ipairs(met) do
      first = first or (how == "rule" and "by a rule" or "by its name") .. (field ~= "fn" and " in " .. field or "")
      if not seen[one] then
        seen[one], outcomes[#outcomes + 1] = true, one
      end
    end
  end
  return outcomes, first
end

local function targets_text(outcome)
  local texts <const> = {}
  for index, part in ipairs(outcome) do
    texts[index] = part.code .. "=" .. part.weight
  end
  table.sort(texts)
  return table.concat(texts, ",")
end

-- Rows that lead elsewhere than the first: counted by each, such lines would count twice.
local function rivals_of(outcomes)
  local numbers <const> = {}
  for index, outcome in ipairs(outcomes) do
    if index > 1 and targets_text(outcome) ~= targets_text(outcomes[1]) and outcome.rows[1] then
      numbers[#numbers + 1] = tostring(outcome.rows[1].row)
    end
  end
  return numbers
end

local function add_to(groups, order, name, values, label)
  local group = groups[name]
  if not group then
    group = { name = name, names = 0, seen = {}, lines = 0, wte = 0, cost = 0, double = 0 }
    groups[name], order[#order + 1] = group, group
  end
  if not group.seen[label] then
    group.seen[label], group.names = true, group.names + 1
  end
  for _, key in ipairs { "lines", "wte", "cost" } do
    group[key] = fault.check(core.number.add(group[key], values[key] or 0))
  end
  return group
end

local LAST <const> = { ["by a function's own name"] = "\1", ["not mapped"] = "\255" }

local function in_order(a, b)
  return (LAST[a.name] or a.name) < (LAST[b.name] or b.name)
end

-- Confirmed rows that no line meets.
local function unused_rows(made, used)
  local names <const> = {}
  for _, field in ipairs(made.fields) do
    for _, outcome in ipairs(made.by_field[field].outcomes) do
      if #outcome.rows > 0 and not used[outcome] then
        names[#names + 1] = ("'%s' (row %d)"):format(outcome.from, outcome.rows[1].row)
      end
    end
  end
  return names
end

local function suggested(list)
  local names <const> = {}
  for _, row in ipairs(list) do
    names[#names + 1] = not row.confirmed and ("'%s' (row %d)"):format(row.from, row.row) or nil
  end
  return names
end

-- Groups of lines by how they are mapped, and what is to be said of them.
local function covered(model, made)
  local lines <const> = state_of[model].lines
  local by <const>, fields <const> = looked_at(made, lines)
  local groups <const>, order <const>, doubles <const>, used <const> = {}, {}, {}, {}
  local asked <const> = counted(model)
  local result <const> = run(lines, { by = by, measures = asked })
  for row = 1, result:rows() do
    local labels <const>, values <const> = {}, {}
    for index, path in ipairs(by) do
      labels[index] = result:column(path):get(row) or false
    end
    for _, measure in ipairs(asked) do
      values[measure.name] = result:column(measure.name):get(row)
    end
    local own <const> = by[1] ~= LOCAL or not labels[1]
    local outcomes, how = {}, "by a function's own name"
    if not own then
      outcomes, how = met_by(made, fields, labels)
    end
    local label <const> = not own and labels[1] or ""
    local group <const> = add_to(groups, order, how or "not mapped", values, label)
    local rivals <const> = rivals_of(outcomes)
    if #rivals > 0 then
      group.double = group.double + values.lines
      doubles[#doubles + 1] = ("'%s' (row %s; also row %s)"):format(label, outcomes[1].rows[1] and outcomes[1].rows[1].row or "?", table.concat(rivals, ", "))
    end
    for _, outcome in ipairs(outcomes) do
      used[outcome] = true
    end
  end
  table.sort(order, in_order)
  return order, doubles, unused_rows(made, used)
end
local function listed(intro, names)
  if #names == 0 then
    return nil
  end
  local more <const> = #names > NAMED and (" and %d more"):format(#names - NAMED) or ""
  return ("%s: %s%s."):format(intro, table.concat(names, ", ", 1, math.min(#names, NAMED)), more)
end

---How a model's lines find their functions: by name, by rule, or not; and those that several rows would take to different functions, which count
---once, by the first.
---@param model remit.model
---@return remit.frame
function Crosswalk:coverage(model)
  local order <const>, doubles <const>, unused <const> = covered(model, resolved(self, model))
  local columns <const> = { { name = "mapped", display = "text" }, { name = "names", title = "local names", display = "count" },
    { name = "lines", display = "count" }, { name = "wte", display = "WTE" }, { name = "cost", display = "£" },
    { name = "double", title = "lines of several rows", display = "count" } }
  for _, column in ipairs(columns) do
    column.values = {}
  end
  local levels <const>, total <const> = {}, { names = 0, lines = 0, wte = 0, cost = 0, double = 0 }
  for index, group in ipairs(order) do
    group.names = group.seen[""] and group.names - 1 or group.names
    levels[index], columns[1].values[index] = 1, group.name
    for _, key in ipairs { "names", "lines", "wte", "cost", "double" } do
      total[key] = fault.check(core.number.add(total[key], group[key]))
    end
  end
  local count <const> = #order + 1
  order[count], levels[count], columns[1].values[count] = total, 0, false
  for index, group in ipairs(order) do
    for position, unit in ipairs { "count", "count", "micro", "pence", "count" } do
      local column <const> = columns[position + 1]
      column.values[index] = core.number.plain(group[column.name], unit)
    end
  end
  local notes <const> = {}
  notes[#notes + 1] = listed("Several rows, which lead to different functions, the first counts", doubles)
  notes[#notes + 1] = listed("No line has", unused)
  notes[#notes + 1] = listed("Only suggested, so that they map nothing", suggested(state_of[self].list))
  return frame.from { keys = { "mapped" }, columns = columns, levels = levels, about = model:about { title = "Lines by how a crosswalk maps them",
    notes = notes } }
end

-- ---- The rows ----

local function rows_frame(list)
  local columns <const> = {}
  for index, name in ipairs(rows.HEADINGS) do
    columns[index] = { name = name, display = "text", values = {} }
    for position, row in ipairs(list) do
      columns[index].values[position] = name == "share" and row.share and rows.percent_text(row.share)
        or name == "status" and (row.confirmed and "confirmed" or "suggested") or name ~= "share" and row[name] or false
    end
  end
  return frame.from { keys = {}, columns = columns, rows = #list, about = {} }
end

---The rows, as a frame.
---@return remit.frame
function Crosswalk:rows()
  return rows_frame(state_of[self].list)
end

---Writes the crosswalk as a CSV file; with `suggest`, and suggested rows for that model's open names, which become valid when their status is confirmed.
---@param path string
---@param given? { suggest?: remit.model, field?: string, least?: number }
---@return remit.crosswalk self
function Crosswalk:save(path, given)
  local state <const> = state_of[self]
  local spec <const> = declared_save(given)
  if type(path) ~= "string" or not path:lower():find "%.csv$" then
    fault.raise { code = "crosswalk", message = ("save: '%s' does not end in .csv"):format(tostring(path)) }
  end
  spec.max = 1
  check_suggest(spec)
  local list <const>, there <const> = table.move(state.list, 1, #state.list, 1, {}), {}
  for _, row in ipairs(state.list) do
    there[row.field .. "\0" .. row.from] = true
  end
  for _, one in ipairs(spec.suggest and suggestions(self, spec.suggest, spec) or {}) do
    local likely <const> = not there[spec.field .. "\0" .. one.label] and one.likely[1]
    list[#list + 1] = likely and { field = spec.field, from = one.label, fn = state_of[spec.suggest].members.fn.dictionary:label(likely.target),
      confirmed = false, why = ("likeness %.2f"):format(likely.score) } or nil
  end
  fault.check(core.file.write(path, rows_frame(list):csv()))
  return noticed.saved(self, path)
end

---@return string
function Crosswalk:__tostring()
  local state <const> = state_of[self]
  local confirmed = 0
  for _, row in ipairs(state.list) do
    confirmed = confirmed + (row.confirmed and 1 or 0)
  end
  return ("%s: %s, %d suggested"):format(state.file, plain.counted(confirmed, "confirmed row"), #state.list - confirmed)
end

object.guard(Crosswalk, "a crosswalk", { "apply", "coverage", "rows", "save", "suggest" })

return crosswalk
