-- SPDX-License-Identifier: Apache-2.0
-- Packs in workbooks: the same model as from CSV files, the same problems by sheet and cell, and what only a workbook can have wrong.

package.path = "tests/cases/?.lua;tests/lua/?.lua;" .. package.path

local check <const> = require "check"
local core <const> = require "remit.core"
local make <const> = require "remit.new.workbook"
local new <const> = require "remit.new"
local remit <const> = require "remit"
local tiny <const> = require "tiny"
local zipped <const> = require "zipped"

tiny.begin()

local SETTINGS <const> = { { "key", "value" }, { "as_at", "2025-05" }, { "price_base", "2025/26" } }
local POSTS <const> = { { "id", "fn", "wte", "in_post", "cost" }, { "P1", "chc", 1, 0.5, 38000.1 }, { "P2", "phm", 0.8, 0.8, 12.300000000000001 } }

local function saved(bytes)
  return tiny.file("p.xlsx", bytes)
end

-- A workbook of sheets, { name, rows } each, or what zipped takes.
local function book(...)
  local given <const> = {}
  for index, one in ipairs { ... } do
    given[index] = { one[1], type(one[2]) == "table" and zipped.rows(one[2]) or one[2], after = one.after, state = one.state }
  end
  return saved(zipped.book(given))
end

-- The problems of a workbook, a line each: place, field, message.
local function problems(path)
  local found <const> = check.caught(remit.load, path)
  local lines <const> = {}
  for index, one in ipairs(found.list) do
    lines[index] = ("%s|%s|%s"):format(one.cell or one.file, one.field or "", one.message)
  end
  return table.concat(lines, "\n"), found
end

check.test("North East and North Cumbria's pack is the same model from a workbook", function()
  local path <const> = saved(make.of_folder "examples/nenc")
  local from_files <const>, from_book <const> = remit.load "examples/nenc", remit.load(path)
  check.same(from_book:hash(), from_files:hash())
  local function table_of(model)
    return model:pivot({ measures = { "cost", "wte", "in_post", "heads" }, by = { "group", "fn" }, totals = true }):csv()
  end
  check.same(table_of(from_book), table_of(from_files))
  check.same(make.of_folder "examples/nenc", make.of_folder "examples/nenc")
end)

check.test("a pack with a crosswalk, shares and levels of its own has the same figures", function()
  local path <const> = saved(make.of_folder "examples/surrey")
  local function table_of(model)
    return model:pivot({ measures = { "cost", "wte" }, by = { "fn", "group" }, totals = true }):csv()
  end
  check.same(table_of(remit.load(path)), table_of(remit.load "examples/surrey"))
end)

check.test("the sample workbook loads, and offers lists to choose from", function()
  local path <const> = saved(new.sample "Mine")
  local model <const> = remit.load(path)
  check.same(model:total "wte", 4.4)
  local pipe <close> = assert(io.popen(("unzip -p '%s' xl/worksheets/sheet7.xml"):format(path)))
  local xml <const> = pipe:read "a"
  check.ok(xml:find("'lists'!$A$2:$A$35", 1, true) and xml:find("'groups'!$A$2:", 1, true)
    and xml:find("<dataValidation type=\"list\" errorStyle=\"warning\"", 1, true), xml)
end)

check.test("a pack that says how its files are read is no workbook", function()
  check.fails(function() make.of_folder "examples/england" end, "says in datapackage.json how it is read")
end)

check.test("cells are read to the penny, and what is no penny is the same problem as in CSV", function()
  local model <const> = remit.load(book({ "pack", SETTINGS }, { "posts", POSTS }))
  check.same(model:total "cost", 38012.4)
  local text <const> = problems(book({ "pack", SETTINGS }, { "posts", { POSTS[1], { "P1", "chc", 1, 0.5, 12.345 }, { "P2", "chc", 1, 2, "n/a" },
    { false, "chcc", 1, 1, 1 } } }))
  check.same(text, "posts!E2|cost|3 decimals, only 2 are kept. A formula? Round it there: =ROUND(..., 2)\n"
    .. "posts!D3|in_post|above the maximum 1\nposts!E3|cost|not a number. If it means no value, empty the cell\n"
    .. "posts!A4|id|is empty, and a value is required\nposts!B4|fn|not in functions.csv. Did you mean 'chc'?")
end)

