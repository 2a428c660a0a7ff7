-- SPDX-License-Identifier: Apache-2.0
-- Workbooks that others made: what their cells hold as text, what is refused, and figures filled in with all else as it was.

package.path = "tests/lua/?.lua;" .. package.path

local check <const> = require "check"
local core <const> = require "remit.core"
local zipped <const> = require "zipped"

local function csv(given)
  local book <close> = assert(core.spreadsheet.open(zipped.book(given)))
  return book:csv(1)
end

local function row(...)
  local cells <const> = {}
  for index, cell in ipairs { ... } do
    cells[index] = cell:find "^<" and cell or ("<c><v>%s</v></c>"):format(cell)
  end
  return '<row r="1">' .. table.concat(cells) .. "</row>"
end

local function refused(bytes)
  local book <const>, message <const>, code <const> = core.spreadsheet.open(bytes)
  check.same(book, nil)
  return message, code
end

check.test("numbers are the shortest decimals that are the same double", function()
  for stored, text in pairs { ["12.300000000000001"] = "12.3", ["12.300000000000003"] = "12.300000000000002", ["0.1"] = "0.1", ["1E+15"] = "1000000000000000",
    ["1.0000000000000001E-2"] = "0.01", ["-4.5E-3"] = "-0.0045", ["38000"] = "38000", ["0"] = "0", ["-0"] = "0", ["00012.50"] = "12.5",
    ["0.30000000000000004"] = "0.30000000000000004", ["9007199254740993"] = "9007199254740992", ["1e999"] = "1e999", ["12,3"] = '"12,3"', ["1.2.3"] = "1.2.3",
    ["100307000.01000001"] = "100307000.01" } do
    check.same(csv { { "S", row(stored) } }, (text:gsub('^"(.*)"$', "%1")) .. "\n", stored)
  end
end)

local STYLES <const> = '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm"/><numFmt numFmtId="165" formatCode="[$-809]d mmm yyyy;@"/>'
  .. '<numFmt numFmtId="166" formatCode="0000"/><numFmt numFmtId="167" formatCode="&quot;day &quot;0.00"/><numFmt numFmtId="168" formatCode="0.0%"/></numFmts>'
  .. '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="17"/><xf numFmtId="164"/>'
  .. '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="21"/></cellXfs>'

check.test("dates, months, percentages and leading noughts are what a person sees", function()
  local function styled(style, value, more)
    return (csv { { "S", ('<row r="1"><c s="%d"><v>%s</v></c></row>'):format(style, value) }, styles = STYLES, workbook = more })
  end
  for _, case in ipairs { { 1, 45811, "2025-06-03" }, { 1, 1, "1900-01-01" }, { 1, 61, "1900-03-01" }, { 1, 60, "60" },
    { 2, 46113, "2026-04" }, { 3, 46113, "2026-04" },
    { 4, 45811, "2025-06-03" }, { 4, 45811.75, "2025-06-03 18:00:00" }, { 5, 12, "0012" }, { 6, 12.5, "12.5" }, { 7, 0.1438, "14.38%" }, { 7, 1, "100%" },
    { 8, 0.5, "0.5" }, { 1, -5, "-5" }, { 1, 9e9, "9000000000" }, { 99, 7, "7" } } do
    check.same(styled(case[1], case[2]), case[3] .. "\n")
  end
  check.same(styled(1, 0, '<workbookPr date1904="1"/>'), "1904-01-01\n")
end)

check.test("texts are shared, inline or of formulas; booleans are words", function()
  local strings <const> = '<si><t>one</t></si><si><r><t>two, </t></r><r><t>"three"</t></r><rPh><t>aid</t></rPh></si><si><t>a_x000A_b</t></si><si/>'
  local text <const> = csv { { "S", row('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>2</v></c>', '<c t="s"><v>3</v></c>',
    '<c t="inlineStr"><is><t>in</t></is></c>', '<c t="str"><f>A1</f><v>made</v></c>', '<c t="b"><v>1</v></c>', '<c t="b"><v>0</v></c>',
    '<c t="d"><v>2025-06-03T00:00:00</v></c>') }, strings = strings }
  check.same(text, 'one,"two, ""three""","a\nb",,in,made,true,false,2025-06-03\n')
end)

