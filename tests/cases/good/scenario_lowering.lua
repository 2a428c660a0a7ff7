local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n" }
local core <const> = require "remit.core"
local state_of <const> = require "remit.state_of"

-- What each of the eight changes becomes: the core knows scales, shares, extras and recodes, and lines that are appended.
local function lowered(change)
  local plan <const> = state_of[base:scenario("one", { changes = { change } })].plan
  for number, operation in ipairs(plan.operations) do
    local account <const>, steps <const> = plan.accounts[operation.account], {}
    for index, step in ipairs(operation.steps) do
      steps[index] = ("%s: %.6g"):format(step[1] == -120000 and "ever" or core.calendar.month_text(step[1]), step[2] / 1e12)
    end
    print(operation.effect, operation.column and operation.column .. " " .. plan.lines:column(operation.column):dictionary():label(operation.code)
      or account and account.kind or "nobody", ("%d lines"):format(plan.set:touched(number)),
      operation.channels and (operation.channels[2] and "both" or operation.channels[1] == 0 and "cost" or "wte") or "all", #steps > 0 and table.concat(steps, ", ") or "never")
  end
  print(("%d operations, %d lines appended"):format(#plan.operations, plan.lines:rows() - state_of[base].lines:rows()))
end
lowered(remit.close { posts = { vacant = true }, share = "50%", from = "2025-10", to = "2026-10", why = "held" })

--> scale	closed	2 lines	all	2025-10: 0.5, 2026-10: 1
--> 1 operations, 0 lines appended
lowered(remit.scale { lines = { kind = "nonpay" }, change = "-10%", from = "2025-10", why = "less" })

--> scale	saved	2 lines	cost	2025-10: 0.9
--> 1 operations, 0 lines appended
lowered(remit.scale { lines = { fn = "chc" }, measure = "both", target = 40000, from = "2025-10", why = "a target" })

--> scale	saved	3 lines	both	2025-10: 0.597015
--> 1 operations, 0 lines appended
lowered(remit.scale { lines = { fn = "chc" }, change = "-80%", take = { "vacancies", "nonpay" }, from = "2025-10", why = "in this order" })

--> scale	nobody	3 lines	all	never
--> scale	taken vacancies	1 lines	all	2025-10: 0
--> scale	taken nonpay	1 lines	cost	2025-10: 0.92
--> 3 operations, 0 lines appended
lowered(remit.scale { lines = {}, protect = { kind = "pay" }, change = "-10%", spread = "rest", from = "2025-10", why = "the rest" })

--> scale	nobody	5 lines	all	never
--> scale	saved	4 lines	cost	2025-10: 0.171735
--> 2 operations, 0 lines appended
lowered(remit.add { posts = { { fn = "chc", band = "6", in_post = 0.5 } }, from = "2025-10", to = "2026-10", why = "grow" })

--> scale	unborn	2 lines	all	ever: 0, 2025-10: 1, 2026-10: 0
--> 1 operations, 2 lines appended
lowered(remit.move { posts = { fn = "chc" }, into = { group = "strategy", place = "north" }, from = "2025-10", to = "2026-10", why = "together" })

--> recode	group strategy	1 lines	all	2025-10: 1, 2026-10: 0
--> recode	place north	1 lines	all	2025-10: 1, 2026-10: 0
--> 2 operations, 0 lines appended
lowered(remit.regrade { posts = { fn = "safeguarding" }, band = "5", from = "2025-10", protect_pay = 6, why = "wider spans" })

--> scale	unborn	3 lines	all	ever: 0, 2025-10: 1
--> scale	unborn	2 lines	all	ever: 0, 2025-10: 1, 2026-04: 0
--> scale	regraded	3 lines	all	2025-10: 0
--> 3 operations, 5 lines appended
lowered(remit.set { functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2025-10", why = "decided" })
--> 0 operations, 0 lines appended
lowered(remit.once { cost = 5, month = "2025-10", why = "set-up" })  --> 0 operations, 0 lines appended
lowered(remit.transfer { functions = { id = "safeguarding" }, place = "north", split = { population = "registered" }, receiver = "trust", shadow = "2025-10",
  golive = "2026-01", double_running = "25%", resource = "50%", stranded = { share = "10%", months = 2 }, months = 2, profile = "linear", why = "place" })

--> share	moved	2 lines	all	2026-01: 0.45, 2026-02: 0.95, 2026-03: 1
--> share	stranded	2 lines	all	2026-01: 0.05, 2026-02: 0.05, 2026-03: 0
--> extra	double	2 lines	cost	2025-10: 0.25, 2026-01: 0
--> extra	resource	2 lines	cost	2026-01: 0.25, 2026-02: 0.5, 2026-03: 0.5
--> share	moved	1 lines	all	2026-01: 0.18, 2026-02: 0.38, 2026-03: 0.4
--> share	stranded	1 lines	all	2026-01: 0.02, 2026-02: 0.02, 2026-03: 0
--> extra	double	1 lines	cost	2025-10: 0.1, 2026-01: 0
--> extra	resource	1 lines	cost	2026-01: 0.1, 2026-02: 0.2, 2026-03: 0.2
--> 8 operations, 0 lines appended
