local tiny <const> = require "tiny"

-- Fixed for each instance, variable per head of 500,000 people: two places, one system.
local base <const> = tiny.load()
local costs <const> = tiny.file("level_costs.csv", [[
fn,level,fixed,per_head,source
chc,place,"£20,000",0.1,a guess
chc,system,30000,0.105,
digital,Region,1000,0.0005,
]])
local rules <const> = remit.subsidiarity { costs = costs, rules = { { criterion = "blueprint", test = "grow", at_least = "system", why = "as an example" } } }
print(rules)  --> subsidiarity the rules: 1 rule, costs from tmp/level_costs.csv
print(rules:prices(base))


--> Cost at a level   2025/26 prices, as at 2025-05   model HASH
--> fn       level   instances  fixed £  variable £  total £  against now £  source
--> ────────────────────────────────────────────────────────────────────────────────
--> chc      place           2   40,000      50,000   90,000        +23,000  a guess
--> chc      system          1   30,000      52,500   82,500        +15,500
--> digital  region          1    1,000         250    1,250        -44,950
--> Fixed for each instance and variable per head of 500,000 people; curves from tmp/level_costs.csv.
print(rules:prices(base, { fn = "continuing healthcare", levels = { "system", "region" } }))


--> Cost at a level   2025/26 prices, as at 2025-05   model HASH
--> fn   level   instances  fixed £  variable £  total £  against now £  source
--> ─────────────────────────────────────────────────────────────────────────────
--> chc  system          1   30,000      52,500   82,500        +15,500
--> chc  region                                                          no curve
--> Fixed for each instance and variable per head of 500,000 people; curves from tmp/level_costs.csv.

-- A part of a place is no place more; a place whose population nobody knows serves nobody; neighbourhoods that the pack counts are where the search starts.
local parts <const> = tiny.load {
  places = "id,name,population,parent\nnorth,North,60000,\nhigh,High North,20000,north\nsouth,South,,\n",
  levels = "id,name,units,min_population,max_population\nneighbourhood,Neighbourhood,3,30000,50000\nplace,Place,,,50000\nsystem,System,,,\nregion,Region,,,\n",
}
print(rules:prices(parts, { fn = "chc" }))

--> Cost at a level   2025/26 prices, as at 2025-05   model HASH
--> fn   level   instances  fixed £  variable £  total £  against now £  source
--> ────────────────────────────────────────────────────────────────────────────
--> chc  place           2   40,000       6,000   46,000        -21,000  a guess
--> chc  system          1   30,000       6,300   36,300        -30,700
--> Fixed for each instance and variable per head of 60,000 people; curves from tmp/level_costs.csv.
print(rules:warnings(parts))

--> Populations outside the usual range   as at 2025-05   model HASH
--> level          who        population  usual             warning
--> ────────────────────────────────────────────────────────────────────────
--> neighbourhood  each of 3      20,000  30,000 to 50,000  fewer than usual
--> place          north          60,000  at most 50,000    more than usual
--> A level's usual population warns and decides nothing.
--> 1 of 2 places have no population in this pack.
print(parts:assign(rules):explain("chc", "level"))

--> chc  Continuing healthcare      level: neighbourhood   accountable: system (the ICB)
-->   start      neighbourhood  lowest level first: 3 of them
-->   blueprint  no lift        blueprint is review, the test is grow
-->   =>         neighbourhood  no test of the rules lifts it

-- Labels that are not mapped yet have no level, and duties do not speak of them.
local parked <const> = tiny.load({ posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,100\nP2,social care,1,1,100\n" }, { unmapped = "park" })
print(parked:assign(rules):pivot { measures = { "wte" }, by = { "fn", "fn.level" }, where = { kind = "pay" } })

--> wte by fn, fn.level   as at 2025-05   model HASH
--> fn           fn.level  WTE
--> ──────────────────────────
--> chc          place     1.0
--> unallocated  (none)    1.0
--> lines where kind: pay
print(parked:assign(rules):explain("unallocated", "level"))
--> unallocated  Unallocated: a label that is not in the vocabulary      level: (none)   accountable: (none)
-->   start  place   lowest level first: 2 of them
-->   =>     (none)  it is not mapped to a function yet
print(#rules:contested(parked), rules:outcome(parked):get("unallocated", "level"))  --> 0	(none)
