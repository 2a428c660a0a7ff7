-- SPDX-License-Identifier: Apache-2.0
-- What rules of subsidiarity give on a model, as frames: the outcome, what is contested, what is missing, populations and prices.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local costs <const> = require "remit.subsidiarity.costs"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local ladders <const> = require "remit.subsidiarity.ladder"
local reasons <const> = require "remit.subsidiarity.reasons"
local resolve <const> = require "remit.pack.resolve"
local state_of <const> = require "remit.state_of"

local frames <const> = {}

-- A frame whose columns are lists of values by name, filled row by row.
local function collector(columns)
  for _, column in ipairs(columns) do
    column.values = {}
  end
  local rows = 0
  return columns, function(row)
    rows = rows + 1
    for _, column in ipairs(columns) do
      column.values[rows] = row[column.name] == nil and false or row[column.name]
    end
  end
end

local function text(name, title)
  return { name = name, title = title, display = "text" }
end

local function functions_of(model)
  local members <const> = state_of[model].members.fn
  local names <const> = members.table:column(members.label or "name")
  return members.dictionary:labels(), function(row) return names and names:get(row) or false end
end

local function lines_by_function(model, at)
  local by <const> = {}
  for row in model:pivot({ measures = { "wte", "cost" }, by = { "fn" }, at = at }):rows() do
    by[row.fn] = row
  end
  return by
end

---Every function with its level, and who is accountable, delivers, hosts and funds.
function frames.outcome(found, model, spec, at)
  local ids <const>, name_of <const> = functions_of(model)
  local figures <const> = state_of[model].posts_kind and lines_by_function(model, at) or {}
  local columns <const>, add <const> = collector { text "fn", text "name", text "level", text "accountable", text "delivers", text "hosts",
    text "funds", text "variant", { name = "wte", display = "WTE" }, { name = "cost", display = "£" } }
  local contested = 0
  for row, outcome in ipairs(found.outcomes) do
    contested = contested + (outcome.contested and 1 or 0)
    local figure <const> = figures[ids[row]] or {}
    local line <const> = { fn = ids[row], name = name_of(row), wte = figure.wte, cost = figure.cost,
      variant = outcome.clashes.variant and "contested" or outcome.variant }
    for _, attribute in ipairs { "level", "accountable", "delivers", "hosts", "funds" } do
      line[attribute] = outcome.clashes[attribute] and "contested" or found.ladder.ids[outcome[attribute] or 0]
    end
    add(line)
  end
  local notes <const> = { contested > 0 and ("%d contested: see contested(model)."):format(contested) or nil }
  return frame.from { columns = columns, keys = { "fn" }, about = model:about { title = "Levels by " .. spec.name, notes = notes, at = at } }
end

---The functions whose tests contradict, with the reasons of both sides.
function frames.contested(found, model, spec)
  local ids <const>, name_of <const> = functions_of(model)
  local columns <const>, add <const> = collector { text "fn", text "name", text "what", text("one", "one side"), text("one_why", "because"),
    text("other", "other side"), text("other_why", "because") }
  local function why(side)
    local words <const> = {}
    for index, bound in ipairs(side.rules) do
      words[index] = ("%s: %s"):format(bound.rule.name, bound.rule.why)
    end
    return table.concat(words, "; ")
  end
  for row = 1, #found.outcomes do
    for _, one in ipairs(reasons.contested(found, row)) do
      for index = 2, #one.sides do
        add { fn = ids[row], name = name_of(row), what = one.attribute, one = one.sides[1].text, one_why = why(one.sides[1]),
          other = one.sides[index].text, other_why = why(one.sides[index]) }
      end
    end
  end
  return frame.from { columns = columns, keys = {}, about = model:about { title = "Contested by " .. spec.name, money = false,
    notes = { not columns[1].values[1] and "Nothing is contested." or nil } } }
end