check.test("rows keep their numbers, and what is empty is left out", function()
  local text <const> = csv { { "S", '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="A2" s="1"/></row>'
    .. '<row r="4"><c r="B4"><v>4</v></c></row>'
    .. '<row r="90000"><c r="A90000" s="2"/></row>' } }
  check.same(text, "1,,3\n\n\n,4,\n")
end)

check.test("cells that no table has are told by row and column", function()
  local _, trouble <const> = csv { { "S", '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f></c></row>',
    after = '<mergeCells><mergeCell ref="C3:D4"/></mergeCells>' } }
  check.same(trouble.count, 3)
  check.same({ trouble[1].column, trouble[2].column, trouble[3].row, trouble[3].column }, { 1, 2, 3, 3 })
  check.ok(trouble[2].message:find "without a stored result" and trouble[3].message:find "merged")
end)

check.test("what is no workbook is refused", function()
  check.ok(refused "id,fn\n1,2\n":find "cannot be unpacked")
  check.ok(refused(""):find "cannot be unpacked")
  check.ok(refused("\xd0\xcf\x11\xe0" .. ("x"):rep(600)):find "without a password")
  check.ok(refused(zipped.zip { { "hello.txt", "hello" } }):find "no part '_rels/.rels'")
  local good <const> = zipped.book { { "S", row "1" } }
  for size = 0, #good - 1, 7 do
    check.same(core.spreadsheet.open(good:sub(1, size)), nil)
  end
end)

check.test("hostile workbooks are bounded", function()
  local function with(text, at)
    local parts <const> = zipped.parts { { "S", row "1" }, strings = "<si><t>x</t></si>" }
    for _, part in ipairs(parts) do
      part[2] = part[1] == (at or "xl/workbook.xml") and text(part[2]) or part[2]
    end
    return zipped.zip(parts)
  end
  local message = refused(with(function(text) return '<!DOCTYPE w [<!ENTITY a "b">]>' .. text end))
  check.ok(message:find "document type", message)
  message = refused(with(function(text) return text:gsub("</sheets>", ("<x>"):rep(100) .. "%0") end))
  check.ok(message:find "nested more than 64 deep", message)
  message = refused(with(function(text) return text:gsub("worksheets/", "../../") end, "xl/_rels/workbook.xml.rels"))
  check.ok(message:find "outside it", message)
  message = refused(with(function(text) return text:gsub("</sst>", "") end, "xl/sharedStrings.xml"))
  check.ok(message:find "sharedStrings.xml is broken in line 1", message)
  message = refused(with(function(text) return (" "):rep(1 << 20) .. text end, "xl/_rels/workbook.xml.rels"))
  check.ok(message:find "is larger than 1048576 bytes", message)
  local many <const> = {}
  for index = 1, 4097 do
    many[index] = { "part" .. index, "" }
  end
  check.ok(refused(zipped.zip(many)):find "more than 4096 parts")
  local lying <const> = zipped.book { { "S", row "1" } }
  check.same(select(2, refused((lying:gsub("(PK\1\2" .. ("."):rep(20) .. ")....", "%1\xf0\xff\xff\xff", 1)))), "limit")
  local wide <const> = core.spreadsheet.open(zipped.book { { "S", '<row r="1"><c r="AMK1"><v>1</v></c></row>' } })
  check.ok(select(2, wide:csv(1)):find "more than 1024 columns")
  local repeated <const> = core.spreadsheet.open(zipped.book { { "S", '<row r="1">' .. ('<c t="s"><v>0</v></c>'):rep(1000) .. "</row>" .. ('<row>'
    .. ('<c t="s"><v>0</v></c>'):rep(1000) .. "</row>"):rep(3) }, strings = "<si><t>" .. ("x"):rep(32000) .. "</t></si>" })
  check.ok(select(2, repeated:csv(1)):find "more than 67108864 bytes")
end)

