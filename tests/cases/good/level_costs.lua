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
