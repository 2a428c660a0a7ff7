local tiny <const> = require "tiny"

-- Contested is a result with both reasons: a floor above a ceiling, two levels alongside each other, two values set.
local levels <const> = [[
id,name,parent,alongside,units,min_population,max_population
place,Place,system,,,250000,
system,System,region,,1,,400000
collaborative,Provider collaborative,,system,3,200000,
combined,Combined authority,,system,,,
region,Region,,,,,
]]
local base <const> = tiny.load { levels = levels }
local rules <const> = remit.subsidiarity { id = "contests", rules = {
  { id = "up", criterion = "fn", test = "chc, digital", direction = "push up", at_least = "system", why = "larger is cheaper" },
  { id = "down", criterion = "fn", test = "chc", direction = "pull-down", at_most = "place", why = "nearer is better" },
  { id = "providers", criterion = "fn", test = "digital", at_least = "collaborative", why = "providers have the systems" },
  { id = "beside", criterion = "fn", test = "quality", at_least = "combined", why = "with the councils" },
  { id = "one", criterion = "fn", test = "safeguarding", sets = { accountable = "system" }, why = "the duty" },
  { id = "two", criterion = "fn", test = "safeguarding", sets = "accountable = region; delivers = place", why = "the plan" },
} }
print(rules:outcome(base))
--> Levels by contests   2025/26 prices, as at 2025-05   model HASH
--> fn            name                          level      accountable  delivers  hosts     funds   variant  WTE   cost £
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding                  place      contested    place     place                      1.8  128,000
--> quality       Quality and safety            combined   system       combined  combined  system           0.0   -1,000
--> chc           Continuing healthcare         contested  system                           system           1.0   67,000
--> digital       Digital, data and technology  contested  system                           system           0.6   46,200
--> 3 contested: see contested(model).
print(rules:contested(base))
--> Contested by contests   as at 2025-05   model HASH
--> fn            name                          what         one side         because                other side              because
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding                  accountable  system           one: the duty          region                  two: the plan
--> chc           Continuing healthcare         level        at least system  up: larger is cheaper  at most place           down: nearer is better
--> digital       Digital, data and technology  level        at least system  up: larger is cheaper  at least collaborative  providers: providers have the systems
local model <const> = base:assign(rules)
print(model:explain("digital", "level"))
--> digital  Digital, data and technology      level: contested   accountable: system (the ICB)
-->   start      place                   lowest level first: 2 of them
-->   up         at least system         larger is cheaper
-->   providers  at least collaborative  providers have the systems
-->   contested  level                   at least system (up) against at least collaborative (providers)
-->   =>         contested               rules: contests
print(model:explain("safeguarding", "accountable"))
--> safeguarding  Safeguarding      accountable: contested
-->   one        sets accountable = system                    the duty
-->   two        sets accountable = region, delivers = place  the plan
-->   contested  accountable                                  system (one) against region (two)
-->   =>         contested                                    rule 5, rule 6
print(model:explain("safeguarding", "contested"))
--> safeguarding  Safeguarding      contested: true
-->   start      place                                        lowest level first: 2 of them
-->   one        sets accountable = system                    the duty
-->   two        sets accountable = region, delivers = place  the plan
-->   contested  accountable                                  system (one) against region (two)
-->   =>         true                                         rules: contests
print(model:posts({ fn = { contested = true } }):count())  --> 4
-- Three collaboratives share the people; a level that is not counted is not warned of.
print(rules:warnings(base))
--> Populations outside the usual range   as at 2025-05   model HASH
--> level          who         population  usual             warning
--> ─────────────────────────────────────────────────────────────────────────
--> place          north          200,000  at least 250,000  fewer than usual
--> system         all places     500,000  at most 400,000   more than usual
--> collaborative  each of 3      166,666  at least 200,000  fewer than usual
--> A level's usual population warns and decides nothing.