check.test("a part that is packed beyond belief is not unpacked", function()
  local path <const> = os.tmpname()
  assert(os.execute(("python3 -c \"import zipfile; z = zipfile.ZipFile('%s', 'w', zipfile.ZIP_DEFLATED); z.writestr('a.xml', bytes(60000000))\""):format(path)))
  local file <close> = assert(io.open(path, "rb"))
  local message <const>, code <const> = refused(file:read "a")
  os.remove(path)
  check.ok(message:find "packed beyond belief", message)
  check.same(code, "limit")
end)

check.test("broken sheets are refused where they are read", function()
  for rows, what in pairs { ['<row r="2"/><row r="1"/>'] = "row 1 stands after row 2", ['<row r="1"><c r="B2"/></row>'] = "stands where it cannot",
    ['<row r="1"><c r="B1"/><c r="A1"/></row>'] = "stands where it cannot", ['<row r="1"><c t="s"><v>9</v></c></row>'] = "does not hold",
    ['<row r="1"><c t="s"><v>x</v></c></row>'] = "does not hold", ["<row><c></row>"] = "is broken in line" } do
    local text <const>, message <const> = csv { { "S", rows } }
    check.same(text, nil, rows)
    check.ok(message:find(what), message)
  end
end)

-- ---- Filling ----

local function filled(given, cells)
  local book <const> = assert(core.spreadsheet.open(zipped.book(given)))
  return book:fill(cells)
end

local function part_of(bytes, name)
  local path <const> = os.tmpname()
  local file <const> = assert(io.open(path, "wb"))
  file:write(bytes)
  file:close()
  local pipe <close> = assert(io.popen(("unzip -p '%s' '%s'"):format(path, name)))
  local text <const> = pipe:read "a"
  os.remove(path)
  return text
end

local function inside(bytes, number)
  return part_of(bytes, ("xl/worksheets/sheet%d.xml"):format(number or 1)):match "<sheetData>(.*)</sheetData>" or part_of(bytes,
    ("xl/worksheets/sheet%d.xml"):format(number or 1))
end

check.test("figures take the place of cells, or find one between them", function()
  local bytes <const> = filled({ { "S", '<row r="2" spans="1:3" ht="20"><c r="A2" t="s"><v>0</v></c><c r="C2" s="3" t="s"><v>0</v></c></row><row r="5"/>',
    before = '<cols><col min="2" max="2" style="7"/></cols>' }, strings = "<si><t>x</t></si>" }, { { sheet = 1, row = 1, column = 2, text = "1.5" },
    { sheet = 1, row = 2, column = 2, text = "2" }, { sheet = 1, row = 2, column = 3, text = "3" }, { sheet = 1, row = 2, column = 27, text = "4" },
    { sheet = 1, row = 3, column = 1, text = "5" }, { sheet = 1, row = 5, column = 1, text = "6" }, { sheet = 1, row = 9, column = 1, text = "-7" } })
  check.same(inside(bytes), '<row r="1"><c r="B1" s="7"><v>1.5</v></c></row><row r="2" ht="20"><c r="A2" t="s"><v>0</v></c><c r="B2" s="7"><v>2</v></c>'
    .. '<c r="C2" s="3"><v>3</v></c><c r="AA2"><v>4</v></c></row><row r="3"><c r="A3"><v>5</v></c></row><row r="5"><c r="A5"><v>6</v></c></row>'
    .. '<row r="9"><c r="A9"><v>-7</v></c></row>')
end)

check.test("an empty sheet, and one with prefixes, take figures too", function()
  local parts <const> = zipped.parts { { "S", "" }, { "T", "" } }
  parts[1][2] = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    .. '<x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>'
  parts[2][2] = parts[2][2]:gsub("<sheetData></sheetData>", "<sheetData/>")
  local book <const> = core.spreadsheet.open(zipped.zip(parts))
  local bytes <const> = book:fill { { sheet = 1, row = 1, column = 1, text = "1" }, { sheet = 1, row = 1, column = 2, text = "2" },
    { sheet = 2, row = 1, column = 1, text = "3" } }
  check.ok(inside(bytes, 1):find('<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row>', 1, true), inside(bytes, 1))
  check.same(inside(bytes, 2), '<row r="1"><c r="A1"><v>3</v></c></row>')
end)

