-- SPDX-License-Identifier: Apache-2.0
-- One operating model from any pack with rules: which function is which class, who does it at which level, what that costs, what is contested, whether
-- every duty has an owner, what moves along with the neighbourhood functions, and how far it all is from the cap.
--     remit run examples/model.lua examples/nenc
--     remit run examples/model.lua examples/surrey

local remit <const> = require "remit"

local PACK <const> = assert(arg and arg[1], "which pack? remit run examples/model.lua FOLDER")

local function heading(text)
  print(("\n== %s ==\n"):format(text))
end

local base <const> = remit.load(PACK)
local classes <const> = remit.decision_table(PACK .. "/rules/classify.csv")
local levels <const> = remit.subsidiarity(PACK .. "/rules/subsidiarity.csv")
local model <const> = base:classify(classes):assign(levels)

heading "Do the rules fit this pack?"
print(classes:verify(base))
print(levels:verify(base))
print(levels:missing(base))
print(levels:warnings(base))

local measures <const> = { "cost", "wte", "in_post", "vacancies" }

heading "What becomes of the functions"
print(model:pivot { measures = measures, by = { "fn.class" }, totals = true })

heading "Where they would go"
print(model:pivot { measures = measures, by = { "fn.destination" } })

heading "At which level"
print(model:pivot { measures = measures, by = { "fn.level" }, totals = true })
print(model:pivot { measures = { "cost", "wte" }, by = { "fn.class", "fn.level" }, totals = true })
print(levels:outcome(base))

heading "What is contested"
print(levels:contested(base))

heading "Duties without an accountable owner"
local duties <const> = model:duties()
print(duties:where { status = "not(pass)" })

heading "Duties that stay with the ICB and are delivered elsewhere"
print(duties:where { evidence = "*accountability stays*" })

heading "What must move with the functions of neighbourhood providers"
local priority <const>, reviewed <const> = {}, {}
for member in model:dim("fn"):members():rows() do
  if tostring(member.destination):find("neighbourhood_provider", 1, true) then
    priority[#priority + 1] = member.id
  end
  if member.blueprint == "review" then
    reviewed[#reviewed + 1] = member.id
  end
end
local closure <const> = model:closure(priority)
local moves <const>, stay <const> = {}, {}
for row in closure:rows() do
  moves[row.fn] = true
end
for _, id in ipairs(reviewed) do
  stay[#stay + 1] = not moves[id] and id or nil
end
print(closure)
print(("%d of the %d functions that the blueprint reviews for transfer move along. The others: %s."):format(#reviewed - #stay, #reviewed,
  table.concat(stay, ", ")))
print(model:cycles())

heading "Against the cap"
local cap <const> = remit.envelope {
  id = "running cost and programme pay",
  per_head = remit.param { id = "cap_per_head" },
  population = remit.param { id = "population" },
  population_basis = "stated",
  include = { fund = "running, programme_pay" },
  due = "2026-01",
}
print(cap:check(model, { basis = { "funded", "in_post" } }))
print(base:assumptions():where { id = "current_cost, cap_per_head, population" })
