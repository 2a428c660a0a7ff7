-- SPDX-License-Identifier: Apache-2.0
-- What the report tests look at beside NENC's own report: a report of hostile labels, what its tables hold, and tables with what they withhold.

local frame <const> = require "remit.frame"
local none <const> = require "remit.none"
local remit <const> = require "remit"

local OUT <const> = arg[1]

local function write(name, text)
  local file <close> = assert(io.open(OUT .. "/" .. name, "wb"))
  file:write(text)
end

local base <const> = remit.load "examples/nenc"
local plan <const> = base:scenario("Vacancies held", { changes = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc)" }, from = "2025-10", why = "held" } } })

-- ---- Hostile labels ----

local NASTY <const> = '<script>alert("x")</script> & "q" \u{202e}gnp \u{1f469} ' .. ("word "):rep(60)
local labels <const>, figures <const> = {}, {}
for index, text in ipairs { NASTY, "=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://example.org","x")', "a,b\"c" } do
  labels[index], figures[index] = text, index * 1e6 - 2.5e6
end
local hostile <const> = frame.from { keys = { "what" }, about = { title = NASTY }, columns = { { name = "what", display = "text", values = labels },
  { name = "cost", display = "£m", values = figures }, { name = "share", display = "%", values = { 0.125, -0.5, none, 0 } } } }
local sections <const> = {}
for index, kind in ipairs { "bar", "waterfall", "heat", "line" } do
  sections[index] = { title = kind .. " " .. NASTY, text = NASTY, remit.chart { of = hostile, kind = kind }, hostile }
end
remit.report { title = NASTY, date = "2025-06-03", base = base, sections = sections }:save(OUT .. "/hostile.html", OUT .. "/hostile.xlsx")

-- ---- What the tables of the workbooks hold: the hostile one's, eight times ----

local tables <const> = {}
for index = 1, 8 do
  tables[index] = hostile:json()
end
write("hostile.json", "[" .. table.concat(tables, ",") .. "]\n")

-- ---- What is withheld, and what it is ----

local function establishment(model, at)
  return model:pivot { measures = { "posts", "wte", "cost" }, by = { "group", "band" }, totals = true, at = at }
end

local before <const>, after <const> = establishment(base), establishment(plan, "2025-10")
local first <const>, second <const> = before:suppress { rule = "threshold", threshold = 5, counts = { "posts" }, with = { after } }
local by_place <const> = base:pivot { measures = { "posts", "wte", "cost" }, by = { "place", "fn" }, totals = true }
local places <const> = by_place:suppress { rule = "nhs-1to7-round5", counts = { "posts" } }
write("withheld.json", ('[{"threshold":5,"published":%s,"truth":%s},{"threshold":5,"published":%s,"truth":%s,"before":%s},'
  .. '{"threshold":8,"rounded":true,"published":%s,"truth":%s}]\n'):format(first:json(), before:json(), second:json(), after:json(), before:json(),
  places:json(), by_place:json()))
