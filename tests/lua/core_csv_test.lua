-- SPDX-License-Identifier: Apache-2.0
-- The border of csv, json and file.

local check <const> = require "check"
local core <const> = require "remit.core"

local refused <const> = check.refused

local csv <const>, file <const>, json <const> = core.csv, core.file, core.json

local function with_file(text, body)
  local path <const> = os.tmpname()
  local out <close> = assert(io.open(path, "wb"))
  out:write(text)
  out:close()
  local ok <const>, problem <const> = pcall(body, path)
  os.remove(path)
  if not ok then
    error(problem, 0)
  end
end

local fields <const> = {
  { heading = "Fn", name = "fn", required = true },
  { heading = "Cost", name = "cost", unit = "pence", format = { currency = true }, minimum = 0 },
}

local function load(text, more)
  local source <const> = { text = text, fields = fields }
  for key, value in pairs(more or {}) do
    source[key] = value
  end
  return csv.load(source)
end

-- ---- Loading ----

check.test("load_gives_a_table_and_its_report", function()
  local table <const>, report <const>, code <const> = load "Fn,Cost\nquality,£1.50\n\nchc,2\n"
  check.same(code, nil)
  check.same({ table:rows(), table:names() }, { 2, { "fn", "cost" } })
  check.same({ table:column("fn"):get(1), table:column("cost"):get(2) }, { "quality", 200 })
  check.same({ report:row(1), report:row(2) }, { 2, 4 })
  check.same(report:problems(), {})
  check.same(report:counts(), { rows = 2, more = 0, blank = 1, rounded = 0, bytes = 30 })
  check.fails(function() report:row(3) end, "3 is not between 1 and 2")
  check.fails(function() report:row(0) end, "0 is not between 1 and 2")
end)

