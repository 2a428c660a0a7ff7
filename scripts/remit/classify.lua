-- SPDX-License-Identifier: Apache-2.0
-- Classifying: the rules of a decision table tried on every member or line, what they say together, what people overrode, and a model that has it.

local args <const> = require "remit.args"
local compiled <const> = require "remit.decision_table.compiled"
local core <const> = require "remit.core"
local decided <const> = require "remit.decision_table.decided"
local derive <const> = require "remit.derive"
local fault <const> = require "remit.fault"
local inputs <const> = require "remit.decision_table.inputs"
local noticed <const> = require "remit.noticed"
local outputs <const> = require "remit.decision_table.outputs"
local overrides <const> = require "remit.overrides"
local plain <const> = require "remit.plain"
local policy <const> = require "remit.decision_table.policy"
local resolve <const> = require "remit.pack.resolve"
local sheet <const> = require "remit.sheet"
local state_of <const> = require "remit.state_of"

local classify <const> = {}

local declared <const> = args.declare { name = "classify", doc = "A model whose functions (or lines) carry the outcome of a decision table.",
  example = 'base:classify(remit.decision_table "examples/nenc/rules/classify.csv")',
  { name = "override", kind = "string|items", doc = "a CSV file, or a list of { fn =, set = { class = ... }, owner =, reason =, expires = }" },
  { name = "at", kind = "month", doc = "the month in which overrides must still hold; by default the as-at month" },
}

-- ---- What rules say, in the model's own words ----

