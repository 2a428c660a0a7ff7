-- SPDX-License-Identifier: Apache-2.0
-- Every call across the border with each of its allocations refused in turn, Lua's and the core's: it raises or says "no memory", and nothing leaks.
-- Run by the program failing.c, which gives `failing`.

local core <const> = require "remit.core"

-- What Lua keeps for later (the string buffer's box type) is made now, so that counts do not depend on what ran before.
string.format("%s", ("x"):rep(5000))
table.concat((function()
  local many <const> = {}
  for index = 1, 2000 do
    many[index] = "xxxxxxxxxx"
  end
  return many
end)())

local C <const>, D <const>, T <const>, S <const>, P <const> = core.column, core.dictionary, core.table, core.selection, core.predicate

local fields <const> = { { heading = "Fn", name = "fn", required = true },
  { heading = "Cost", name = "cost", unit = "pence", format = { currency = true }, minimum = 0 } }
local path <const> = os.tmpname()
local zipped <const> = dofile "tests/lua/zipped.lua"
local filled <const> = zipped.book { { "S", zipped.rows { { "a", 1 }, { "b,c", 2 } } } }
local d <const> = D.new({ "quality", "estates", "chc" }, { ordered = true })
local dim <const> = T.new(3):add("id", C.labels({ "quality", "estates", "chc" }, d)):add("name", C.labels { "Quality", "Estates", "Continuing" })
  :add("class", C.labels { "retain", "transfer", "retain" })
local t <const> = T.new(4):add("fn", C.labels({ "chc", "quality", false, "chc" }, d)):add("cost", C.ints({ 3, 1, 2, 4 }, "pence"))
  :add("part", C.ints({ 1, 0, 2, 4 }, "pence")):link("fn", dim)
local g <const>, all <const>, chc <const> = t:distinct { "fn" }, S.all(t), assert(S.test(t, "fn", "chc"))
local p <const>, pn <const> = P.new ">= estates", P.new "[0.5..2), none"
local _, rep <const> = core.csv.load { text = "Fn,Cost\n,x\na\n", fields = fields }
local dec <const> = assert(core.decision.new(t, { inputs = { "fn", "cost" }, rules = { { "chc", "-" }, { "not(none)", "> 0.02" } } }))

local match <const> = core.match.new():name("Quality", 1):name("Continuing healthcare", 2):rule("*café*", 3)

local ONE <const> = 10 ^ 12 // 1 | 0
local steps <const> = { { 24315, ONE } }
local operations <const> = { { effect = "share", where = chc, account = 1, channels = { 0 }, steps = steps },
  { effect = "recode", where = chc, column = "fn", code = 1, steps = steps } }
local changes <const> = assert(core.changeset.new(t, { accounts = 2, operations = operations }))
local trailed <const> = T.new(4):add("fn", t:column "fn"):add("cost", t:column "cost"):add("trail", changes:trails())
local factors <const> = assert(changes:factors(24315, 0, 0))
local marked <const> = assert(changes:marked(t))
local weighed <const> = assert(core.changeset.weighed(trailed, "trail", factors, { "cost" }))

local files <const> = { { name = "manifest.json", bytes = "{}" }, { name = "rules/a.csv", bytes = ("x"):rep(3000) } }
local bytes <const> = assert(core.bundle.write(files))
local public <const>, secret <const> = core.signature.new_key()
local made <const>, global <const> = core.signature.sign(secret, nil, bytes, "c")

local jobs <const> = {
  function() return core.bundle.read(bytes) end,
  function() return core.bundle.read(bytes .. "x") end,
  function() return core.bundle.write(files) end,
  function() return core.bundle.check_name "a/../b" end,
  function() return core.signature.new_key() end,
  function() return core.signature.sign(secret, nil, bytes, "c") end,
  function() return core.signature.sign(public, nil, bytes, "c") end,
  function() return core.signature.verify(public, made, global, bytes, "c") end,
  function() return core.signature.verify(public, made, global, bytes, "d") end,
  function() return core.signature.is_sealed(secret), core.signature.number(made) end,
  function()
    local book <close> = core.workbook.new("t", 0)
    local sheet <const>, format <const> = book:sheet "s", book:format { bold = true }
    book:text(sheet, 1, 1, "x", format)
    book:table(sheet, 2, 3, "t", { "a", "b" })
    return book:bytes()
  end,
  function()
    local book <close> = core.spreadsheet.open(filled)
    return book:csv(1)
  end,
  function()
    local book <close> = core.spreadsheet.open(filled)
    return book:fill { { sheet = 1, row = 1, column = 1, text = "1" }, { sheet = 1, row = 3, column = 1, text = "2" } }
  end,
  function() return core.changeset.new(t, { accounts = 2, operations = operations }) end,
  function() return core.changeset.new(t, { accounts = 0, operations = operations }) end,
  function() return changes:with(1, steps) end,
  function() return changes:with { steps, [2] = steps } end,
  function() return changes:factors(24315, { 0, 1 }, 0) end,
  function() return changes:effect(24315, 1, 0) end,
  function() return changes:before(24315, 1, 0, { [0] = 0, 1 }, {}) end,
  function() return changes:recode(24315, trailed, "trail") end,
  function() return changes:months() end,
  function() return changes:trails(), factors[1], changes:labels() end,
  function() return changes:marked(t) end,
  function() return changes:cells({ by = { "fn" }, measures = { { name = "cost", column = "cost" } } }, marked, "trail") end,
  function()
    local part <const> = { cells = trailed, trail = "trail", factors = { { [0] = 1, 2 } } }
    return core.changeset.figures { parts = { part }, by = { "fn" }, names = { "cost" } }
  end,
  function() return core.changeset.weighed(trailed, "trail", { [0] = 1, 2 }, { "cost" }) end,
  function() return core.changeset.settled(weighed, { "fn" }, { "cost" }, 12) end,
  function() return core.number.parse("1.5", { decimals = 1 }) end,
  function() return core.number.parse("x") end,
  function() return core.number.print(1, 2) end,
  function() return core.number.allot(10, { 1, 2, 3 }) end,
  function() return core.number.scale(1, 1, 0) end,
  function() return core.hash.new():text("x"):int(1):table(t):hex(), core.hash.of "x" end,
  function() return core.calendar.month_text(24315), core.calendar.month "x" end,
  function() return core.text.fold("  CAFÉ x") end,
  function() return core.text.fold("abc") end,
  function() return core.text.fold("\xff") end,
  function() return D.new({ "a", "b", "c" }, { separator = "|" }) end,
  function() return C.labels { "a", "b", false } end,
  function() return C.labels({ "chc" }, d) end,
  function() return C.ints({ 1, 2, false }, "count") end,
  function() return C.same("chc", 10, d), C.same(1, 10, "count") end,
  function() local c = t:column "fn" return c:stats(), c:dictionary(), c:get(1), c:tally() end,
  function() return t:column("fn"):recode({ 1, 0, 1 }, d) end,
  function() return T.new(1):add("x", C.same(1, 1, "count")) end,
  function() return T.concat { t, dim } end,
  function() return t:names(), t:dimension "fn" end,
  function() return t:resolve "fn.class" end,
  function() return t:resolve "fn" end,
  function() return t:resolve "no.no" end,
  function() return t:take { 1, false, 2 } end,
  function() return t:sorted { { name = "fn", by_label = true }, { name = "cost" } } end,
  function() return t:distinct { "fn", "cost" } end,
  function() return t:fill("cost", g, { 1, 2, 3 }) end,
  function() return t:split { whole = "cost", part = "part", shared = {}, flag = "vacant" } end,
  function() return t:exceeds("cost", "part") end,
  function() return core.csv.load { text = "Fn,Cost\na,1\nb,2\n", fields = fields, missing = { "n/a", "-" }, totals = { field = "Fn", label = "T" } } end,
  function() return core.csv.load { text = "Fn,Cost\n,x\nb\n", fields = fields } end,
  function() return core.csv.load { path = "/nono", fields = fields } end,
  function() return rep:problems(), rep:counts() end,
  function()
    local records <const>, message <const>, code <const> = core.csv.records { text = "a,b\n\nc,d\n" }
    while records and records() do end -- luacheck: ignore 542
    return records, message, code
  end,
  function() return P.new "a, b, [1..2], *x*" end,
  function() return P.new "== b" end,
  function() return p:codes(d, dim:column "name") end,
  function() return pn:ranges "micro" end,
  function() return S.all(t) end,
  function() return S.test(t, "fn.class", "retain") end,
  function() return S.test(t, "cost", "[0..1]") end,
  function() return (all & chc) | ~chc end,
  function() return chc:rows(), chc:rows(1), chc:take(), chc:table() end,
  function() return core.decision.new(t, { inputs = { "fn", { path = "cost", least = 0 } }, rules = { { "chc", "> 1" } } }) end,
  function() return core.decision.new(t, { inputs = { "cost" }, rules = { { "1" }, { "[2..1]" } } }) end,
  function() return dec:hits() end,
  function() return dec:overlaps() end,
  function() return dec:gaps() end,
  function()
    return core.pivot.run(t, { by = { "fn.class", "fn" }, totals = true, where = all, measures = { { name = "c", column = "cost" },
      { name = "n", how = "rows", where = chc }, { name = "d", column = "fn", how = "distinct" } } })
  end,
  function() return core.pivot.run(t, { by = { "fn" }, measures = { { name = "c", column = "cost" } }, sort = "c", top = 1, accumulation = "hashed" }) end,
  function() return core.pivot.run(t, { by = { "x" }, measures = { { name = "c", column = "cost" } } }) end,
  function() return core.match.new():name("a é b", 1) end,
  function() return core.match.new():rule("*é", 2) end,
  function() return core.match.new():name("-", 1) end,
  function() return match:find "le café" end,
  function() return match:find "\xff" end,
  function() return match:suggest("qualty continuing", 2) end,
  function() return core.json.read '{"a":[1,2,{"b":null}],"c":"x"}' end,
  function() return core.json.read '{"a":1, "a":2}' end,
  function() return core.json.read '[0.12345678901234567890]' end,
  function() return core.json.read(("["):rep(100)) end,
  function() return core.json.kind {} end,
  function() return core.file.write(path, ("x"):rep(5000)) end,
  function() return core.file.read(path) end,
  function() return core.file.read(path, 10) end,
  function() return core.file.read("/nono") end,
  function() return core.file.write("/nono/x", "") end,
  function() return core.file.kind(path) end,
}

-- What only suggests has no way to report (dictionary.h): with less memory it finds less. Lua's own refusals still raise.
local suggesting <const> = {
  function() return core.text.distance(("a"):rep(100), ("b"):rep(100)) end,
  function() return core.text.suggest("cots", { "cost", "wte" }) end,
  function() return d:labels(), d:label(1), d:suggest("qualty"), d:match("QUALITY"), d:separator() end,
  function() return P.new("xx"):codes(d) end,
  function() return S.test(t, "fn", "zzz") end,
  function() return core.decision.new(t, { inputs = { "fn" }, rules = { { "chc" }, { "nobody" } } }) end,
}

-- Refuses allocation n = 0, 1, 2... of a job until it gets through; `judge` says what is wrong with how it took a refusal.
local function refuse_each(index, job, arm, judge)
  for n = 0, 10000 do
    collectgarbage "stop"
    arm(n)
    local ok <const>, first <const>, _, third <const> = pcall(job)
    local refused <const> = failing.off()
    collectgarbage "restart"
    if not refused then
      assert(ok, ("job %d fails by itself: %s"):format(index, tostring(first)))
      return n
    end
    local wrong <const> = judge(ok, first, third)
    assert(not wrong, ("job %d, allocation %d: %s"):format(index, n, tostring(wrong)))
  end
end

local function by_lua(ok, message)
  if ok then
    return "went unnoticed"
  end
  return not tostring(message):find "memory" and message or nil
end

local function by_core(ok, first, code)
  if ok then
    return not (first == nil and code == "no memory") and "went unnoticed" or nil
  end
  return not tostring(first):find "out of memory" and first or nil
end

local tried = 0
for index, job in ipairs(suggesting) do
  tried = tried + refuse_each(index, job, failing.lua, by_lua)
end
for index, job in ipairs(jobs) do
  tried = tried + refuse_each(index, job, failing.lua, by_lua)
  tried = tried + refuse_each(index, job, failing.core, by_core)
  collectgarbage()
  collectgarbage()
end
os.remove(path)
assert(tried > #jobs)
print(("%d refusals over %d calls"):format(tried, #jobs))
