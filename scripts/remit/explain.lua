-- SPDX-License-Identifier: Apache-2.0
-- Explanations: why a member or a line has a value. What decided it explains it; a value that nothing decided stands in a file, in a row.

local args <const> = require "remit.args"
local changes <const> = require "remit.changes"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local measures <const> = require "remit.measures"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"
local selection <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"
local write <const> = require "remit.frame.write"

local explain <const> = {}

local LINES <const> = "lines"

---@class remit.explanation
---@field id string the member
---@field name string
---@field attribute string
---@field facts string[][] { attribute, value } pairs for the heading, first the one that was asked for
---@field lines { head: string, value: string, text: string }[]
local Explanation <const> = plain.class { __name = "remit.explanation" }

---Makes one; for what decides attributes. `facts` are pairs of an attribute and its value, `lines` the steps to it.
---@param spec { id: string, name?: string, facts: string[][], lines: { head: string, value: string, text: string }[], about?: remit.frame.about }
---@return remit.explanation
function explain.new(spec)
  return object.new(Explanation, { id = spec.id, name = spec.name or spec.id, attribute = spec.facts[1][1], facts = spec.facts, lines = spec.lines,
    about = spec.about })
end

local function heading(self)
  local state <const> = state_of[self]
  local facts <const> = {}
  for index, fact in ipairs(state.facts) do
    facts[index] = ("%s: %s"):format(fact[1], show.safe(fact[2]))
  end
  local name <const> = state.name ~= state.id and "  " .. show.safe(state.name) or ""
  return ("%s%s      %s"):format(show.safe(state.id), name, table.concat(facts, "   "))
end

