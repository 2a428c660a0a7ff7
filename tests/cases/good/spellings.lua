local tiny <const> = require "tiny"

-- Labels that differ only in case or spaces are one, in whatever order they come, and in posts, budget lines and the ledger alike.
local HEADING <const> = "id,title,fn,profession,wte,in_post,cost,cost_centre,tags\n"
local ROWS <const> = { "P1,A Nurse,chc,nursing,1,1,100,Aa,POD\n", "P2,a nurse,chc,Nursing,1,1,100,aa,pod|x\n", "P3,A Nurse,chc,ward  nurse,1,1,100,Bb Cc,X|pod\n",
  "P4,A Nurse,chc,Ward nurse,1,1,100,Bb  Cc,\n" }
local LEDGER <const> = "cost_centre,budget\nAA,300\nbb cc,200\n"
local LINES <const> = "id,kind,fn,cost,cost_centre,tags\nB1,nonpay,chc,100,aA,Pod\n"
local base <const> = tiny.load { posts = HEADING .. table.concat(ROWS), budget_lines = LINES, general_ledger = LEDGER }
print(base:pivot { measures = { "cost", "posts" }, by = { "profession" } })
--> cost, posts by profession   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> profession  cost £  posts
--> ─────────────────────────
--> Nursing        200      2
--> Ward nurse     200      2
--> (none)         100      0
print(base:reconcile())
--> Establishment against ledger by cost_centre   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> cost_centre     establishment £  ledger budget £  difference £  note
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> AA                          300              300             0
--> Bb Cc                       200              200             0
--> balancing line                0                0             0  what the establishment would need to equal the ledger
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> Total                       500              500             0
print(base:total("cost", { where = { tags = "pod" } }), base:total("cost", { where = { tags = "x" } }))  --> 400.0	200.0
for line in base:posts():each() do
  print(line.title, line.tags)
end
--> A Nurse	POD
--> a nurse	POD|X
--> A Nurse	POD|X
--> A Nurse	(none)
print(base:health():where { finding = "labels written*" })
--> Health   as at 2025-05   model HASH
--> finding                         count  of  note
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> labels written in several ways      6      cost_centre 'AA', 'Aa', 'aA', 'aa'; cost_centre 'Bb  Cc', 'Bb Cc', 'bb cc' and 4 more
--> 1 of 9 rows shown
local turned <const> = tiny.load { posts = HEADING .. ROWS[4] .. ROWS[3] .. ROWS[2] .. ROWS[1], budget_lines = LINES, general_ledger = LEDGER }
print(turned:pivot { measures = { "cost", "posts" }, by = { "profession" } })
--> cost, posts by profession   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> profession  cost £  posts
--> ─────────────────────────
--> Nursing        200      2
--> Ward nurse     200      2
--> (none)         100      0
-- The vocabulary's spelling wins over the pack's.
local rated <const> = tiny.load { posts = "id,fn,band,point,wte,in_post\nP1,chc,7,TOP,1,1\n", budget_lines = false }
print(rated:total("posts", { where = { point = "top" } }), rated:pivot { measures = { "posts" }, by = { "point" } })
--> 1	posts by point   as at 2025-05   model HASH
--> point  posts
--> ────────────
--> top        1
-- Lines of one's own.
local own <const> = tiny.load { posts = false, budget_lines = false, settings = '"as_at": "2025-05"', staff = "who,n\nNurses,1\nnurses,2\n",
  more = { staff = '"schema": { "fields": [ { "name": "who" }, { "name": "n", "type": "integer" } ] }, '
    .. '"remit": { "role": "lines", "measures": { "n": { "field": "n", "additive_over": "all" } } }' } }
print(own:pivot { measures = { "n" }, by = { "who" } })
--> n by who   as at 2025-05   model HASH
--> who     n
--> ─────────
--> Nurses  3
print(own:health())
--> Health   as at 2025-05   model HASH
--> finding                         count  of  note
--> ─────────────────────────────────────────────────────────────────
--> labels written in several ways      1      who 'Nurses', 'nurses'