check.test("formulas keep their text and lose their stored result, on every sheet", function()
  local bytes <const>, formulas <const> = filled({ { "S", '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2" t="str"><f>A1&amp;"x"</f><v>1x</v></c>'
    .. '<c r="C1"><f t="array" ref="C1:D1">A1:B1</f><v>1</v></c><c r="D1"><v>9</v></c></row>' },
    { "T", '<row r="1"><c r="A1" t="e"><f>S!A1/0</f><v>#DIV/0!</v></c></row>' } },
    { { sheet = 1, row = 1, column = 1, text = "5" } })
  check.same(formulas, 3)
  check.same(inside(bytes, 1), '<row r="1"><c r="A1"><v>5</v></c><c r="B1" s="2"><f>A1&amp;"x"</f></c>'
    .. '<c r="C1"><f t="array" ref="C1:D1">A1:B1</f></c><c r="D1"></c></row>')
  check.same(inside(bytes, 2), '<row r="1"><c r="A1"><f>S!A1/0</f></c></row>')
  check.ok(part_of(bytes, "xl/workbook.xml"):find('</sheets><calcPr fullCalcOnLoad="1"/></workbook>', 1, true))
end)

check.test("a workbook's own way of calculating is kept", function()
  local parts <const> = zipped.parts { { "S", '<row r="1"><c r="A1"/></row>' } }
  for _, part in ipairs(parts) do
    part[2] = part[1] == "xl/workbook.xml" and part[2]:gsub("</sheets>", '%0<definedNames><definedName name="a">S!A1</definedName></definedNames>'
      .. '<calcPr calcId="191029" fullCalcOnLoad="0" iterate="1"/>') or part[2]
  end
  local bytes <const> = core.spreadsheet.open(zipped.zip(parts)):fill { { sheet = 1, row = 1, column = 1, text = "1" } }
  local xml <const> = part_of(bytes, "xl/workbook.xml")
  check.ok(xml:find('<calcPr fullCalcOnLoad="1" calcId="191029" iterate="1"/></workbook>', 1, true), xml)
end)

check.test("cells that cannot be filled are told, and nothing is written", function()
  local given <const> = { { "S", '<row r="1"><c r="A1"><f>1</f><v>1</v></c><c r="B1"/><c r="C1"/><c r="D1"><f t="array" ref="D1:E1">1</f></c><c r="E1"/></row>',
    after = '<mergeCells><mergeCell ref="B1:B3"/></mergeCells>' } }
  local cells <const> = {}
  for column = 1, 5 do
    cells[column] = { sheet = 1, row = 1, column = column, text = "1" }
  end
  cells[6] = { sheet = 1, row = 2, column = 2, text = "1" }
  local bytes <const>, _, _, trouble <const> = filled(given, cells)
  check.same({ bytes or false, trouble }, { false, { "formula", "merged", [4] = "formula", [5] = "formula", [6] = "merged" } })
end)

check.test("a protected sheet takes figures where it is unlocked", function()
  local given <const> = { { "S", '<row r="1"><c r="A1" s="1"/><c r="B1" s="0"/></row>', after = '<sheetProtection sheet="1"/>' },
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="0"><protection locked="0"/></xf></cellXfs>' }
  local bytes <const>, _, _, trouble <const> = filled(given, { { sheet = 1, row = 1, column = 1, text = "1" }, { sheet = 1, row = 1, column = 2, text = "2" },
    { sheet = 1, row = 2, column = 1, text = "2" } })
  check.same({ bytes or false, trouble }, { false, { [2] = "locked", [3] = "locked" } })
  check.ok(filled(given, { { sheet = 1, row = 1, column = 1, text = "1" } }))
end)

check.test("filling twice gives the same bytes, and parts that are not filled stay", function()
  local given <const> = { { "S", row "1" }, { "T", '<row r="1"><c r="A1"/></row>' }, strings = "<si><t>x</t></si>" }
  local cells <const> = { { sheet = 2, row = 1, column = 1, text = "1" } }
  local bytes <const> = filled(given, cells)
  check.same(bytes, (filled(given, cells)))
  check.same(inside(bytes, 1), row "1")
end)
