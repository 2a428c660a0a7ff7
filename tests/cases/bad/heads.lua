local tiny <const> = require "tiny"

-- People are counted once: with assignments there are heads, and they do not mix with sort, top or tests that people do not have.
local base <const> = tiny.load { assignments = "post,person,wte\nP1,A,1\nP2,A,0.4\nP4,B,0.6\n" }
print(base:pivot { measures = { "wte", "heads" }, by = { "fn" }, totals = true })


--> wte, heads by fn   as at 2025-05   model HASH
--> fn            WTE  heads
--> ────────────────────────
--> safeguarding  1.8      1
--> quality       0.0      0
--> chc           1.0      0
--> digital       0.6      1
--> ────────────────────────
--> Total         3.4      2
--> heads: somebody with posts in two groups is counted in both, and once in the total.
base:pivot { measures = { "heads" }, by = { "fn" }, sort = "heads" }  --> error: 'heads' is counted apart from the lines: sort and cut the frame instead
-->   base:pivot { ... }:sort("heads"):top(5, "heads")
base:pivot { measures = { "heads", "wte" }, by = { "fn" }, top = 2 }  --> error: 'heads' is counted apart from the lines: sort and cut the frame instead
-->   base:pivot { ... }:sort("heads"):top(5, "heads")
base:pivot { measures = { "heads" }, by = { "person" } }  --> error: by: there is no field 'person'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
print(base:total("heads", { where = { band = ">= 7" } }))  --> 1
print(base:posts { fn = "safeguarding" }:sum "heads")  --> 1

-- Subtotals of two levels, though the inner one follows from the outer.
print((base:pivot { measures = { "heads" }, by = { "fn.blueprint", "fn", "band" }, totals = true }:csv():gsub("\n$", "")))
--> fn.blueprint,fn,band,heads,#level
--> grow,digital,6,1,3
--> grow,digital,,0,3
--> grow,digital,,1,2
--> grow,,,1,1
--> retain,quality,,0,3
--> retain,quality,,0,2
--> retain,,,0,1
--> review,safeguarding,7,1,3
--> review,safeguarding,8a,1,3
--> review,safeguarding,,1,2
--> review,chc,6,0,3
--> review,chc,,0,3
--> review,chc,,0,2
--> review,,,1,1
--> ,,,2,0
