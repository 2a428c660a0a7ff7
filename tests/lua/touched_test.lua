-- SPDX-License-Identifier: Apache-2.0
-- Plans that touch few posts and leave their number as it was: what a report shows of two models, less one another, is nearly somebody's pay.

package.path = "tests/cases/?.lua;" .. package.path

local attack <const> = require "remit.suppress.attack"
local check <const> = require "check"
local files <const> = require "files"
local frame <const> = require "remit.frame"
local remit <const> = require "remit"
local tiny <const> = require "tiny"

tiny.begin()

local THRESHOLD <const> = 5
local HEADER <const> = "id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags\n"

local cap <const> = remit.envelope { id = "running cost", per_head = 0.5, population = 500000, population_basis = "allocation", due = "2026-01" }

-- So many posts of a function, in two groups and two places; no two have the same pay.
local function posts(count, from, fn, band)
  local rows <const> = {}
  for index = from, from + count - 1 do
    rows[#rows + 1] = ("Q%d,T,%s,%s,%s,%s,top,running,1,1,%d,1,"):format(index, fn, index % 4 < 2 and "north" or "south",
      index % 2 == 0 and "nursing" or "strategy", band or "6", 40000 + 1009 * index)
  end
  return table.concat(rows, "\n") .. "\n"
end

local function base_of_52()
  return tiny.load { budget_lines = false, posts = HEADER .. posts(20, 1, "chc") .. posts(12, 21, "digital") .. posts(20, 51, "quality", "8a") }
end

local function report_of(base, scenarios, given)
  local spec <const> = { title = "Few", date = "2025-06-03", base = base, scenarios = scenarios, envelope = cap, by = given and given.by }
  spec.jointly = given and given.jointly
  return remit.report(spec)
end

local function cut(id, lines, by)
  return remit.scale { id = id, lines = lines, change = by or "-10%", from = "2025-10", why = "x" }
end

-- ---- What a plan of one post says ----

-- All that a report comes to, as its readers have it.
local function said(report)
  local path <const> = tiny.file("r", ""):match "^(.*)/" .. "/r"
  report:save(path .. ".html", path .. ".md")
  return files.read(path .. ".html") .. files.read(path .. ".md")
end

local function figure(pounds, decimals)
  local text = ("%." .. decimals .. "f"):format(pounds)
  return decimals > 0 and text or text:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
end

