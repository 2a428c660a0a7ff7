local tiny <const> = require "tiny"
local base <const> = tiny.load()

print(base)  --> A tiny ICB: 9 lines, as at 2025-05, model HASH
print(base:pivot { measures = { "cost", "wte", "in_post", "vacancies" }, by = { "fn" }, totals = true })


--> cost, wte, in_post, vacancies by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn             cost £  WTE  in_post WTE  vacancies WTE
--> ──────────────────────────────────────────────────────
--> safeguarding  128,001  1.8          1.4            0.4
--> quality        -1,000  0.0          0.0            0.0
--> chc            67,000  1.0          0.0            1.0
--> digital        46,200  0.6          0.6            0.0
--> ──────────────────────────────────────────────────────
--> Total         240,201  3.4          2.0            1.4
print(base:pivot { measures = { "pay", "nonpay", "income", "vacancy_factor" }, by = { "fn.blueprint", "group" }, totals = true })


--> pay, nonpay, income, vacancy_factor by fn.blueprint, group
--> funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn.blueprint  group       pay £  nonpay £  income £  vacancy_factor £
--> ─────────────────────────────────────────────────────────────────────
--> grow          strategy   31,200    15,000         0                 0
--> Total grow               31,200    15,000         0                 0
--> ─────────────────────────────────────────────────────────────────────
--> retain        nursing         0         0         0            -1,000
--> Total retain                  0         0         0            -1,000
--> ─────────────────────────────────────────────────────────────────────
--> review        nursing   180,000    20,000    -5,000                 0
--> Total review            180,000    20,000    -5,000                 0
--> ─────────────────────────────────────────────────────────────────────
--> Total                   211,200    35,000    -5,000            -1,000
print(base:pivot { measures = { "posts", "filled_posts", "vacant_posts", "lines" } })


--> posts, filled_posts, vacant_posts, lines   as at 2025-05   model HASH
--> posts  filled_posts  vacant_posts  lines
--> ────────────────────────────────────────
-->     4             3             2      9
print(base:pivot { measures = { "cost" }, by = { "place.name" }, sort = "cost" })


--> cost by place.name   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> place.name   cost £
--> ───────────────────
--> (none)      140,200
--> South Bay    52,000
--> North Town   48,000
print(base:pivot { measures = { "cost" }, by = { "fn" }, sort = "cost", top = 1, totals = true })


--> cost by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn             cost £
--> ─────────────────────
--> safeguarding  128,001
--> (others)      112,200
--> ─────────────────────
--> Total         240,201
print(base:pivot { measures = { "cost" }, by = { "tags" }})


--> cost by tags   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> tags       cost £
--> ─────────────────
--> clinical  100,000
--> pod        52,000
--> it         15,000
--> (none)    125,200
-- (A line with two tags is in both groups.)
-- In post, vacant parts and the vacancy factor are out; what is not recurrent is out of the recurrent year.
print(base:total("cost", { basis = "in_post" }), base:total("pay", { basis = "in_post" }), base:total("cost", { period = "recurrent" }))
--> 165200.75	135200.25	240201.0
