-- SPDX-License-Identifier: Apache-2.0
-- What is known of a script by reading it, and which files a bundle takes.

local check <const> = require "check"
local gather <const> = require "remit.sharing.gather"
local lexer <const> = require "remit.sharing.lexer"
local plain <const> = require "remit.plain"
local reading <const> = require "remit.sharing.reading"

local function texts(text)
  local list <const> = {}
  for index, token in ipairs(lexer.tokens(text)) do
    list[index] = token.value and "=" .. token.value or token.text
  end
  return list
end

check.test("tokens are Lua's", function()
  check.same(texts 'local a <const> = "x\\n\\z   y\\65" .. \'q"\' -- c\n', { "local", "a", "<", "const", ">", "=", "=x\nyA", "..", '=q"' })
  check.same(texts "--[==[ a\n]] ]==] b [[\nc]] [=[d]]]=] a[b[1]]", { "b", "=c", "=d]]", "a", "[", "b", "[", "1", "]", "]" })
  check.same(texts "f{...} a//b <= ~= 0x1F 1.5e-3 .5", { "f", "{", "...", "}", "a", "//", "b", "<=", "~=", "0x1F", "1.5e", "-", "3", ".5" })
  local tokens <const> = lexer.tokens "a\n--[[\n\n]]b\n\"\\\nx\" c"
  check.same({ tokens[1].line, tokens[2].line, tokens[3].line, tokens[4].line }, { 1, 4, 5, 6 })
end)

