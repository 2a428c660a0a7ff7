local tiny <const> = require "tiny"

local base <const> = tiny.load()
local HEAD <const> = "id,criterion,test,direction,at_least,at_most,sets,why\n"
local count = 0
local function rules(text, options)
  count = count + 1
  return remit.subsidiarity(tiny.file(("rules%d.csv"):format(count), HEAD .. text), options)
end

-- What needs no model: all of it at once.
rules([[
a,la_interface,>=,push up,system,,,why
a,la_interface,3,push up,,place,,why
c,la_interface,3,sideways,,place,,why
d,la_interface,,pull down,system,,,why
e,,3,gate,system,,,why
f,,,gate,system,,,
g,la_interface,"[3..",gate,,,,why
h,la_interface,3,gate,,,level = place; owns = place; funds = icb; funds = region; deliver,why
]])  --> error: 15 problems in tmp/rules1.csv
-->   tmp/rules1.csv:2, column 'test': a label or number was expected after the sign
-->     >=
-->       ^
-->   tmp/rules1.csv:3, column 'at_least': is empty, and the rule pushes up: to which level?
-->   tmp/rules1.csv:3, column 'id': 'a': is the id of tmp/rules1.csv:2
-->   tmp/rules1.csv:4, column 'direction': 'sideways': not one of gate, push up, pull down, either
-->   tmp/rules1.csv:5, column 'test': is empty: which values of 'la_interface' pass? "-" is any
-->   tmp/rules1.csv:5, column 'at_most': is empty, and the rule pulls down: to which level?
-->   tmp/rules1.csv:6, column 'criterion': is empty, and there is a test of it
-->   tmp/rules1.csv:7, column 'criterion': is empty, and nothing else is tested: "-" as a test passes for all
-->   tmp/rules1.csv:7, column 'why': is empty: say why the rule holds
-->   tmp/rules1.csv:8, column 'test': a range has both its ends: [low..high]; with one end, write <= or >=
-->     [3..
-->         ^
-->   tmp/rules1.csv:8: the rule does nothing: it has no at_least, no at_most and no sets
-->   tmp/rules1.csv:9, column 'sets': 'level' cannot be set: a rule says at_least or at_most, and the search finds the level
-->   tmp/rules1.csv:9, column 'sets': 'owns' cannot be set. These can: accountable, delivers, hosts, funds, variant
-->   tmp/rules1.csv:9, column 'sets': sets 'funds' twice
-->   tmp/rules1.csv:9, column 'sets': 'deliver': write it as name = value; name = value
remit.subsidiarity { rules = { { criterion = "fn", test = "chc", at_lest = "system", why = "as an example" }, "chc" } }  --> error: 3 problems in the rules
-->   rule 1, column 'at_lest': is no field of a rule. Did you mean 'at_least' or 'at_most'?
-->   rule 1: the rule does nothing: it has no at_least, no at_most and no sets
-->   rule 2: is not a table of named fields
remit.subsidiarity { rules = {} }  --> error: rules: is empty: there are no rules
remit.subsidiarity { start = "place" }  --> error: subsidiarity: rules is needed, or the path of a file
remit.subsidiarity(5)  --> error: subsidiarity needs the path of a file, or a table with rules, not a number
remit.subsidiarity("rules1.csv", { rules = {} })  --> error: subsidiarity: give a file or rules, not both
remit.subsidiarity("nowhere.csv")  --> error: nowhere.csv: no such file
remit.subsidiarity(tiny.file("headings.csv", HEAD))  --> error: tmp/headings.csv: there are no rows below the headings
remit.subsidiarity(tiny.file("empty.csv", ""))  --> error: tmp/empty.csv is empty

-- What needs one: levels that are not in the order, criteria and labels that nobody knows.
local wrong <const> = rules [[
a,wte,>= 1,push up,sytem,,,why
b,wte,>= 1,pull down,,town,,why
c,wte,>= 1,gate,region,system,,why
d,wte,>= 1,pull down,,neighbourhood,,why
e,wte,>= 1,gate,,,accountable = sistem,why
f,la_interfaces,>= 3,push up,system,,,why
g,shoe_size,>= 3,push up,system,,,why
h,blueprint,"retain, growing",push up,system,,,why
i,wte,>= lots,push up,system,,,why
j,name,>= M,push up,system,,,why
]]
base:assign(wrong)  --> error: 10 problems in tmp/rules2.csv
-->   tmp/rules2.csv:2, column 'at_least': 'sytem': not in levels.csv. Did you mean 'system'?
-->   tmp/rules2.csv:3, column 'at_most': 'town': not in levels.csv, which has neighbourhood, place, system, cluster, region, national
-->   tmp/rules2.csv:4, column 'at_least': 'region': is above at_most, system: no level is both
-->   tmp/rules2.csv:5, column 'at_most': 'neighbourhood': is below place, where the search starts: start = "neighbourhood"
-->   tmp/rules2.csv:6, column 'sets': 'sistem': not in levels.csv. Did you mean 'system'?
-->   tmp/rules2.csv:7, column 'criterion': 'la_interfaces': is no attribute of functions, no measure and no criterion. Did you mean 'la_interface'?
-->   tmp/rules2.csv:8, column 'criterion': 'shoe_size': is no attribute of functions, no measure and no criterion. Worked out are: cost_per_head, cost_per_head_per_place, places, wte_per_place; what a decision table sets is there after classify
-->   tmp/rules2.csv:9, column 'test': 'growing' is not a member. There are: grow, retain, review
-->     retain, growing
-->             ^
-->   tmp/rules2.csv:10, column 'test': 'lots': not a number
-->     >= lots
-->        ^
-->   tmp/rules2.csv:11, column 'test': these members have no order, so <, > and ranges mean nothing; name them instead
-->     >= M
-->     ^
wrong:outcome(base)  --> error: 10 problems in tmp/rules2.csv
-->   tmp/rules2.csv:2, column 'at_least': 'sytem': not in levels.csv. Did you mean 'system'?
-->   tmp/rules2.csv:3, column 'at_most': 'town': not in levels.csv, which has neighbourhood, place, system, cluster, region, national
-->   tmp/rules2.csv:4, column 'at_least': 'region': is above at_most, system: no level is both
-->   tmp/rules2.csv:5, column 'at_most': 'neighbourhood': is below place, where the search starts: start = "neighbourhood"
-->   tmp/rules2.csv:6, column 'sets': 'sistem': not in levels.csv. Did you mean 'system'?
-->   tmp/rules2.csv:7, column 'criterion': 'la_interfaces': is no attribute of functions, no measure and no criterion. Did you mean 'la_interface'?
-->   tmp/rules2.csv:8, column 'criterion': 'shoe_size': is no attribute of functions, no measure and no criterion. Worked out are: cost_per_head, cost_per_head_per_place, places, wte_per_place; what a decision table sets is there after classify
-->   tmp/rules2.csv:9, column 'test': 'growing' is not a member. There are: grow, retain, review
-->     retain, growing
-->             ^
-->   tmp/rules2.csv:10, column 'test': 'lots': not a number
-->     >= lots
-->        ^
-->   tmp/rules2.csv:11, column 'test': these members have no order, so <, > and ranges mean nothing; name them instead
-->     >= M
-->     ^
base:assign(rules "a,wte,>= 1,push up,system,,,why\n", { at = "2024-01" })  --> error: 2024-01 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
base:assign("rules.csv")  --> error: assign needs rules of subsidiarity first, not a string
-->   base:assign(remit.subsidiarity "rules/subsidiarity.csv")
wrong:outcome()  --> error: outcome needs a model: rules:outcome(base)
wrong:levels(base)  --> error: rules of subsidiarity has no method 'levels'. It has outcome, contested, missing, verify, warnings, prices.
wrong.start = 5  --> error: rules of subsidiarity does not change: 'start' cannot be set

-- Options.
base:assign(remit.subsidiarity { start = "palce", rules = { { criterion = "wte", test = "> 1", at_least = "system", why = "why" } } })  --> error: subsidiarity: start 'palce' is not in levels.csv. Did you mean 'place'?
base:assign(remit.subsidiarity { icb = "board", rules = { { criterion = "wte", test = "> 1", at_least = "system", why = "why" } } })  --> error: subsidiarity: icb 'board' is not in levels.csv, which has neighbourhood, place, system, cluster, region, national
tiny.load { levels = "id,name\nplace,Place\ncounty,County\n" }:assign(rules "a,wte,>= 1,push up,county,,,why\n")  --> error: subsidiarity: icb 'system' is not in levels.csv, which has place, county
-->   say which level it is: icb = "..."

-- Scores: functions and criteria that there are not, values off the scale, said twice.
local scored <const> = rules("a,la_interface,>= 3,push up,system,,,why\n", { scores = tiny.file("judged.csv", [[
fn,la_interface,national_standardisation,scarce_expertise,patient_flow,laterality,blueprint
chc,4,maybe,-1,80%,1,grow
chc,3,true,6,101,1,
cch,3,,,,,
digital,high,yes,six,70,,
]]) })
base:assign(scored)  --> error: 8 problems in tmp/judged.csv
-->   tmp/judged.csv, column 'laterality': is no criterion that criteria.csv declares. There are: statutory_accountability, national_standardisation, proximity, local_variation, la_interface, economies_of_scale, critical_mass, scarce_expertise, spread_best_practice, wicked_issue, patient_flow, financial_risk, leadership_capacity, receiver_readiness, interdependency, digital_maturity
-->   tmp/judged.csv, column 'blueprint': is a column of functions.csv too: say it in one place
-->   tmp/judged.csv:2, column 'la_interface': '4': lies outside 0 to 3
-->   tmp/judged.csv:2, column 'national_standardisation': 'maybe': not true or false
-->   tmp/judged.csv:3, column 'fn': 'chc': has scores already: tmp/judged.csv:2
-->   tmp/judged.csv:4, column 'fn': 'cch': not in functions.csv. Did you mean 'chc'?
-->   tmp/judged.csv:5, column 'la_interface': 'high': not a number
-->   tmp/judged.csv:5, column 'scarce_expertise': 'six': not a number

-- Costs.
rules("a,wte,> 1,push up,system,,,why\n"):prices(base)  --> error: prices: these rules have no cost curves
-->   remit.subsidiarity(path, { costs = "level_costs.csv" })
rules("a,wte,> 1,push up,system,,,why\n", { costs = { { fn = "chc", level = "place", fixd = 5 } } })  --> error: the costs, column 'fixd': is not read. Did you mean 'fixed'?
local costed <const> = rules("a,wte,> 1,push up,system,,,why\n", { costs = tiny.file("costs.csv", [[
fn,level,fixed,per_head
cch,place,1,1
chc,town,1,1
chc,place,-1,a lot
chc,place,1,1
]]) })
costed:prices(base)  --> error: 5 problems in tmp/costs.csv
-->   tmp/costs.csv:2, column 'fn': 'cch': not in functions.csv. Did you mean 'chc'?
-->   tmp/costs.csv:3, column 'level': 'town': not in levels.csv, which has neighbourhood, place, system, cluster, region, national
-->   tmp/costs.csv:4, column 'fixed': '-1': is below zero
-->   tmp/costs.csv:4, column 'per_head': 'a lot': not a number
-->   tmp/costs.csv:5: has a curve already: tmp/costs.csv:4
local one <const> = rules("a,wte,> 1,push up,system,,,why\n", { costs = { { fn = "chc", level = "place", fixed = 5 } } })
one:prices(base, { fn = "cch" })  --> error: prices: fn 'cch' is not in functions.csv. Did you mean 'chc'?
one:prices(base, { fn = "chc", levels = { "town" } })  --> error: prices: level 'town' is not in levels.csv, which has neighbourhood, place, system, cluster, region, national
