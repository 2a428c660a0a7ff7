-- SPDX-License-Identifier: Apache-2.0
-- What can be measured of an establishment: each measure is a column, how it is added, and tests of the lines that it counts.
-- With it what money can be asked of: bases, periods and risk, and what they are called.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local uplift <const> = require "remit.uplift"

local measures <const> = {}

---Which costs there are, and which parts of cost.
measures.BASES = { "funded", "in_post", "actual" }
measures.PERIODS = { "run_rate", "in_year", "recurrent", "part_year", "cumulative" }

---What calls that give figures take as `basis`, where the ledger has none of them: the field of their declarations.
measures.BASIS = { name = "basis", kind = { "funded", "in_post" }, default = "funded", doc = "which cost" }

---The same where the ledger has them, and what they take as `period` and `from`.
measures.ANY_BASIS = { name = "basis", kind = measures.BASES, default = "funded", doc = "which cost" }
measures.PERIOD = { name = "period", kind = measures.PERIODS, default = "run_rate", doc = "which part of cost" }
measures.FROM = { name = "from", kind = "month", doc = "first month of a cumulative figure" }

---What they take as `risk`: the field of their declarations.
measures.RISK = { name = "risk", kind = { "confidence", "planned", "agreed", "delivered" },
  doc = "risk-adjusted: changes by their confidence, or only those at least so firm" }

-- What calls about figures of lines take that say which figure: fields of their declarations.
local FIGURE <const> = {
  { name = "at", kind = "month", doc = "the month; not for a recurrent figure" },
  measures.BASIS,
  measures.PERIOD,
  measures.FROM,
  { name = "prices", kind = uplift.year, doc = "the financial year in whose prices money is" },
  { name = "where", kind = "selection", doc = "tests of the lines" },
  measures.RISK,
}
measures.FIGURE = FIGURE

