-- SPDX-License-Identifier: Apache-2.0
-- What the eight changes take: their fields, and what each of these may be.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local param <const> = require "remit.param"

local declared <const> = {}

---The names of the changes.
declared.KINDS = { "close", "scale", "add", "move", "regrade", "set", "once", "transfer" }

declared.STATUSES = { "idea", "planned", "agreed", "delivered" } -- the firmest last

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

---A span such as "-6 months", which amend adds to a month.
---@param value any
---@return integer? months nil for what is no span
function declared.span(value)
  local text <const> = type(value) == "string" and value:match "^%s*([+-]?%d+)%s+months?%s*$"
  local months <const> = text and math.tointeger(text)
  return months and months >= -FURTHEST and months <= FURTHEST and months or nil
end

---The kind of a field that is a month, or a span from what was there.
function declared.month(value)
  if param.is(value) then
    return value
  elseif type(value) == "string" and (core.calendar.month(value) or declared.span(value)) then
    return value
  end
  return nil, ("a month is written \"2026-04\"%s"):format(type(value) == "string" and ", not '" .. value .. "'" or "")
end

---The kind of a field that counts months.
function declared.count_of_months(value)
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
  { name = "from", kind = declared.month, required = true, doc = "its first month" },
  { name = "to", kind = declared.month, doc = "the first month in which it holds no longer: \"2027-04\" ends it with March 2027" },
}

local ABOUT <const> = {
  { name = "id", kind = "string", doc = "what amend, explain and reports call it" },
  { name = "why", kind = "string", doc = "the reason" },
  { name = "ref", kind = "string", doc = "where that is decided or written" },
  { name = "owner", kind = "string", doc = "who sees to it" },
  { name = "status", kind = declared.STATUSES, default = "planned", doc = "how firm it is" },
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

---What each takes.
---@type table<string, remit.args.declaration>
declared.fields = {
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
      { name = "protect_pay", kind = declared.count_of_months, default = 0, doc = "months for which a lower cost is not saved yet" } }),
  set = declaration("set", "Attributes of functions (or other members) change.",
    'remit.set { functions = { id = "green" }, into = { class = "transfer" }, from = "2026-04", why = "decided" }', SPAN,
    { { name = "functions", kind = tests, required = true, doc = "tests of the functions" },
      { name = "into", kind = "table", required = true, doc = "the attributes and their new values" } }),
  once = declaration("once", "A one-off (non-recurrent) cost in a month: in the year's cost, never in the run rate.",
    'remit.once { id = "redundancy", cost = 2500000, month = "2025-12", why = "voluntary scheme" }',
    { { name = "cost", kind = "number|remit.param", required = true, doc = "pounds" },
      { name = "month", kind = declared.month, required = true, doc = "the month in which it falls" },
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
      { name = "shadow", kind = declared.month, doc = "from when the receiver runs alongside" },
      { name = "golive", kind = declared.month, required = true, doc = "from when the functions have left" },
      { name = "profile", kind = PROFILES, default = "step", doc = "how they leave over `months`" },
      { name = "months", kind = declared.count_of_months, default = 1, doc = "over how many months they leave" },
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

return declared