---The heading and a line a step, aligned.
---@return string
function Explanation:__tostring()
  local state <const> = state_of[self]
  local heads, values = 0, 0
  for _, line in ipairs(state.lines) do
    heads, values = math.max(heads, show.width(show.safe(line.head))), math.max(values, show.width(show.safe(line.value)))
  end
  local about <const> = state.about -- of figures
  local texts <const> = { heading(self), about and show.safe(table.concat(write.basis(about, true), "   ")) }
  for _, line in ipairs(state.lines) do
    local text <const> = ("  %s  %s  %s"):format(show.pad(show.safe(line.head), heads), show.pad(show.safe(line.value), values), show.safe(line.text))
    texts[#texts + 1] = text:gsub(" +$", "")
  end
  for _, note in ipairs(about and about.notes or {}) do
    texts[#texts + 1] = show.safe(note)
  end
  return table.concat(texts, "\n")
end

object.guard(Explanation, "an explanation", {}, { "id", "name", "attribute", "facts", "lines" })

-- ---- Values that nothing decided ----

local displays <const> = { micro = "number", count = "count", month = "month" }

---A value as people read it: "none" for no value.
---@param value string|integer|nil of the core
---@param unit string
---@return string
function explain.value(value, unit)
  if value == nil then
    return "none"
  elseif type(value) == "string" then
    return value
  elseif unit == "day" then
    return core.calendar.day_text(value)
  end
  return unit == "pence" and show.money(value, "£p") or show.number(value, displays[unit])
end

local function source_of(model, dim)
  for _, name in ipairs(state_of[model].source_names) do
    if state_of[model].sources[name].plan.dimension == dim then
      return state_of[model].sources[name]
    end
  end
end

---Where a row of a source was read: "posts.csv:214"; for what explains lines.
---@param source remit.source
---@param row integer
---@return string
function explain.row(source, row)
  return ("%s:%d%s"):format(source.path, source.row(row), source.from == "pack" and "" or " of the shipped vocabulary")
end

---Where a member's value was read: "functions.csv:12"; for what decides attributes.
---@param model remit.model
---@param dim string
---@param row integer
---@param attribute string
---@return string
function explain.place(model, dim, row, attribute)
  local source <const> = source_of(model, dim)
  if not source or row > source.report:counts().rows then
    return "no file"
  end
  return explain.row(source, row) .. (source.heading_of[attribute] and "" or ", which has no such column")
end

---A member's value as it was loaded, explained.
---@param model remit.model
---@param dim string
---@param row integer
---@param attribute string
---@return remit.explanation
function explain.loaded(model, dim, row, attribute)
  local members <const> = state_of[model].members[dim]
  local column <const> = members.table:column(attribute)
  local value <const> = explain.value(column:get(row), column:unit())
  return explain.new { id = members.dictionary:label(row), name = explain.name(members, row), facts = { { attribute, value } },
    lines = { { head = "=>", value = value, text = "as loaded: " .. explain.place(model, dim, row, attribute) } } }
end

---What people call a member.
---@param members remit.members
---@param row integer
---@return string
function explain.name(members, row)
  local names <const> = members.table:column(members.label or "name")
  return names and names:get(row) or members.dictionary:label(row)
end

-- What a member or a line is called, and the tests that its lines pass.
local function lines_of(model, dim, row)
  local id <const> = dim == LINES and state_of[model].lines:column("id"):get(row) or state_of[model].members[dim].dictionary:label(row)
  return id, { [dim == LINES and "id" or dim] = plain.quoted(id) }
end

-- A figure: what it is, and of how many lines of an establishment.
local function figure(model, dim, row, measure)
  local id <const>, where <const> = lines_of(model, dim, row)
  local text <const>, words <const> = explain.value(total.exact(model, measure.name, { where = where })), { measure.doc }
  if state_of[model].posts_kind then
    local lines <const> = total.exact(model, "lines", { where = where })
    words[#words + 1] = "of " .. show.counted(lines, "line")
  end
  return explain.new { id = id, name = dim ~= LINES and explain.name(state_of[model].members[dim], row) or nil, facts = { { measure.name, text } },
    lines = { { head = "=>", value = text, text = table.concat(words, "; ") } },
    about = model:about(measures.said(model, { basis = "funded", period = "run_rate" }, { measure })) }
end

-- A figure of a member or a line in a scenario, or asked further: in parts. Of a base as it stands, what it is; of a line's cost, why.
local function explained_figure(model, dim, row, measure, at, further)
  if state_of[model].plan or next(further) then
    local tests <const> = select(2, lines_of(model, dim, row))
    further.at, further.where = at, further.where and model:lines(tests) & selection.new(model, further.where, "lines") or tests
    return require("remit.explain.figure").run(model, measure.name, further)
  elseif dim == LINES and measure.name == "cost" and state_of[model].posts_kind then
    return require("remit.explain.post").cost(model, (lines_of(model, dim, row)))
  end
  return figure(model, dim, row, measure)
end

-- ---- Finding what is asked for ----

local declared <const> = args.declare { name = "explain", doc = "Why a member has the value that it has: the rule, its inputs, what nearly applied.",
  example = 'print(base:explain("chc", "blueprint"))',
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "dim", kind = "string", doc = "the dimension of the member; by default functions, then whatever has the attribute" },
}

-- The row of a post or budget line.
local function line_row(model, id)
  local ids <const> = state_of[model].lines:column "id"
  local found <const> = ids and core.selection.test(state_of[model].lines, "id", plain.quoted(id))
  return found and found:rows(1)[1], ("there is no line '%s'"):format(id)
end

local function row_of(model, dim, id)
  if dim == LINES then
    return line_row(model, id)
  end
  local members <const> = state_of[model].members[dim]
  local code <const>, message <const> = resolve.member(members, id)
  return code, message and ("'%s' is %s"):format(id, message)
end

-- Where a member may be looked for: functions first, then whatever has the attribute.
local function dimensions(model, attribute, dim)
  local members <const>, explained <const> = state_of[model].members, state_of[model].explained or {}
  if dim == "posts" or dim == LINES then
    return { LINES }
  elseif dim then
    if not members[dim] then
      local names <const> = plain.keys(members)
      fault.raise { code = "dimension", message = ("there is no dimension '%s' with members of its own. %s"):format(dim, fault.suggest(dim, names)
        or "There are: " .. table.concat(names, ", ")) }
    end
    return { dim }
  end
  local list <const> = { members.fn and "fn" or nil }
  for _, name in ipairs(plain.keys(members)) do
    if name ~= "fn" and (explained[name] and explained[name][attribute] or members[name].table:column(attribute)) then
      list[#list + 1] = name
    end
  end
  list[#list + 1] = explained[LINES] and explained[LINES][attribute] and LINES or nil
  return list
end

local function find(model, id, attribute, dim)
  local first
  for _, name in ipairs(dimensions(model, attribute, dim)) do
    local row <const>, message <const> = row_of(model, name, id)
    if row then
      return name, row
    end
    first = first or message
  end
  local row <const> = measures.named(model, attribute) and line_row(model, id)
  if row then
    return LINES, row
  end
  fault.raise { code = "explain", message = first or ("nothing here has members that have '%s'"):format(attribute) }
end

local function unknown(model, dim, attribute)
  local names = plain.keys((state_of[model].explained or {})[LINES] or {})
  if dim ~= LINES then
    names = state_of[model].members[dim].table:names()
    for _, measure in ipairs(state_of[model].lines:column(dim) and state_of[model].measures or {}) do
      names[#names + 1] = measure.name
    end
  elseif #names == 0 then
    fault.raise { code = "explain", message = "nothing was decided of posts and lines here, so there is nothing to explain" }
  end
  fault.raise { code = "explain", message = ("%s has no attribute '%s' to explain. %s"):format(dim == LINES and "a line" or dim, attribute,
    fault.suggest(attribute, names) or "It has: " .. table.concat(names, ", ")) }
end

-- A value that a scenario sets in the month: the last of its lists that says so; nil when none does.
local function set_by_change(model, spec, dim, row, attribute)
  local month <const>, found = spec.at and core.calendar.month(spec.at), nil
  for _, one in ipairs(state_of[model].plan and state_of[model].plan.sets or {}) do
    local touches = false
    for _, member in ipairs(one.rows) do
      touches = touches or member == row
    end
    if one.dimension == dim and one.into[attribute] ~= nil and touches then
      if not month then
        require("remit.scenario.figures").view(model, {}) -- says which months there are
      end
      found = one.from <= month and (not one.to or month < one.to) and one or found
    end
  end
  if not found then
    return nil
  end
  local members <const>, change <const>, value <const> = state_of[model].members[dim], found.change, found.into[attribute] or "none"
  local head <const> = ("set%s from %s%s"):format(change.id and " " .. change.id or "", change.from, changes.ended(change))
  local words <const> = { head, change.why or "no reason given", change.ref }
  return explain.new { id = members.dictionary:label(row), name = explain.name(members, row), facts = { { attribute, value } },
    lines = { { head = "=>", value = value, text = table.concat(words, "; ") } } }
end

local MEMBERS <const> = { at = true, dim = true }

-- What is asked of a member, and what further of its figure.
local function parted(model, attribute, given)
  if type(given) ~= "table" or type(attribute) ~= "string" or not measures.named(model, attribute) then
    return given, {}
  end
  local own <const>, further <const> = {}, {}
  for name, value in pairs(given) do -- each by its own name: order does not matter
    (MEMBERS[name] and own or further)[name] = value
  end
  return own, further
end

---Explains a value of a member; see Model:explain.
---@param model remit.model
---@param id string
---@param attribute string
---@param given? { at?: string, dim?: string } or, of a member's figure, what a figure takes
---@return remit.explanation
function explain.run(model, id, attribute, given)
  local own <const>, further <const> = parted(model, attribute, given)
  local spec <const> = declared(own)
  measures.check_month(model, spec.at)
  if type(id) ~= "string" or type(attribute) ~= "string" then
    fault.raise { code = "explain", message = "explain takes a member and an attribute, or a measure", hints = { 'explain("chc", "class")',
      'explain("cost", { at = "2027-04" })' } }
  end
  local dim <const>, row <const> = find(model, id, attribute, spec.dim)
  local set <const> = set_by_change(model, spec, dim, row, attribute)
  local how <const> = ((state_of[model].explained or {})[dim] or {})[attribute]
  if set then
    return set
  elseif how then
    return how:explain(model, row)
  elseif dim ~= LINES and state_of[model].members[dim].table:column(attribute) then
    return explain.loaded(model, dim, row, attribute)
  end
  local measure <const> = measures.named(model, attribute)
  if measure and (dim == LINES or state_of[model].lines:column(dim)) then
    return explained_figure(model, dim, row, measure, spec.at, further)
  end
  unknown(model, dim, attribute)
end

return explain
