-- SPDX-License-Identifier: Apache-2.0
-- What the tab key offers, without a terminal.

local check <const> = require "check"
local complete <const> = require "remit.repl.complete"
local environment <const> = require "remit.script.environment"
local state_of <const> = require "remit.state_of"

local env <const> = environment.new()
rawset(env, "base", env.remit.load "examples/nenc")
rawset(env, "frame", env.base:pivot { measures = { "cost", "wte" }, by = { "fn" } })
rawset(env, "settings", { alpha = 1, beta = { gamma = 2 } })

local function offered(text)
  local names <const> = {}
  for index, candidate in ipairs((complete.candidates(text, env))) do
    names[index] = candidate[1]
  end
  return table.concat(names, " ")
end

local function same(text, expected)
  check.same(offered(text), expected, text)
end

check.test("labels of the data are offered inside strings", function()
  same('base:posts { fn = "saf', "safeguarding")
  same('base:posts { fn = "chc, qual', "quality")
  same('base:posts { fn = "not(meds', "meds_opt")
  same('base:posts { fn = { blueprint = "g', "grow")
  same('base:posts { fn = "healthcare', "chc")
  same('base:pivot { measures = { "cost" }, where = { band = "8', "8a 8b 8c 8d")
  same('remit.envelope { include = { fund = "run', "running")
  same("base:posts { fn = 'saf", "safeguarding")
end)

check.test("a label with signs of the test language is quoted as its string needs it", function()
  local labels <const> = state_of[env.base].lines:column "title":dictionary():labels()
  local odd
  for _, label in ipairs(labels) do
    odd = odd or label:find(",", 1, true) and label
  end
  local begun <const> = (odd or "x"):match "^[^,]*"
  check.ok(not odd or offered("base:posts { title = '" .. begun):find('"' .. odd .. '"', 1, true))
  check.ok(not odd or offered('base:posts { title = "' .. begun):find('\\"' .. odd .. '\\"', 1, true))
end)

check.test("measures, dimensions and words are offered where they belong", function()
  same('base:pivot { measures = { "wte", "vac', "vacancy_factor vacancies vacant_posts")
  same('base:total "in', "income in_post")
  same('base:pivot { by = { "fn.blue', "fn.blueprint")
  same('base:total("cost", { basis = "in', "in_post")
  same('frame:top(3, "c', "cost")
  same('base:dim "prof', "profession")
  same('base:explain("saf', "safeguarding")
end)

check.test("calls and arguments are offered by what stands before", function()
  same("base:po", "posts")
  same("remit.env", "envelope")
  same("base:pivot { mea", "measures")
  same("base:pivot { totals = true, so", "sort")
  same("base:posts { pla", "place")
  same("base:posts { fn = { blue", "blueprint")
  same('base:posts { fn = "chc" }:co', "count")
  same('base:pivot { by = { "fn" } }:mark', "markdown")
  same('remit.load "examples/nenc":heal', "health")
  same("settings.", "alpha beta")
  same("settings.beta.", "gamma")
end)

check.test("variables and words of the language are offered elsewhere", function()
  same("sett", "settings")
  same("x = { 1, ba", "base")
  same("print(fra", "frame")
  same("els", "else elseif")
end)

check.test("nothing is offered in a comment, for what is not known, and nothing is run", function()
  same("-- base:po", "")
  same("unknown:po", "")
  same("unknown.", "")
  same('x = "saf', "")
  same("", "")
  same("base:posts { fn = [[saf", "")
  local called = false
  rawset(env, "trap", setmetatable({}, { __index = function() called = true end, __name = "trap" }))
  same("trap.", "")
  same("trap.x.y", "")
  rawset(env, "trap", nil)
  check.ok(not called)
end)

check.test("the key extends what all share and lists every tie with what it is", function()
  local session <const> = { env = env }
  local replaced <const>, text <const>, list <const> = complete.key(session, 'base:posts { fn = "path')
  check.same({ replaced, text }, { 4, "pathway_" })
  check.ok(list:find("pathway_commissioning", 1, true) and list:find("pathway_dev", 1, true), list)
  check.same({ complete.key(session, "base:pivot { mea") }, { 3, "measures = " })
  check.same({ complete.key(session, "?reduc") }, { 5, "reduction" })
  check.same({ complete.key(session, ".max") }, { 3, "maxrows" })
  check.same({ complete.key(session, "nothing_like_it") }, {})
  check.same({ complete.key({ env = env, pending = 'base:posts {\n  fn =' }, ' "saf') }, { 3, "safeguarding" })
end)

check.test("unfinished text of any kind is survived", function()
  local text <const> = 'local x = base:posts { fn = { blueprint = "gr" }, tags = [==[ a ]==] } --[[ c ]] .. ("\\"" .. 1e5):rep(2)) ]} \'é'
  for at = 1, #text do
    complete.candidates(text:sub(1, at), env)
  end
end)
