-- SPDX-License-Identifier: Apache-2.0
-- Templates filled: each figure in its cell, control totals that hold, and maps that are wrong.

package.path = "tests/cases/?.lua;tests/lua/?.lua;" .. package.path

local check <const> = require "check"
local read <const> = require("files").read
local core <const> = require "remit.core"
local remit <const> = require "remit"
local tiny <const> = require "tiny"
local zipped <const> = require "zipped"

tiny.begin()

local folder <const> = tiny.file("a", ""):match "^(.*)/"
local HEAD <const> = "sheet,cell,label,measure,where,at,basis,period,per,decimals,sum_of\n"

local function map(text)
  return remit.submission(tiny.file("map.csv", HEAD .. text))
end

check.test("figures stand in their cells, and the template's other cells stay", function()
  local filled <const> = map [[
S,B2,Nursing,cost,group: nursing,,,,1000,1,
S,B3,Strategy,cost,group: strategy,,,,1000,1,
S,B4,Total,cost,,,,,1000,1,"B2, B3"
S,C4,Nurses in post,in_post,fn.blueprint: review; vacant: false,,,,1,2,
]]
  local path <const> = folder .. "/return.csv"
  local template <const> = tiny.file("template.csv", 'Return,"£000, 2025/26",WTE\nNursing,,\nStrategy,,\n"Total, all",,,checked\n')
  local of <const> = filled:fill(tiny.load(), path, { template = template })
  check.same(read(path), 'Return,"£000, 2025/26",WTE\nNursing,194.0,\nStrategy,46.2,\n"Total, all",240.2,1.40,checked\n')
  check.same(of:get(3, "control"), "adds up")
  filled:fill(tiny.load(), folder .. "/bare.csv")
  check.same(read(folder .. "/bare.csv"), "\n,194.0\n,46.2\n,240.2,1.40\n")
end)

check.test("a scenario's figure has its month", function()
  local base <const> = tiny.load()
  local plan <const> = base:scenario("Held", { changes = { remit.close { posts = { vacant = true }, from = "2025-10", why = "held" } } })
  local of <const> = map("S,A1,x,wte,,2026-04,,,1,1,\n"):fill(plan, folder .. "/x.csv")
  check.same(of:get(1, "value"), "2.0")
  check.fails(function() map("S,A1,x,wte,,,,,1,1,\n"):fill(plan, folder .. "/x.csv") end, "S A1: which month")
end)

check.test("a workbook has its sheets and cells", function()
  local path <const> = folder .. "/return.xlsx"
  map("One,B2,x,cost,,,,,1,2,\nTwo,A1,y,wte,,,,,1,1,\n"):fill(tiny.load(), path)
  local pipe <close> = assert(io.popen(("unzip -p '%s' xl/worksheets/sheet1.xml"):format(path)))
  check.ok(pipe:read "a":find '<c r="B2" s="1"><v>240201</v></c>')
  local about <close> = assert(io.popen(("unzip -p '%s' docProps/core.xml"):format(path)))
  check.ok(about:read "a":find("1980-01-01T00:00:00Z", 1, true), "its date is not of the clock")
end)

local TEMPLATE <const> = { { "Costs", zipped.rows { { "Nursing", 0 }, { "Strategy" } }
  .. '<row r="4"><c r="A4"/><c r="B4" s="1"><f>SUM(B1:B3)</f><v>99</v></c></row>',
  after = '<mergeCells><mergeCell ref="C1:D2"/></mergeCells>' }, { "Staff", '<row r="1"><c r="A1"/></row>', after = '<sheetProtection sheet="1"/>' } }

check.test("a workbook of somebody else's is filled, and its formulas lose what they had", function()
  local template <const> = tiny.file("template.xlsx", zipped.book(TEMPLATE))
  local path <const> = folder .. "/filled.xlsx"
  local two <const> = map "costs,B2,x,cost,group: strategy,,,,1000,1,\nCosts,B1,y,cost,group: nursing,,,,1000,2,\n"
  local of <const> = two:fill(tiny.load(), path, { template = template })
  check.same(of:get(2, "value"), "194.00")
  check.ok(tostring(of):find "1 formula of the template lost the stored result")
  local pipe <close> = assert(io.popen(("unzip -p '%s' xl/worksheets/sheet1.xml"):format(path)))
  local xml <const> = pipe:read "a"
  check.ok(xml:find('<c r="B1"><v>194.00</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Strategy</t></is></c><c r="B2"><v>46.2</v></c></row>', 1, true)
    and xml:find('<c r="B4" s="1"><f>SUM(B1:B3)</f></c>', 1, true), xml)
end)

