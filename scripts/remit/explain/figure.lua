-- SPDX-License-Identifier: Apache-2.0
-- Explanations of a figure: the base, its uplift, what each change did to it and why, and, for one of them, the source lines. Parts add up to the figure.

local args <const> = require "remit.args"
local changes <const> = require "remit.changes"
local core <const> = require "remit.core"
local explain <const> = require "remit.explain"
local fault <const> = require "remit.fault"
local measures <const> = require "remit.measures"
local over <const> = require "remit.over"
local parts <const> = require "remit.explain.parts"
local post <const> = require "remit.explain.post"
local select <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"
local uplift <const> = require "remit.uplift"

local figure <const> = {}

local declared <const> = args.declare { name = "explain of a figure",
  doc = "A figure from the base on: each change that touched it, and the lines of one of them.",
  example = 'print(plan:explain("cost", { at = "2027-04", where = { fn = "chc" } }))',
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "over", kind = "table", doc = "instead of at, as in pivot: of several months the last, mean or max" },
  { name = "where", kind = "selection", doc = "a table of tests, or a selection" },
  measures.ANY_BASIS,
  measures.PERIOD,
  measures.FROM,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is" },
  measures.RISK,
  { name = "change", kind = "string", doc = "a change by its id, or \"base\": its lines, largest first" },
  { name = "lines", kind = "integer", default = 10, doc = "how many of them" },
}

-- ---- What is asked for ----

