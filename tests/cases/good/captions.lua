-- What stands above a table is true of every column: money has a basis, a period and prices; WTE and counts are of a month, and have none of them.
local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Held", { changes = {
  remit.close { id = "held", posts = { vacant = true }, from = "2025-10", to = "2026-02", why = "held" },
  remit.scale { id = "less", lines = { kind = "nonpay" }, change = "-10%", from = "2026-01", why = "renegotiated" },
} })
local cap <const> = remit.envelope { id = "cap", per_head = 0.4, population = 500000, population_basis = "registered" }

-- Beside money of a year, or of several months, WTE is of the month that is asked; a year's money alone has no month.
print(plan:pivot { measures = { "cost", "wte", "posts" }, period = "in_year", at = "2025-11" })
print(plan:pivot { measures = { "cost" }, period = "in_year", at = "2025-11" })
print(plan:pivot { measures = { "cost", "wte" }, period = "cumulative", from = "2025-09", at = "2025-11" })
-- What recurs is of the month after which nothing changes, and so is the WTE with it.
print(plan:pivot { measures = { "cost", "wte" }, period = "recurrent" })
print(plan:pivot { measures = { "wte" }, period = "recurrent" })
-- A basis is of money: WTE counts filled and vacant posts, unless its measure says otherwise.
print(plan:pivot { measures = { "cost", "wte", "in_post" }, basis = "in_post", at = "2025-11" })
print(plan:pivot { measures = { "cost", "wte" }, over = { month = "max", from = "2025-09", to = "2025-12" } })
-- Month by month and year by year.
print(plan:phase { by = "year", from = "2025-04", to = "2026-03", period = "part_year" })
print(plan:phase { by = "year", from = "2025-04", to = "2026-03", measures = { "cost" }, basis = "in_post" })
print(plan:phase { by = "year", from = "2025-04", to = "2026-03", measures = { "wte" } })
print(plan:phase { from = "2025-09", to = "2025-10", period = "cumulative", basis = "in_post" })
-- Models side by side, one that is told apart, one figure over many values.
print(remit.compare { base, plan }:table { measures = { "cost", "wte" }, period = "in_year", at = "2025-11" })
print(remit.compare { base, plan }:table { measures = { "cost", "wte" }, period = "recurrent" })
print(remit.compare { base, plan }:bridge { measure = "wte", at = "2025-11", period = "in_year" })
print(plan:sweep { change = "less", field = "change", values = { "-10%" }, measures = { "wte", "cost" }, at = "2026-01", period = "in_year", envelope = cap })
print(plan:sweep { change = "less", field = "change", values = { "-10%" }, measures = {}, at = "2026-01", period = "in_year", envelope = cap })
-- Where a change ends, no month is in doubt.
print(plan:explain("wte", { at = "2025-11", period = "in_year" }))
print(plan:changes())
print(remit.close { id = "held", posts = { vacant = true }, from = "2025-10", to = "2026-01", why = "held" })
local set <const> = base:scenario("Set", { changes = {
  remit.set { functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2025-10", to = "2026-01", why = "for a quarter" } } })
print(set:explain("chc", "blueprint", { at = "2025-12" }))
--> cost, wte, posts
--> funded, in-year 2025/26 with 2025-04 as in 2025-05 (WTE, posts of the month), 2025/26 prices, as at 2025-11   Held   model HASH
-->  cost £  WTE  posts
--> ───────────────────
--> 213,993  2.0      3
--> cost   funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Held   model HASH
-->  cost £
--> ───────
--> 213,993
--> cost, wte
--> funded, cumulative, 2025-09 to the end of 2025-11 (WTE of the month), 2025/26 prices, as at 2025-11   Held   model HASH
--> cost £  WTE
--> ───────────
--> 47,384  2.0
--> cost, wte   funded, recurrent, 2025/26 prices, as at 2026-02   Held   model HASH
-->  cost £  WTE
--> ────────────
--> 236,701  3.4
--> wte   as at 2026-02   Held   model HASH
--> WTE
--> ───
--> 3.4
--> cost, wte, in_post   in post, annual run rate (WTE funded), 2025/26 prices, as at 2025-11   Held   model HASH
-->  cost £  WTE  in_post WTE
--> ─────────────────────────
--> 165,201  2.0          2.0
--> largest of 2025-09 to 2025-12: cost, wte
--> funded, annual run rate, 2025/26 prices, 2025-09 to 2025-12   Held   model HASH
-->  cost £  WTE
--> ────────────
--> 240,201  3.4
--> cost, wte by year
--> funded, part-year effect: recurrent less in-year with 2025-04 as in 2025-05 (WTE of the year's last month), 2025/26 prices, 2025-04 to 2026-03   Held   model HASH
--> year     cost £  WTE
--> ────────────────────
--> 2025/26  22,708  3.4
--> cost by year
--> in post, cost in the year with 2025-04 as in 2025-05, 2025/26 prices, 2025-04 to 2026-03   Held   model HASH
--> year      cost £
--> ────────────────
--> 2025/26  164,326
--> wte by year   2025-04 to 2026-03   Held   model HASH
--> year     WTE
--> ────────────
--> 2025/26  3.4
--> cost, wte by month
--> in post, cost from 2025-09 to the end of each month (WTE funded; WTE of the month), 2025/26 prices, 2025-09 to 2025-10   Held   model HASH
--> month    cost £  WTE
--> ────────────────────
--> 2025-09  13,767  3.4
--> 2025-10  27,533  2.0
--> cost, wte
--> funded, in-year 2025/26 with 2025-04 as in 2025-05 (WTE of the month), 2025/26 prices, as at 2025-11   model HASH
--> cost £ base  cost £ Held  change £  change %  WTE base  WTE Held  change WTE  change %
--> ──────────────────────────────────────────────────────────────────────────────────────
-->     240,201      213,993   -26,208    -10.9%       3.4       2.0        -1.4    -41.2%
--> The base has no changes: its figures are as at 2025-05.
--> cost, wte   funded, recurrent, 2025/26 prices   model HASH
--> cost £ base  cost £ Held  change £  change %  WTE base  WTE Held  change WTE  change %
--> ──────────────────────────────────────────────────────────────────────────────────────
-->     240,201      236,701    -3,500     -1.5%       3.4       3.4         0.0      0.0%
--> Bridge of wte   as at 2025-11   Held   model HASH
--> step   WTE  why
--> ────────────────────────
--> base  +3.4
--> held  -1.4  held
--> less   0.0  renegotiated
--> Held  +2.0
--> Each change's effect averaged over every order of the changes: exact.
--> wte, cost, headroom by change
--> funded, in-year 2025/26 with 2025-04 as in 2025-05 (WTE of the month), 2025/26 prices, as at 2026-01   Held   model HASH
--> change  WTE  change   cost £  change  headroom £  change  result
--> ────────────────────────────────────────────────────────────────
--> -10%    2.0     0.0  213,993       0     +39,299       0  ok
--> Change is from Held as it is.
--> First within the cap at change -10%.
--> headroom: funded, annual run rate.
--> headroom by change   funded, annual run rate, 2025/26 prices, as at 2026-01   Held   model HASH
--> change  headroom £  change  result
--> ──────────────────────────────────
--> -10%       +39,299       0  ok
--> Change is from Held as it is.
--> First within the cap at change -10%.
--> wte  all lines      2025-11: 2
--> Held   model HASH
-->   base  3.4   budgeted WTE, filled and vacant; 9 lines as at 2025-05
-->   held  -1.4  close from 2025-10 to the end of 2026-01; held; it touches 2 lines
-->   =>    2     Held
--> Changes   as at 2025-05   Held   model HASH
--> list  id    change  from     no longer from  lines  why           ref  owner  status
--> ─────────────────────────────────────────────────────────────────────────────────────
--> Held  held  close   2025-10  2026-02             2  held                      planned
--> Held  less  scale   2026-01                      2  renegotiated              planned
--> close held from 2025-10 to the end of 2025-12: held
--> chc  Continuing healthcare      blueprint: grow
-->   =>  grow  set from 2025-10 to the end of 2025-12; for a quarter
