-- SPDX-License-Identifier: Apache-2.0
-- Bundles from memory: the container against hostile zips, which are made here, and against unzip; the manifest; and the two together.

local check <const> = require "check"
local core <const> = require "remit.core"
local bundle <const> = require "remit.sharing.bundle"
local manifest <const> = require "remit.sharing.manifest"
local json <const> = require "remit.sharing.json"

-- ---- A zip writer that can lie ----

local function crc32(bytes)
  local crc = 0xFFFFFFFF
  for at = 1, #bytes do
    crc = crc ~ bytes:byte(at)
    for _ = 1, 8 do
      crc = crc >> 1 ~ (crc & 1 == 1 and 0xEDB88320 or 0)
    end
  end
  return ~crc & 0xFFFFFFFF
end

local function common(file)
  return string.pack("<I2I2I2I2I2I4I4I4I2I2", file.needs or 10, file.flags or 0x800, file.method or 0, file.time or 0, file.date or 0x21,
    file.crc or crc32(file.bytes), file.packed or #file.bytes, file.size or #file.bytes, #file.name, #(file.extra or ""))
end

local function zip(files, tail)
  local parts <const>, directory <const>, at = {}, {}, 0
  for _, file in ipairs(files) do
    local part <const> = "PK\3\4" .. common(file) .. file.name .. (file.extra or "") .. file.bytes .. (file.behind or "")
    local listed <const> = file.listed or file
    directory[#directory + 1] = "PK\1\2" .. string.pack("<I2", file.made or 0x314) .. common(listed)
      .. string.pack("<I2I2I2I4I4", 0, 0, 0, file.mode or 0x81A40000, file.offset or at) .. listed.name .. (listed.extra or "")
    parts[#parts + 1], at = part, at + #part
  end
  local listing <const> = table.concat(directory)
  return table.concat(parts) .. listing .. string.pack("<I4I2I2I2I2I4I4I2", 0x06054B50, 0, 0, #files, #files, #listing, at, 0) .. (tail or "")
end

local FIRST <const> = { name = "manifest.json", bytes = "{}" }

-- A container with one more file, as honest as `lie` leaves it.
local function with(lie)
  local file <const> = { name = "plan.lua", bytes = "return 1\n" }
  for field, value in pairs(lie) do -- copied: order does not matter
    file[field] = value
  end
  return zip { FIRST, file }
end

local function refused(bytes, says, code)
  local files <const>, message <const>, found <const>, at <const> = core.bundle.read(bytes)
  check.same({ files, found }, { nil, code or "parse" })
  check.ok(message:find(says, 1, true), message)
  check.ok(at >= 1 and at <= #bytes + 1, tostring(at))
end

-- ---- The container ----

check.test("the same files give the same bytes, and those read back", function()
  local files <const> = { FIRST, { name = "a/é ü.csv", bytes = "x\0y" }, { name = "plan.lua", bytes = "" } }
  local bytes <const> = assert(core.bundle.write(files))
  check.same(core.bundle.write(files), bytes)
  check.same(core.bundle.read(bytes), files)
  check.same(bytes, zip(files))
end)

check.test("unzip takes a bundle for what it is", function()
  local path <const> = os.tmpname()
  local file <const> = assert(io.open(path, "wb"))
  file:write(assert(core.bundle.write { FIRST, { name = "rules/a.csv", bytes = ("x,y\n"):rep(1000) } }))
  file:close()
  local pipe <const> = assert(io.popen(("unzip -Z1 '%s' && unzip -tq '%s' && unzip -p '%s' rules/a.csv | sha256sum"):format(path, path, path)))
  local said <const> = pipe:read "a"
  pipe:close()
  os.remove(path)
  check.ok(said:find "^manifest.json\nrules/a.csv\nNo errors", said)
  check.ok(said:find(core.hash.of(("x,y\n"):rep(1000)), 1, true), said)
end)

check.test("a file is refused that is not stored as it is, in the open and whole", function()
  check.ok(core.bundle.read(with {}))
  refused(with { flags = 0x801 }, "'plan.lua' is encrypted")
  refused(with { flags = 0x840 }, "'plan.lua' is encrypted")
  refused(with { method = 8 }, "'plan.lua' is compressed")
  refused(with { method = 14 }, "compressed")
  refused(with { flags = 0x808 }, "size written behind it")
  refused(with { flags = 0 }, "flags that remit does not write")
  refused(with { extra = "\1\0\0\0" }, "extra field")
  refused(with { needs = 45 }, "another version")
  refused(with { date = 0x5A21 }, "date")
  refused(with { time = 1 }, "date")
  refused(with { crc = 1 }, "checksum")
  refused(with { packed = 8 }, "two sizes")
  refused(with { size = 1 << 20, packed = 1 << 20 }, "ends within the file 'plan.lua'")
  refused(with { size = 0xFFFFFFFF, packed = 0xFFFFFFFF }, "ends within")
end)

check.test("the list of files at the end says what the files say", function()
  refused(with { mode = 0xA1FF0000 }, "a link")
  refused(with { mode = 0x41ED0010 }, "a folder")
  refused(with { mode = 0x89ED0000 }, "no plain file")
  refused(with { mode = 0 }, "no plain file")
  refused(with { made = 0x14 }, "another program")
  refused(with { offset = 0 }, "stands elsewhere")
  refused(with { listed = { name = "plan.lub", bytes = "return 1\n" } }, "calls 'plan.lua' otherwise")
  refused(with { listed = { name = "plan.lua", bytes = "return 2\n" } }, "not what the list of files says")
  refused(with { listed = { name = "plan.lua", bytes = "return 1\n", extra = "\0" } }, "comment or an extra field")
  refused(with { listed = { name = "plan.lua", bytes = "return 1\n", method = 8 } }, "not what the list of files says")
end)

check.test("nothing stands before, between or behind", function()
  refused("", "begin as a bundle does")
  refused("#!/bin/sh\n" .. with {}, "begin as a bundle does")
  refused(with { behind = "hidden" }, "no list of them")
  refused(with {} .. "x", "1 bytes follow its end")
  refused(with {}:sub(1, -3) .. "\1\0x", "with a comment")
  refused(with {} .. with {}, "follow its end")
  refused("PK\5\6" .. ("\0"):rep(18), "begin as a bundle does")
  local whole <const> = with {}
  for size = 0, #whole - 1 do
    check.same((core.bundle.read(whole:sub(1, size))), nil)
  end
end)

check.test("no byte of a bundle can be another", function()
  local whole <const> = with {}
  for at = 1, #whole do
    for _, bit in ipairs { 1, 0x80 } do
      check.same((core.bundle.read(whole:sub(1, at - 1) .. string.char(whole:byte(at) ~ bit) .. whole:sub(at + 1))), nil)
    end
  end
end)

check.test("a name is a plain path that means one file everywhere", function()
  for name, says in pairs { ["/etc/passwd"] = "not a path below", ["../plan.lua"] = "climbs", ["a/../../b"] = "climbs", ["./a"] = "climbs",
    ["a//b"] = "not a path below",
    ["a/"] = "not a path below", ["a\\b"] = "special", ["C:a"] = "special", ["a*"] = "special", ["con|"] = "special", ["a."] = "ends with",
      ["a /b"] = "ends with",
    [" a"] = "begins with", ["a\nb"] = "U+000A", ["a\0b"] = "U+0000", ["a\27[2J"] = "U+001B", ["a\u{202e}b"] = "U+202E", ["a\u{200b}"] = "U+200B",
      ["\u{feff}a"] = "U+FEFF",
    ["a\u{a0}b"] = "U+00A0", ["a\u{3164}"] = "U+3164", ["a\u{e000}"] = "U+E000", ["\xff"] = "not UTF-8", ["\xc0\xaf"] = "not UTF-8",
      ["\xed\xa0\x80"] = "not UTF-8",
    [("a"):rep(201)] = "201 bytes", [""] = "0 bytes" } do
    local fine <const>, message <const> = core.bundle.check_name(name)
    check.same(fine, nil)
    check.ok(message:find(says, 1, true), message)
    refused(with { name = name }, says, (name == "" or #name > 200) and "limit" or "parse")
  end
  for _, name in ipairs { "a", "a/b.c", "…/é", "a b/c-d_e", ("a"):rep(200), ".hidden", "a..b", "日本" } do
    check.ok(core.bundle.check_name(name))
  end
end)

check.test("no two names are one on some system", function()
  local function pair(a, b)
    return zip { FIRST, { name = a, bytes = "" }, { name = b, bytes = "" } }
  end
  check.ok(core.bundle.read(pair("a", "b")))
  refused(pair("a", "a"), "'a' is there twice")
  refused(pair("b", "a"), "not in order")
  refused(pair("Rules/A.csv", "rules/a.csv"), "differ in no more than case")
  refused(pair("STRASSE", "straße"), "differ in no more than case")
  refused(pair("e\u{301}.csv", "é.csv"), "differ in no more than case")
  refused(pair("a", "a/b"), "a file and a folder of one name")
  refused(pair("A", "a/b/c"), "a file and a folder of one name")
  refused(zip { FIRST, { name = "Manifest.json", bytes = "" } }, "differ in no more than case")
  refused(zip { FIRST, { name = "manifest.json", bytes = "" } }, "there twice")
  refused(zip { FIRST, { name = "a", bytes = "" }, { name = "manifest.json", bytes = "" } }, "there twice")
  refused(zip { { name = "a", bytes = "" }, FIRST }, "first file is not manifest.json")
end)

check.test("files are counted at the limit and past it", function()
  local files <const> = { FIRST }
  for index = 2, 256 do
    files[index] = { name = ("f%03d"):format(index), bytes = "" }
  end
  check.same(#core.bundle.read(assert(core.bundle.write(files))), 256)
  files[257] = { name = "f999", bytes = "" }
  check.same({ core.bundle.write(files) }, { nil, "more than 256 files", "limit" })
  refused(zip(files), "more than 256 files", "limit")
end)

check.test("what cannot be packed is refused by name", function()
  check.same({ core.bundle.write {} }, { nil, "its first file is not manifest.json", "parse" })
  check.ok(select(2, core.bundle.write { FIRST, { name = "../a", bytes = "" } }):find "climbs")
  check.fails(function() core.bundle.write { FIRST, { name = "a" } } end, "each file needs a name and bytes")
  check.fails(function() core.bundle.write { { name = 1, bytes = "" } } end, "each file needs a name and bytes")
end)

-- ---- The manifest ----

local function manifest_of(change)
  local given <const> = { format = 1, name = "plan", version = "1.0", engine = "0.1.0", main = "plan.lua", asks = { pack = true }, needs = {},
    files = { { path = "plan.lua", size = 9, sha256 = core.hash.of "return 1\n" } } }
  for field, value in pairs(change or {}) do -- copied: order does not matter
    given[field] = value ~= check and value or nil
  end
  return json.write(given)
end

check.test("a manifest reads as it was written", function()
  local read <const> = assert(manifest.read(manifest_of { author = "NENC \"planning\"", purpose = "tab\tand £" }))
  check.same({ read.author, read.purpose, read.asks.pack, read.files[1].size }, { "NENC \"planning\"", "tab\tand £", true, 9 })
  check.same(json.write(read), manifest_of { author = "NENC \"planning\"", purpose = "tab\tand £" })
end)

check.test("a manifest of another shape is refused with the place", function()
  for says, text in pairs { ["newer remit"] = manifest_of { format = 2 }, ["'format' is 1"] = manifest_of { format = 0 },
    ["'name' is made of"] = manifest_of { name = "a b" },
    ["'version' is made of"] = manifest_of { version = "../x" }, ["'author' is a text"] = manifest_of { author = 3 },
      ["'main' is a Lua script"] = manifest_of { main = "other.lua" },
    ["'engine' is missing"] = manifest_of { engine = check }, ["no field 'colour'"] = manifest_of { colour = "red" },
      ["Did you mean 'author'"] = manifest_of { auther = "x" },
    ["asks: has no field 'network'"] = manifest_of { asks = { network = true } }, ["'outputs' is a list"] = manifest_of { asks = { outputs = "x" } },
    ["files[1]: 'sha256' is 64"] = manifest_of { files = { { path = "plan.lua", size = 1, sha256 = "ABC" } } },
    ["files[1]: 'path' is a plain"] = manifest_of { files = { { path = "../plan.lua", size = 1, sha256 = core.hash.of "" } } },
    ["files[1]: 'size' is a number"] = manifest_of { files = { { path = "plan.lua", size = -1, sha256 = core.hash.of "" } } },
    ["manifest.json:1:10: duplicate"] = '{"a":1,"a":2}', ["manifest.json: is an object"] = "[]", ["manifest.json:1:1"] = "" } do
    local read <const>, message <const> = manifest.read(text)
    check.same(read, nil)
    check.ok(message:find(says, 1, true), message)
  end
end)

-- ---- Both ----

local ABOUT <const> = { name = "plan", version = "1", main = "plan.lua", asks = { pack = true }, needs = {} }

check.test("a bundle gives its files by path, with the manifest and its hash", function()
  local files <const> = { ["plan.lua"] = "return 1\n", ["rules/a.csv"] = "x\n" }
  local bytes <const> = assert(bundle.write(ABOUT, files))
  local read <const> = assert(bundle.read(bytes))
  check.same(read.files, files)
  check.same({ read.manifest.main, read.hash, read.size }, { "plan.lua", core.hash.of(read.text), #bytes })
  check.same(bundle.write(ABOUT, files), bytes)
end)

check.test("files and manifest are the same, one for one", function()
  local function packed(files, text)
    local list <const> = { { name = "manifest.json", bytes = text or manifest_of() } }
    return assert(core.bundle.write(table.move(files, 1, #files, 2, list)))
  end
  local function not_believed(bytes, says)
    local read <const>, message <const>, code <const> = bundle.read(bytes)
    check.same({ read, code }, { nil, "parse" })
    check.ok(message:find(says, 1, true) and message:find("remit bundle", 1, true), message)
  end
  local plan <const> = { name = "plan.lua", bytes = "return 1\n" }
  check.ok(bundle.read(packed { plan }))
  not_believed(packed { { name = "plan.lua", bytes = "return 2\n" } }, "SHA-256 differs")
  not_believed(packed { { name = "plan.lua", bytes = "return" } }, "has 6 bytes, and 9 in the manifest")
  not_believed(packed { plan, { name = "x.lua", bytes = "" } }, "'x.lua' does not stand where")
  not_believed(packed {}, "'plan.lua' is in the manifest and not in the bundle")
  not_believed(packed({ plan }, "{}"), "is missing")
  not_believed("PK", "this is no bundle")
end)
