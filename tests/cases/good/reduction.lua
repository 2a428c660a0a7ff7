local tiny <const> = require "tiny"

-- 3.4 WTE, 1.4 of them vacant: vacancies go first, and one that is filled after all is one more to go in post.
local base <const> = tiny.load()
print(base:reduction { reduce_wte = 2, refill = { 0, 1 } })
--> Reduction of 2 WTE from 3.4, 1.4 of them vacant   as at 2025-05   model HASH
--> refill WTE  vacancies held  reduction in post  establishment after
--> ──────────────────────────────────────────────────────────────────
-->        0.0             1.4                0.6                  1.4
-->        1.0             0.4                1.6                  1.4
print(base:reduction { reduce_wte = 1 }:get(1, "reduction_in_post"))  --> 0.0
print(base:reduction { reduce_wte = 1, vacancies = 0.4 }:get(1, "reduction_in_post"))  --> 0.6