check.test("a template that cannot be filled says each cell, and nothing is written", function()
  local template <const>, path <const> = tiny.file("template.xlsx", zipped.book(TEMPLATE)), folder .. "/no.xlsx"
  local function fails(text, pattern)
    local problem <const> = check.fails(function() map(text):fill(tiny.load(), path, { template = template }) end, pattern)
    check.same(core.file.kind(path), nil)
    return tostring(problem)
  end
  fails("Cost,B1,x,wte,,,,,1,1,\n", "there is no sheet 'Cost'. Did you mean 'Costs'?")
  local text <const> = fails("Costs,B4,x,wte,,,,,1,1,\nCosts,D2,x,wte,,,,,1,1,\nStaff,A1,x,wte,,,,,1,1,\nCosts,B1,x,wte,,,,,1,1,\n", "Costs B4 holds a formula")
  check.ok(text:find("Costs D2 is one of merged cells", 1, true)
    and text:find("Staff A1 is locked, and its sheet is protected", 1, true) and not text:find "B1", text)
  tiny.file("template.xlsx", "no workbook")
  fails("Costs,B1,x,wte,,,,,1,1,\n", "template.xlsx: is no workbook")
end)

check.test("a CSV template that cannot be read is named, and nothing is written", function()
  local template <const>, path <const> = tiny.file("broken.csv", 'a,b\n"x,2\n'), folder .. "/no.csv"
  local problem <const> = check.caught(function() map("S,A1,x,wte,,,,,1,1,\n"):fill(tiny.load(), path, { template = template }) end)
  check.same(problem.message, template .. ": row 2, line 2, byte 4: a quote that begins here never ends; nothing is written")
  check.same(core.file.kind(path), nil)
end)

check.test("a control total that does not hold stops everything", function()
  local path <const> = folder .. "/never.csv"
  check.fails(function()
    map([[
S,B2,Nursing,cost,group: nursing,,,,1,0,
S,B4,Total,cost,,,,,1,0,"B2"
]]):fill(tiny.load(), path)
  end, "S B4 is 240,201, but its parts come to 194,00")
  check.same(io.open(path), nil)
end)

check.test("rounding is said", function()
  local of <const> = map([[
S,B2,Nursing,cost,group: nursing,,,,1000,0,
S,B3,Strategy,cost,group: strategy,,,,1000,0,
S,B4,Total,cost,,,,,1,0,"B2, B3"
]]):fill(tiny.load(), folder .. "/r.csv")
  check.same(of:get(3, "control"), "adds up but for rounding")
end)

check.test("wrong maps are refused with every problem", function()
  for _, case in ipairs { { "S,7C,x,cost,,,,,1,0,\n", 'a cell is written "C7"' }, { "S,C7,x,,,,,,1,0,\n", "a figure needs its measure" },
    { "S,C7,x,cost,,June,,,1,0,\n", 'a month is written "2026%-04"' }, { "S,C7,x,cost,,,,,12,0,\n", "per is 1, 1000 or 1000000" },
    { "S,C7,x,cost,,,,,1,9,\n", "decimals are 0 to 6" }, { "S,C7,x,cost,running,,,,1,0,\n", "is not a test such as" },
    { "S,C7,x,cost,,,,,1,0,D9\n", "no row fills S D9" }, { "S,C7,x,cost,,,,,1,0,\nS,C7,y,wte,,,,,1,0,\n", "stands there twice" },
    { "S,C0,x,cost,,,,,1,0,\nS,C7,x,cost,,,,,2,0,\n", "2 problems in" } } do
    check.fails(function() map(case[1]) end, case[2])
  end
  check.fails(function() remit.submission(tiny.file("m.csv", "cell,mesure\nA1,cost\n")) end, "there is no column 'mesure'. Did you mean 'measure'")
  check.fails(function() remit.submission(3) end, "needs the path")
  local good <const> = map "S,A1,x,cost,,,,,1,0,\nT,A1,y,wte,,,,,1,0,\n"
  check.fails(function() good:fill(tiny.load(), folder .. "/x.txt") end, "does not end in")
  check.fails(function() good:fill(tiny.load(), folder .. "/x.csv") end, "CSV holds one sheet")
  check.fails(function() good:fill(tiny.load(), folder .. "/x.xlsx", { template = "t.csv" }) end, "does not end in .xlsx, as the path does")
  check.fails(function() good:fill(tiny.load(), folder .. "/x.xlsx", { template = folder .. "/x.xlsx" }) end, "is the template")
  check.fails(function() map("S,A1,x,cots,,,,,1,0,\n"):fill(tiny.load(), folder .. "/x.csv") end, "S A1: .*Did you mean 'cost'")
end)

tiny.remove()