check.test("what is no Lua comes to an end all the same", function()
  for _, text in ipairs { '"open', "[[open", "--[[open", "\\", "'a\nb'", "\0\255", '"\\', "[=", '"\\z' } do
    check.ok(#lexer.tokens(text) <= #text)
  end
end)

local function used(text)
  local found <const> = reading.of(text).used
  return { plain.keys(found.dimensions), plain.keys(found.measures), plain.keys(found.attributes) }
end

check.test("dimensions, measures and attributes are found in selections and pivots", function()
  check.same(used 'm:posts { vacant = true, band = ">= 8a", fn = { class = "grow", blueprint = "x" } }', { { "band", "fn" }, {}, { "fn.blueprint",
    "fn.class" } })
  check.same(used 'm:functions { id = "chc", class = "x" }', { { "fn" }, {}, { "fn.class" } })
  check.same(used 'm:pivot { measures = { "cost", "wte" }, by = { "group", "place.region", "month" } }', { { "group", "place" }, { "cost", "wte" },
    { "place.region" } })
  check.same(used 'm:total("cots", { where = { fund = "running" } })', { { "fund" }, { "cots" }, {} })
  check.same(used 'f { posts = { fn = "a" }, protect = { place = f { level = 1 } }, measure = "cost" }', { { "fn", "place" }, { "cost" }, {} })
  check.same(used 'local by = "x y" f(by == "z", { by = x })', { {}, {}, {} })
end)

check.test("what a scenario's subsidiarity gives is not asked of the pack", function()
  check.same(used 'm:posts { fn = { level = "place", class = "a" } }', { { "fn" }, {}, { "fn.class", "fn.level" } })
  check.same(used 'm:assign(remit.subsidiarity "x.csv"):posts { fn = { level = "place", class = "a" } }', { { "fn" }, {}, { "fn.class" } })
end)

local function findings(text)
  local list <const> = {}
  for index, finding in ipairs(reading.of(text).findings) do
    list[index] = finding.line .. " " .. finding.message
  end
  return list
end

check.test("what would fail elsewhere is found", function()
  check.same(findings 'remit.load() remit.load(nil, { unmapped = "park" }) require "remit" require("a.b") f(remit.load)', {})
  check.ok(findings 'x()\nremit.load "packs/ours"'[1]:find "^2 a bundle works on the pack of whoever runs it")
  check.same(#findings "remit.load(HERE)", 1)
  check.same(#findings 'require("a" .. b) require(c)', 2)
  check.ok(findings 'remit.close { id = "a", posts = {} }'[1]:find "remit.close has no `why`")
  check.same(findings 'remit.close { id = "a", why = "b" } remit.close(change) remit.scale({ why = w })', {})
  check.same(#findings 'remit.transfer { id = "a", staff = { why = "not here" } }', 1)
end)

check.test("remit.needs is read and never run", function()
  local found <const> = reading.of 'remit.needs { files = { "a.csv", "b" }, measures = "cost", }'
  check.same(found.declared, { files = { "a.csv", "b" }, measures = { "cost" } })
  check.same(found.texts, {})
  for text, says in pairs { ["remit.needs { files = f() }"] = "read, not run", ["remit.needs { files = { 1 } }"] = "not '1'",
    ["remit.needs { files = function() while true do end end }"] = "not 'function'", ["remit.needs { flies = 'x' }"] = "Did you mean 'files'",
    ["remit.needs { files = { 'x'"] = "not closed", ["remit.needs { files = 'a' .. 'b' }"] = "not '..'", ["remit.needs(x)"] = "not 'x'",
    ["remit.needs { files = x }"] = "not 'x'" } do
    check.ok((findings(text)[1] or "nothing"):find(says, 1, true), text .. ": " .. (findings(text)[1] or "nothing"))
    check.same(reading.of(text).declared, nil)
  end
end)

check.test("outputs and arguments are asked for", function()
  local found <const> = reading.of 'r:save("out/a.html", OUT .. "/b.md") f:save "out/c.csv" print(arg[1]) local x = arg and arg[0]'
  check.same({ found.outputs, found.arguments, found.loads }, { { "out/a.html", "*/b.md", "out/c.csv" }, true, false })
  check.same(reading.of("local here = arg and arg[0] remit.load()").arguments, false)
end)

-- ---- Files ----

-- Where the working folder is, a bundle begins: so inside the tree's own examples.
local function paths_of(gathered)
  return plain.keys(gathered.files)
end

local function with_script(text, body)
  local path <const> = "tests/lua/gathered_here.lua"
  local file <const> = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  local ok <const>, message <const> = pcall(body, path)
  os.remove(path)
  if not ok then
    error(message, 0)
  end
end

check.test("a script takes its modules, and the rules that it names or joins", function()
  with_script('local HERE = "examples/nenc"\nlocal dmn = require "dmn_hit_policies"\nremit.decision_table(HERE .. "/rules/classify.csv")\n'
    .. 'remit.rank "examples/nenc/rules/scores.csv" print(dmn)', function(path)
    local gathered <const> = assert(gather.of("./tests//lua/../lua/gathered_here.lua"))
    check.same(gathered.main, path)
    check.same(gathered.findings, {})
    check.same(paths_of(gathered), { "examples/nenc/rules/classify.csv", "examples/nenc/rules/scores.csv", "tests/lua/dmn_hit_policies.lua", path })
    check.same(gathered.left, { { path = "examples/nenc", why = "a pack: whoever runs the bundle gives their own" } })
    check.same({ gathered.needs.vocabulary, gathered.needs.engine }, { { require("remit.vocabulary").version() }, ">= " .. require("remit").version })
  end)
end)

check.test("a pack's own tables stay at home, however they are named", function()
  with_script('remit.needs { files = { "examples/nenc/posts.csv", "examples/nenc/rules/classify.csv", "../../etc/passwd",\n'
    .. '"nowhere.csv", "examples/surrey" } }\n'
    .. 'print "examples/nenc/assumptions.csv"', function(path)
    local gathered <const> = assert(gather.of(path))
    check.same(paths_of(gathered), { "examples/nenc/rules/classify.csv", path })
    local left <const> = {}
    for _, one in ipairs(gathered.left) do
      left[one.path] = one.why
    end
    check.ok(left["examples/nenc/posts.csv"]:find "of a pack")
    check.ok(left["examples/nenc/assumptions.csv"]:find "of a pack")
    check.ok(left["nowhere.csv"]:find "is not there")
    check.ok(left["examples/surrey"]:find "a pack")
  end)
end)

check.test("rules whose path is put together at run time are said to be missing", function()
  with_script('print(arg[1] .. "/rules/classify.csv", "gone.csv", HERE .. ".csv")\nHERE = 1', function(path)
    local gathered <const> = assert(gather.of(path))
    check.same(paths_of(gathered), { path })
    check.same({ gathered.left[1].path, gathered.left[2].path, gathered.left[3].path }, { "*/rules/classify.csv", "gone.csv", "*.csv" })
    check.ok(gathered.left[1].why:find("gathered_here.lua:1 names it", 1, true), gathered.left[1].why)
  end)
end)

check.test("attributes that bundled rules give are not asked of the pack", function()
  with_script('local m = remit.load():classify(remit.decision_table "examples/nenc/rules/classify.csv")\n'
    .. 'm:posts { fn = { class = "grow", blueprint = "x" } }', function(path)
    check.same(assert(gather.of(path)).needs.attributes, { "fn.blueprint" })
  end)
  with_script('remit.needs { attributes = { "fn.mine" } } remit.load():posts { fn = { class = "grow" } }', function(path)
    check.same(assert(gather.of(path)).needs.attributes, { "fn.mine" })
  end)
end)

check.test("what cannot be found or read is said with file and line", function()
  with_script('\nrequire "no.such"\nprint(undeclared_name)', function(path)
    local gathered <const> = assert(gather.of(path))
    check.ok(gathered.findings[1]:find("gathered_here.lua:3: 'undeclared_name' is never set", 1, true), gathered.findings[1])
    check.ok(gathered.findings[2]:find('gathered_here.lua:2: require "no.such": no such file', 1, true), gathered.findings[2])
  end)
  with_script("local = 1", function(path)
    check.ok(assert(gather.of(path)).findings[1]:find "gathered_here.lua")
  end)
  check.ok(select(2, gather.of "../plan.lua"):find "outside the working folder")
  check.ok(select(2, gather.of "/etc/plan.lua"):find "outside the working folder")
  check.same({ gather.of "tests/lua/no_such_script.lua" }, { nil, "there is no script tests/lua/no_such_script.lua" })
end)

check.test("what a script needs beside its pack is found, and what it says itself comes first", function()
  with_script('local base = remit.load(nil, { unmapped = "park" })\nlocal site = remit.site { needs = { "envelope.per_head", "own.lead" }, '
    .. 'defaults = { ["own.x"] = 1 } }\nprint(base, site)', function(path)
    local needs <const> = assert(gather.of(path)).needs
    check.same({ needs.site, needs.parks, needs.tables }, { { "envelope.per_head", "own.lead" }, true })
  end)
  with_script('remit.needs { site = { "names.icb" }, tables = { "posts" }, vocabulary = { "1", "2" }, engine = ">= 0.1.0, < 9.0.0" }\n'
    .. 'local base = remit.load()\nprint(base, remit.site { needs = "own.lead" })', function(path)
    local needs <const> = assert(gather.of(path)).needs
    check.same({ needs.site, needs.parks, needs.tables, needs.vocabulary, needs.engine }, { { "names.icb" }, nil, { "posts" }, { "1", "2" },
      ">= 0.1.0, < 9.0.0" })
  end)
end)
