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

-- ---- Pages at the edge ----

local cap <const> = remit.envelope { id = "cap", per_head = 18.76, population = 3623081, population_basis = "allocation",
  include = { fund = "running, programme_pay" }, due = "2026-01" }

local function edge(name, given)
  given.title, given.date, given.base = "Edge: " .. name, "2025-06-03", given.base or base
  remit.report(given):save(("%s/edge-%s.html"):format(OUT, name), ("%s/edge-%s.xlsx"):format(OUT, name))
end

-- A frame of so many rows: labels, figures that are all `value`, or go down from above nought to below it.
local function rows(count, value)
  local names <const>, one <const>, two <const> = {}, {}, {}
  for index = 1, count do
    names[index], one[index], two[index] = ("function %d"):format(index), value or (count // 2 - index) * 1e5, value or index
  end
  return frame.from { keys = { "function" }, about = { title = ("Rows: %d"):format(count) }, columns = {
    { name = "function", display = "text", values = names },
    { name = "cost", display = "£m", values = one }, { name = "count", display = "count", values = two } } }
end

local function charts(of)
  local list <const> = { title = "All charts", of }
  for _, kind in ipairs { "bar", "stack", "waterfall", "heat", "line" } do
    list[#list + 1] = remit.chart { of = of, kind = kind }
  end
  return list
end

edge("empty", { scenarios = { base:scenario("Nothing changes", { changes = {} }) }, envelope = cap })
edge("month", { scenarios = { plan }, envelope = cap, from = "2025-10", to = "2025-10", at = "2025-10" })
edge("years", { scenarios = { plan }, envelope = cap, to = "2065-04", sections = { "envelope" } })
edge("zero", { sections = { charts(rows(4, 0)) } })
edge("cell", { sections = { charts(rows(1)) } })
edge("negative", { sections = { charts(rows(12)) } })
edge("functions", { sections = { { title = "Two hundred functions", remit.chart { of = rows(200), kind = "heat" } } } })

-- ---- A pack as a workbook, and a template with a formula that is filled ----

write("pack.xlsx", require("remit.new.workbook").of_folder "examples/nenc")
local zipped <const> = dofile "tests/lua/zipped.lua"
write("template.xlsx", zipped.book { { "Costs", zipped.rows { { "First", 1 }, { "Second", 2 } } .. '<row r="3"><c r="A3" t="inlineStr"><is><t>Both</t></is></c>'
  .. '<c r="B3"><f>SUM(B1:B2)</f><v>3</v></c><c r="C3" t="str"><f>IF(B3&gt;100,"much","little")</f><v>little</v></c></row>' } })
write("map.csv", "sheet,cell,measure,where,per,decimals\nCosts,B1,cost,fund: running,1000000,3\nCosts,B2,cost,fund: not(running),1000000,3\n")
remit.submission(OUT .. "/map.csv"):fill(base, OUT .. "/return.xlsx", { template = OUT .. "/template.xlsx" })

-- ---- What is withheld, and what it is ----

local function establishment(model, at)
  return model:pivot { measures = { "posts", "wte", "cost" }, by = { "group", "band" }, totals = true, at = at }
end

local before <const>, after <const> = establishment(base), establishment(plan, "2025-10")
local first <const>, second <const> = before:suppress { rule = "threshold", threshold = 5, counts = { "posts" }, with = { after } }
local by_place <const> = base:pivot { measures = { "posts", "wte", "cost" }, by = { "place", "fn" }, totals = true }
local places <const> = by_place:suppress { rule = "nhs-1to7-round5", counts = { "posts" } }

-- A report's own tables of three scenarios that differ by a few posts, as it withholds them unless told otherwise: each against all before it.
local few <const> = base:scenario("Fewer held", { changes = { remit.close { id = "vacancies",
  posts = { vacant = true, fn = "not(safeguarding, chc)", band = "not(8d, vsm)" }, from = "2025-10", why = "held" } } })
local most <const> = base:scenario("Most held", { changes = { remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc, quality)" },
  from = "2025-10", why = "held" } } })
local own <const> = remit.report { title = "Three", date = "2025-06-03", base = base, scenarios = { plan, few, most }, at = "2025-10" }
local published <const>, jointly <const>, befores <const> = own:frames "establishment", {}, {}
for index, model in ipairs { base, plan, few, most } do
  local truth <const> = model:pivot { measures = { "posts", "wte", "in_post", "cost" }, by = { "group", "band" }, totals = true,
    at = index > 1 and "2025-10" or nil }
  jointly[index] = ('{"threshold":5,"published":%s,"truth":%s,"befores":[%s]}'):format(published[index]:json(), truth:json(), table.concat(befores, ","))
  befores[index] = truth:json()
end

-- Plans that leave the number of posts as it was, beside the base and one another: one post cut, one regraded, a few cut of which one is alone in its cell, and
-- many of which the second plan cuts one more. With each table what every post comes to in its group and band, from which the attack works out who differs.
local function cut(id, lines)
  return remit.scale { id = id, lines = lines, change = "-10%", from = "2025-10", why = "cut" }
end
local chc <const> = { kind = "pay", fn = "chc" }
local plans <const> = {
  { cut("one", { id = "N0100" }) },
  { remit.regrade { id = "one", posts = { id = "N0100" }, band = "8b", point = "top", from = "2025-10", why = "regraded" } },
  { cut("few", { id = "N0100, N0200, N0300, N0400, N0500, N0600, N0700" }) },
  { cut("many", chc) },
  { cut("many", chc), cut("more", { id = "N0100" }) },
}
local touching <const>, scenarios <const> = {}, { base }
for index, changes in ipairs(plans) do
  scenarios[index + 1] = base:scenario(("Touching %d"):format(index), { changes = changes })
end
local shown <const> = remit.report { title = "Touching", date = "2025-06-03", base = base, scenarios = table.move(scenarios, 2, #scenarios, 1, {}),
  at = "2025-10" }:frames "establishment"
for index, model in ipairs(scenarios) do
  local by_post <const> = model:pivot { measures = { "wte", "in_post", "cost" }, by = { "group", "band", "id" }, where = { kind = "pay" },
    at = index > 1 and "2025-10" or nil }
  touching[index] = ('{"published":%s,"truth":%s,"posts":%s}'):format(shown[index]:json(), establishment(model, index > 1 and "2025-10" or nil):json(),
    by_post:json())
end
write("touching.json", ('{"threshold":5,"tables":[%s]}\n'):format(table.concat(touching, ",")))

write("withheld.json", ('[{"threshold":5,"published":%s,"truth":%s},{"threshold":5,"published":%s,"truth":%s,"befores":[%s]},'
  .. '{"threshold":8,"rounded":true,"published":%s,"truth":%s},%s]\n'):format(first:json(), before:json(), second:json(), after:json(), before:json(),
  places:json(), by_place:json(), table.concat(jointly, ",")))
