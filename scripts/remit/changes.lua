-- SPDX-License-Identifier: Apache-2.0
-- The eight changes that scenarios are made of. A change is data: what the analyst wrote, checked, so that it prints, is hashed, amended and sent on.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local noticed <const> = require "remit.noticed"
local param <const> = require "remit.param"
local plain <const> = require "remit.plain"

local changes <const> = {}

---@class remit.change
---@field kind string close, scale, add, move, regrade, set, once, transfer
---@field id? string
---@field why? string
local Change <const> = { __name = "remit.change" }
Change.__index = Change

local STATUSES <const> = { "idea", "planned", "agreed", "delivered" } -- the firmest last
changes.STATUSES = STATUSES

-- ---- What several changes take ----

-- Tests as data: a selection belongs to one model, and a change must outlive it.
local function tests(value)
  if type(value) == "boolean" then
    return nil, "did you use == on a field? Give a table of tests"
  elseif type(value) ~= "table" then
    return nil
  elseif getmetatable(value) ~= nil then
    return nil, "give the tests themselves, as in { fn = \"chc\" }: a selection belongs to one model"
  end
  return value
end

local function share(value)
  local micro <const> = args.percent(value)
  if param.is(value) then
    return value
  elseif not micro or micro < 0 or micro > 1000000 then
    return nil, ("a share is between 0%% and 100%%, such as \"50%%\" or 0.5, not %s"):format(tostring(value))
  end
  return value
end

local FURTHEST <const> = 3600 -- months: the calendar has 300 years

local function span(value)
  local text <const> = type(value) == "string" and value:match "^%s*([+-]?%d+)%s+months?%s*$"
  local months <const> = text and math.tointeger(text)
  return months and months >= -FURTHEST and months <= FURTHEST and months or nil
end

---A month, or a span such as "-6 months" that amend adds to what was there.
local function month(value)
  if param.is(value) then
    return value
  elseif type(value) == "string" and (core.calendar.month(value) or span(value)) then
    return value
  end
  return nil, ("a month is written \"2026-04\"%s"):format(type(value) == "string" and ", not '" .. value .. "'" or "")
end

local function count_of_months(value)
  local whole <const> = math.tointeger(value)
  if param.is(value) then
    return value
  elseif whole and whole >= 0 and whole <= 600 then
    return whole
  end
  return nil, ("a whole number of months from 0 to 600, not %s"):format(tostring(value))
end

local LINES <const> = {
  { name = "posts", kind = tests, doc = "tests of the posts that it touches" },
  { name = "lines", kind = tests, doc = "or of posts and budget lines" },
  { name = "functions", kind = tests, doc = "or of the functions, all of whose lines it touches" },
  { name = "protect", kind = tests, doc = "tests of lines that it leaves alone" },
}

local SPAN <const> = {
  { name = "from", kind = month, required = true, doc = "its first month" },
  { name = "to", kind = month, doc = "the first month in which it holds no longer" },
}

local ABOUT <const> = {
  { name = "id", kind = "string", doc = "what amend, explain and reports call it" },
  { name = "why", kind = "string", doc = "the reason" },
  { name = "ref", kind = "string", doc = "where that is decided or written" },
  { name = "owner", kind = "string", doc = "who sees to it" },
  { name = "status", kind = STATUSES, default = "planned", doc = "how firm it is" },
  { name = "confidence", kind = share, doc = "how likely it is, for the risk-adjusted view" },
}