-- A report of plans of which the last may not be told: none of its totals stands anywhere, and no table says what it is apart from another.
local function keeps_to_itself(base, scenarios, name, given)
  local report <const> = report_of(base, scenarios, given)
  local last <const> = scenarios[#scenarios]
  local total <const>, text <const> = last:total("cost", { at = "2025-10" }), said(report)
  check.ok(not text:find(figure(total, 0), 1, true), name .. ": its cost")
  for _, model in ipairs { base, table.unpack(scenarios, 1, #scenarios - 1) } do
    local apart <const> = math.abs(total - model:total("cost", { at = model ~= base and "2025-10" or nil }))
    check.ok(not text:find("%f[%d]" .. figure(apart, 0):gsub("%p", "%%%0") .. "%f[^%d,.]"), ("%s: %s less"):format(name, figure(apart, 0)))
  end
  local summary <const> = report:frames("summary")[1]
  check.same({ summary:get(#scenarios + 1, "cost"), summary:get(1, "cost") }, { remit.none, base:total "cost" })
  local establishment <const> = report:frames("establishment")[#scenarios + 1]
  check.same(establishment:get(#establishment, "cost"), remit.none)
  local board <const> = report:frames("board")[#scenarios]
  check.same(board:get(#board, "cost " .. frame.inside(board).about.scenario), remit.none)
  check.same({ board:get(#board, "cost change"), board:get(#board, "wte change %") }, { remit.none, remit.none })
  return report
end

check.test("a plan that cuts, regrades or shortens one post of many is told no more than the bridge tells of it", function()
  local base <const> = base_of_52()
  for name, change in pairs {
    cut = cut("x", { id = "Q1" }),
    regrade = remit.regrade { id = "x", posts = { id = "Q3" }, band = "7", point = "top", from = "2025-10", why = "x" },
    shorter = cut("x", { id = "Q4" }, "-50%"),
  } do
    local report <const> = keeps_to_itself(base, { base:scenario("Plan", { changes = { change } }) }, name)
    check.same(report:text("summary")[4],
      "Withheld: Plan, which differs from Base in fewer than 5 posts. The run record says what would show it.")
    check.fails(function() report:frames "bridge" end, "may be told")
  end
end)

check.test("a plan of one post hides the cells with that post, and no other", function()
  local base <const> = base_of_52()
  local report <const> = report_of(base, { base:scenario("Plan", { changes = { cut("x", { id = "Q1" }) } }) })
  local hidden <const> = {}
  for index, of in ipairs(report:frames "establishment") do
    for row in of:rows() do
      hidden[#hidden + 1] = row.cost == remit.none and ("%d %s %s"):format(index, tostring(row.group), tostring(row.band)) or nil
    end
  end
  check.same(hidden, { "2 strategy 6", "2 strategy (none)", "2 (none) (none)" })
end)

check.test("two plans that differ in one post are not shown beside one another, and each is beside the base", function()
  local base <const> = base_of_52()
  local first <const> = base:scenario("First", { changes = { cut("x", { fn = "chc" }) } })
  local second <const> = base:scenario("Second", { changes = { cut("x", { fn = "chc" }), cut("y", { id = "Q51" }) } })
  local third <const> = base:scenario("Third", { changes = { cut("x", { fn = "chc" }), cut("z", { fn = "quality" }) } })
  local report <const> = keeps_to_itself(base, { first, second }, "two plans")
  check.same(report:text("summary")[5],
    "Withheld: Second, which differs from First in fewer than 5 posts. The run record says what would show it.")
  check.same(report:frames("summary")[1]:get("First", "cost"), first:total("cost", { at = "2025-10" }))
  check.same(report_of(base, { second }):frames("summary")[1]:get("Second", "cost"), second:total("cost", { at = "2025-10" }))
  check.same(report_of(base, { first, second }, { jointly = false }):frames("summary")[1]:get("Second", "cost"), second:total("cost", { at = "2025-10" }))
  check.same(report_of(base, { first, third }):frames("summary")[1]:get("Third", "cost"), third:total("cost", { at = "2025-10" }))
end)

check.test("one post of a function in a place is not told by the establishment of another key", function()
  local base <const> = base_of_52()
  for _, by in ipairs { "fn", "place", "band" } do
    keeps_to_itself(base, { base:scenario("Plan", { changes = { cut("x", { fn = "digital", place = "north", id = "Q21" }) } }) }, by, { by = by })
  end
end)

check.test("what a cut of one post leaves unidentified is withheld from the checks, and of many it is not", function()
  local base <const> = base_of_52()
  local function evidence(lines)
    return report_of(base, { base:scenario("Plan", { changes = { cut("x", lines) } }) }):frames("checks")[1]:get("unidentified", "evidence")
  end
  check.ok(evidence { id = "Q1" }:find "^withheld")
  check.ok(evidence { fn = "chc" }:find "^x: £")
end)

check.test("packages of a plan that differs from another in one post are withheld with its total", function()
  local base <const> = base_of_52()
  local function plan(name, lines)
    return base:scenario(name, { changes = { cut("x", lines), remit.transfer { id = "gone", functions = { id = "digital" }, receiver = "trust",
      golive = "2025-10", why = "elsewhere" } } })
  end
  local report <const> = report_of(base, { plan("First", { fn = "chc", id = "not(Q1)" }), plan("Second", { fn = "chc" }) })
  check.same(#report:frames "flows", 1)
  check.ok(report:text("transfers")[2]:find "money of the packages of Second is withheld")
end)

check.test("months in which two plans differ in one post are withheld of the later, and its year with them", function()
  local base <const> = base_of_52()
  local function later(lines)
    return remit.scale { id = "y", lines = lines, change = "-10%", from = "2026-01", why = "x" }
  end
  local first <const> = base:scenario("First", { changes = { cut("x", { fn = "chc", id = "not(Q1)" }), later { id = "Q1, Q51, Q52, Q53, Q54, Q55" } } })
  local second <const> = base:scenario("Second", { changes = { cut("x", { fn = "chc" }), later { id = "Q51, Q52, Q53, Q54, Q55" } } })
  local function told(given)
    local report <const>, months <const> = report_of(base, { first, second }, given), {}
    for row in report:frames("envelope")[1]:rows() do
      months[#months + 1] = row.cost2 == remit.none and row.period or nil
      months[#months + 1] = row.cost3 == remit.none and row.period or nil
    end
    return report, months
  end
  local report <const>, withheld <const> = told()
  check.same(withheld, { "2025-10", "2025-11", "2025-12" })
  check.ok(report:text("envelope")[2]:find "^Months are withheld of Second while .* or while as few are all that it differs in")
  for _, of in ipairs(report:frames "board") do
    for row in of:rows() do
      check.same(row.year ~= nil and row.cost == remit.none, row.year ~= nil and row.model == "Second")
    end
  end
  check.same(report:frames("ledgers")[2]:get("2025-11", "kept"), remit.none)
  check.same(select(2, told { jointly = false }), {})
end)

check.test("a report of budget lines alone has no posts that could differ", function()
  local base <const> = tiny.load { posts = HEADER }
  local plan <const> = base:scenario("Plan", { changes = { cut("x", { kind = "nonpay" }) } })
  check.same(report_of(base, { plan }):frames("summary")[1]:get("Plan", "cost"), plan:total("cost", { at = "2025-10" }))
end)

-- ---- Random plans, attacked ----

-- What each post comes to in each cell of a model, worked out from the posts alone: by group and band, group, and in all.
local function cells_of(model, at)
  local cells <const> = {}
  for row in model:pivot({ measures = { "wte", "in_post", "cost" }, by = { "group", "band", "id" }, at = at }):rows() do
    for _, cell in ipairs { ("%s %s"):format(row.group, row.band), tostring(row.group), "all" } do
      cells[cell] = cells[cell] or {}
      local before <const> = cells[cell][row.id] or { wte = 0, in_post = 0, cost = 0 }
      cells[cell][row.id] = { wte = before.wte + row.wte, in_post = before.in_post + row.in_post, cost = before.cost + row.cost }
    end
  end
  return cells
end

local NOTHING <const> = { wte = 0, in_post = 0, cost = 0 }

-- How a cell differs between two models: in how many posts, and by how much.
local function difference(a, b)
  local apart <const> = { posts = 0, wte = 0, in_post = 0, cost = 0 }
  local ids <const> = {}
  for _, side in ipairs { a or {}, b or {} } do
    for id in pairs(side) do -- a set: order does not matter
      ids[id] = true
    end
  end
  for id in pairs(ids) do -- sums: order does not matter
    local was <const>, is <const> = a and a[id] or NOTHING, b and b[id] or NOTHING
    local any = false
    for _, name in ipairs { "wte", "in_post", "cost" } do
      apart[name] = apart[name] + is[name] - was[name]
      any = any or math.abs(is[name] - was[name]) > 1e-6
    end
    apart.posts = apart.posts + (any and 1 or 0)
  end
  return apart
end

-- The rows of an establishment, in its order: what a cell is called, whether it is withheld, how it differs, and where its parts are.
local function rows_of(of, before, after)
  local list <const> = {}
  for row in of:rows() do
    local group <const>, band <const> = tostring(row.group), tostring(row.band)
    local name <const> = row.level == 2 and ("%s %s"):format(group, band) or row.level == 1 and group or "all"
    list[#list + 1] = { name = name, level = row.level, group = group, hidden = row.cost == remit.none, parts = {},
      apart = difference(before[name], after[name]) }
  end
  for _, outer in ipairs(list) do
    for index, inner in ipairs(list) do
      if inner.level == 2 and (outer.level == 0 or outer.level == 1 and inner.group == outer.group) then
        table.insert(outer.parts, index)
      end
    end
  end
  return list
end

-- A reader who knows the other table whole, which cells a plan leaves alone, and whether a difference is a saving.
local function attacked(rows, measure)
  local unknowns <const>, truth <const>, equations <const> = {}, {}, {}
  for index, row in ipairs(rows) do
    if row.hidden and row.apart.posts > 0 then
      truth[#truth + 1] = math.abs(row.apart[measure])
      unknowns[index] = #truth
    end
  end
  for index, row in ipairs(rows) do
    local coefficients <const>, sum = {}, 0
    local function put(at, sign)
      local unknown <const> = unknowns[at]
      if unknown then
        coefficients[unknown] = sign * (rows[at].apart[measure] < 0 and -1 or 1)
        sum = sum + sign * rows[at].apart[measure]
      end
    end
    put(index, -1)
    for _, part in ipairs(row.parts) do
      put(part, 1)
    end
    equations[#equations + 1] = row.level < 2 and next(coefficients) and { coefficients, sum } or nil
  end
  return attack.new(#truth, equations, truth), unknowns
end

local function all_hidden(rows)
  for _, row in ipairs(rows) do
    if not row.hidden and row.apart.posts > 0 then
      return false
    end
  end
  return true
end

-- Attacks what two tables say beside one another, unless nothing is left to withhold; gives how many cells by few there were where something was left, and
-- how many cells are withheld.
local function attack_pair(rows, name)
  local few, hidden = 0, 0
  local nothing_left <const> = all_hidden(rows)
  for _, measure in ipairs { "cost", "wte" } do
    local by <const>, unknowns <const> = attacked(rows, measure)
    for index, row in ipairs(rows) do
      local size <const> = math.abs(row.apart[measure])
      hidden = hidden + (row.hidden and 1 or 0)
      if row.apart.posts > 0 and row.apart.posts < THRESHOLD then
        few = few + (nothing_left and 0 or 1)
        check.ok(row.hidden, ("%s: %s shows what %d posts differ by"):format(name, row.name, row.apart.posts))
        check.ok(nothing_left or by:covers(unknowns[index], size * 0.8, size * 1.2), ("%s: %s of %s follows"):format(name, measure, row.name))
      end
    end
  end
  return few, hidden
end

local GROUPS <const>, BANDS <const> = { "strategy", "nursing", "wards" }, { "5", "6", "7" }

local function random_base()
  local rows <const>, ids <const> = {}, {}
  for _, group in ipairs(GROUPS) do
    for _, band in ipairs(BANDS) do
      for _ = 1, math.random() < 0.8 and math.random(3, 25) or 0 do
        ids[#ids + 1] = ("R%d"):format(#ids + 1)
        rows[#rows + 1] = ("%s,T,chc,,%s,%s,top,running,1,%s,%d,1,"):format(ids[#ids], group, band, math.random() < 0.8 and "1" or "0.5",
          math.random(25000, 80000))
      end
    end
  end
  return #ids > 0 and tiny.load { budget_lines = false, posts = HEADER .. table.concat(rows, "\n") .. "\n" } or random_base(), ids
end

local KINDS <const> = {
  function(id, lines) return cut(id, lines, ("-%d%%"):format(math.random(1, 60))) end,
  function(id, lines) return remit.regrade { id = id, posts = lines, band = BANDS[math.random(3)], point = "top", from = "2025-10", why = "x" } end,
  function(id, lines) return remit.move { id = id, lines = lines, into = { group = GROUPS[math.random(3)] }, from = "2025-10", why = "x" } end,
  function(id, lines) return remit.close { id = id, posts = lines, from = "2025-10", why = "x" } end,
}

local function random_changes(ids)
  local list <const>, left <const> = {}, table.move(ids, 1, #ids, 1, {})
  for index = 1, math.random(1, 4) do
    local picked <const> = {}
    for _ = 1, math.min(#left, math.random() < 0.4 and 1 or math.random(1, 60)) do
      picked[#picked + 1] = table.remove(left, math.random(#left))
    end
    local lines <const> = { id = table.concat(picked, ", ") }
    list[index] = #picked > 0 and KINDS[math.random(#KINDS)](("c%d"):format(index), lines) or nil
  end
  return list
end

check.test("no difference between two establishments of a report tells of few posts, on random plans", function()
  math.randomseed(48)
  local few, hidden, shown = 0, 0, 0
  for round = 1, 60 do
    local base <const>, ids <const> = random_base()
    local first <const> = base:scenario("First", { changes = random_changes(ids) })
    local second <const> = math.random() < 0.5 and first:with { name = "Second", add = { cut("more", { id = ids[math.random(#ids)] }) } }
      or base:scenario("Second", { changes = random_changes(ids) })
    local frames <const> = report_of(base, { first, second }):frames "establishment"
    local cells <const> = { cells_of(base), cells_of(first, "2025-10"), cells_of(second, "2025-10") }
    for number = 2, 3 do
      for before = 1, number - 1 do
        local rows <const> = rows_of(frames[number], cells[before], cells[number])
        local by_few <const>, withheld <const> = attack_pair(rows, ("round %d, %d beside %d"):format(round, number, before))
        few, hidden, shown = few + by_few, hidden + withheld, shown + #rows * 2 - withheld
      end
    end
  end
  check.ok(few > 300 and shown > 1000, ("hardly anything was attacked, or told: %d, %d of %d"):format(few, shown, hidden))
end)