check.test("load_reports_every_problem", function()
  local table <const>, report <const>, code <const> = load "Fn,Cost\nquality,x\n,-1\nchc,x\n"
  check.same({ table, code }, {})
  local problems <const> = report:problems()
  check.same(#problems, 3)
  local first <const> = problems[1]
  check.same({ first.row, first.line, first.field, first.value, first.alike, first.total_row }, { 2, 2, "Cost", "x", 2, false })
  check.same({ type(first.message), first.byte }, { "string", 16 })
  check.same({ problems[2].row, problems[2].field }, { 3, "Fn" })
end)

check.test("load_reads_files_as_declared", function()
  with_file("Fn;Cost\nTotal;\nn/a;1\nchc;\xa31\n", function(path)
    local options <const> = { path = path, delimiter = ";", encoding = "windows-1252", missing = { "n/a" } }
    options.totals = { field = "Fn", label = "Total" }
    options.fields = { { heading = "Fn", name = "fn" }, fields[2] }
    local table <const>, report <const> = csv.load(options)
    check.same(report:problems(), {})
    check.same(table:rows(), 3)
    check.same({ table:column("fn"):get(2), table:column("cost"):get(3) }, { nil, 100 })
  end)
end)

check.test("load_fields_say_the_rest", function()
  local function one(field, text)
    field.heading = "X"
    local table <const>, report <const> = csv.load { text = "X\n" .. text .. "\n", fields = { field } }
    return table, report:problems()
  end
  check.same(one({}, "a"):names(), {})
  check.same(#select(2, one({ name = "x", unique = true }, "a\na")), 1)
  check.same(#select(2, one({ name = "x", unit = "count", maximum = 3 }, "4")), 1)
  check.same(one({ name = "x", unit = "count", maximum = 3 }, "-4"):column("x"):get(1), -4)
  check.same(#select(2, one({ name = "x", unit = "count", minimum = 3 }, "2")), 1)
  check.same(one({ name = "x", unit = "month" }, "2026-04"):column("x"):get(1), 24315)
  check.same(one({ name = "x", unit = "micro", format = { round = true } }, "0.1234567"):column("x"):get(1), 123457)
  local both <const> = { { heading = "Y", name = "y" }, { heading = "X", name = "x", optional = true } }
  local optional <const> = csv.load { text = "Y\n", fields = both }
  check.same(optional:names(), { "y", "x" })
end)

check.test("load_fails_on_what_cannot_be_read", function()
  refused("not found", csv.load { path = "no/such/file.csv", fields = fields })
  refused("io", csv.load { path = ".", fields = fields })
end)

check.test("load_raises_on_misuse", function()
  local function raises(source, pattern)
    check.fails(function() csv.load(source) end, pattern)
  end
  raises(nil, "table expected")
  raises({ fields = fields }, "either path or text expected")
  raises({ path = "a", text = "b", fields = fields }, "either path or text expected")
  raises({ path = "a\0b", fields = fields }, "'path' holds a NUL byte")
  raises({ text = "" }, "fields expected")
  raises({ text = "", fields = 1 }, "'fields' is a number: a table expected")
  raises({ text = "", fields = { 1 } }, "item 1 of the fields is a number: a table expected")
  raises({ text = "", fields = { {} } }, "a field has no heading")
  raises({ text = "", fields = { { heading = "x", nam = "y" } } }, "unknown field 'nam'")
  raises({ text = "", fields = { { heading = "x", unit = "pound" } } }, "field 'unit' cannot be 'pound'")
  raises({ text = "", fields = { { heading = "x", minimum = "1" } } }, "'minimum' is a string: an integer expected")
  raises({ text = "", fields = { { heading = "x", format = 1 } } }, "'format' is a number: a table expected")
  raises({ text = "", fields = { { heading = "x", format = { decimals = -1 } } } }, "not between 0 and 12")
  raises({ text = "", fields = fields, encoding = "latin-1" }, "field 'encoding' cannot be 'latin%-1'")
  raises({ text = "", fields = fields, delimiter = "" }, "must be one byte")
  raises({ text = "", fields = fields, missing = "n/a" }, "a table expected")
  raises({ text = "", fields = fields, missing = { 1 } }, "text expected")
  raises({ text = "", fields = fields, totals = { field = "Fn" } }, "totals have a field and a label")
  raises({ text = "", fields = fields, totals = { label = "Fn" } }, "totals have a field and a label")
  raises({ text = "", fields = fields, totals = { feld = "Fn" } }, "unknown field 'feld'")
  raises({ text = "", fields = fields, seperator = ";" }, "unknown field 'seperator'")
end)

check.test("a_report_closes", function()
  local _, report <const> = load "Fn,Cost\n"
  report:close()
  report:close()
  check.fails(function() report:problems() end, "this remit.csv_report is closed")
  check.fails(function() report:counts() end, "closed")
  check.fails(function() report:row(1) end, "closed")
end)

-- ---- Records ----

local function records(source)
  local rows <const> = {}
  for record, row in csv.records(source) do
    rows[#rows + 1] = { row, table.unpack(record) }
  end
  return rows
end

check.test("records_come_one_by_one", function()
  check.same(records { text = 'a,"b\nc"\n\nd,\n' }, { { 1, "a", "b\nc" }, { 2 }, { 3, "d", "" } })
  check.same(records { text = "a;\xa3\n", delimiter = ";", encoding = "windows-1252" }, { { 1, "a", "£" } })
  check.same(records { text = "" }, {})
  with_file("a,b\n", function(path)
    check.same(records { path = path }, { { 1, "a", "b" } })
  end)
end)

check.test("records_keep_their_text_alive", function()
  local lines <const> = {}
  for line = 1, 500 do
    lines[line] = "row " .. line
  end
  local next_record <const> = csv.records { text = table.concat(lines, "\n") }
  for line = 1, 500 do
    collectgarbage()
    check.same(next_record(), { lines[line] })
  end
  check.same(next_record(), nil)
  check.same(next_record(), nil)
end)

check.test("records_close_when_a_loop_is_left", function()
  local next_record <const>, _, _, closing <const> = csv.records { text = "a\nb\n" }
  do
    local _ <close> = closing
    check.same(next_record(), { "a" })
  end
  check.same(next_record(), nil)
end)

check.test("records_raise_where_the_text_is_malformed", function()
  check.fails(function() records { text = 'a\n"b' } end, "row 2, line 2")
  check.fails(function() records { text = "a\0b\n" } end, "NUL")
end)

check.test("records_refuse_and_raise", function()
  refused("not found", csv.records { path = "no/such/file.csv" })
  refused("io", csv.records { path = "." })
  refused("invalid", csv.records { text = "", delimiter = '"' })
  check.fails(function() csv.records {} end, "either path or text expected")
  check.fails(function() csv.records "a" end, "table expected")
  check.fails(function() csv.records { text = "", fields = {} } end, "unknown field 'fields'")
end)

-- ---- json ----

check.test("json_reads_every_kind", function()
  local value <const> = json.read '{"a": [1, 2.5, "x", true, false, null], "b": {}, "c": [], "d": "\\u00a3"}'
  check.same(value.a, { 1, 2.5, "x", true, false, json.null })
  check.same({ math.type(value.a[1]), math.type(value.a[2]) }, { "integer", "float" })
  check.same(value.d, "£")
  check.same(json.read "7", 7)
  check.same(json.read "null", json.null)
  check.same(json.read "-9223372036854775808", math.mininteger)
end)

check.test("json_kind_tells_empty_tables_apart", function()
  local value <const> = json.read '{"object": {}, "array": [], "null": null, "string": "", "number": 0.5, "boolean": false}'
  for kind, of in pairs(value) do
    check.same(json.kind(of), kind)
  end
  check.same(json.kind(value), "object")
  check.same({ json.kind {}, json.kind { 1 }, json.kind { a = 1 } }, { "object", "array", "object" })
  check.same({ json.kind(setmetatable({}, {})), json.kind(print), json.kind() }, { "object" })
end)

local function at(text, code)
  local _, line <const>, place <const> = refused(code or "parse", json.read(text))
  return { line, place }
end

check.test("json_is_strict_and_says_where", function()
  check.same(at '{"a": 1,\n "a": 2}', { 2, 4 })
  check.same(at "[1,\n  NaN]", { 2, 5 })
  check.same(at "[1] x", { 1, 5 })
  check.same(at '["\xff"]', { 1, 2 })
  at ""
  at "[1"
  at "[01]"
  at "[1,]"
  at "[1e999]"
  at "[9223372036854775808]"
  at '["\\u0000"]'
  at '["\\ud800"]'
  at "\xef\xbb\xbf[]"
  at "[1]\0"
  check.fails(function() json.read() end, "string expected")
end)

check.test("json_refuses_numbers_that_would_come_back_otherwise", function()
  for _, text in ipairs { "0.1", "-0.30000000000000004", "5.684341886080802e-14", "5.6843418860808015e-14", "1.7976931348623157e308", "5e-324",
    "2.2250738585072014e-308",
    "123456789012345.6", "1e22", "1E+2", "0.5000000000000000000000", "0e999", "-0", "0.10", "100000000000000000000.0", "9007199254740993",
    "0.1000000000000000055511151231257827021181583404541015625" } do
    check.ok(json.read("[" .. text .. "]"), text)
  end
  for _, text in ipairs { "0.12345678901234567890", "9007199254740993.0", "-0.300000000000000041", "1e-400", "3e-324", "1e400", "-1e309",
    "123456789.123456789123",
    "0." .. ("1"):rep(65), ("9"):rep(65), "9223372036854775808", "-9223372036854775809", "100000000000000000000" } do
    check.same(at("[1,\n " .. text .. "]"), { 2, 2 })
  end
  check.same(json.read "[-9223372036854775808, 9223372036854775807]", { math.mininteger, math.maxinteger })
end)

check.test("json_refuses_what_lax_readers_take", function()
  for _, text in ipairs { "[0x10]", "[+1]", "[.5]", "[1.]", "[01]", "[1e]", "[Infinity]", "[-NaN]", "['a']", "[1,]", "{a:1}", "[1 2]", "// x\n1",
    "[1]]", "{} {}", '["\n"]',
    '["\\x41"]', "\u{a0}[]" } do
    at(text)
  end
  check.same(at '{"a": {"b": 1, "b": 1}}', { 1, 18 })
  check.same(at "\xef\xbb\xbf{}", { 1, 1 })
end)

check.test("json_nests_64_deep_and_no_deeper", function()
  check.ok(json.read(("["):rep(64) .. ("]"):rep(64)))
  check.same(at(("["):rep(64) .. "\n ££[" .. ("]"):rep(65), "limit"), { 2, 4 })
  at(("["):rep(1000000), "limit")
  at(('{"a":'):rep(65) .. "1" .. ("}"):rep(65), "limit")
  check.same(#json.read('["' .. ("["):rep(100) .. '\\"' .. ("["):rep(100) .. '"]')[1], 201)
  check.ok(json.read("[" .. ("[],"):rep(200) .. "[]]"))
end)

-- ---- file ----

check.test("file_writes_and_reads_any_bytes", function()
  local path <const> = os.tmpname()
  check.same(file.write(path, "a\0b\r\n"), true)
  check.same(file.read(path), "a\0b\r\n")
  check.same(file.write(path, ""), true)
  check.same(file.read(path), "")
  check.same(file.read(path .. ".1~"), nil)
  local long <const> = ("0123456789"):rep(100000)
  check.same(file.write(path, long), true)
  check.ok(file.read(path) == long)
  os.remove(path)
end)

check.test("file_read_keeps_to_its_maximum", function()
  with_file("12345", function(path)
    check.same(file.read(path, 5), "12345")
    refused("limit", file.read(path, 4))
    refused("limit", file.read(path, 0))
  end)
  refused("limit", file.read("/dev/zero", 100000))
end)

check.test("file_fails_in_plain_words", function()
  check.same(refused("not found", file.read "no/such/file"), "no/such/file: no such file or folder")
  check.same(refused("io", file.read "."), ".: is a directory")
  refused("not found", file.write("no/such/file", "x"))
  refused("io", file.write(".", "x"))
  check.same(file.kind ".1~", nil)
  refused("io", file.read(("x"):rep(5000)))
  refused("io", file.write(("x"):rep(5000), "x"))
end)

check.test("file_write_leaves_neighbours_alone", function()
  with_file("old", function(path)
    file.write(path .. ".1~", "mine")
    check.same(file.write(path, "new"), true)
    check.same({ file.read(path), file.read(path .. ".1~") }, { "new", "mine" })
    check.same(file.kind(path .. ".2~"), nil)
    os.remove(path .. ".1~")
  end)
end)

check.test("file_kind_says_what_is_there", function()
  with_file("x", function(path)
    check.same(file.kind(path), "file")
    check.same(file.kind(path .. "/x"), nil)
  end)
  check.same(file.kind ".", "directory")
  check.same(file.kind "no/such/file", nil)
end)

check.test("file_raises_on_misuse", function()
  check.fails(function() file.read() end, "string expected")
  check.fails(function() file.read "a\0b" end, "without NUL bytes")
  check.fails(function() file.read("a", -1) end, "negative")
  check.fails(function() file.write "a" end, "string expected")
  check.fails(function() file.write("a\0b", "x") end, "without NUL bytes")
  check.fails(function() file.kind() end, "string expected")
end)
