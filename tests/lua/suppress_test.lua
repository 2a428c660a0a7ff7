-- SPDX-License-Identifier: Apache-2.0
-- Disclosure control: nothing published gives a small figure away. Small tables are attacked by trying every whole number that fits.

local attack <const> = require "remit.suppress.attack"
local check <const> = require "check"
local core <const> = require "remit.core"
local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local none <const> = require "remit.none"

-- A pivot of counts (and a cost of 10 a post and a bit) by one or two keys, with totals: rows of { key, key, count }.
local function pivoted(rows, keys, about)
  local columns <const> = { a = {}, b = {}, posts = {}, cost = {} }
  for index, row in ipairs(rows) do
    columns.a[index], columns.b[index] = row[1], row[2]
    columns.posts[index], columns.cost[index] = row[3], row[3] * 1000 + (row[3] > 0 and index * 7 or 0)
  end
  local made <const> = core.table.new(#rows):add("a", core.column.labels(columns.a)):add("b", core.column.labels(columns.b))
    :add("posts", core.column.ints(columns.posts, "count")):add("cost", core.column.ints(columns.cost, "pence"))
  local summed <const> = core.pivot.run(made, { by = keys, totals = true, measures = { { name = "posts", column = "posts" },
    { name = "cost", column = "cost" } } })
  local shown <const> = {}
  for index, key in ipairs(keys) do
    shown[index] = { name = key, display = "text" }
  end
  shown[#shown + 1], shown[#shown + 2] = { name = "posts", display = "count" }, { name = "cost", display = "£p" }
  return frame.new { table = summed, columns = shown, keys = keys, about = about or { title = "Posts" } }
end

local function counts(of)
  local list <const> = {}
  for row in of:rows() do
    list[#list + 1] = row.posts == none and "c" or row.posts
  end
  return list
end

local function by_five(of)
  return of:suppress { rule = "threshold", threshold = 5, counts = { "posts" } }
end

check.test("a small count takes another with it, or its total", function()
  check.same(counts(by_five(pivoted({ { "x", "p", 3 }, { "y", "p", 20 }, { "z", "p", 30 } }, { "a" }))), { "c", "c", 30, 53 })
  check.same(counts(by_five(pivoted({ { "x", "p", 3 }, { "y", "p", 20 } }, { "a" }))), { "c", "c", 23 })
  check.same(counts(by_five(pivoted({ { "x", "p", 3 } }, { "a" }))), { "c", "c" })
  check.same(counts(by_five(pivoted({ { "x", "p", 0 }, { "y", "p", 7 } }, { "a" }))), { 0, 7, 7 })
end)

check.test("six posts in six cells are not given away by their total", function()
  local rows <const> = {}
  for index = 1, 6 do
    rows[index] = { ("k%d"):format(index), "p", 1 }
  end
  check.same(counts(by_five(pivoted(rows, { "a" }))), { "c", "c", "c", "c", "c", "c", "c" })
end)

check.test("money and WTE go with the count, in every format", function()
  local made <const> = by_five(pivoted({ { "x", "p", 3 }, { "y", "p", 20 }, { "z", "p", 30 } }, { "a" }))
  check.same(made:get("x", "cost"), none)
  check.ok(tostring(made):find "x +%[c%] +%[c%]" and made:csv():find "x,%[c%],%[c%],1" and made:json():find '"x","%[c%]","%[c%]",1')
  check.ok(made:markdown():find "\\%[c\\%]")
  check.ok(not (tostring(made) .. made:csv() .. made:json() .. made:markdown()):find "30%.07")
  check.same(made:where { a = "x" }:get(1, "posts"), none)
  check.ok(tostring(made:sort "a"):find "x +%[c%]")
end)

check.test("the NHS rule withholds 1 to 7 and rounds the rest to 5", function()
  local made <const> = pivoted({ { "x", "p", 7 }, { "y", "p", 12 }, { "z", "p", 33 }, { "w", "p", 0 } }, { "a" }):suppress { rule = "nhs-1to7-round5" }
  check.same(counts(made), { "c", "c", 35, 0, 50 })
end)

check.test("rule none changes nothing; a wrong call is refused", function()
  local of <const> = pivoted({ { "x", "p", 3 } }, { "a" })
  check.same(of:suppress { rule = "none" } == of, true)
  for _, case in ipairs { { { rule = "threshold" }, "needs threshold" }, { { rule = "threshold", threshold = 1 }, "2 to 1000" },
    { { rule = "nhs-1to7-round5", threshold = 5 }, "its own threshold" }, { { rule = "magic" }, "rule is one of" },
    { { rule = "threshold", threshold = 5, counts = { "people" } }, "no table has a column 'people'" },
    { { rule = "threshold", threshold = 5, counts = { "cost" } }, "counts neither posts nor people" },
    { { rule = "threshold", threshold = 5, with = { 3 } }, "item 1 of with is no frame" } } do
    check.fails(function() of:suppress(case[1]) end, case[2])
  end
  local bare <const> = frame.from { keys = { "a" }, columns = { { name = "a", display = "text", values = { "x" } },
    { name = "cost", display = "£", values = { 5 } } } }
  check.fails(function() bare:suppress { rule = "threshold", threshold = 5 } end, "no column with the numbers behind")
end)

check.test("two tables of the same figures are protected together", function()
  local fine <const> = pivoted({ { "x", "p", 9 }, { "x", "q", 8 }, { "y", "p", 6 }, { "y", "q", 3 } }, { "a", "b" })
  local by_b <const> = pivoted({ { "x", "p", 9 }, { "x", "q", 8 }, { "y", "p", 6 }, { "y", "q", 3 } }, { "b" })
  local alone <const> = by_five(fine)
  check.same(counts(alone), { 9, 8, 17, "c", "c", 9, 26 })
  local made <const>, other <const> = fine:suppress { rule = "threshold", threshold = 5, counts = { "posts" }, with = { by_b } }
  -- Beside the totals by b, 9 and 8 would give 6 and 3 away.
  check.ok(counts(made)[1] == "c" and counts(made)[2] == "c" or counts(other)[1] == "c" or counts(other)[2] == "c")
  check.ok(tostring(made):find "Protected together")
end)

check.test("a subtotal that differs by a post does not follow from the total and the other subtotals", function()
  local before <const> = pivoted({ { "x", "p", 20 }, { "x", "q", 20 }, { "y", "p", 20 }, { "y", "q", 30 }, { "z", "p", 40 }, { "z", "q", 40 } }, { "a", "b" })
  local after <const> = pivoted({ { "x", "p", 29 }, { "x", "q", 12 }, { "y", "p", 29 }, { "y", "q", 30 }, { "z", "p", 40 }, { "z", "q", 40 } }, { "a", "b" },
    { title = "Posts", scenario = "Plan" })
  local _, published <const> = before:suppress { rule = "threshold", threshold = 5, counts = { "posts" }, with = { after } }
  local totals <const>, all = {}, nil
  for row in published:rows() do
    if row.b == none and row.a ~= none then
      totals[row.a] = row.posts
    elseif row.a == none then
      all = row.posts
    end
  end
  check.same(totals.x, none)
  check.ok(all == none or totals.y == none or totals.z == none, "the total less the others is what is withheld")
end)

check.test("two scenarios that differ by a post are not both published", function()
  local before <const> = pivoted({ { "x", "p", 20 }, { "y", "p", 30 }, { "z", "p", 40 } }, { "a" }, { title = "t", scenario = "one" })
  local after <const> = pivoted({ { "x", "p", 19 }, { "y", "p", 20 }, { "z", "p", 40 } }, { "a" }, { title = "t", scenario = "two" })
  local first <const>, second <const> = before:suppress { rule = "threshold", threshold = 5, counts = { "posts" }, with = { after } }
  check.same(counts(first), { 20, 30, 40, 90 })
  check.same(counts(second)[1], "c")
  local hidden = 0
  for _, count in ipairs(counts(second)) do
    hidden = hidden + (count == "c" and 1 or 0)
  end
  check.ok(hidden >= 2)
end)

-- ---- Attackers ----

-- Every whole-number table that fits what is published, cell by cell: the least and the most that a withheld count can be.
local function every_fit(of, most)
  local state <const> = frame.inside(of)
  local unknown <const>, fixed <const>, sums <const> = {}, {}, {}
  for row = 1, state.count do
    local value <const> = state.table:column("posts"):get(row)
    fixed[row] = value
    unknown[#unknown + 1] = value == nil and row or nil
  end
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    if level < #state.keys then
      local parts <const> = {}
      for other = 1, state.count do
        local inside = levels.is_detail(state, other)
        for k = 1, level do
          inside = inside and state.table:column(state.keys[k]):get(other) == state.table:column(state.keys[k]):get(row)
        end
        parts[#parts + 1] = inside and other or nil
      end
      sums[#sums + 1] = { row = row, parts = parts }
    end
  end
  local least <const>, greatest <const>, guess <const> = {}, {}, {}
  local function value_of(row)
    return fixed[row] or guess[row]
  end
  local function fits()
    for _, sum in ipairs(sums) do
      local total = 0
      for _, part in ipairs(sum.parts) do
        total = total + value_of(part)
      end
      if total ~= value_of(sum.row) then
        return false
      end
    end
    return true
  end
  local function try(place)
    if place > #unknown then
      if fits() then
        for _, row in ipairs(unknown) do
          least[row], greatest[row] = math.min(least[row] or guess[row], guess[row]), math.max(greatest[row] or guess[row], guess[row])
        end
      end
      return
    end
    for value = 1, most do
      guess[unknown[place]] = value
      try(place + 1)
    end
  end
  try(1)
  return unknown, least, greatest
end

check.test("an attacker who tries every number learns no more than 1 to 4", function()
  math.randomseed(11)
  local attacked = 0
  for _ = 1, 24 do
    local rows <const> = {}
    for a = 1, 2 do
      for b = 1, 2 do
        rows[#rows + 1] = { "a" .. a, "b" .. b, math.random(0, 9) }
      end
    end
    local of <const> = pivoted(rows, { "a", "b" })
    local made <const> = by_five(of)
    local truth <const> = frame.inside(of).table:column "posts"
    local hidden = 0
    for row = 1, #made do
      hidden = hidden + (frame.inside(made).hidden:get(row) == 1 and 1 or 0)
    end
    for row = 1, #of do
      local count <const> = truth:get(row)
      check.ok(not (count > 0 and count < 5) or frame.inside(made).hidden:get(row) == 1, "a small count is shown")
    end
    if hidden > 0 and hidden <= 4 then
      local unknown <const>, least <const>, greatest <const> = every_fit(made, 19)
      for _, row in ipairs(unknown) do
        if truth:get(row) < 5 then
          attacked = attacked + 1
          check.ok(least[row] <= 1 and greatest[row] >= 4, ("%d is known to be %s to %s"):format(truth:get(row), least[row], greatest[row]))
        end
      end
    end
  end
  check.ok(attacked > 8, "hardly anything was attacked: " .. attacked)
end)

check.test("the simplex method finds the ranges that are there", function()
  local two <const> = attack.new(2, { { { 1, 1 }, 10 } }, { 3, 7 })
  check.same({ two:range(1) }, { 0.0, 10.0 })
  local square <const> = attack.new(4, { { { 1, 1, 0, 0 }, 5 }, { { 0, 0, 1, 1 }, 7 }, { { 1, 0, 1, 0 }, 9 }, { { 0, 1, 0, 1 }, 3 } }, { 4, 1, 5, 2 })
  check.same({ square:range(1) }, { 2.0, 5.0 })
  check.same({ square:range(4) }, { 0.0, 3.0 })
  local open <const> = attack.new(2, { { { 1, -1 }, 2 } }, { 3, 1 })
  check.same({ open:range(1) }, { 2.0, math.huge })
  local known <const> = attack.new(2, { { { 1, 0 }, 4 }, { { 1, 1 }, 4 } }, { 4, 0 })
  check.same({ known:range(2) }, { 0.0, 0.0 })
  check.same(known:covers(1, 3, 5), false)
end)

check.test("a table of eighty cells is protected", function()
  math.randomseed(5)
  local rows <const> = {}
  for a = 1, 10 do
    for b = 1, 8 do
      rows[#rows + 1] = { ("a%02d"):format(a), ("b%02d"):format(b), math.random(1, 4) == 1 and math.random(1, 6) or math.random(5, 60) }
    end
  end
  local made <const> = by_five(pivoted(rows, { "a", "b" }):suppress { rule = "none" })
  check.ok(#made == 91)
end)

check.test("rows that are called the same are each by themselves", function()
  local of <const> = frame.from { keys = { "change" }, about = { title = "Leavers" }, columns = {
    { name = "change", display = "text", values = { "close", "close", "close" } },
    { name = "people", display = "count", values = { 40, 1, 30 } }, { name = "cost", display = "£", values = { 400000, 61234, 290000 } } } }
  local made <const> = of:suppress { rule = "threshold", threshold = 5, counts = { "people" } }
  check.same({ made:get(1, "cost"), made:get(2, "cost"), made:get(3, "cost") }, { 400000.0, none, 290000.0 })
end)