local function declaration(name, doc, example, ...)
  local made <const> = { name = name, doc = doc, example = example }
  for _, fields in ipairs { ABOUT, ... } do
    table.move(fields, 1, #fields, #made + 1, made)
  end
  return made
end

-- ---- The eight ----

local MEASURES <const> = { "cost", "wte", "both" }
local PROFILES <const> = { "step", "linear", "front", "back" }

local kinds <const> = {
  close = declaration("close", "Selected lines end, or a share of them.",
    'remit.close { posts = { vacant = true }, from = "2025-10", why = "vacancies held" }', LINES, SPAN,
    { { name = "share", kind = share, default = "100%", doc = "how much of each line ends" },
      { name = "route", kind = "string", doc = "how people leave: turnover, end_of_contract, voluntary, redeployment, compulsory" } }),
  scale = declaration("scale", "Cost, WTE or both of selected lines times a factor, or to a target.",
    'remit.scale { lines = { kind = "nonpay" }, change = "-10%", from = "2026-01", why = "contracts renegotiated" }', LINES, SPAN,
    { { name = "measure", kind = MEASURES, default = "cost", doc = "what is scaled" },
      { name = "change", kind = "percent|remit.param", doc = "by how much: \"-15%\"" },
      { name = "target", kind = "number|remit.param", doc = "or the figure that it must come to, £ a year or WTE" },
      { name = "take", kind = "list", doc = "where the saving comes from, in this order: vacancies, nonpay, posts" },
      { name = "spread", kind = { "rest" }, doc = "the unprotected lines bear the cut of all" } }),
  add = declaration("add", "New posts, costed from the rates, or new budget lines.",
    'remit.add { posts = { { title = "Analyst", fn = "phm", band = "7", point = "entry", wte = 1 } }, from = "2026-04", why = "grow" }', SPAN,
    { { name = "posts", kind = "table", doc = "rows with the fields of posts.csv" },
      { name = "lines", kind = "table", doc = "rows with the fields of budget_lines.csv" } }),
  move = declaration("move", "Selected lines belong to another function, place, group, level or organisation; their cost stays.",
    'remit.move { posts = { fn = "eprr" }, into = { group = "insights" }, from = "2025-10", why = "interim lead" }', LINES, SPAN,
    { { name = "into", kind = "table", required = true, doc = "the field and its new member, as in { group = \"insights\" }" } }),
  regrade = declaration("regrade", "Selected posts get another band; their cost follows from the rates.",
    'remit.regrade { posts = { band = "8b" }, band = "8a", from = "2026-04", why = "wider spans" }', LINES, SPAN,
    { { name = "band", kind = "string", required = true, doc = "the new band" },
      { name = "point", kind = "string", default = "entry", doc = "the new pay point: entry, intermediate, top" },
      { name = "protect_pay", kind = count_of_months, default = 0, doc = "months for which a lower cost is not saved yet" } }),
  set = declaration("set", "Attributes of functions (or other members) change.",
    'remit.set { functions = { id = "green" }, into = { class = "transfer" }, from = "2026-04", why = "decided" }', SPAN,
    { { name = "functions", kind = tests, required = true, doc = "tests of the functions" },
      { name = "into", kind = "table", required = true, doc = "the attributes and their new values" } }),
  once = declaration("once", "A one-off cost in a month: in the year's cost, never in the run rate.",
    'remit.once { id = "redundancy", cost = 2500000, month = "2025-12", why = "voluntary scheme" }',
    { { name = "cost", kind = "number|remit.param", required = true, doc = "pounds" },
      { name = "month", kind = month, required = true, doc = "the month in which it falls" },
      { name = "on", kind = "table",
        doc = "the fields that it is booked on, as in { fund = \"running\", fn = \"core_ops\" }; it is non-pay unless they say kind = \"pay\"" },
      { name = "against_cap", kind = "boolean", default = true, doc = "whether it counts against the cap" } }),
  transfer = declaration("transfer", "Functions at a place go to a receiver: with what people, what money, and when.",
    'remit.transfer { functions = { id = "pc_ops" }, place = "sunderland", receiver = "stsft", golive = "2027-04", why = "place workshop" }',
    { { name = "functions", kind = tests, required = true, doc = "tests of the functions" },
      { name = "share", kind = share, default = "100%", doc = "how much of them" },
      { name = "place", kind = "string", doc = "the place; without it the whole function" },
      { name = "split", kind = "table", doc = "its part of system-wide lines: { population = \"registered\" }, { by = \"posts\" } or { share = \"8%\" }" },
      { name = "receiver", kind = "string", required = true, doc = "the organisation that takes it on" },
      { name = "alternatives", kind = "list", default = {}, doc = "receivers that it could go to instead" },
      { name = "shadow", kind = month, doc = "from when the receiver runs alongside" },
      { name = "golive", kind = month, required = true, doc = "from when the functions have left" },
      { name = "profile", kind = PROFILES, default = "step", doc = "how they leave over `months`" },
      { name = "months", kind = count_of_months, default = 1, doc = "over how many months they leave" },
      { name = "resource", kind = share, default = "100%", doc = "the share of their cost that is handed over as money" },
      { name = "inside_cap", kind = "boolean", default = false, doc = "whether that money still counts against the cap; reports show both" },
      { name = "staff", kind = "table", doc = "what becomes of the people: { tupe = \"60%\", close = \"40%\" }" },
      { name = "receiver_cost", kind = "number|remit.param", doc = "what the receiver spends, £ a year; else worked out from the staff who move" },
      { name = "delegated", kind = "number|remit.param", doc = "programme budget that goes along, £ a year: a memo, outside the cap and every other figure" },
      { name = "double_running", kind = share, default = "0%", doc = "of the lines' cost, from shadow to go-live" },
      { name = "paid_by", kind = { "icb", "receiver" }, default = "icb", doc = "who pays for double running" },
      { name = "stranded", kind = "table", doc = "what cannot be released at once: { share = \"8%\", months = 12 }" },
      { name = "ready", kind = "table", default = {}, doc = "readiness: { form = true, dates = true, clarity = false, resource = false, governance = false }" },
      { name = "if_not_ready", kind = "string", default = "flag", doc = "\"flag\", or \"slip 3 months\"" },
      { name = "depends_on", kind = "list", default = {}, doc = "events outside that it waits for" },
      { name = "objections", kind = "list", default = {}, doc = "who objects, and why" } }),
}

-- ---- Text ----

-- A value as text, in one way.
local function value_text(value)
  if type(value) == "string" then
    return plain.quoted(value)
  elseif value == none then
    return "none"
  elseif type(value) ~= "table" then
    return math.type(value) == "float" and ("%.17g"):format(value) or tostring(value)
  end
  if param.is(value) then
    return ("param(%s, %s)"):format(plain.quoted(value.id), value_text(value.default))
  end
  local words <const>, keys <const> = {}, {}
  for index, item in ipairs(value) do
    words[index] = value_text(item)
  end
  for key in pairs(value) do
    keys[#keys + 1] = type(key) == "string" and key or nil
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    words[#words + 1] = ("%s = %s"):format(key, value_text(value[key]))
  end
  return "{ " .. table.concat(words, ", ") .. " }"
end

changes.value_text = value_text

-- A function of a change, worked out once a change.
local function once_a_change(work)
  local known <const> = setmetatable({}, { __mode = "k" })
  return function(change)
    local text = known[change]
    if not text then
      text = work(change)
      known[change] = text
    end
    return text
  end
end

---All that a change says, in one way: hashes and differences are of this text.
---@type fun(change: remit.change): string
changes.canonical = once_a_change(function(change)
  local words <const> = {}
  for _, field in ipairs(kinds[change.kind]) do
    if change[field.name] ~= nil then
      words[#words + 1] = ("%s = %s"):format(field.name, value_text(change[field.name]))
    end
  end
  return ("%s { %s }"):format(change.kind, table.concat(words, ", "))
end)

---What of it says which lines it selects.
---@type fun(change: remit.change): string
changes.selecting = once_a_change(function(change)
  local words <const> = {}
  for _, name in ipairs { "posts", "lines", "functions", "protect" } do
    words[#words + 1] = change[name] and ("%s = %s"):format(name, value_text(change[name])) or nil
  end
  return table.concat(words, ", ")
end)

---@return string
function Change:__tostring()
  local from <const> = self.golive or self.from or self.month
  return ("%s%s from %s%s"):format(self.kind, self.id and " " .. self.id or "", from, self.why and ": " .. self.why or "")
end

function Change:__newindex(key)
  fault.raise { code = "immutable", message = ("a change does not change: '%s' cannot be set. amend makes a new scenario"):format(tostring(key)) }
end

local function parameters(value, found)
  if param.is(value) then
    found[value.id] = true
  elseif type(value) == "table" then
    for _, item in pairs(value) do -- each by its own id: order does not matter
      parameters(item, found)
    end
  end
  return found
end

---The ids of the parameters that a change names.
---@type fun(change: remit.change): string[]
changes.parameters = once_a_change(function(change)
  return plain.keys(parameters(change, {}))
end)

-- ---- Making them ----

local function one_selection(spec, kind)
  local given <const> = {}
  for _, name in ipairs { "posts", "lines", "functions" } do
    given[#given + 1] = spec[name] ~= nil and name or nil
  end
  if #given ~= 1 then
    fault.raise { code = "change", message = #given == 0 and ("%s needs posts, lines or functions: what does it touch?"):format(kind)
      or ("%s takes one of %s, not both"):format(kind, table.concat(given, " and ")) }
  end
end

local function fail(kind, message, ...)
  fault.raise { code = "change", message = ("%s: %s"):format(kind, message:format(...)) }
end

-- What must hold between fields, by kind.
local checks <const> = {}

function checks.scale(spec)
  one_selection(spec, "scale")
  if (spec.change == nil) == (spec.target == nil) then
    fail("scale", "give change or target%s", spec.change ~= nil and ", not both" or "")
  elseif spec.spread and not spec.protect then
    fail("scale", "spread = \"rest\" makes the others bear what is protected: give protect")
  end
  for _, word in ipairs(spec.take or {}) do
    if word ~= "vacancies" and word ~= "nonpay" and word ~= "posts" then
      fail("scale", "take: '%s' is not one of vacancies, nonpay, posts", word)
    end
  end
end

function checks.close(spec)
  one_selection(spec, "close")
end

function checks.move(spec)
  one_selection(spec, "move")
  if next(spec.into) == nil then
    fail("move", "into says where to, as in { group = \"insights\" }")
  end
end

function checks.regrade(spec)
  one_selection(spec, "regrade")
end

function checks.add(spec)
  if (spec.posts == nil) == (spec.lines == nil) or #(spec.posts or spec.lines) == 0 then
    fail("add", "give posts or lines: a list of rows, as in posts = { { title = ..., fn = ..., band = ..., wte = 1 } }")
  end
end

function checks.set(spec)
  if next(spec.into) == nil then
    fail("set", "into says what changes, as in { class = \"transfer\" }")
  end
end

local READY <const> = { clarity = true, dates = true, form = true, governance = true, resource = true }

local function check_ready(spec)
  if #spec.ready > 0 then
    fail("transfer", "ready says of each item whether it is met: { form = true, dates = false }")
  end
  for _, item in ipairs(plain.keys(spec.ready)) do
    if not READY[item] then
      fault.raise { code = "change", message = ("transfer: '%s' is no item of readiness. %s"):format(item, fault.suggest(item, plain.keys(READY))
        or "They are: " .. table.concat(plain.keys(READY), ", ")) }
    elseif type(spec.ready[item]) ~= "boolean" then
      fail("transfer", "ready.%s is true or false", item)
    end
  end
  local slip <const> = math.tointeger(spec.if_not_ready:match "^slip (%d+) months?$")
  if spec.if_not_ready ~= "flag" and not (slip and slip >= 1 and slip <= 600) then
    fail("transfer", "if_not_ready is \"flag\" or \"slip 3 months\" (1 to 600), not '%s'", spec.if_not_ready)
  end
end

-- Of a parameter nothing is known until a scenario gives it its value; then all is checked.
local function micro_of(name, value)
  if param.is(value) then
    return nil
  end
  local micro <const> = args.percent(value)
  if not micro or micro < 0 or micro > 1000000 then
    fail("transfer", "%s is a share between 0%% and 100%%, not %s", name, tostring(value))
  end
  return micro
end

local function check_staff(staff)
  local sum, known = 0, true
  for _, route in ipairs(plain.keys(staff)) do
    if route ~= "tupe" and route ~= "close" and route ~= "keep" then
      fail("transfer", "staff.%s: people go by tupe, close or keep", route)
    end
    local micro <const> = micro_of("staff." .. route, staff[route])
    sum, known = sum + (micro or 0), known and micro ~= nil
  end
  if known and sum ~= 1000000 then
    fail("transfer", "staff shares add up to %s%% and not to 100%%", (("%.4f"):format(sum / 10000):gsub("%.?0+$", "")))
  end
end

local function check_stranded(stranded)
  for _, key in ipairs(plain.keys(stranded)) do
    if key ~= "share" and key ~= "months" then
      fail("transfer", "stranded has share and months, not '%s'", key)
    end
  end
  micro_of("stranded.share", stranded.share)
  if not count_of_months(stranded.months) or stranded.months == 0 then
    fail("transfer", "stranded.months is a whole number of months above 0, not %s", tostring(stranded.months))
  end
end

local function month_index(value)
  return type(value) == "string" and core.calendar.month(value) or nil
end

function checks.transfer(spec)
  check_ready(spec)
  if spec.staff then
    check_staff(spec.staff)
  end
  if spec.stranded then
    check_stranded(spec.stranded)
  end
  local shadow <const>, golive <const> = month_index(spec.shadow), month_index(spec.golive)
  if shadow and golive and golive < shadow then
    fail("transfer", "go-live (%s) lies before shadow running (%s)", spec.golive, spec.shadow)
  elseif spec.months == 0 then
    fail("transfer", "months is 1 or more: in how many months do the functions leave?")
  elseif not param.is(spec.months) and spec.months > 1 and spec.profile == "step" then
    fail("transfer", "over %d months functions leave by profile \"linear\", \"front\" or \"back\"; by \"step\" all leave at once", spec.months)
  elseif spec.split and not spec.place then
    fail("transfer", "split is a place's part of system-wide lines: give the place")
  end
end

-- A table is the change's own from here on: who gave it may go on changing theirs.
local function own(value)
  if type(value) ~= "table" or getmetatable(value) ~= nil then
    return value
  end
  local made <const> = {}
  for key, item in pairs(value) do -- copying: order does not matter
    made[key] = own(item)
  end
  return made
end

local function check_span(kind, spec)
  local from <const>, to <const> = month_index(spec.from), month_index(spec.to)
  if from and to and to <= from then
    fail(kind, "to (%s) does not lie after from (%s)", spec.to, spec.from)
  end
end

local MONTHS <const> = { "from", "to", "month", "shadow", "golive" }

local function absolute(kind, spec)
  for _, name in ipairs(MONTHS) do
    if spec[name] and span(spec[name]) then
      fail(kind, "%s: '%s' is relative, which is for amend; a change needs its month, such as \"2026-04\"", name, spec[name])
    end
  end
end

local function finished(kind, spec)
  absolute(kind, spec)
  check_span(kind, spec)
  if checks[kind] then
    checks[kind](spec)
  end
  local made <const> = { kind = kind }
  for name, value in pairs(spec) do -- copying: order does not matter
    made[name] = own(value)
  end
  return setmetatable(made, Change)
end

-- ---- Parameters ----

local takes <const>, takes_month <const> = {}, {}

local MONTHS_IN <const>, SHARES_IN <const> = { "months", "count", "number" }, { "%", "number" }

-- Figures inside tables, by field: what each may be stated in. Amounts (change, target, resource...) are not here: they vary without a new plan.
local INSIDE <const> = {
  staff = { tupe = SHARES_IN, close = SHARES_IN, keep = SHARES_IN },
  stranded = { share = SHARES_IN, months = MONTHS_IN },
}
local IN_ROWS <const> = { cost = { "£", "£m" }, wte = { "WTE", "number" }, in_post = { "WTE", "number" } }

local function in_table(value, units_of, field, value_of)
  local made
  for _, name in ipairs(plain.keys(value)) do
    if param.is(value[name]) and units_of[name] then
      made = made or own(value)
      made[name] = value_of(value[name], ("%s.%s"):format(field, name), units_of[name])
    end
  end
  return made or value
end

local function in_rows(list, field, value_of)
  local made
  for index, row in ipairs(list) do
    local settled <const> = type(row) == "table" and in_table(row, IN_ROWS, field, value_of) or row
    if settled ~= row then
      made = made or table.move(list, 1, #list, 1, {})
      made[index] = settled
    end
  end
  return made or list
end

-- A month that is stated as a span lies that far from the parameter's default.
local function month_of(value, field, value_of)
  local found <const> = value_of(value, field, {})
  if span(found) and type(value.default) == "string" and core.calendar.month(value.default) then
    return core.calendar.month_text(core.calendar.month(value.default) + span(found))
  elseif type(found) ~= "string" or not core.calendar.month(found) then
    fault.raise { code = "parameter", message = ("%s: parameter '%s' is a month such as \"2026-04\", or a span from its default such as \"-3 months\", not %s")
      :format(field, value.id, tostring(found)) }
  end
  return found
end

local function settled_field(kind, field, value, value_of)
  local takes_rows <const> = kind == "add" and (field.name == "posts" or field.name == "lines")
  if param.is(value) and field.kind == month then
    return month_of(value, field.name, value_of)
  elseif param.is(value) and field.kind == count_of_months then
    return value_of(value, field.name, MONTHS_IN)
  elseif INSIDE[field.name] and value then
    return in_table(value, INSIDE[field.name], field.name, value_of)
  end
  return takes_rows and value and in_rows(value, field.name, value_of) or value
end

local settled_before <const> = setmetatable({}, { __mode = "k" }) -- by change as written, then by what it came to
local leaves_nothing_open <const> = setmetatable({}, { __mode = "k" })

---A change with its months, counts of months, staff and stranded shares and new rows as parameters have them; the same change where there are none. The
---same values give the same change. What was written stands in `written`.
---@param change remit.change
---@param value_of fun(value: remit.param, field: string, units: string[]): any
---@return remit.change
function changes.settled(change, value_of)
  if leaves_nothing_open[change] then
    return change
  end
  local spec <const>, differs = {}, false
  for _, field in ipairs(kinds[change.kind]) do
    local was <const> = change[field.name]
    spec[field.name] = settled_field(change.kind, field, was, value_of)
    differs = differs or spec[field.name] ~= was
  end
  if not differs then
    leaves_nothing_open[change] = true
    return change
  end
  local made <const> = finished(change.kind, takes[change.kind](spec))
  local known <const>, text <const> = settled_before[change] or {}, changes.canonical(made)
  settled_before[change] = known
  if not known[text] then
    rawset(made, "written", change)
    known[text] = made
  end
  return known[text]
end

---The names of the changes.
changes.KINDS = { "close", "scale", "add", "move", "regrade", "set", "once", "transfer" }

for _, kind in ipairs(changes.KINDS) do
  takes[kind], takes_month[kind] = args.declare(kinds[kind]), {}
  for _, field in ipairs(kinds[kind]) do
    takes_month[kind][field.name] = field.kind == month
  end
  changes[kind] = function(given)
    return noticed.change(finished(kind, takes[kind](given)))
  end
end

---Whether a value is a change.
function changes.is(value)
  return getmetatable(value) == Change
end

local function shifted(was, by)
  if not was then
    fault.raise { code = "amend", message = ("'%s' is relative, and there is no month that it could be relative to"):format(by) }
  elseif param.is(was) then
    fault.raise { code = "amend", message = ("'%s' is relative, and the month is the parameter '%s'"):format(by, was.id),
      hints = { ('set it: plan:with { params = { %s = "%s" } }'):format(was.id, by) } }
  end
  return core.calendar.month_text(core.calendar.month(was) + span(by))
end

---A change with some of its fields others; spans such as "-6 months" move the month that was there.
---@param change remit.change
---@param given table
---@return remit.change
function changes.amended(change, given)
  local spec <const> = {}
  for _, field in ipairs(kinds[change.kind]) do
    spec[field.name] = change[field.name]
  end
  for name, value in pairs(given) do -- each by its own name: order does not matter
    if value == none then
      spec[name] = nil
    else
      spec[name] = value
    end
  end
  for _, name in ipairs(MONTHS) do
    spec[name] = takes_month[change.kind][name] and span(spec[name]) and shifted(change[name], spec[name]) or spec[name]
  end
  return noticed.change(finished(change.kind, takes[change.kind](spec)))
end

return changes
