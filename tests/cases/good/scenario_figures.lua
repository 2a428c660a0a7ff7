local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
-- Figures of a scenario: by the new member, in each kind of year, with heads and posts, sorted, cut, and over months.
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.move { id = "digital", posts = { fn = "digital" }, into = { group = "nursing" }, from = "2026-01", why = "together" },
  remit.regrade { id = "assessor", posts = { band = "8a" }, band = "7", from = "2026-01", why = "wider spans" },
} })
print(plan:pivot { measures = { "cost", "wte", "in_post", "posts", "heads" }, by = { "group" }, at = "2025-12", totals = true })
--> cost, wte, in_post, posts, heads by group   funded, annual run rate, 2025/26 prices, as at 2025-12   Plan   model HASH
--> group      cost £  WTE  in_post WTE  posts  heads
--> ─────────────────────────────────────────────────
--> strategy   46,201  0.6          0.6      1      1
--> nursing   118,000  1.4          1.4      2      2
--> ─────────────────────────────────────────────────
--> Total     164,201  2.0          2.0      3      3
--> heads: somebody with posts in two groups is counted in both, and once in the total.
print(plan:pivot { measures = { "cost", "wte", "in_post", "posts", "heads" }, by = { "group" }, at = "2026-01", totals = true })
--> cost, wte, in_post, posts, heads by group   funded, annual run rate, 2025/26 prices, as at 2026-01   Plan   model HASH
--> group      cost £  WTE  in_post WTE  posts  heads
--> ─────────────────────────────────────────────────
--> strategy   15,000  0.0          0.0      0      0
--> nursing   130,546  2.0          2.0      3      3
--> ─────────────────────────────────────────────────
--> Total     145,546  2.0          2.0      3      3
--> heads: somebody with posts in two groups is counted in both, and once in the total.
print(plan:pivot { measures = { "wte", "posts" }, by = { "band" }, where = { kind = "pay" }, at = "2026-01", totals = true })
--> wte, posts by band   as at 2026-01   Plan   model HASH
--> band   WTE  posts
--> ─────────────────
--> 6      0.6      1
--> 7      1.4      2
--> 8a     0.0      0
--> ─────────────────
--> Total  2.0      3
--> lines where kind: pay
print(plan:pivot { measures = { "cost" }, by = { "group", "fn" }, at = "2026-01", sort = "cost", totals = true })
--> cost by group, fn   funded, annual run rate, 2025/26 prices, as at 2026-01   Plan   model HASH
--> group           fn             cost £
--> ─────────────────────────────────────
--> nursing         safeguarding   85,346
--> nursing         digital        31,200
--> nursing         chc            15,000
--> nursing         quality        -1,000
--> Total nursing                 130,546
--> ─────────────────────────────────────
--> strategy        digital        15,000
--> Total strategy                 15,000
--> ─────────────────────────────────────
--> Total                         145,546
print(plan:pivot { measures = { "cost" }, by = { "fn" }, at = "2026-01", sort = "cost", top = 1 })
--> cost by fn   funded, annual run rate, 2025/26 prices, as at 2026-01   Plan   model HASH
--> fn            cost £
--> ────────────────────
--> safeguarding  85,346
--> (others)      60,200
-- Money is the year's, WTE and posts the month's.
print(plan:pivot { measures = { "cost", "wte", "posts" }, at = "2025-06", period = "in_year" })
--> cost, wte, posts
--> funded, in-year 2025/26 with 2025-04 as in 2025-05 (WTE, posts of the month), 2025/26 prices, as at 2025-06   Plan   model HASH
-->  cost £  WTE  posts
--> ───────────────────
--> 197,537  3.4      4
print(plan:pivot { measures = { "cost", "wte", "posts" }, at = "2025-11", period = "in_year" })
--> cost, wte, posts
--> funded, in-year 2025/26 with 2025-04 as in 2025-05 (WTE, posts of the month), 2025/26 prices, as at 2025-11   Plan   model HASH
-->  cost £  WTE  posts
--> ───────────────────
--> 197,537  2.0      3
print(plan:total("cost", { period = "recurrent" }), plan:total("wte", { at = "2025-05" }), plan:total("posts", { at = "2025-05" }))
--> 145546.38	3.4	4
print(plan:phase { from = "2025-09", to = "2026-01" })
--> cost, wte by month   funded, annual run rate in each month, 2025/26 prices, 2025-09 to 2026-01   Plan   model HASH
--> month     cost £  WTE
--> ─────────────────────
--> 2025-09  240,201  3.4
--> 2025-10  164,201  2.0
--> 2025-11  164,201  2.0
--> 2025-12  164,201  2.0
--> 2026-01  145,546  2.0
print(plan:phase { by = "year", from = "2025-05", to = "2026-05" })
--> cost, wte by year
--> funded, cost in the year with 2025-04 as in 2025-05 (WTE of the year's last month), 2025/26 prices, 2025-04 to 2027-03   Plan   model HASH
--> year      cost £  WTE
--> ─────────────────────
--> 2025/26  197,537  2.0
--> 2026/27  145,546  2.0
for _, how in ipairs { "last", "mean", "max" } do
  print(plan:pivot { measures = { "cost", "wte" }, over = { month = how, from = "2025-09", to = "2025-10" } })
end
--> cost, wte   funded, annual run rate, 2025/26 prices, as at 2025-10   Plan   model HASH
-->  cost £  WTE
--> ────────────
--> 164,201  2.0
--> cost, wte, mean of 2025-09 to 2025-10   funded, annual run rate, 2025/26 prices, as at 2025-10   Plan   model HASH
-->  cost £  WTE
--> ────────────
--> 202,201  2.7
--> largest of 2025-09 to 2025-10: cost, wte
--> funded, annual run rate, 2025/26 prices, 2025-09 to 2025-10   Plan   model HASH
-->  cost £  WTE
--> ────────────
--> 240,201  3.4
