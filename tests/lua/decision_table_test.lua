-- SPDX-License-Identifier: Apache-2.0

local check <const> = require "check"
local dmn <const> = require "dmn_hit_policies"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local policy <const> = require "remit.decision_table.policy"
local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"
package.path = "tests/cases/?.lua;" .. package.path
local tiny <const> = require "tiny"

-- ---- DMN's hit policies ----

local VALUES <const> = { 1, 6, 7, 9, 10, 11, 15, 50, 100 }

-- A member a value, which it has as its population.
local function numbered()
  local rows <const> = { "id,name,population" }
  for _, value in ipairs(VALUES) do
    rows[#rows + 1] = ("v%d,v%d,%d"):format(value, value, value)
  end
  return tiny.load { places = table.concat(rows, "\n") .. "\n", posts = "id,title,fn,wte,in_post,cost\nP1,x,chc,1,1,1\n" }
end

local base <const> = numbered()

local function rules_of(case, only)
  local rules <const> = {}
  for index, rule in ipairs(case.rules) do
    local set <const> = {}
    for position, output in ipairs(case.outputs) do
      set[output] = rule[position + 1] or nil
    end
    rules[index] = { when = { population = rule[1], id = only }, set = set }
  end
  return { on = "place", hits = case.hits, rules = rules }
end

local function says(case, value)
  local model <const> = base:classify(remit.decision_table(rules_of(case, "v" .. value)))
  local members <const>, said <const> = model:dim("place"):members(), {}
  for index, output in ipairs(case.outputs) do
    local found <const> = members:get("v" .. value, output)
    said[index] = found ~= none and found
  end
  return said
end

for _, case in ipairs(dmn) do
  check.test("dmn: " .. case.name, function()
    if case.refused then
      check.fails(function() remit.decision_table(rules_of(case)) end, case.refused)
      return
    end
    for value, expected in pairs(case.says) do -- each by itself: order does not matter
      if expected == "violation" then
        local problem <const> = check.caught(says, case, value)
        check.same(problem.code, "hit policy")
        check.ok(tostring(problem):find(("v%d "):format(value)), tostring(problem))
      else
        check.same(says(case, value), expected, tostring(value))
      end
    end
  end)
end

check.test("every policy has a case of its own", function()
  local seen <const> = {}
  for _, case in ipairs(dmn) do
    seen[policy.named(case.hits or "unique")] = true
  end
  for _, name in ipairs(policy.names) do
    check.ok(seen[name], name)
  end
end)

-- ---- Rules against a few lines that do it slowly ----

local function random_rules(random, count)
  local tests <const> = { "-", "grow", "retain, review", "not(grow)", "none", "not(none)" }
  local rules <const> = {}
  for index = 1, count do
    rules[index] = { id = "r" .. index, when = { blueprint = tests[random(#tests)], population = ("[%d..%d]"):format(random(5), 4 + random(5)) },
      set = { result = "r" .. index } }
  end
  return rules
end

local passes <const> = {
  ["-"] = function() return true end, grow = function(b) return b == "grow" end, ["not(none)"] = function(b) return b ~= "" end,
  ["retain, review"] = function(b) return b == "retain" or b == "review" end, ["not(grow)"] = function(b) return b ~= "grow" end,
  none = function(b) return b == "" end,
}

-- The number of the first rule that passes.
local function first_rule(rules, member)
  for number, rule in ipairs(rules) do
    local least <const>, most <const> = rule.when.population:match "(%d+)%.%.(%d+)"
    if passes[rule.when.blueprint](member.blueprint) and member.population >= tonumber(least) and member.population <= tonumber(most) then
      return number
    end
  end
end

local BLUEPRINTS <const> = { "grow", "retain", "review", "" }

local function random_members(random)
  local rows <const>, members <const> = { "id,name,population,blueprint" }, {}
  for index = 1, 12 do
    members[index] = { population = random(9), blueprint = BLUEPRINTS[random(4)] }
    rows[index + 1] = ("m%d,m%d,%d,%s"):format(index, index, members[index].population, members[index].blueprint)
  end
  for index, blueprint in ipairs(BLUEPRINTS) do -- so that every label is known, and that there is none
    rows[#rows + 1] = ("x%d,x%d,99,%s"):format(index, index, blueprint)
  end
  return members, tiny.load { places = table.concat(rows, "\n") .. "\n", posts = "id,title,fn,wte,in_post,cost\nP1,x,chc,1,1,1\n",
    more = { places = [["schema": { "fields": [ { "name": "id" }, { "name": "name" }, { "name": "population", "type": "integer" },
      { "name": "blueprint" } ] }]] } }
end

local function hidden_by_trying(rules)
  local wins <const>, hidden <const> = {}, {}
  for population = 0, 10 do
    for _, blueprint in ipairs(BLUEPRINTS) do
      wins[first_rule(rules, { population = population, blueprint = blueprint }) or 0] = true
    end
  end
  for number = 1, #rules do
    hidden[#hidden + 1] = not wins[number] and "r" .. number or nil
  end
  return hidden
end

local function hidden_by_verifying(decided, model)
  local hidden <const> = {}
  for row in decided:verify(model):frame():rows() do
    hidden[#hidden + 1] = row.finding == "hidden rule" and row.rules or nil
  end
  return hidden
end

check.test("first is what going down the rules finds, and rules that verify calls hidden never win", function()
  local state = 20251122
  local function random(most)
    state = (state * 1103515245 + 12345) % 2147483648
    return state // 65536 % most + 1
  end
  local hidden = 0
  for _ = 1, 40 do
    local members <const>, model <const> = random_members(random)
    local rules <const> = random_rules(random, 7)
    local decided <const> = remit.decision_table { on = "place", hits = "first", rules = rules }
    local found <const> = model:classify(decided):dim("place"):members()
    for index, member in ipairs(members) do
      local number <const> = first_rule(rules, member)
      check.same(found:get("m" .. index, "result"), number and "r" .. number or none, "m" .. index)
    end
    local never <const> = hidden_by_trying(rules)
    check.same(hidden_by_verifying(decided, model), never)
    hidden = hidden + #never
  end
  check.ok(hidden > 10, "hardly any rule was hidden")
end)

-- ---- Models ----

local function nenc()
  local model <const> = remit.load "examples/nenc"
  return model, model:classify(remit.decision_table "examples/nenc/rules/classify.csv")
end

check.test("NENC's 34 functions are classified, the six to be explored undecided", function()
  local _, model <const> = nenc()
  local counts <const>, undecided <const> = {}, {}
  for row in model:dim("fn"):members():rows() do
    counts[row.class] = (counts[row.class] or 0) + 1
    if row.class == "undecided" then
      undecided[#undecided + 1] = row.id
      check.same(row.destination, "undecided")
    end
  end
  check.same(counts, { grow = 11, retain = 5, transfer = 6, split = 6, undecided = 6 })
  check.same(undecided, { "ipc", "safeguarding", "send", "pathway_dev", "chc", "gpit" })
end)

check.test("the base is as it was, and its hash and the classified one's are steady", function()
  local before <const> = remit.load "examples/nenc"
  local base_model <const>, model <const> = nenc()
  check.same(base_model:hash(), before:hash())
  check.fails(function() base_model:posts { fn = { class = "grow" } } end, "no attribute 'class'")
  local _, again <const> = nenc()
  check.same(model:hash(), again:hash())
  check.ok(model:hash() ~= base_model:hash())
end)

check.test("a hash follows rules, overrides and the month, not the path of the file", function()
  local model <const> = remit.load "examples/nenc"
  local text <const> = "rule,blueprint,set class,why\na,grow,x,w\n"
  local function hash(rules, given)
    return model:classify(remit.decision_table(tiny.file(rules[1], rules[2])), given):hash()
  end
  local one <const> = hash { "a.csv", text }
  check.same(hash { "b.csv", text }, one)
  check.ok(hash { "a.csv", (text:gsub(",x,", ",y,")) } ~= one)
  check.ok(hash { "a.csv", (text:gsub("w\n$", "v\n")) } ~= one)
  check.ok(hash({ "a.csv", text }, { at = "2026-01" }) ~= one)
  check.ok(hash({ "a.csv", text }, { override = { { fn = "chc", set = { class = "z" }, owner = "o", reason = "r" } } }) ~= one)
end)

check.test("findings stay with a model that is derived further", function()
  local model <const> = tiny.load()
  local rules <const> = remit.decision_table { rules = { { when = { blueprint = "review" }, set = { class = "x" } } } }
  local late <const> = model:classify(rules, { override = { { fn = "chc", set = { class = "y" }, owner = "o", reason = "r", expires = "2025-04" } } })
  check.same(#state_of[late].findings, 1)
  check.same(#state_of[late:classify(rules)].findings, 1)
  check.same(#model:findings(), 0)
  check.same(late:findings():get(1, "finding"), "override past its expiry")
  local still <const> = model:classify(rules, { override = { { fn = "chc", set = { class = "y" }, owner = "o", reason = "r", expires = "2025-05" } } })
  check.same(still:dim("fn"):members():get("chc", "class"), "y")
  check.same(#still:findings(), 0)
end)

check.test("rules decide of any dimension of a pack with lines of its own", function()
  local model <const> = remit.load "examples/england"
  local rules <const> = remit.decision_table { id = "size", on = "icb", rules = {
    { when = { population = ">= 2000000" }, set = { size = "large" }, why = "w" },
    { when = { population = "< 2000000", fte = "< 400" }, set = { size = "small" }, why = "w" } } }
  local report <const> = rules:verify(model)
  check.ok(not report:ok() and not report:ok "theory" and not report:ok "pack")
  local found <const> = report:frame()
  check.same(#found, 2) -- in theory and in the pack: members with the same labels are one gap
  check.same({ found:get(1, "population"), found:get(1, "fte") }, { "<= 1999999", ">= 400" })
  check.ok(found:get(2, "note"):find "QE1, QF7, QHL, QJ2, QJG and 14 more", found:get(2, "note"))
  local sized <const> = model:classify(rules)
  check.same(sized:dim("icb"):members():get("QHM", "size"), "large")
  check.ok(tostring(sized:explain("QHM", "size", { dim = "icb" })):find "passes  >= 2000000")
  check.ok(tostring(model:explain("QHM", "fte", { dim = "icb" })):find "full%-time equivalents")
  check.fails(function() remit.decision_table { on = "posts", rules = { { when = { icb = "QHM" }, set = { a = "b" } } } }:verify(model) end, "no posts")
end)

check.test("a decision table and its reports refuse what they do not have", function()
  local rules <const> = remit.decision_table { rules = { { when = { blueprint = "grow" }, set = { class = "x" } } } }
  check.ok(fault.is(check.caught(function() rules:verfy() end)))
  check.caught(function() rules.off = "place" end)
  check.fails(function() rules:verify {} end, "verify needs a model")
  check.fails(function() rules:verify(tiny.load()):ok "all" end, "theory")
end)

tiny.remove()