local function targets_of(model, made, rules)
  local core_table <const> = made.inputs.lines and state_of[model].lines or state_of[model].members[rules.on].table
  local targets <const>, problems <const> = {}, {}
  for _, name in ipairs(rules.outputs) do
    local target <const>, message <const> = outputs.target(model, core_table, rules, name)
    targets[name] = target
    problems[#problems + 1] = message and { where = rules.id, column = "set " .. name, message = message } or nil
  end
  if #problems > 0 then
    sheet.raise(rules.id, problems, "decision table")
  end
  return targets
end

local function fitted(rules, targets, one, problems, counted)
  local set <const> = {}
  for _, name in ipairs(rules.outputs) do
    if one.set[name] ~= nil then
      local value <const>, message <const> = outputs.value(targets[name], one.set[name], counted)
      set[name] = value
      problems[#problems + 1] = value == nil and { where = one.where, column = "set " .. name, message = message } or nil
    end
  end
  return set
end

local function fit_rules(rules, targets)
  local list <const>, problems <const> = {}, {}
  for index, rule in ipairs(rules.list) do
    list[index] = { rule = rule, set = fitted(rules, targets, rule, problems, rules.aggregate == "count") }
  end
  if #problems > 0 then
    sheet.raise(rules.id, problems, "decision table")
  end
  return list
end

-- ---- Rules that contradict each other ----

local ADVICE <const> = {
  unique = "unique: no two rules may pass for one. Make their tests exclude each other, or head the first column \"rule (first)\": the upper one wins",
  any = "any: rules that pass together must say the same",
}

local SHOWN <const> = 10

local function clash_text(rules, made, clash)
  local names <const>, said <const> = {}, {}
  for index, one in ipairs(clash.rules) do
    names[index] = compiled.rule_text(one.rule)
    local words <const> = {}
    for _, output in ipairs(rules.outputs) do
      words[#words + 1] = ("%s %s"):format(output, tostring(one.set[output] or "nothing"))
    end
    said[index] = table.concat(words, ", ")
  end
  local row <const>, count <const> = made.first[clash.code], made.counts[clash.code]
  return { ("%s pass for %s%s   (%s)"):format(table.concat(names, " and "), compiled.name(made, row),
    count > 1 and (" and %d more"):format(count - 1) or "", compiled.row_text(made, rules, row)),
    "  they set " .. table.concat(said, " / ") }
end

local function refuse_clashes(rules, made, clashes)
  local hints <const> = {}
  for index = 1, math.min(#clashes, SHOWN) do
    table.move(clash_text(rules, made, clashes[index]), 1, 2, #hints + 1, hints)
  end
  if #clashes > SHOWN then
    hints[#hints + 1] = ("... and %d more sets of rules"):format(#clashes - SHOWN)
  end
  hints[#hints + 1] = ADVICE[rules.hits]
  fault.raise { code = "hit policy", message = ("%s: rules contradict each other"):format(rules.id), hints = hints, clashes = clashes }
end

-- By the code of the rules that pass: what they say together.
local function decide(rules, made, fits)
  local results <const>, clashes <const> = {}, {}
  for code, passing in ipairs(made.passing) do
    local list <const> = {}
    for index, number in ipairs(passing) do
      list[index] = fits[number]
    end
    local result <const>, clash <const> = policy.decide(rules.hits, rules.outputs, list)
    results[code] = result
    clashes[#clashes + 1] = clash and { code = code, rules = clash } or nil
  end
  if #clashes > 0 then
    refuse_clashes(rules, made, clashes)
  end
  return results
end

-- ---- Overrides ----

local function rows_of(model, made, rules, id)
  if made.inputs.lines then
    local found <const> = core.selection.test(state_of[model].lines, "id", plain.quoted(id))
    if found and found:count() > 0 then
      return found:rows()
    end
    return nil, ("'%s' is no line of this model"):format(id)
  end
  local code <const>, message <const> = resolve.member(state_of[model].members[rules.on], id)
  return code and { code }, message and ("'%s' is %s"):format(id, message)
end

-- An override of the same output of the same row.
local function rival(list, one)
  for _, other in ipairs(list) do
    for name in pairs(one.set) do -- any one: order does not matter
      if other.set[name] ~= nil then
        return other
      end
    end
  end
end

local function place_override(by_row, one, rows, problems)
  local clash
  for _, row in ipairs(rows) do
    by_row[row] = by_row[row] or {}
    clash = clash or rival(by_row[row], one)
    table.insert(by_row[row], one)
  end
  problems[#problems + 1] = clash and { where = one.where, message = ("'%s' is overridden already, at %s"):format(one.id, clash.where) } or nil
end

-- Overrides by row, those that hold and those that no longer do, with values fitted to the model.
local function placed(model, made, rules, targets, list, at)
  local live <const>, past <const>, problems <const> = {}, {}, {}
  for _, one in ipairs(list) do
    local rows <const>, message <const> = rows_of(model, made, rules, one.id)
    local fit <const> = { where = one.where, id = rows and compiled.name(made, rows[1]), owner = one.owner, reason = one.reason,
      expires = one.expires, ref = one.ref, set = fitted(rules, targets, one, problems) }
    if not rows then
      problems[#problems + 1] = { where = one.where, column = rules.on, message = message }
    elseif overrides.expired(one, at) then
      for _, row in ipairs(rows) do
        past[row] = past[row] or {}
        table.insert(past[row], fit)
      end
    else
      place_override(live, fit, rows, problems)
    end
  end
  if #problems > 0 then
    sheet.raise("the overrides", problems, "overrides")
  end
  return live, past
end

-- A part without inputs of its own follows its whole in overrides too.
local function follow_wholes(made, live)
  local found <const> = {}
  for row, at in pairs(made.inputs.whole) do -- each row by itself: order does not matter
    while at and not live[at] do
      at = made.inputs.whole[at]
    end
    if at and not live[row] and inputs.follows(made.inputs, row) then
      found[row] = live[at]
    end
  end
  for row, list in pairs(found) do -- each row by itself: order does not matter
    live[row] = list
  end
end

local function month_of(model, spec, list)
  local at <const> = spec.at or state_of[model].settings.as_at
  if not at and #list > 0 then
    fault.raise { code = "month", message = "which month? Overrides expire, and this pack has no as-at month. Give at = \"2026-04\"" }
  end
  return at
end

local function findings_of(rules, past, at)
  local list <const>, seen <const> = {}, {}
  for _, row in ipairs(plain.rows(past)) do
    for _, one in ipairs(past[row]) do
      if not seen[one.where] then
        seen[one.where] = true
        list[#list + 1] = { kind = "override past its expiry", text = ("%s: '%s' in %s, by %s, held to the end of %s; it is %s: %s"):format(one.where, one.id,
          rules.id, one.owner, one.expires, at, one.reason) }
      end
    end
  end
  return list
end

-- ---- The model ----

-- What was decided as text, of which the model's hash is made: each part with its length, so that no two texts run together.
local function canonical(rules, list, at)
  local parts <const> = {}
  local function add(value)
    local text <const> = value == nil and "" or tostring(value)
    parts[#parts + 1] = ("%d:%s"):format(#text, text)
  end
  local function add_all(names, of)
    for _, name in ipairs(names) do
      add(of[name])
    end
  end
  add_all({ "on", "hits" }, rules)
  add(table.concat(rules.inputs, "\n"))
  add(table.concat(rules.outputs, "\n"))
  for _, rule in ipairs(rules.list) do
    add_all({ "id", "why", "ref" }, rule)
    for index = 1, #rules.inputs do
      add(rule.cells[index])
    end
    add_all(rules.outputs, rule.set)
  end
  add(at)
  for _, one in ipairs(list) do
    add_all({ "id", "owner", "reason", "expires", "ref" }, one)
    add_all(rules.outputs, one.set)
  end
  return table.concat(parts, " ")
end

local function values_of(name, results, live, fits, gathers)
  local by_code <const>, by_row <const>, all <const> = {}, {}, {}
  for _, fit in ipairs(fits) do
    all[#all + 1] = not gathers and fit.set[name] or nil
  end
  for code, result in ipairs(results) do
    local value <const> = result[name] and result[name].value
    by_code[code] = type(value) == "table" and outputs.joined(value) or value
    all[#all + 1] = by_code[code]
  end
  for _, row in ipairs(plain.rows(live)) do
    for _, one in ipairs(live[row]) do
      if one.set[name] ~= nil then
        by_row[row] = one.set[name]
        all[#all + 1] = one.set[name]
      end
    end
  end
  return by_code, by_row, all
end

local function columns_of(model, rules, state)
  local columns <const>, explained <const> = {}, {}
  local before <const> = (state_of[model].explained or {})[state.made.inputs.lines and "lines" or rules.on] or {}
  for index, name in ipairs(rules.outputs) do
    local by_code <const>, by_row <const>, all <const> = values_of(name, state.results, state.live, state.fits,
      rules.hits == "collect")
    local column <const> = outputs.column(state.targets[name], state.made.hits, by_code, by_row, all)
    columns[index] = { name = name, values = column }
    explained[name] = decided.new { name = name, rules = rules, made = state.made, results = state.results, fits = state.fits, live = state.live,
      past = state.past, at = state.at, column = column, target = state.targets[name], before = before[name] }
  end
  return columns, explained
end

---Classifies; see Model:classify.
---@param model remit.model
---@param asked remit.decision_table
---@param given? table
---@return remit.model
function classify.run(model, asked, given)
  if plain.object_name(asked) ~= "remit.decision_table" then
    fault.raise { code = "classify", message = "classify takes a decision table, not a " .. type(asked),
      hints = { 'classify(remit.decision_table "rules/classify.csv")' } }
  end
  local spec <const>, rules <const> = declared(given), state_of[asked]
  local list <const> = overrides.read(spec.override, rules)
  local state <const> = { made = compiled.new(model, rules), at = month_of(model, spec, list) }
  state.targets = targets_of(model, state.made, rules)
  state.fits = fit_rules(rules, state.targets)
  state.results = decide(rules, state.made, state.fits)
  state.live, state.past = placed(model, state.made, rules, state.targets, list, state.at)
  follow_wholes(state.made, state.live)
  local columns <const>, explained <const> = columns_of(model, rules, state)
  local step <const> = { kind = "classify", text = canonical(rules, list, state.at), rules = rules.id }
  local found <const> = findings_of(rules, state.past, state.at)
  if state.made.inputs.lines then
    return noticed.model(derive.fields(model, columns, step, explained, found))
  end
  return noticed.model(derive.attributes(model, rules.on, columns, step, explained, found))
end

return classify
