local tiny <const> = require "tiny"

-- A post and a cost centre shared over functions: the parts of cost and WTE add up exactly.
local shared <const> = tiny.load { shares = "post,cost_centre,fn,share\nP2,,safeguarding,33.333333%\nP2,,quality,33.333333%\nP2,,chc,33.333334%\n,300,digital,70%\n,300,chc,30%\n",
  assignments = "post,person,wte\nP1,A,1\nP2,B,0.4\nP4,C,0.6\n" }
local plain <const> = tiny.load { assignments = "post,person,wte\nP1,A,1\nP2,B,0.4\nP4,C,0.6\n" }
print(shared:pivot { measures = { "cost", "wte", "in_post", "vacancies" }, by = { "fn" }, totals = true })
--> cost, wte, in_post, vacancies by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn             cost £   WTE  in_post WTE  vacancies WTE
--> ───────────────────────────────────────────────────────
--> safeguarding   96,000  1.27         1.13           0.13
--> quality        15,000  0.27         0.13           0.13
--> chc            96,860  1.45         0.31           1.13
--> digital        32,341  0.42         0.42           0.00
--> ───────────────────────────────────────────────────────
--> Total         240,201  3.40         2.00           1.40
print(plain:pivot { measures = { "cost", "wte", "in_post", "vacancies" }, by = {} })
--> cost, wte, in_post, vacancies   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
-->  cost £  WTE  in_post WTE  vacancies WTE
--> ────────────────────────────────────────
--> 240,201  3.4          2.0            1.4
-- Posts, and people, count in each function that they serve, and once in any total.
print(shared:pivot { measures = { "posts", "filled_posts", "vacant_posts", "heads" }, by = { "fn" }, totals = true })
--> posts, filled_posts, vacant_posts, heads by fn   as at 2025-05   model HASH
--> fn            posts  filled_posts  vacant_posts  heads
--> ──────────────────────────────────────────────────────
--> safeguarding      2             2             1      2
--> quality           1             1             1      1
--> chc               3             2             2      2
--> digital           1             1             0      1
--> ──────────────────────────────────────────────────────
--> Total             4             3             2      3
--> heads: somebody with posts in two groups is counted in both, and once in the total.
print(plain:pivot { measures = { "posts", "filled_posts", "vacant_posts", "heads" }, by = {} })
--> posts, filled_posts, vacant_posts, heads   as at 2025-05   model HASH
--> posts  filled_posts  vacant_posts  heads
--> ────────────────────────────────────────
-->     4             3             2      3
print(shared:total("heads", { where = { fn = "chc" } }), shared:posts({ fn = "chc" }):count(), shared:posts({ cost_centre = "300" }):count())
--> 2	3	1
-- The rest of the line stays with its parts; cost centres and the ledger are as they were.
print(shared:list(shared:lines { cost_centre = "300" }))
--> Lines   2025/26 prices, as at 2025-05   model HASH
--> id  title    fn       group     cost_centre  band  point  fund      WTE     cost £  tags  kind    vacant
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────
--> P4  Analyst  digital  strategy  300          6     top    running  0.42  21,840.00        pay     false
--> P4  Analyst  chc      strategy  300          6     top    running  0.18   9,360.00        pay     false
--> B2           digital  strategy  300                       running  0.00  10,500.35  it    nonpay
--> B2           chc      strategy  300                       running  0.00   4,500.15  it    nonpay
local booked <const> = tiny.load { general_ledger = "cost_centre,group,budget,wte_budgeted\n100,nursing,127000.50,1.8\n200,nursing,67000,1\n300,,46200.50,0.6\n",
  shares = "post,cost_centre,fn,share\n,300,digital,70%\n,300,chc,30%\nP3,,chc,99.999999\nP3,,quality,0.000001\n" }
print(booked:reconcile())
--> Establishment against ledger by cost_centre   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> cost_centre     establishment £  ledger budget £  difference £  WTE  ledger WTE  note
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 100                     127,001          127,001             0  1.8         1.8
--> 200                      67,000           67,000             0  1.0         1.0
--> 300                      46,200           46,200             0  0.6         0.6
--> balancing line                0                0             0  0.0         0.0  what the establishment would need to equal the ledger
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> Total                   240,201          240,201             0  3.4         3.4
-- A post's own shares come before those of its cost centre, and a share of nothing is no line.
local both <const> = tiny.load { shares = "post,cost_centre,fn,share\n,100,quality,50\n,100,digital,50\nP1,,chc,100\nP1,,quality,0\n", budget_lines = false }
print(both:pivot { measures = { "cost", "posts" }, by = { "fn" }, totals = true })
--> cost, posts by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn        cost £  posts
--> ───────────────────────
--> quality   24,000      1
--> chc      132,000      2
--> digital   55,200      2
--> ───────────────────────
--> Total    211,200      4
print(both:hash() == tiny.load { shares = "post,cost_centre,fn,share\n,100,quality,51\n,100,digital,49\nP1,,chc,100\nP1,,quality,0\n", budget_lines = false }:hash())
--> false
