-- SPDX-License-Identifier: Apache-2.0
-- Help: every public call has some, with an example, and the examples run.

local check <const> = require "check"

local core <const> = require "remit.core"
local environment <const> = require "remit.script.environment"
local generate <const> = dofile "docs/generate.lua"
local help <const> = require "remit.help"

check.test("what is checked in is what the source says", function()
  for _, path in ipairs(generate.stale()) do
    check.ok(not path:find "entries", path .. " is out of date: lua5.4 docs/generate.lua")
  end
end)

check.test("every public call has help and an example", function()
  local there <const> = {}
  for _, entry in ipairs(help.entries()) do
    there[entry.name] = entry
  end
  for _, fn in ipairs(generate.functions()) do
    local entry <const> = there[fn.shown]
    check.ok(fn.internal or entry and entry.doc ~= "", fn.shown .. " has no help")
    check.ok(fn.internal or entry.example, fn.shown .. " has no example: scripts/remit/help/examples.lua")
  end
end)

check.test("every argument that a call declares can be asked for", function()
  for _, entry in ipairs(help.entries()) do
    check.ok(help.text(entry.name):find(entry.name, 1, true))
  end
end)

check.test("every declaration has help by its own name, also one that is no call by itself", function()
  for _, declaration in ipairs(help.registry()) do
    check.ok(help.text(declaration.name), declaration.name)
  end
  check.ok(help.text "assumptions" and help.text "rates:cost":find "band")
end)

check.test("no example is of a call that is not there", function()
  local there <const> = {}
  for _, entry in ipairs(help.entries()) do
    there[entry.name] = true
  end
  for name in pairs(require "remit.help.examples") do
    check.ok(there[name], name)
  end
end)

local SETUP <const> = [[
base = remit.load "examples/nenc"
cap = remit.envelope { id = "running cost", per_head = 18.76, population = 3623081, population_basis = "allocation" }
rules = remit.subsidiarity "examples/nenc/rules/subsidiarity.csv"
walk = remit.crosswalk { { field = "fn", from = "Quality Team", fn = "quality", why = "the same team" } }
decisions = remit.decision_table "examples/nenc/rules/classify.csv"
plan = base:scenario("Plan", { changes = {
  remit.close { id = "held", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.scale { functions = { blueprint = "retain" }, change = remit.param { id = "retain_cut", default = "-15%" }, from = "2026-04", why = "retained" } } })
before, after = base:classify(decisions), base:classify(decisions)
frame = base:pivot { measures = { "cost", "posts" }, by = { "fn.blueprint" } }
phases = require "remit.frame".from { keys = { "month" }, columns = { { name = "month", display = "month", values = { "2025-04", "2025-05" } },
  { name = "cost", display = "£", values = { 1, 2 } } } }
chart = remit.chart { of = frame, kind = "bar", columns = { "cost" } }
report = remit.report { title = "Options", date = "2025-06-03", scenarios = { plan }, envelope = cap }
t = setmetatable({}, { __index = function() return function() end end })
]]

-- What examples write goes into a folder of its own.
local function elsewhere(folder)
  return function(text)
    return text:gsub('"out/', '"' .. folder .. "/")
  end
end

check.test("the examples run", function()
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute("mkdir " .. folder))
  local moved <const> = elsewhere(folder)
  local map <close> = assert(io.open(folder .. "/map.csv", "wb"))
  map:write "sheet,cell,label,measure,where,at,basis,period,per,decimals,sum_of\nS,A1,Posts,wte,,,,,1,1,\n"
  map:flush()
  local env <const> = environment.new()
  env.print = function() end
  assert(load(SETUP, "=setup", "t", env))()
  for _, entry in ipairs(help.entries()) do
    local text <const> = moved(entry.example)
    local chunk <const> = load("return " .. text, "=" .. entry.name, "t", env) or check.ok(load(text, "=" .. entry.name, "t", env))
    local ok <const>, problem <const> = pcall(chunk)
    check.ok(ok, ("%s: %s\n    %s"):format(entry.name, entry.example, tostring(problem)))
  end
  check.same(core.file.kind(folder .. "/blueprint.csv"), "file")
  os.execute("rm -r " .. folder)
end)

check.test("kinds of objects, values and arguments have help too", function()
  local classes <const> = {}
  for _, entry in ipairs(help.entries()) do
    classes[entry.name:match "^[%w_]+"] = true
  end
  check.same(require("remit.plain").keys(require("remit.help.around").classes), require("remit.plain").keys(classes))
  check.ok(help.text "model":find ":pivot  +Measures by dimensions")
  check.ok(help.text "envelope":find "remit.envelope%(given%).*:headroom ")
  check.ok(help.text "golive":find "transfer: ")
  check.ok(help.text "tests":find "not%(grow, retain%)  none of them" and help.text "where":find "where = { fn" and help.text(""):find "tests %(which lines%)")
  check.ok(help.text "none" and help.text "remit.version")
  check.same(help.text "plan:pivot", help.text "pivot")
  check.same({ help.text "base:pst" }, { nil, "there is no help for 'base:pst'. Did you mean 'posts'?" })
end)

check.test("a name is found with and without its class, and a slip is met with what is near", function()
  check.ok(help.text "pivot":find "model:pivot.-selection:pivot")
  check.ok(not help.text "model:pivot":find "selection:pivot")
  check.ok(help.text "model.pivot" and help.text "pivot {" and help.text "")
  local text <const>, message <const> = help.text "pivto"
  check.same({ text, message }, { nil, "there is no help for 'pivto'. Did you mean 'pivot'?" })
end)

check.test("words of figures and packs can be asked for, in any case", function()
  check.ok(help.text "in_post":find("in_post is a measure\n  WTE in post %(WTE%)%.\n"
    .. "in_post may be the basis of [^\n]*pivot, .*\nin_post is a field of\n  posts.csv"))
  check.ok(help.text "TUPE":find "new employer" and help.text "function":find "See fn")
end)

check.test("a file of a pack says its fields and what ships with remit", function()
  check.ok(help.text "posts.csv":find "\n  fn  +the function that it serves %(a member of fn; needed%)\n")
  check.ok(help.text "bands.csv":find "Those that ship with remit:\n  1 +Band 1\n.*  8a +Band 8a\n")
  check.ok(not help.text "posts.csv":find "ship")
  check.same(help.text "pay_points", help.text "pay_points.csv")
  check.ok(not help.text "nothing.csv":find "a row is")
end)