check.test("merged cells, errors and formulas without a result are told by cell, and hidden sheets by name", function()
  local text <const> = problems(book({ "pack", SETTINGS }, { "posts", zipped.rows(POSTS):gsub("<v>38000.1</v>", "<f>1+1</f>"), after =
    '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>' }, { "groups", { { "id", "name" }, { "a", "A" } }, state = "hidden" }))
  check.ok(text:find("posts!E2||is a formula without a stored result", 1, true), text)
  check.ok(text:find("posts!A2||begins merged cells", 1, true), text)
  check.ok(text:find("groups||is hidden", 1, true), text)
end)

check.test("settings are told by their cell", function()
  local text = problems(book({ "Pack", { { "key", "value" }, { "as_at", "May 2025" }, { "max_wte", "many" }, { "as_att", "x" }, { "posts.months", 13 },
    { "posts.as_at", "2025" }, { "ledger.months", 2 }, { "crosswalk", "names" } } }, { "posts", POSTS }))
  for _, line in ipairs { 'Pack!B2|as_at|must be a month such as "2025-05"', "Pack!B3|max_wte|must be a number above 0",
    "Pack||'as_att' is not known here. Did you mean 'as_at'?",
    "Pack!B5|posts.months|must be a whole number from 1 to 12", "Pack!B6|posts.as_at|must be a month", "Pack|ledger|there is no sheet 'ledger'",
    "Pack!B8|crosswalk|there is no such sheet" } do
    check.ok(text:find(line, 1, true), line .. "\n" .. text)
  end
  text = problems(book({ "pack", { { "key", "value" }, { "as_at", "2025-05" }, { "as_at", "2025-06" }, { false, "x" } } }, { "posts", POSTS }))
  check.ok(text:find("pack!A3||stands there twice", 1, true) and text:find("pack!A4||a value without a key", 1, true), text)
  check.ok(problems(book({ "pack", { { "what", "value" } } }, { "posts", POSTS })):find("pack!A1||its first row is: key, value", 1, true))
end)

check.test("a sheet that nobody knows is a problem, unless its name begins with _", function()
  local text <const> = problems(book({ "pack", SETTINGS }, { "post", POSTS }, { "Notes", { { "mine" } } }, { "_scratch", { { "mine" } } }, { "Sheet3", "" }))
  check.same(text, "post||is no sheet of a pack; one to be passed over has a name that begins with _. Did you mean 'posts'?")
  check.ok(problems(book { "posts", POSTS }):find "has no sheet 'pack'")
end)

check.test("rows of totals are declared on the sheet of settings", function()
  local rows <const> = { POSTS[1], POSTS[2], { "Total", false, 1, 0.5, 38000.1 } }
  local text <const> = problems(book({ "pack", SETTINGS }, { "posts", rows }))
  check.ok(text:find("Say so on sheet pack: posts.totals is 'id: Total'", 1, true), text)
  local model <const> = remit.load(book({ "pack", { SETTINGS[1], SETTINGS[2], SETTINGS[3], { "posts.totals", "id: Total" } } }, { "posts", rows }))
  check.same(model:total "wte", 1.0)
end)

check.test("corrections apply to a workbook", function()
  local fix <const> = tiny.file("fix.csv", "file,row,field,value,becomes,why\nposts,2,cost,38000.1,100,a slip\n")
  check.same(remit.load(book({ "pack", SETTINGS }, { "posts", POSTS }), { fix = fix }):total "cost", 112.3)
end)

check.test("what is no workbook is told as a problem of the pack", function()
  check.ok(problems(saved "id,fn\n"):find "is no workbook")
  check.ok(problems(tiny.place .. "/none.xlsx"):find "no such file")
  check.ok(core.file.kind(tiny.place) == "directory" and problems(tiny.place):find "is missing in")
end)

tiny.remove()
