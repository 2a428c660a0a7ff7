-- SPDX-License-Identifier: Apache-2.0
-- Reports: what stands in them, what they look like to a reader without a screen, and targets that cannot be written.

package.path = "tests/cases/?.lua;" .. package.path

local check <const> = require "check"
local core <const> = require "remit.core"
local files <const> = require "files"
local frame <const> = require "remit.frame"
local remit <const> = require "remit"
local tiny <const> = require "tiny"

tiny.begin()

local NASTY <const> = '<script>alert(1)</script> & "quoted" \u{202e}gnp \u{1f469} ' .. ("x"):rep(300)

local folder <const> = tiny.file("a", ""):match "^(.*)/"

local cap <const> = remit.envelope { id = "running cost", per_head = 0.5, population = 500000, population_basis = "allocation", due = "2026-01" }

local function close(from)
  return remit.close { id = "hold", posts = { vacant = true }, from = from or "2025-10", why = "held <for> now & then" }
end

local function report_of(given)
  local base <const> = tiny.load()
  local spec <const> = { title = "Options", date = "2025-06-03", base = base, scenarios = { base:scenario("Held", { changes = { close() } }) }, envelope = cap,
    sections = { "summary", "board", "envelope", "bridge", "flows", "establishment", "levels", "transfers", "ledgers", "staff", "assumptions", "changes",
      "run" } }
  for key, value in pairs(given or {}) do
    spec[key] = value
  end
  return remit.report(spec)
end

local function html_of(report)
  local path <const> = folder .. "/r.html"
  report:save(path)
  return files.read(path)
end

