local tiny <const> = require "tiny"

-- A pack of budget lines only: what posts bring is there, and is nothing.
local base <const> = tiny.load { posts = false }
print(base:pivot { measures = { "cost", "pay", "wte", "in_post", "vacancies", "posts", "filled_posts", "vacant_posts" }, by = { "fn" }, totals = true })
--> cost, pay, wte, in_post, vacancies, posts, filled_posts, vacant_posts by fn
--> funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn       cost £  pay £  WTE  in_post WTE  vacancies WTE  posts  filled_posts  vacant_posts
--> ──────────────────────────────────────────────────────────────────────────────────────────
--> quality  -1,000      0  0.0          0.0            0.0      0             0             0
--> chc      15,000      0  0.0          0.0            0.0      0             0             0
--> digital  15,000      0  0.0          0.0            0.0      0             0             0
--> ──────────────────────────────────────────────────────────────────────────────────────────
--> Total    29,000      0  0.0          0.0            0.0      0             0             0
print(base:total("cost", { basis = "in_post" }), base:total("pay"), base:posts { band = ">= 8a" }:sum "posts", base:functions { id = "chc" }:sum "cost")
--> 30000.5	0.0	0	15000.0
print(base:reduction { reduce_wte = 0 })
--> Reduction of 0 WTE from 0, 0 of them vacant   as at 2025-05   model HASH
--> refill WTE  vacancies held  reduction in post  establishment after
--> ──────────────────────────────────────────────────────────────────
-->        0.0             0.0                0.0                  0.0
print(base:health())
--> Health   as at 2025-05   model HASH
--> finding                  count  of  note
--> ────────────────────────────────────────────────
--> functions without lines      1   4  safeguarding
-- Assignments are to posts.
tiny.load { posts = false, assignments = "post,person,wte\nP1,A,1\n" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.assignments  assignments are to posts, and the pack has no posts