---A declaration with them after its own fields.
---@param made remit.args.declaration
---@return remit.args.declaration
function measures.declaration(made)
  return table.move(FIGURE, 1, #FIGURE, #made + 1, made)
end

---The same of a question, as pivot takes them.
---@param spec table
---@param more table what it takes besides; gains them
---@return table
function measures.figure(spec, more)
  for _, field in ipairs(FIGURE) do
    more[field.name] = spec[field.name]
  end
  return more
end

---@class remit.measure
---@field name string
---@field display string how it prints: "£", "WTE", "count"
---@field column? string
---@field how? "sum"|"rows"|"distinct"
---@field tests? string[][] { field, test } pairs, all of which must pass
---@field money? boolean follows the basis
---@field posts? boolean counts rows, each of another post unless posts are shared
---@field of? "assignments" counted over people's assignments, not lines
---@field doc string
---@field additive_over? string[]|"all" dimensions over which it may be summed; nil for all

---@type remit.measure[]
measures.standard = {
  { name = "cost", display = "£", column = "cost", money = true, doc = "cost, £ a year: pay, non-pay, income (negative) and vacancy factor" },
  { name = "pay", display = "£", column = "cost", money = true, tests = { { "kind", "pay" } }, doc = "cost of posts with on-costs, £ a year" },
  { name = "nonpay", display = "£", column = "cost", money = true, tests = { { "kind", "nonpay" } }, doc = "non-pay cost, £ a year" },
  { name = "income", display = "£", column = "cost", money = true, tests = { { "kind", "income" } }, doc = "income, £ a year, negative" },
  { name = "vacancy_factor", display = "£", column = "cost", money = true, tests = { { "kind", "vacancy_factor" } },
    doc = "pay that the budget expects not to spend, £ a year, negative; not the cost of vacant posts" },
  { name = "wte", display = "WTE", column = "wte", doc = "budgeted WTE, filled and vacant" },
  { name = "in_post", display = "WTE", column = "wte", tests = { { "vacant", "false" } }, doc = "WTE in post" },
  { name = "vacancies", display = "WTE", column = "wte", tests = { { "vacant", "true" } }, doc = "vacant WTE" },
  { name = "posts", display = "count", column = "id", how = "distinct", tests = { { "kind", "pay" } }, doc = "posts; one that is partly filled counts once" },
  { name = "filled_posts", display = "count", how = "rows", posts = true, tests = { { "vacant", "false" }, { "wte", "> 0" } },
    doc = "posts with somebody in them" },
  { name = "vacant_posts", display = "count", how = "rows", posts = true, tests = { { "vacant", "true" } }, doc = "posts with WTE to fill" },
  { name = "heads", display = "count", column = "person", how = "distinct", of = "assignments",
    doc = "distinct people in post in the pack's month; needs assignments.csv, and does not add up over groups" },
  { name = "lines", display = "count", how = "rows", doc = "lines of the model" },
}

-- A post that is shared over functions has a line in each: it is counted by its id then, at some cost.
local function by_id(measure)
  local made <const> = {}
  for key, value in pairs(measure) do -- copying: order does not matter
    made[key] = value
  end
  made.how, made.column = "distinct", "id"
  return made
end

---The measures of a model some of whose lines are parts.
---@param list remit.measure[]
---@return remit.measure[]
function measures.of_parts(list)
  local made <const> = {}
  for index, measure in ipairs(list) do
    made[index] = measure.posts and by_id(measure) or measure
  end
  return made
end

---Which lines a money measure counts on a basis. In post, vacant parts are out, and so is the vacancy factor, which stands for them.
---@type table<string, string[][]>
measures.basis = {
  funded = {},
  in_post = { { "vacant", "not(true)" }, { "kind", "not(vacancy_factor)" } },
}

---@type table<string, string[][]>
measures.period = {
  run_rate = {},
  in_year = {},
  part_year = {},
  cumulative = {},
  recurrent = { { "recurrent", "not(false)" } },
}

---What a basis is called below a table.
---@type table<string, string>
measures.basis_words = { funded = "funded", in_post = "in post", actual = "actual" }

---The tests of the lines that a measure counts: its own and, of money, those of the basis, the period and a part's kinds.
---@param measure remit.measure
---@param asked { basis?: string, period?: string, kinds?: string }
---@return string[][]
function measures.tests(measure, asked)
  local tests <const> = table.move(measure.tests or {}, 1, #(measure.tests or {}), 1, {})
  for _, list in ipairs(measure.money and { measures.basis[asked.basis] or {}, measures.period[asked.period] or {} } or {}) do
    table.move(list, 1, #list, #tests + 1, tests)
  end
  tests[#tests + 1] = measure.money and asked.kinds and { "kind", asked.kinds } or nil
  return tests
end

---What a period is called wherever it stands: the words of NHS finance.
---@type table<string, string>
measures.period_words = { run_rate = "annual run rate", in_year = "in-year", recurrent = "recurrent", part_year = "part-year effect",
  cumulative = "cumulative" }

---What a part-year effect is, behind its words.
measures.LESS = ": recurrent less in-year"

local OF_YEAR <const> = { in_year = true, part_year = true }
local OF_MONTHS <const> = { in_year = true, part_year = true, cumulative = true }

---Refuses a month of which the pack says nothing: one before its own.
---@param model remit.model
---@param at? string
function measures.check_month(model, at)
  local as_at <const> = state_of[model].settings.as_at
  if at and as_at and at < as_at then
    fault.raise { code = "month", message = ("%s lies before the pack's month, %s"):format(at, as_at),
      hints = { ("the pack says how things stand in %s and nothing of before: ask from %s on"):format(as_at, as_at) } }
  end
end

---A financial year's months before the pack's, in which the year is counted as the pack stands: " with 2025-04 as in 2025-05"; "" without any.
---@param model remit.model
---@param at string a month of the year
---@return string
function measures.before_pack(model, at)
  local first <const> = core.calendar.month_of_year(core.calendar.year_of_month(fault.check(core.calendar.month(at))))
  local as_at <const> = state_of[model].settings.as_at and fault.check(core.calendar.month(state_of[model].settings.as_at))
  if not as_at or first >= as_at then
    return ""
  end
  local from <const>, to <const> = core.calendar.month_text(first), core.calendar.month_text(as_at - 1)
  return (" with %s as in %s"):format(from == to and from or ("%s to %s"):format(from, to), state_of[model].settings.as_at)
end

-- "in-year 2025/26": a period with the months that it is of.
local function period_text(model, spec)
  local words <const>, at <const> = measures.period_words[spec.period], spec.at or state_of[model].settings.as_at
  if OF_YEAR[spec.period] then
    local year <const> = core.calendar.year_text(core.calendar.year_of_month(fault.check(core.calendar.month(at))))
    return ("%s %s%s%s"):format(words, year, spec.period == "part_year" and measures.LESS or "", measures.before_pack(model, at))
  elseif spec.period == "cumulative" then
    return ("%s, %s to the end of %s"):format(words, spec.from, at)
  end
  return words
end

---What money is of, in words, as below every table; nil of lines that are no establishment's.
---@param model remit.model
---@param spec { basis: string, period: string, from?: string, at?: string }
---@return string?
function measures.in_words(model, spec)
  return state_of[model].posts_kind and ("%s, %s"):format(measures.basis_words[spec.basis], period_text(model, spec)) or nil
end

-- WTE and counts; of them only those of filled and vacant posts alike.
local function stocks(chosen, both)
  local names <const> = {}
  for _, measure in ipairs(chosen) do
    local filled = measure.of ~= nil
    for _, test in ipairs(measure.tests or {}) do
      filled = filled or test[1] == "vacant"
    end
    names[#names + 1] = not measure.money and not (both and filled) and show.title(measure.name, measure.display) or nil
  end
  return names
end

local function any_money(chosen)
  for _, measure in ipairs(chosen) do
    if measure.money or measure.display == "£" then
      return true
    end
  end
  return false
end

---What is said of WTE and counts beside money of another basis or period than theirs: " (WTE funded; WTE, posts of the month)".
---@param spec { basis: string }
---@param chosen remit.measure[]
---@param when? string of which months they are, where money is of others
---@return string
function measures.beside(spec, chosen, when)
  local said <const> = {}
  local function say(names, words)
    said[#said + 1] = #names > 0 and words and ("%s %s"):format(table.concat(names, ", "), words) or nil
  end
  say(stocks(chosen, true), spec.basis ~= "funded" and "funded" or nil)
  say(stocks(chosen), when)
  return #said > 0 and (" (%s)"):format(table.concat(said, "; ")) or ""
end

---What figures are of, as about takes it: their basis in words, and their month. Without money there is no basis, nor any of lines that are no
---establishment's; money of a year or of several months has no one month.
---@param model remit.model
---@param spec { basis: string, period: string, from?: string, at?: string }
---@param chosen remit.measure[]
---@return { basis: string?, at: string|false|nil, month: string?, money: boolean }
function measures.said(model, spec, chosen)
  local money <const>, posts <const> = any_money(chosen), state_of[model].posts_kind
  local at = spec.at
  if posts and spec.period == "recurrent" and state_of[model].plan then
    at = core.calendar.month_text(state_of[model].plan:last_month())
  elseif posts and money and OF_MONTHS[spec.period] and #stocks(chosen) == 0 then
    at = false
  end
  local when <const> = OF_MONTHS[spec.period] and "of the month" or nil
  return { at = at, month = spec.at, money = money, basis = posts and money and measures.in_words(model, spec) .. measures.beside(spec, chosen, when) or nil }
end

---The measure of a name among a model's, or nil.
---@param model remit.model
---@param name string
---@return table?
function measures.named(model, name)
  for _, measure in ipairs(state_of[model].measures) do
    if measure.name == name then
      return measure
    end
  end
end

---Whether a measure may be summed over a dimension.
---@param measure remit.measure
---@param name string
---@return boolean
function measures.adds_over(measure, name)
  return measure.additive_over == nil or measure.additive_over == "all" or plain.among(measure.additive_over, name)
end

return measures