-- Elements open and close in order; gives how often each stands there.
local VOID <const> = { meta = true, br = true }
local function elements(html)
  local open <const>, count <const> = {}, {}
  for slash, name in html:gsub("<!DOCTYPE html>", ""):gmatch "<(/?)([%a%d]+)[^<>]*>" do
    if slash == "/" then
      check.same(name, table.remove(open))
    elseif not VOID[name] then
      open[#open + 1], count[name] = name, (count[name] or 0) + 1
    end
  end
  check.same(#open, 0)
  return count
end

check.test("the page has landmarks, headings in order, tables with captions and scopes, and no script", function()
  local html <const> = html_of(report_of())
  local count <const> = elements(html)
  check.same({ count.h1, count.main, count.nav, count.header, count.footer, count.script }, { 1, 1, 1, 1, 1, nil })
  check.same(count.table, count.caption)
  check.ok(html:find '<html lang="en%-GB">' and html:find '<th scope="col"' and html:find '<th scope="row"' and html:find "@media print")
  local last = 1
  for level in html:gmatch "<h(%d)" do
    check.ok(tonumber(level) <= last + 1, "a level of headings is left out")
    last = tonumber(level)
  end
  local ids <const> = {}
  for id in html:gmatch ' id="([^"]*)"' do
    check.ok(not ids[id], id .. " stands twice")
    ids[id] = true
  end
  for id in html:gmatch 'aria%-[%l]+by="([^"]*)"' do
    check.ok(ids[id], id)
  end
  for id in html:gmatch 'href="#([^"]*)"' do
    check.ok(ids[id], id)
  end
  check.ok(not html:find "https?://[^w]" and not html:find "src=")
end)

check.test("the same report has the same bytes", function()
  local one <const>, two <const> = html_of(report_of()), html_of(report_of())
  check.same(one == two, true)
  report_of():save(folder .. "/1.md")
  report_of():save(folder .. "/2.md")
  check.same(files.read(folder .. "/1.md") == files.read(folder .. "/2.md"), true)
end)

check.test("hostile labels stay text in every format", function()
  local base <const> = tiny.load { functions = "id,name,blueprint,parent,aliases\nsafeguarding,\"" .. NASTY:gsub('"', '""')
    .. "\",review,,\nquality,Q,retain,,\nchc,C,review,,\ndigital,D,grow,,\n" }
  local plan <const> = base:scenario(NASTY, { changes = { remit.close { id = NASTY, posts = { vacant = true }, from = "2025-10", why = NASTY,
    owner = NASTY } } })
  local report <const> = report_of { title = NASTY, base = base, scenarios = { plan } }
  local html <const> = html_of(report)
  local count <const> = elements(html)
  check.same(count.script, nil)
  check.ok(html:find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; \\u{202e}gnp \u{1f469}", 1, true))
  check.ok(not html:find "\u{202e}")
  report:save(folder .. "/r.md")
  check.ok(not files.read(folder .. "/r.md"):find "[^\\]<script")
end)

check.test("an empty scenario, one month, and no scenario at all make a report", function()
  local base <const> = tiny.load()
  elements(html_of(report_of { base = base, scenarios = { base:scenario("Nothing", {}) } }))
  elements(html_of(report_of { base = base, scenarios = {}, envelope = false or nil }))
  elements(html_of(report_of { from = "2025-10", to = "2025-10", at = "2025-10" }))
  check.fails(function() report_of { scenarios = {} }:frames "changes" end, "nothing in 'changes': there is no scenario")
end)

check.test("forty years of months make a report", function()
  local html <const> = html_of(report_of { to = "2065-04", suppress = 0, sections = { "envelope" } })
  elements(html)
  check.ok(html:find "2065%-04")
end)

check.test("all zero makes a report", function()
  local base <const> = tiny.load {
    posts = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\nP1,T,chc,,nursing,6,top,running,0,0,0,1,\n",
    budget_lines = "id,kind,fn,group,fund,cost,cost_centre,tags\nB1,nonpay,chc,nursing,running,0,1,\n" }
  elements(html_of(report_of { base = base, scenarios = { base:scenario("Zero", { changes = { close() } }) } }))
end)

check.test("posts of no WTE that close leave a report, and cost nothing to end", function()
  local base <const> = tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,x,chc,0,0,0\n", budget_lines = false }
  local plan <const> = base:scenario("Closed", { changes = { remit.close { id = "c", posts = { fn = "chc" }, from = "2025-10", why = "x" } } })
  local made <const> = remit.report { title = "Nothing", date = "2025-06-03", base = base, scenarios = { plan }, sections = { "staff" } }
  check.ok(not html_of(made):find "nan")
end)

check.test("where nobody leaves it is said, and no table of headings alone stands there", function()
  local made <const> = report_of { suppress = 0 }
  check.same(#made:frames "staff", 1)
  check.same(made:text("staff")[2], "Held: nothing happens to anybody in post.")
  local base <const> = tiny.load()
  local moved <const> = base:scenario("Moved", { changes = {
    remit.move { posts = { fn = "digital" }, into = { group = "nursing" }, from = "2025-10", why = "x" },
  } })
  local other <const> = report_of { base = base, scenarios = { moved }, suppress = 0 }
  check.same(#other:frames "staff", 2)
  check.same(other:text("staff")[2], "Moved: nobody in post leaves.")
end)

check.test("two hundred functions make a level map in pages", function()
  local rows <const> = { "id,name,blueprint,parent,aliases" }
  for index = 1, 200 do
    rows[#rows + 1] = ("f%03d,Function %d,grow,,"):format(index, index)
  end
  local base <const> = tiny.load { functions = table.concat(rows, "\n") .. "\n", budget_lines = false,
    posts = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\nP1,T,f001,,nursing,6,top,running,1,1,9,1,\n" }
  local model <const> = base:assign(remit.subsidiarity(tiny.file("levels.csv",
    "id,criterion,test,blueprint,direction,at_least,at_most,sets,why,ref\nduty,,,grow,gate,,,accountable = system,the duty stays,\n")))
  local html <const> = html_of(report_of { base = model, scenarios = {}, sections = { "levels" } })
  check.ok(html:find "Level map, page 4 of 4" and html:find "Drawn in pages of fifty: there are 200 functions")
end)

check.test("figures by few posts are withheld in words, charts and tables alike", function()
  local report <const> = report_of()
  local html <const> = html_of(report)
  -- Closing the vacant parts of two posts: what it saves is a salary, and so is what a group of four posts costs.
  check.ok(html:find "%[c%]" and not html:find "84,000" and not html:find "52,000")
  local open <const> = html_of(report_of { suppress = 0 })
  check.ok(not open:find "%[c%]")
  check.ok(report:frames("run")[1]:markdown():find "fewer than 5 posts")
end)

-- ---- What one table would say of what another withholds ----

-- So many posts of a function, of round salaries, all filled.
local function posts(count, from, fn, band)
  local rows <const> = {}
  for index = from, from + count - 1 do
    rows[#rows + 1] = ("Q%d,T,%s,,%s,%s,top,running,1,1,%d,1,"):format(index, fn, index % 2 == 0 and "nursing" or "strategy", band or "6", 40000 + 1000 * index)
  end
  return table.concat(rows, "\n") .. "\n"
end

local function bigger(small)
  return tiny.load { posts = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\n" .. posts(20, 1, "chc") .. posts(12, 21, "digital")
    .. posts(small or 1, 51, "quality", "8a"), budget_lines = false, more = nil }
end

local function few_report(base, changes, sections)
  return remit.report { title = "Few", date = "2025-06-03", base = base, scenarios = { base:scenario("Plan", { changes = changes }) },
    envelope = cap, sections = sections }
end

local CHANGES <const> = {
  remit.close { posts = { fn = "chc" }, from = "2025-10", status = "agreed", confidence = "90%", why = "many" },
  remit.close { posts = { fn = "quality" }, from = "2025-11", status = "idea", confidence = "20%", why = "one" },
}

check.test("a change by few without an id is withheld in the bridge, among leavers and in the change log", function()
  local report <const> = few_report(bigger(), CHANGES)
  for _, id in ipairs { "bridge", "staff", "changes" } do
    for _, of in ipairs(report:frames(id)) do
      local text <const> = of:markdown()
      check.ok(not text:find "91,000" and not text:find "0%.091" and not text:find("| 1 |", 1, true), id)
    end
  end
  local bridge <const> = report:frames("bridge")[1]
  check.same({ bridge:get(2, "cost"), bridge:get(3, "cost") }, { remit.none, remit.none })
  check.ok(not report:frames("staff")[2]:markdown():find "one%-off", "by group the one-off costs add up to what is withheld by change")
end)

check.test("when leaving is paid back is withheld where what it costs and saves is", function()
  local base <const> = bigger(2)
  local plan <const> = base:scenario("Plan", { changes = CHANGES })
  local open <const> = plan:redundancy { at = "2025-11" }
  check.ok(open:get(1, "payback"):find "^20%d%d%-%d%d" and open:get(2, "payback"):find "^20%d%d%-%d%d")
  local leaving <const> = few_report(base, CHANGES):frames("staff")[3]
  check.same({ leaving:get(2, "saving"), leaving:get(2, "payback"), leaving:get(2, "route") }, { remit.none, remit.none, open:get(2, "route") })
  local held <const> = open:suppress { rule = "threshold", threshold = 5, counts = { "wte" } }
  for _, text in ipairs { leaving:markdown(), held:markdown(), held:csv(), held:json(), held:sort({ by = "change" }):csv() } do
    check.ok(not text:find(open:get(2, "payback"), 1, true), text)
  end
  check.ok(held:csv():find "%[c%],%[c%]\n" ~= nil)
end)

check.test("a report's checks take how much may be taken as the checks of a model do", function()
  local cut <const> = { remit.scale { id = "cut", lines = {}, change = "-40%", take = { "vacancies", "nonpay", "posts" }, from = "2025-10", why = "less" } }
  local base <const> = tiny.load()
  local function taken(most)
    local made <const> = remit.report { title = "x", date = "2025-06-03", base = base, scenarios = { base:scenario("Plan", { changes = cut }) },
      sections = { "checks" }, max_taken = most, suppress = 0 }
    return made:frames("checks")[1]:get("taken", "evidence")
  end
  check.ok(taken(nil):find "at most 50%%$" and taken("10%"):find "at most 10%%$")
  check.fails(function() taken "120%" end, "max_taken: a share is between 0")
end)

check.test("what becomes of few posts does not follow from all posts less the others", function()
  local actions <const> = few_report(bigger(), { CHANGES[2] }):frames("staff")[1]
  local hidden = 0
  for row in actions:rows() do
    hidden = hidden + (row.posts == remit.none and 1 or 0)
  end
  check.ok(hidden >= 2, "the one row alone is all posts less the others")
  check.ok(not actions:markdown():find "| 32 |")
  local open <const> = few_report(bigger(12), CHANGES):frames("staff")[1]
  check.same({ open:get(#open, "action"), open:get(#open, "posts"), open:get(#open, "wte_before") }, { remit.none, 44, 44.0 })
end)

check.test("how sure a plan is stands in the summary and by status, unless it would tell of few", function()
  local report <const> = few_report(bigger(12), CHANGES)
  local table <const> = report:frames("bridge")[2]
  check.same({ table:get(2, "status"), table:get(2, "confidence"), table:get(3, "status") }, { "agreed", 0.9, "idea" })
  check.same(report:frames("summary")[1]:get("Plan", "sure"), table:get(4, "adjusted"))
  check.ok(report:text("summary")[4]:find "Risk%-adjusted, by how sure its changes are: £")
  local held <const> = few_report(bigger(), CHANGES)
  check.same(#held:frames "bridge", 1)
  check.ok(held:text("bridge")[2]:find "is withheld" and not html_of(held):find "How sure it is")
end)

check.test("on a narrow screen charts keep their size and scroll, and the keyboard reaches them", function()
  local html <const> = html_of(few_report(bigger(12), CHANGES))
  check.ok(html:find('<figure tabindex="0" aria-label="Run rate against the cap"><svg', 1, true))
  check.ok(html:find("figure{margin:1em 0;overflow-x:auto}", 1, true) and html:find("(max-width:45rem){.chart{min-width:38rem}}", 1, true))
end)

check.test("every table of cost says its basis, and only the base's figures that it has no changes", function()
  local report <const> = few_report(bigger(12), { CHANGES[1], remit.transfer { id = "gone", functions = { id = "digital" }, receiver = "trust",
    golive = "2025-11", why = "elsewhere" } })
  for _, id in ipairs { "summary", "board", "envelope", "bridge", "flows", "establishment", "ledgers" } do
    for _, of in ipairs(report:frames(id)) do
      check.ok(frame.inside(of).about.basis, id)
      check.ok(id ~= "flows" or not of:markdown():find "has no changes")
    end
  end
end)

check.test("the board sees each financial year, with what it does not show yet of the full-year effect", function()
  local years <const> = few_report(bigger(12), CHANGES):frames("board")[2]
  check.same({ #years, years:get(1, "year"), years:get(1, "rest") < 0 }, { 1, "2025/26", true })
  -- 1,010,000 go in October and 1,158,000 in November: of the year remain 6 and 7 twelfths.
  check.same(years:get(1, "cost"), 2966000 - 1010000 / 2 - 1158000 * 5 / 12)
  check.same(years:get(1, "cost") + years:get(1, "rest"), 798000.0)
  check.same(#few_report(bigger(), { CHANGES[2] }):frames "board", 1)
end)

check.test("scenarios are compared with another scenario as with a base, in the same month", function()
  local first <const> = bigger(12):scenario("First", { changes = { CHANGES[1] } })
  local both <const> = first:with { name = "Both", add = { CHANGES[2] } }
  local report <const> = remit.report { title = "Two", date = "2025-06-03", base = first, scenarios = { both }, envelope = cap }
  local board <const> = report:frames("board")[1]
  check.same({ board:get(#board, "cost First"), board:get(#board, "cost Both") }, { 1956000.0, 798000.0 })
  check.ok(report:text("board")[1]:find "as at 2025%-11")
  check.same(report:frames("summary")[1]:get("First", "cost"), 1956000.0)
  check.same(report:frames("envelope")[1]:get(1, "period"), "2025-05")
end)

check.test("a total that differs by few is withheld in words, tables and charts", function()
  local report <const> = few_report(bigger(), { CHANGES[2] })
  check.same(report:frames("summary")[1]:get("Plan", "cost"), remit.none)
  check.ok(report:text("summary")[3]:find "^Base" and report:text("summary")[4]:find "^Withheld: Plan")
  check.ok(not report:frames("envelope")[1]:markdown():find "Plan")
  check.fails(function() report:frames "bridge" end, "may be told")
  check.fails(function() report:frames "ledgers" end, "few posts")
  local html <const> = html_of(report)
  check.ok(html:find "1%.899" and not html:find "1%.80" and not html:find "1,80%d,", "what is left is 1,808,000")
end)

check.test("what is now stands beside a plan that is withheld, as the establishment shows it, and no change does", function()
  local report <const> = few_report(bigger(), { CHANGES[2] })
  local board <const>, now <const>, plan_by_band <const> = report:frames("board")[1], report:frames("establishment")[1], report:frames("establishment")[2]
  local seen, withheld = 0, 0
  for row in now:rows() do
    local group <const> = row.level == 0 and "Total" or row.level == 1 and row.group
    if group then
      seen = seen + 1
      check.same({ board:get(group, "cost base"), board:get(group, "wte base"), board:get(group, "in_post base") }, { row.cost, row.wte, row.in_post })
    end
  end
  for row in plan_by_band:rows() do
    local group <const> = row.level == 0 and "Total" or row.level == 1 and row.group
    for _, name in ipairs(group and { "cost Plan", "cost change", "cost change %", "wte Plan", "wte change", "in_post Plan" } or {}) do
      check.same(board:get(group, name) == remit.none, row.cost == remit.none)
      withheld = withheld + (row.cost == remit.none and 1 or 0)
    end
  end
  check.same({ seen, withheld }, { 3, 12 })
  check.ok(board:csv():find "strategy,%d+%.%d+,%[c%],%[c%],%[c%],%d" and board:markdown():find "| Total | 1%.899 | \\%[c\\%] |")
  check.ok(board:markdown():find "%(2 rows%)")
  check.ok(html_of(report):find('>Total</th><td class="n">1.899</td><td class="n">[c]</td>', 1, true))
  -- Figures of now that the establishment withholds stay withheld, whatever the plan's are.
  local small <const> = tiny.load { budget_lines = false, posts = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\n"
    .. posts(2, 1, "chc") .. posts(20, 21, "digital") .. posts(20, 51, "quality") }
  local plan <const> = small:scenario("Plan", { changes = { remit.close { id = "x", posts = { fn = "digital" }, from = "2025-10", why = "x" } } })
  local held <const> = remit.report { title = "Now", date = "2025-06-03", by = "fn", envelope = cap, scenarios = { plan } }
  local before <const> = held:frames("establishment")[1]
  for row in before:rows() do
    if row.level == 1 then
      check.same(held:frames("board")[1]:get(row.fn, "cost base"), row.cost)
    end
  end
  check.same(held:frames("board")[1]:get("chc", "wte base"), remit.none)
end)

-- ---- Months ----

check.test("months while a change by few comes in are withheld in the cap's table and chart, the ledger and the years", function()
  local base <const> = bigger()
  local changes <const> = { remit.close { id = "many", posts = { fn = "chc" }, from = "2025-10", why = "many" },
    remit.close { id = "one", posts = { fn = "quality" }, from = "2025-11", why = "one" },
    remit.close { id = "more", posts = { fn = "digital", band = "6" }, share = "90%", from = "2026-05", why = "more" } }
  local report <const> = few_report(base, changes)
  local bridge <const>, months <const> = report:frames("bridge")[1], report:frames("envelope")[1]
  check.same({ bridge:get(2, "cost"), bridge:get(3, "cost"), bridge:get(4, "cost") }, { -1010000.0, remit.none, remit.none })
  local plan <const> = base:scenario("Plan", { changes = changes })
  local ledger <const> = report:frames("ledgers")[1]
  for row in months:rows() do
    local hidden <const> = row.period >= "2025-11" and row.period < "2026-05"
    check.same(row.cost2, hidden and remit.none or plan:total("cost", { at = row.period }))
    check.same({ row.cost1, row.result2 == remit.none }, { base:total "cost", false })
    check.same(ledger:get(row.period, "icb") == remit.none, hidden)
  end
  check.ok(months:markdown():find "| 2025%-11 | 1%.899 | [^|]+ | \\%[c\\%] |" and report:charts("envelope")[1]:description():find "No figure in 6 months")
  check.ok(report:text("envelope")[2]:find "^Months are withheld of Plan while a change by fewer than 5 posts")
  local years <const> = report:frames("board")[2]
  check.same({ years:get(1, "cost"), years:get(1, "change"), years:get(2, "rest") }, { remit.none, remit.none, remit.none })
  check.ok(not html_of(report):find "0%.798", "what is left in November is 798,000")
  local open <const> = few_report(bigger(12), { changes[1], changes[3] })
  check.ok(not open:frames("envelope")[1]:markdown():find "%[c" and not open:text("envelope")[2])
end)

-- Months of a plan of changes that never meet: how many are told and withheld. One is told when none or all of what the bridge withholds has begun.
local function check_months(report, from)
  local bridge <const>, withheld, told, hidden = report:frames("bridge")[1], {}, 0, 0
  for index in ipairs(from) do
    withheld[#withheld + 1] = bridge:get(index + 1, "cost") == remit.none and from[index] or nil
  end
  for row in report:frames("envelope")[1]:rows() do
    local begun = 0
    for _, month in ipairs(withheld) do
      begun = begun + (month <= row.period and 1 or 0)
    end
    check.same(row.cost2 == remit.none, begun > 0 and begun < #withheld)
    told = told + (row.cost2 ~= remit.none and begun > 0 and 1 or 0)
    hidden = hidden + (row.cost2 == remit.none and 1 or 0)
  end
  return told, hidden
end

check.test("months tell no more of what the bridge withholds than the bridge does", function()
  math.randomseed(44)
  local told, hidden = 0, 0
  for _ = 1, 24 do
    local rows <const>, changes <const>, from <const> = { posts(30, 500, "chc", "9") }, {}, {}
    for index, band in ipairs { "3", "4", "5", "6", "7", "8a", "8b" } do
      rows[#rows + 1] = posts(math.random(3) == 1 and math.random(1, 4) or math.random(10, 20), 50 * index, "chc", band)
      from[index] = ("2026-%02d"):format(math.random(1, 9))
      changes[index] = remit.close { id = "b" .. band, posts = { band = band }, from = from[index], why = "x" }
    end
    local report <const> = few_report(tiny.load { budget_lines = false,
      posts = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\n" .. table.concat(rows) }, changes, { "bridge", "envelope" })
    if report:sections():get("bridge", "left_out") == remit.none then
      local more_told <const>, more_hidden <const> = check_months(report, from)
      told, hidden = told + more_told, hidden + more_hidden
    end
  end
  check.ok(told > 10 and hidden > 20, ("hardly anything was told, or withheld: %d, %d"):format(told, hidden))
end)

check.test("months of a base that is a plan itself, and of lists below, are protected as well", function()
  local first <const> = bigger():scenario("First", { changes = { CHANGES[2], CHANGES[1] } })
  local function costs(report, column)
    local list <const> = {}
    for row in report:frames("envelope")[1]:rows() do
      list[row.period] = row[column]
    end
    return list
  end
  local both <const> = first:with { name = "Both", add = { remit.close { posts = { fn = "digital" }, from = "2026-02", why = "many" } } }
  local spec <const> = { title = "Two", date = "2025-06-03", base = first, scenarios = { both }, envelope = cap, sections = { "envelope" } }
  local report <const> = remit.report(spec)
  local base_costs <const>, plan_costs <const> = costs(report, "cost1"), costs(report, "cost2")
  check.same({ base_costs["2025-09"], base_costs["2025-10"], base_costs["2025-11"] }, { 1899000.0, remit.none, 798000.0 })
  check.same({ plan_costs["2025-09"], plan_costs["2025-10"] }, { 1899000.0, remit.none })
end)

-- What a report of forty posts or so says of the totals that it withholds: to readers, and to who makes it.
local function said_of_totals(report)
  local text <const>, lines <const> = report:text "summary", {}
  for line in tostring(report):gmatch "To show[^\n]*" do
    lines[#lines + 1] = line
  end
  for _, line in ipairs(lines) do
    check.ok(report:frames("run")[1]:text():find(line, 1, true), line)
  end
  return text[#text], lines
end

check.test("a total that is withheld says why, and the run record what would show it", function()
  local of_base <const>, advice_of_base <const> = said_of_totals(few_report(bigger(), { CHANGES[2] }))
  check.same(of_base, "Withheld: Plan, which differs from Base in fewer than 5 posts. The run record says what would show it.")
  check.same(advice_of_base, { "To show what Plan comes to: more changes in one plan; or suppress = 0, in a report for those who may see single salaries." })
  local base <const> = bigger(2)
  local first <const> = base:scenario("First", { changes = { CHANGES[1] } })
  local two <const> = remit.report { title = "Two", date = "2025-06-03", scenarios = { first, first:with { name = "Both", add = { CHANGES[2] } } } }
  local of_two <const>, advice_of_two <const> = said_of_totals(two)
  check.ok(of_two:find "^Withheld: Both, which differs from First in fewer than 5 posts%.")
  check.ok(advice_of_two[1]:find("To show what Both comes to: a report without First; jointly = false, in one that does not leave the house; or", 1, true))
  local function alone(more)
    local spec <const> = { title = "Fine", date = "2025-06-03", base = tiny.load { budget_lines = false,
      posts = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\n" .. posts(1, 1, "chc") .. posts(1, 2, "chc", "7")
        .. posts(1, 3, "digital") .. posts(1, 4, "digital", "7") .. posts(1, 5, "quality") .. posts(1, 6, "quality", "7") } }
    for key, value in pairs(more) do
      spec[key] = value
    end
    return said_of_totals(remit.report(spec))
  end
  local of_fine <const>, advice_of_fine <const> = alone { by = "fn" }
  check.ok(of_fine:find "^Withheld: Base, from which figures by fewer than 5 posts would follow%.")
  check.same(advice_of_fine, { 'To show what Base comes to: by = "group" instead of by = "fn".' })
  local of_coarse <const>, advice_of_coarse <const> = alone { by = "band" }
  check.same({ of_coarse:find "Withheld", #advice_of_coarse }, { nil, 0 })
  local of_small <const>, advice_of_small <const> = said_of_totals(remit.report { title = "Four", date = "2025-06-03", base = tiny.load() })
  check.ok(of_small:find "^Withheld: Base, which has fewer than 5 posts%." and advice_of_small[1]:find "Base comes to: suppress = 0")
end)

local function transfer(fn, more)
  local given <const> = { id = "pack", functions = { id = fn }, receiver = "trust", shadow = "2026-01", golive = "2026-04", resource = "50%",
    staff = { tupe = "60%", close = "40%" }, double_running = "25%", ready = { form = false, dates = true }, status = "planned", confidence = "60%",
    why = "handed over" }
  for key, value in pairs(more or {}) do
    given[key] = value
  end
  return remit.transfer(given)
end

check.test("each receiver's ledger, readiness and the price of slipping stand in the report", function()
  local report <const> = few_report(bigger(12), { transfer("digital", { if_not_ready = "slip 3 months" }) })
  local ledger <const> = report:frames("ledgers")[2]
  check.same({ ledger:get(3, "ledger"), ledger:get(1, "ledger") }, { "trust", "ICB inside the cap" })
  local model <const> = bigger(12):scenario("Plan", { changes = { transfer("digital", { if_not_ready = "slip 3 months" }) } })
  local truth <const> = model:ledger { by = "receiver", from = "2026-07", to = "2026-07", envelope = cap }
  check.same(ledger:get(3, "bears"), truth:get(3, "bears"))
  local packages <const>, _, slip <const> = table.unpack(report:frames "transfers")
  check.same({ packages:get("pack", "result"), packages:get("pack", "ready") }, { "slips 3 months", "1 met; missing: form" })
  local price <const> = model:slip_price { envelope = cap }
  check.same(slip:get("system", "price"), price:get(#price, "system"))
end)

check.test("flows add up by receiver, and a package by few is withheld wherever its money stands", function()
  local function report_on(fn, small)
    return few_report(bigger(small), { transfer(fn), remit.close { id = "many", posts = { fn = "chc" }, from = "2025-10", why = "many" } })
  end
  local open <const> = report_on("digital", 12)
  local flows <const> = open:frames("flows")[1]
  check.ok(tostring(flows):find "Total trust" and tostring(flows):find "Total stays with the ICB")
  local held <const> = report_on("quality", 2)
  for _, id in ipairs { "flows", "ledgers" } do
    check.fails(function() held:frames(id) end, "nothing in '" .. id)
  end
  check.same(#held:frames "transfers", 1)
  check.ok(held:text("transfers")[2]:find "is withheld")
  check.ok(not open:frames("checks")[1]:get("cost_shift", "evidence"):find "^withheld")
  check.ok(held:frames("checks")[1]:get("cost_shift", "evidence"):find "^withheld")
  check.ok(not held:frames("summary")[1]:markdown():find "handed over £m" and open:frames("summary")[1]:markdown():find "handed over £m")
end)

check.test("sections are frames and charts of their own", function()
  local report <const> = report_of { suppress = 0 }
  check.same(report:frames("summary")[1]:get("Held", "month"), "2025-10")
  check.same(report:charts("envelope")[1].kind, "line")
  check.same(report:frames("changes")[1]:get("hold", "change"), "close")
  check.ok(report:text("summary")[1]:find "A tiny ICB")
  check.ok(tostring(report):find "levels.-no rules of subsidiarity")
  local own <const> = remit.report { title = "t", date = "2025-06-03", base = tiny.load(), sections = { { title = "Mine", text = "Words.",
    tiny.load():pivot { measures = { "cost" }, by = { "fn" } } } } }
  check.ok(html_of(own):find "<h2 id=\"own%-1\">Mine</h2>")
end)

check.test("a deadline and go-lives beside the months of a report stand below its chart in words", function()
  local base <const> = tiny.load { organisations = "id,name,type\ntrust,The Trust,provider\n" }
  local plan <const> = base:scenario("Plan", { changes = { close(), remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2027-04",
    why = "x" } } })
  local report <const> = remit.report { title = "t", date = "2025-06-03", scenarios = { plan }, envelope = cap, suppress = 0, to = "2025-10" }
  check.ok(html_of(report):find(">Beside the axis: 2026-01 cap due; 2027-04 go-live The Trust</text>", 1, true))
  check.ok(report:charts("envelope")[1]:description():find("Beside the axis, in 2026-01: cap due.", 1, true))
end)

-- The headings of a page's tables.
local function headings(html)
  local list <const> = {}
  for text in html:gmatch '<th scope="col"[^>]*>([^<]*)</th>' do
    list[#list + 1] = text
  end
  return table.concat(list, "|")
end

check.test("readers see words where scripts see names", function()
  local base <const> = tiny.load { places = "id,name,population,parent\nsystem,All,,\nnorth,North Town,200000,system\nsouth,South Bay,300000,system\n" }
  local own <const> = base:pivot { measures = { "in_post", "vacant_posts" }, by = { "fn.blueprint", "cost_centre" },
    where = { fn = { blueprint = "review" } } }
  local report <const> = remit.report { title = "T", date = "2025-06-03", base = base, by = "place.parent",
    sections = { "board", { title = "Own", own, remit.chart { of = own:where { cost_centre = "none" }, kind = "bar", columns = { "in_post" } } } } }
  local html <const> = html_of(report)
  local owns <const> = "|function blueprint|cost centre|in post WTE|vacant posts"
  check.same(headings(html), "parent place|£m|WTE|in post WTE" .. owns .. owns)
  check.ok(html:find("Now and then, by parent place", 1, true) and html:find("lines where function blueprint: review", 1, true))
  check.ok(html:find("in post, vacant posts by function blueprint, cost centre", 1, true))
  check.ok(not html:find "place%.parent" and not html:find "fn%.blueprint" and not html:find "in_post")
  -- A frame keeps its names in a script, and so do those that a report gives.
  check.ok(tostring(own):find("fn.blueprint  cost_centre  in_post WTE", 1, true) and tostring(own):find("lines where fn.blueprint: review", 1, true))
  check.same(report:frames("own-2")[1]:columns(), own:columns())
  check.same(report:frames("own-2")[1]:get(1, "in_post"), own:get(1, "in_post"))
end)

check.test("cells show what members are called, with the id where two are called the same, and the id alone where there is no name", function()
  local base <const> = tiny.load { places = "id,name,population\nnorth,Bay,200000\nsouth,Bay,300000\neast,,1000\nwest,West End,1000\n", budget_lines = false,
    posts = "id,fn,place,band,wte,in_post,cost\nP1,chc,north,6,1,1,50000\nP2,chc,south,6,1,1,50000\nP3,chc,east,6,1,1,5000\nP4,quality,west,,1,1,5000\n" }
  local own <const> = base:pivot { measures = { "cost" }, by = { "place" }, totals = true }
  local list <const> = frame.from { keys = { "what" }, columns = { { name = "what", display = "text", values = { "one", "two" } },
    { name = "places", display = "text", dimension = "place", each = true, values = { "west, north, elsewhere", remit.none } },
    { name = "band", display = "text", values = { "6", "west" } } } }
  local report <const> = remit.report { title = "T", date = "2025-06-03", base = base, sections = { { title = "Own", own,
    remit.chart { of = own, kind = "bar", columns = { "cost" } }, list } } }
  local shown <const>, chart <const>, lists <const> = table.unpack(report:frames "own-1")
  check.same(tostring(shown):match "Bay %(north%)[^\n]*\nBay %(south%)[^\n]*\neast[^\n]*\nWest End[^\n]*" ~= nil, true)
  check.ok(report:charts("own-1")[1]:description():find("Bay (north): 50,000; Bay (south): 50,000; east: 5,000; West End: 5,000", 1, true))
  check.ok(chart:markdown():find("| West End | 5,000 |", 1, true) and lists:markdown():find("| one | West End; Bay (north); elsewhere | Band 6 |", 1, true))
  -- A script and a file for machines have the ids; a row is found by both.
  check.same({ shown:get("west", "cost"), shown:get("West End", "cost"), shown:get("Total", "cost") }, { 5000.0, 5000.0, 110000.0 })
  check.same({ shown:where({ place = "west" }):get(1, "place"), shown:csv(), tostring(own):find "West" }, { "west", own:csv(), nil })
  check.fails(function() shown:get("West Ent", "cost") end, "Did you mean 'West End'")
  local beside <const> = list:join(shown:with_column("what", function(row) return row.place == "north" and "one" or row.place end), "what")
  check.ok(tostring(beside):find "Bay %(north%)", "what a column shows goes along with it")
end)

check.test("receivers, levels, duties and their functions are shown by their names", function()
  local base <const> = tiny.load { organisations = "id,name,type\ntrust,The Trust,provider\n" }
  local model <const> = base:assign(remit.subsidiarity(tiny.file("levels.csv",
    "id,criterion,test,blueprint,direction,at_least,at_most,sets,why,ref\nduty,,,\"grow, retain, review\",gate,,,accountable = system,the duty stays,\n")))
  local report <const> = remit.report { title = "T", date = "2025-06-03", suppress = 0, scenarios = { model:scenario("Plan", { changes = {
    remit.transfer { id = "pack", functions = { id = "chc" }, place = "south", receiver = "trust", golive = "2026-04", why = "handed over" } } }) } }
  local function shows(id, number, words)
    local text <const> = report:frames(id)[number]:markdown()
    check.ok(text:find(words, 1, true), text)
  end
  shows("flows", 1, "| Total The Trust |")
  shows("transfers", 1, "| pack | The Trust | South Bay |")
  shows("transfers", 2, "| pack | The Trust |")
  shows("ledgers", 2, "| The Trust |")
  shows("levels", 1, "| function | Place | System (the ICB) |")
  shows("levels", 1, "| Quality and safety | D H | A F |")
  local duties <const> = report:frames("checks")[2]
  check.ok(duties:markdown():find("| Safeguarding | Safeguarding | System (the ICB) |", 1, true) and not duties:markdown():find "safeguarding_duty")
  check.same(duties:get("safeguarding_duty", "functions"), "safeguarding")
end)

check.test("captions and headings are composed from what tables show, and those that a script gave stay as they are", function()
  local base <const> = tiny.load()
  local plan <const> = base:scenario("Plan", { changes = { close() } })
  local given <const> = frame.from { keys = { "fn.blueprint" }, about = { title = "in_post by fn.blueprint" }, columns = {
    { name = "fn.blueprint", display = "text", values = { "grow" } }, { name = "in_post", title = "in_post WTE of mine", display = "WTE", values = { 1 } } } }
  local compared <const> = remit.compare { base, plan }:table { by = { "fn.blueprint" }, at = "2025-10", measures = { "in_post" } }
  local phased <const> = plan:phase { measures = { "in_post", "vacant_posts" }, from = "2025-10", to = "2025-11" }
  local report <const> = remit.report { title = "T", date = "2025-06-03", base = base,
    sections = { { title = "Own", given, compared:where { ["fn.blueprint"] = "grow" }, phased } } }
  local said <const> = {}
  for index, of in ipairs(report:frames "own-1") do
    local state <const> = frame.inside(of)
    said[index] = { state.about.title, state.columns[1].title, state.columns[2].title }
  end
  check.same(said, { { "in_post by fn.blueprint", "function blueprint", "in_post WTE of mine" },
    { "in post by function blueprint", "function blueprint", "in post WTE base" }, { "in post, vacant posts by month", "month", "in post WTE" } })
  check.same(frame.inside(compared).about.title, "in_post by fn.blueprint")
end)

check.test("a title that the pack gives a field is what readers see, and one that a script gave stays", function()
  local function fields(text) -- "id place=Borough wte:number"
    local list <const> = {}
    for name, title, kind in text:gmatch "([%w_]+)=?(%a*):?(%a*)" do
      list[#list + 1] = ('{ "name": "%s"%s%s }'):format(name, title ~= "" and (', "title": "%s"'):format(title) or "",
        kind ~= "" and (', "type": "%s"'):format(kind) or "")
    end
    return ('"schema": { "fields": [ %s ] }'):format(table.concat(list, ", "))
  end
  local base <const> = tiny.load { posts = "id,fn,place,band,wte,in_post,cost\nP1,chc,north,,1,1,50000\n", budget_lines = false,
    places = "id,name,population,parent\nsystem,All,,\nnorth,North Town,200000,system\n",
    more = { posts = fields "id=Position fn place=Borough band wte:number in_post:number cost:number",
      places = fields "id name population:integer parent=Partnership" } }
  local own <const> = base:pivot { measures = { "cost" }, by = { "place", "place.parent", "place.whole", "fn.name" } }
  local titled <const> = own:with_column("in_post", function()
    return 1
  end, { display = "WTE", title = "fn.name of mine" })
  local report <const> = remit.report { title = "T", date = "2025-06-03", base = base, sections = { { title = "Own", titled } } }
  check.same(headings(html_of(report)), "Borough|Partnership|whole Borough|function|cost £|fn.name of mine")
end)

check.test("a run rate below zero keeps its sign in words", function()
  local base <const> = tiny.load { budget_lines = "id,kind,fn,group,fund,cost\nB1,income,chc,nursing,running,-2500000\n" }
  local text <const> = report_of({ base = base, scenarios = {}, suppress = 0 }):text "summary"
  check.ok(text[3]:find("Base: -£2.289m in 2025-05, -£4.58 a head, £2.539m below the cap", 1, true), text[3])
end)

check.test("a scenario that is called as the base or as a column has its own figures", function()
  local base <const> = tiny.load()
  for _, name in ipairs { "base", "change", "change %", "Base" } do
    local board <const> = report_of({ base = base, scenarios = { base:scenario(name, { changes = { close() } }) }, suppress = 0 }):frames "board"[1]
    check.ok(tostring(board):find "Total +0%.240 +0%.164 +%-0%.076 ", tostring(board))
  end
end)

check.test("where functions go has those without a class, and those of a class that a change sets", function()
  local base <const> = tiny.load { organisations = "id,name,type\ntrust,The Trust,provider\n",
    functions = "id,name,blueprint,aliases\nsafeguarding,Safeguarding,review,\nquality,Quality,retain,\nchc,CHC,,\ndigital,Digital,,\n" }
  local path <const> = tiny.file("classes.csv", "id,set class,why\nsafeguarding,keep,x\nquality,\"\"\"not(x), 1..2\"\"\",x\n")
  local plan <const> = base:classify(remit.decision_table(path)):scenario("Plan", { changes = {
    remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-04", why = "x" },
    remit.set { functions = { id = "safeguarding" }, into = { class = "new" }, from = "2026-01", why = "x" } } })
  local flows <const> = remit.report { title = "t", date = "2025-06-03", scenarios = { plan }, suppress = 0 }:frames "flows"[1]
  check.same(flows:csv(), "to,from,cost,wte,#level\n" .. table.concat({ "stays with the ICB,keep,0.00,0,2", 'stays with the ICB,"not(x), 1..2",-1000.00,0,2',
    "stays with the ICB,new,128000.50,1.8,2", "stays with the ICB,,46200.50,0.6,2", "stays with the ICB,,173201.00,2.4,1", "trust,,67000.00,1,2",
    "trust,,67000.00,1,1" }, "\n") .. "\n")
end)

check.test("a report by band has the establishment by band", function()
  local made <const> = report_of { by = "band", suppress = 2, sections = { "board", "establishment" } }
  check.same(made:frames("establishment")[1]:columns(), { "band", "posts", "wte", "in_post", "cost" })
  check.ok(html_of(made):find "Establishment by band: Base")
end)

-- So many groups of a part each, their subtotals and the total, as a sheet of a workbook.
local function sheet_of_groups(count)
  local groups <const>, parts <const>, costs <const>, levels <const> = {}, {}, {}, {}
  for index = 1, count do
    for _, level in ipairs { 2, 1 } do
      groups[#levels + 1], parts[#levels + 1], costs[#levels + 1] = "g" .. index, level == 2 and "part" or false, 1
      levels[#levels + 1] = level
    end
  end
  groups[#levels + 1], parts[#levels + 1], costs[#levels + 1], levels[#levels + 1] = false, false, count, 0
  local of <const> = frame.from { keys = { "group", "part" }, levels = levels, columns = { { name = "group", display = "text", values = groups },
    { name = "part", display = "text", values = parts }, { name = "cost", display = "£", values = costs } } }
  local path <const> = folder .. "/groups.xlsx"
  remit.report { title = "t", date = "2025-06-03", base = tiny.load(), sections = { { title = "Groups", of } } }:save(path)
  local pipe <close> = assert(io.popen(("unzip -p '%s' xl/worksheets/sheet4.xml"):format(path)))
  return pipe:read "a"
end

check.test("a total of more places than a formula may name is a figure", function()
  check.same({ select(2, sheet_of_groups(255):gsub("<f>SUM%(", "")), select(2, sheet_of_groups(256):gsub("<f>SUM%(", "")) }, { 256, 256 })
  check.ok(sheet_of_groups(256):find "<v>256</v></c></row></sheetData>")
end)

check.test("what would be lost from a report is refused", function()
  local base <const> = tiny.load()
  local one <const>, of <const> = base:scenario("A", {}), base:pivot { measures = { "cost" }, by = { "fn" } }
  for _, case in ipairs {
    { { scenarios = { a = one } }, "scenarios has no field 'a'. It is a list" },
    { { sections = { summary = true } }, "sections has no field" },
    { { sections = { "summary", nil, "board" } }, "sections: item 2 is nil, and there is an item 3" },
    { { sections = { "run", "run" } }, "section 2 is section 1 again" },
    { { sections = { of } }, "section 1 is an id or" },
    { { sections = { { title = " " } } }, "section 1: a title has a word at least" },
    { { sections = { { title = "x", txt = "y" } } }, "section 'x' has no field 'txt'. Did you mean 'text'?" },
    { { sections = { { title = "x", of, nil, of } } }, "section 'x': item 2 is nil, and there is an item 3" },
    { { sections = { { title = "x", text = 3 } } }, "section 'x': text is a string, or a list of them" },
    { { sections = { { title = "x", text = of } } }, "section 'x': text is a string, or a list of them" },
    { { sections = { { title = "x", text = { "y", 3 } } } }, "section 'x': item 2 of text is a number, not a string" },
    { { sections = { { title = "x", text = { "y", nil, "z" } } } }, "text of section 'x': item 2 is nil" },
    { { from = "2026-05", to = "2026-04" }, "to (2026-04) lies before from (2026-05)" } } do
    check.holds(check.caught(report_of, case[1]).message, case[2])
  end
end)

check.test("wrong calls are refused", function()
  check.fails(function() report_of { title = " " } end, "a title has a word at least")
  local base <const> = tiny.load()
  for _, case in ipairs { { { date = "June" }, 'a date is written "2025%-06%-03"' },
    { { scenarios = { base } }, "item 1 of scenarios .*: the base needs no naming" },
    { { sections = { "sumary" } }, "Did you mean 'summary'" }, { { sections = { { text = "x" } } }, "section 1 is an id or" },
    { { sections = { { title = "x", 3 } } }, "item 1 is neither a frame nor a chart" }, { { suppress = -1 }, "0 to 1000" },
    { { titel = "x" }, "no field 'titel'" } } do
    check.fails(function() report_of(case[1]) end, case[2])
  end
  local twice <const> = base:scenario("A", {})
  check.fails(function() report_of { scenarios = { twice, twice } } end, "two scenarios are called 'A'")
  check.fails(function() remit.report { title = "t", date = "2025-06-03" } end, "give scenarios, or base")
  check.fails(function() report_of():save "out.docx" end, "does not end in")
  check.fails(function() report_of():save() end, "needs a path")
  check.fails(function() report_of():frames "levles" end, "Did you mean 'levels'")
end)

-- ---- Targets ----

local function leftovers(path)
  local pipe <close> = assert(io.popen(("ls -a '%s'"):format(path)))
  local names <const> = {}
  for name in pipe:lines() do
    names[#names + 1] = name ~= "." and name ~= ".." and name or nil
  end
  return names
end

check.test("a target that is a directory, missing or read-only leaves nothing behind", function()
  local place <const> = folder .. "/targets"
  assert(os.execute(("mkdir -p '%s/is.html' '%s/closed'"):format(place, place)))
  check.fails(function() report_of():save(place .. "/is.html") end, "is a directory")
  check.fails(function() report_of():save(place .. "/none/r.html") end, "no such file or folder")
  -- Nothing is written when one of several paths cannot be.
  check.fails(function() report_of():save(place .. "/r.md", place .. "/is.html") end, "is a directory")
  check.same(leftovers(place), { "closed", "is.html" })
  assert(os.execute(("chmod 555 '%s/closed'"):format(place)))
  if not core.file.write(place .. "/closed/probe", "") then -- root may write anywhere
    check.fails(function() report_of():save(place .. "/closed/r.html") end, "permission denied")
  end
  assert(os.execute(("chmod 755 '%s/closed'"):format(place)))
end)

check.test("of several targets none is written when one cannot be", function()
  local first <const> = folder .. "/first.html"
  check.fails(function() report_of():save(first, folder .. "/nowhere/second.md") end, "second.md: no such file or folder")
  check.same(core.file.kind(first), nil)
end)

check.test("a disk that is full keeps the old file whole", function()
  local place <const> = folder .. "/full"
  assert(os.execute(("mkdir -p '%s' && printf old > '%s/r.html'"):format(place, place)))
  -- A limit on what the process may write stands for the disk.
  local script <const> = tiny.file("full.lua", ([[
    local core = require "remit.core"
    local ok, message, code = core.file.write("%s/r.html", ("x"):rep(1000000))
    os.exit(ok == nil and code == "io" and message ~= "" and 0 or 1)]]):format(place))
  local lua <const> = os.getenv "REMIT_LUA" or "lua5.4"
  check.ok(os.execute(("sh -c \"trap '' XFSZ; ulimit -f 100; exec %s '%s'\""):format(lua, script)))
  check.same(files.read(place .. "/r.html"), "old")
  check.same(leftovers(place), { "r.html" })
end)

check.test("a table with one cell is a table", function()
  local one <const> = frame.from { columns = { { name = "x", display = "£", values = { 1 } } } }
  elements(html_of(remit.report { title = "t", date = "2025-06-03", base = tiny.load(), sections = { { title = "One", one } } }))
end)

tiny.remove()