---The criteria without which a test could not be made.
function frames.missing(found, model, spec)
  local ids <const>, name_of <const> = functions_of(model)
  local columns <const>, add <const> = collector { text "fn", text "name", text "criterion", text("rules", "rules that it takes part in") }
  for row = 1, #found.outcomes do
    local order <const>, by <const> = {}, {}
    for index, bound in ipairs(found.rules) do
      if found.said[index][row] == "missing" then
        local name <const> = bound.rule.criterion
        order[#order + 1] = not by[name] and name or nil
        by[name] = by[name] or {}
        table.insert(by[name], bound)
      end
    end
    for _, name in ipairs(order) do
      add { fn = ids[row], name = name_of(row), criterion = name, rules = reasons.names(by[name]) }
    end
  end
  local note <const> = columns[1].values[1] and "A test of a criterion that has no value does not pass: it neither lifts nor lowers, and sets nothing."
    or "Nothing is missing."
  return frame.from { columns = columns, keys = {}, about = model:about { title = "Criteria missing for " .. spec.name, money = false, notes = { note } } }
end

local function counted(found, index)
  local counts <const> = { pass = 0, fail = 0, missing = 0 }
  for row = 1, #found.outcomes do
    local said <const> = found.said[index][row]
    if said then
      counts[said] = counts[said] + 1
    end
  end
  return counts
end

-- What is to be looked at: a rule that is about no function of this model, or passes for none or for all of them.
local function finding_of(counts, all)
  if counts.pass + counts.fail + counts.missing == 0 then
    return "about no function of this model"
  elseif counts.missing > 0 and counts.pass + counts.fail == 0 then
    return "never tested: its criterion is missing for all"
  elseif counts.pass == 0 then
    return "passes for none"
  elseif counts.pass == all then
    return "passes for all"
  elseif counts.missing > 0 then
    return "its criterion is missing for some"
  end
end

---Every rule with the functions that it passes for, does not, or cannot be asked of.
function frames.verify(found, model, spec)
  local columns <const>, add <const> = collector { text "rule", text "where", { name = "passes", display = "count" },
    { name = "fails", display = "count" }, { name = "missing", display = "count" }, text "finding" }
  for index, bound in ipairs(found.rules) do
    local counts <const> = counted(found, index)
    add { rule = bound.rule.name, where = bound.rule.place, passes = counts.pass, fails = counts.fail, missing = counts.missing,
      finding = finding_of(counts, #found.outcomes) }
  end
  return frame.from { columns = columns, keys = {}, about = model:about { title = "Rules of " .. spec.name, money = false } }
end

-- ---- Populations ----

local function people(count)
  return core.number.print(count, 0, true)
end

local function band_text(least, most)
  return least and most and ("%s to %s"):format(people(least), people(most)) or least and "at least " .. people(least) or "at most " .. people(most)
end

-- Who is served at a level: each place of the places, all people at the ICB's own level, an average where the pack counts the units.
local function served(ladder, code)
  if ladder.ids[code] == "place" then
    return ladder.place_list
  elseif code == ladder.icb then
    return { { id = "all places", people = ladder.people } }
  elseif ladder.units[code] then
    return { { id = ("each of %d"):format(ladder.units[code]), people = ladder.people // ladder.units[code] } }
  end
  return {}
end

---Where a level serves more or fewer people than it usually does: a warning, never a gate.
function frames.warnings(model, spec)
  local ladder <const> = ladders.of(model, spec.start, spec.icb)
  local levels <const> = ladder.members.table
  local columns <const>, add <const> = collector { text "level", text "who", { name = "population", display = "count" }, text "usual", text "warning" }
  for code = 1, #ladder.ids do
    local least <const>, most <const> = levels:column("min_population"):get(code), levels:column("max_population"):get(code)
    for _, one in ipairs((least or most) and served(ladder, code) or {}) do
      local below <const>, above <const> = one.people and least and one.people < least, one.people and most and one.people > most
      if below or above then
        add { level = ladder.ids[code], who = one.id, population = one.people, usual = band_text(least, most),
          warning = below and "fewer than usual" or "more than usual" }
      end
    end
  end
  local notes <const> = { "A level's usual population warns and decides nothing." }
  notes[2] = ladder.uncounted > 0 and ("%d of %d places have no population in this pack."):format(ladder.uncounted, ladder.places) or nil
  return frame.from { columns = columns, keys = {}, about = model:about { title = "Populations outside the usual range", money = false, notes = notes } }
end

-- ---- Prices ----

local declared_prices <const> = args.declare { name = "subsidiarity:prices", doc = "What functions would cost at levels, by the cost curves.",
  example = 'print(rules:prices(base, { fn = "chc", levels = { "place", "system" } }))',
  { name = "fn", kind = "list", doc = "functions; all that have a curve when it is left out" },
  { name = "levels", kind = "list", doc = "levels; all that have a curve when it is left out" },
}

-- The codes of the members that texts mean, in their order; all of them without texts.
local function codes_of(texts, members, what)
  local codes <const> = {}
  for index, one in ipairs(texts or members.dictionary:labels()) do
    local code <const>, message <const> = resolve.member(members, one)
    if not code then
      fault.raise { code = "not found", message = ("prices: %s '%s' is %s"):format(what, tostring(one), message) }
    end
    codes[index] = code
  end
  return codes
end

local function price_row(ladder, curve, level, now)
  if not curve then
    return { level = ladder.ids[level], source = "no curve" }
  end
  local price <const> = costs.price(curve, ladder, level)
  return { level = ladder.ids[level], instances = price.instances, fixed = exact.pounds(price.fixed), variable = exact.pounds(price.variable),
    total = exact.pounds(price.total), against = now and exact.pounds(price.total) - now or nil, source = curve.source ~= "" and curve.source or nil }
end

---What functions would cost at levels: fixed for each instance and variable per head, beside what they cost now.
function frames.prices(model, spec, given)
  local asked <const> = declared_prices(given)
  if not spec.costs then
    fault.raise { code = "subsidiarity", message = "prices: these rules have no cost curves",
      hints = { 'remit.subsidiarity(path, { costs = "level_costs.csv" })' } }
  end
  local ladder <const> = ladders.of(model, spec.start, spec.icb)
  local curves <const> = costs.curves(spec.costs, model, ladder)
  local figures <const> = state_of[model].posts_kind and lines_by_function(model) or {}
  local columns <const>, add <const> = collector { text "fn", text "level", { name = "instances", display = "count" }, { name = "fixed", display = "£" },
    { name = "variable", display = "£" }, { name = "total", display = "£" }, { name = "against", title = "against now £", display = "£", sign = true },
    text "source" }
  for _, fn in ipairs(codes_of(asked.fn, state_of[model].members.fn, "fn")) do
    local id <const> = state_of[model].members.fn.dictionary:label(fn)
    for _, level in ipairs((curves[fn] or asked.fn) and codes_of(asked.levels, ladder.members, "level") or {}) do
      local curve <const> = curves[fn] and curves[fn][level]
      if curve or asked.fn and asked.levels then
        local row <const> = price_row(ladder, curve, level, figures[id] and figures[id].cost)
        row.fn = id
        add(row)
      end
    end
  end
  local notes <const> = { ("Fixed for each instance and variable per head of %s people; curves from %s."):format(people(ladder.people), spec.costs.name) }
  return frame.from { columns = columns, keys = {}, about = model:about { title = "Cost at a level", notes = notes } }
end

return frames