local function measure_of(model, name)
  local names <const> = {}
  for _, measure in ipairs(state_of[model].measures) do
    local sum <const> = measure.column and not measure.how and not measure.of and (measure.additive_over == nil or measure.additive_over == "all")
    if measure.name == name and sum then
      return measure
    end
    names[#names + 1] = sum and measure.name or nil
  end
  local known <const> = type(name) == "string" and measures.named(model, name)
  fault.raise { code = "explain", message = known and ("'%s' is counted, not added up, and has no parts: a figure to explain is a sum"):format(name)
    or ("a figure to explain is a sum, such as cost or wte, not '%s'. %s"):format(tostring(name), type(name) == "string" and fault.suggest(name, names)
    or "There are: " .. table.concat(names, ", ")), hints = { known and "There are: " .. table.concat(names, ", ") or nil } }
end

local function part_named(model, id)
  if id == nil or id == parts.BASE then
    return id
  end
  return require("remit.scenario").change(model, id, false, { parts.BASE })
end

-- The question as pivot takes it; of `over` the last month or that of the largest figure.
local function question(model, measure, spec)
  local name <const> = measure.name
  local asked <const> = { measures = { name }, by = {}, at = spec.at, over = spec.over, where = spec.where, basis = spec.basis, period = spec.period,
    from = spec.from, prices = measure.money and spec.prices or nil, risk = spec.risk }
  over.check(asked, model)
  if asked.over and asked.over.month == "max" then
    asked.at = over.greatest(asked, function(month)
      return (total.exact(model, name, { at = month, where = spec.where, basis = spec.basis, prices = spec.prices, risk = spec.risk }))
    end)
  end
  asked.over = asked.over and asked.over.month == "mean" and asked.over or nil
  return asked
end

-- ---- In words ----

local function lines_text(count, more)
  return show.counted(count, (more or "") .. "line")
end

---@class remit.explain.words what the words of an explanation need
---@field model remit.model
---@field measure remit.measure
---@field asked table
---@field unit string
local Words <const> = {}
Words.__index = Words

function Words:line(head, value, signed, text)
  return { head = head, value = (signed and value > 0 and "+" or "") .. explain.value(value, self.unit), text = text,
    amount = core.number.plain(value, self.unit) }
end

function Words:base(one)
  local root <const> = state_of[self.model].root or self.model
  local count <const> = parts.chosen({ measure = self.measure, spec = self.asked }, root, { period = self.asked.period }):count()
  local prices <const> = self.asked.prices and ("; in %s prices"):format(state_of[root].settings.price_base) or ""
  return self:line(parts.BASE, one.value, false, ("%s; %s as at %s%s"):format(self.measure.doc or self.measure.name, lines_text(count),
    state_of[root].settings.as_at, prices))
end

-- "+3.3%" of a factor.
local function rise(rate)
  local text <const> = core.number.print(fault.check(core.number.scale(rate - 1000000000000, 1, 100000000)), 2)
  return (rate >= 1000000000000 and "+" or "") .. text .. "%"
end

function Words:uplift(one)
  return self:line(one.key:gsub(" $", ""), one.value, true, ("%s to %s prices: %s by uplifts.csv"):format(one.kinds or "all kinds of lines",
    self.asked.prices, rise(one.rate)))
end

local function counted_at(model, change, how)
  for _, step in ipairs(how and require("remit.risk").steps(model, how) or {}) do
    for _, held in ipairs(step.changes) do
      if held == change then
        return "counted at " .. show.share(step.weight)
      end
    end
  end
end

function Words:change(one)
  local change <const>, compiled <const> = one.key, state_of[self.model].plan
  local touched <const> = compiled:touched(change)
  local head <const> = ("%s from %s%s"):format(change.kind, compiled:first_month(change), changes.ended(change))
  local words <const> = { head, change.why or "no reason given", change.ref }
  words[#words + 1] = counted_at(self.model, change, self.asked.risk)
  words[#words + 1] = touched and "it touches " .. lines_text(touched) or nil
  return self:line(change.id or change.kind, one.value, true, table.concat(words, "; "))
end

local function overview(self, list, value)
  local lines <const>, sum = {}, 0
  for _, one in ipairs(list) do
    sum = sum + one.value
    if one.key == parts.BASE then
      lines[#lines + 1] = self:base(one)
    elseif one.value ~= 0 then
      lines[#lines + 1] = type(one.key) == "string" and self:uplift(one) or self:change(one)
    end
  end
  assert(sum == value, "the parts of a figure do not add up to it")
  lines[#lines + 1] = self:line("=>", value, false, state_of[self.model].name or "no changes")
  return lines
end

-- Where a line was read: "posts.csv:214", and whether its cost stands there.
local function source_of(model, id, measure)
  local source <const>, row <const> = post.source(model, id)
  if not source then
    return "added by the scenario"
  end
  local rates <const> = measure.money and post.from_rates(source, row) and (", from the rates of %s"):format(state_of[model].settings.price_base) or ""
  return explain.row(source, row) .. rates
end

local function label(lines, name, row)
  local column <const> = lines:column(name)
  return column and column:get(row) or nil
end

function Words:source(line, signed)
  local lines <const>, row <const> = line.lines, line.row
  local words <const> = { source_of(state_of[self.model].root or self.model, label(lines, "id", row), self.measure) }
  for _, name in ipairs { "title", "fn" } do
    words[#words + 1] = label(lines, name, row)
  end
  words[#words + 1] = label(lines, "vacant", row) == "true" and "vacant" or nil
  return self:line(label(lines, "id", row) or ("line %d"):format(row), line.effect, signed, table.concat(words, "; "))
end

local function source_lines(self, watch, list, best, all, once)
  local lines <const>, signed <const>, value, rest = {}, watch ~= parts.BASE, 0, 0
  for _, one in ipairs(list) do
    if one.key == watch then
      value, rest = one.value, one.rest
    end
  end
  for index, line in ipairs(best) do
    lines[index] = self:source(line, signed)
  end
  if once and rest ~= 0 then
    lines[#lines + 1] = self:line(core.calendar.month_text(once), rest, signed, "one-off (non-recurrent) cost")
  elseif all > #best then
    lines[#lines + 1] = self:line("others", rest, signed, lines_text(all - #best, "more "))
  end
  lines[#lines + 1] = self:line("=>", value, signed, type(watch) == "string" and watch or watch.id)
  return lines, value
end

-- When the figure is: a month, a financial year, months. WTE and posts are of a month whatever the period.
local function when_of(model, measure, asked)
  local last <const> = asked.period == "recurrent" and state_of[model].plan
  local month <const> = last and core.calendar.month_text(last:last_month()) or asked.at or state_of[model].settings.as_at
  local year <const> = core.calendar.year_text(core.calendar.year_of_month(fault.check(core.calendar.month(month))))
  local words <const> = { run_rate = month, in_year = year, recurrent = "recurrent", part_year = "part-year effect " .. year,
    cumulative = ("%s to %s"):format(asked.from, month) }
  local text = asked.over and ("mean of %s to %s"):format(asked.over.months[1], month) or words[measure.money and asked.period or "run_rate"]
  text = asked.prices and ("%s, %s prices"):format(text, asked.prices) or text
  return asked.risk and ("%s, risk-adjusted (%s)"):format(text, asked.risk) or text
end

---Explains a figure of a model.
---@param model remit.model
---@param name string a measure that is a sum
---@param given table
---@return remit.explanation
function figure.run(model, name, given)
  local spec <const> = declared(given)
  local measure <const> = measure_of(model, name)
  if spec.lines < 0 then
    fault.raise { code = "explain", message = "lines is 0 or more" }
  end
  local asked <const>, watch <const> = question(model, measure, spec), part_named(model, spec.change)
  local value <const>, unit <const> = total.of(model, name, asked)
  local list <const>, best <const>, all <const>, once <const> = parts.of(model, measure, asked, total.weighed(model, asked), watch, spec.lines)
  local self <const> = setmetatable({ model = model, measure = measure, asked = asked, unit = unit }, Words)
  local lines, of = overview(self, list, value), value
  if watch then
    lines, of = source_lines(self, watch, list, best, all, once)
  end
  local chosen <const> = spec.where and select.new(model, spec.where, "lines")
  local tests <const> = chosen and (not state_of[chosen].node.tests or #state_of[chosen].node.tests > 0) and tostring(chosen) or "all lines"
  local said <const> = measures.said(model, spec, { measure })
  said.at, said.prices = false, measure.money and spec.prices or nil
  return explain.new { id = name, name = tests, lines = lines, about = model:about(said),
    facts = { { when_of(model, measure, asked), self:line("", of, watch and watch ~= parts.BASE, "").value } } }
end

return figure
