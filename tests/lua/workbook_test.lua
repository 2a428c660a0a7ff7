-- SPDX-License-Identifier: Apache-2.0
-- Reports as workbooks: opened again as the zipped XML that they are.

package.path = "tests/cases/?.lua;" .. package.path

local check <const> = require "check"
local read <const> = require("files").read
local core <const> = require "remit.core"
local frame <const> = require "remit.frame"
local remit <const> = require "remit"
local tiny <const> = require "tiny"

tiny.begin()

local folder <const> = tiny.file("a", ""):match "^(.*)/"

local function part(path, name)
  local pipe <close> = assert(io.popen(("unzip -p '%s' '%s'"):format(path, name)))
  return pipe:read "a"
end

local function saved(given, name)
  local path <const> = ("%s/%s.xlsx"):format(folder, name or "r")
  remit.report(given):save(path)
  return path
end

local HOSTILE <const> = { "=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x","y")', "<b> & \"q\"", "\u{1f469}\u{202e}", ("x"):rep(40000) }

local function hostile_frame()
  local values <const>, figures <const> = {}, {}
  for index, text in ipairs(HOSTILE) do
    values[index], figures[index] = text, index * 1.5
  end
  return frame.from { keys = { "=name" }, about = { title = "=cmd" }, columns = { { name = "=name", display = "text", values = values },
    { name = "cost", display = "£p", values = figures } } }
end

local function given(...)
  return { title = "=Title & <co>", date = "2025-06-03", base = tiny.load(), sections = { { title = "=One", text = "@words", ... } } }
end

check.test("text is text, whatever it begins with", function()
  local path <const> = saved(given(hostile_frame()))
  for sheet = 1, 4 do
    local xml <const> = part(path, ("xl/worksheets/sheet%d.xml"):format(sheet))
    check.ok(#xml > 100 and not xml:find "<f>", "a formula on sheet " .. sheet)
  end
  local strings <const> = part(path, "xl/sharedStrings.xml")
  check.ok(strings:find("<t>=1+1</t>", 1, true) and strings:find("<t>@SUM(1)</t>", 1, true) and strings:find("&lt;b&gt; &amp;", 1, true))
  check.ok(not strings:find "\u{202e}")
end)

check.test("totals are formulas with the value that they have", function()
  local path <const> = saved(given(tiny.load():pivot { measures = { "cost", "wte" }, by = { "group", "fn" }, totals = true }))
  local xml <const> = part(path, "xl/worksheets/sheet4.xml")
  local count = 0
  for formula, value in xml:gmatch "<f>(.-)</f><v>(.-)</v>" do
    count = count + 1
    check.ok(formula:find "^SUM%(" and tonumber(value), formula)
  end
  check.ok(count >= 4)
  check.ok(not xml:find "<v>0</v></c></row>$")
end)

check.test("each sheet has one marked-up table, no merged cells and no empty row", function()
  local path <const> = saved(given(hostile_frame(), tiny.load():pivot { measures = { "cost" }, by = { "fn" } }))
  for sheet = 4, 5 do
    local xml <const> = part(path, ("xl/worksheets/sheet%d.xml"):format(sheet))
    check.ok(xml:find '<tableParts count="1">' and not xml:find "mergeCell")
    local last = 0
    for row in xml:gmatch '<row r="(%d+)"' do
      check.same(tonumber(row), last + 1)
      last = tonumber(row)
    end
  end
  check.ok(part(path, "xl/tables/table2.xml"):find 'displayName="table_1"')
  local book <const> = part(path, "xl/workbook.xml")
  check.ok(book:find 'name="Cover"' and book:find 'name="Contents"' and book:find 'name="Notes"' and book:find 'name="own%-1 1"')
end)

check.test("figures that are withheld are [c], and the notes say what that is", function()
  local path <const> = saved { title = "t", date = "2025-06-03", base = tiny.load(), sections = { "establishment" } }
  local strings <const> = part(path, "xl/sharedStrings.xml")
  check.ok(strings:find("<t>[c]</t>", 1, true) and strings:find("[c]: withheld, for it would tell of a few", 1, true))
  check.ok(not part(path, "xl/worksheets/sheet4.xml"):find "<f>")
end)

check.test("the same report has the same bytes, and only its own date", function()
  local one <const> = read(saved(given(hostile_frame()), "one"))
  os.execute "sleep 2" -- a zip counts time in steps of two seconds
  local path <const> = saved(given(hostile_frame()), "two")
  check.same(one == read(path), true)
  check.ok(part(path, "docProps/core.xml"):find "2025%-06%-03T00:00:00Z")
end)

check.test("names of sheets and headings stay unlike one another", function()
  local long <const> = ("a long heading "):rep(20)
  local of <const> = frame.from { columns = { { name = "a", title = long, display = "text", values = { "x" } },
    { name = "b", title = long, display = "text", values = { "y" } }, { name = "c", title = long:upper(), display = "count", values = { 1 } } } }
  local blocks <const> = {}
  for index = 1, 12 do
    blocks[index] = of
  end
  saved(given(table.unpack(blocks)))
end)

check.test("the border refuses what a workbook does not have", function()
  local book <const> = core.workbook.new("t", 0)
  local sheet <const> = book:sheet "One"
  check.fails(function() book:sheet "one" end, "not the name of a new sheet")
  check.fails(function() book:sheet(("x"):rep(32)) end, "not the name of a new sheet")
  check.fails(function() book:text(2, 1, 1, "x") end)
  check.fails(function() book:text(sheet, 0, 1, "x") end)
  check.fails(function() book:text(sheet, 1, 300, "x") end)
  check.fails(function() book:text(sheet, 1, 1, "x", 1) end, "not a format")
  check.fails(function() book:text(sheet, 1, 1, ("x"):rep(40000)) end)
  check.fails(function() book:table(sheet, 1, 1, "t", { "a" }) end, "a heading and a row")
  check.fails(function() book:format { colour = 1 } end)
  check.ok(#book:bytes() > 1000)
  check.fails(function() book:bytes() end, "closed")
  book:close()
end)

tiny.remove()
