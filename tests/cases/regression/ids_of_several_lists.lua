local tiny <const> = require "tiny"
-- An id names one change: where lists that stand on one another have the same, the list's name says which.
local base <const> = tiny.load { uplifts = "year,measure,rate\n2026/27,cost,2%\n" }
local plan <const> = base:scenario("First", { changes = { remit.close { id = "held", posts = { fn = "chc" }, from = "2025-10", why = "held" } } })
  :scenario("Second", { changes = { remit.close { id = "held", posts = { fn = "digital" }, share = "50%", from = "2025-10", why = "held too" } } })
plan:amend("held", { share = "10%" })  --> error: 2 lists have a change 'held': say which
-->   "First/held" or "Second/held"
plan:with { drop = { "held" } }  --> error: 2 lists have a change 'held': say which
-->   "First/held" or "Second/held"
plan:explain("cost", { at = "2025-10", change = "held" })  --> error: 2 lists have a change 'held': say which
-->   "First/held" or "Second/held"
plan:amend("Third/held", { share = "10%" })  --> error: there is no change 'Third/held'. There are: held, held
plan:explain "cost"  --> error: which month? This scenario's changes bite in 2025-10. Give at = "2025-10".
plan:explain("chc", "blueprint", { prices = "2026/27" })  --> error: explain has no field 'prices'.
-->   Fields: at, dim
plan:explain "chc"  --> error: explain takes a member and an attribute, or a measure
-->   explain("chc", "class")
-->   explain("cost", { at = "2027-04" })
for _, model in ipairs { plan, plan:amend("First/held", { share = "10%" }), plan:amend("Second/held", { share = "10%" }), plan:with { drop = { "Second/held" } } } do
  print(model:total("cost", { at = "2025-10" }))
end
print(plan:explain("cost", { at = "2025-10", change = "Second/held" }))
-- A figure of a member, and a figure alone.
print(plan:explain("chc", "cost", { at = "2025-10", prices = "2026/27" }))
print(base:explain("digital", "cost", { prices = "2026/27" }))
print(base:explain "wte")
--> 172601.0
--> 219401.0
--> 185081.0
--> 188201.0
--> cost  all lines      2025-10: -£15,600.00
--> funded, annual run rate, 2025/26 prices   Second   model HASH
-->   P4  -£15,600.00  posts.csv:5; Analyst; digital
-->   =>  -£15,600.00  held
--> cost  lines where fn: "chc"      2025-10, 2026/27 prices: £15,300.00
--> funded, annual run rate, 2026/27 prices   Second   model HASH
-->   base    £67,000.00   cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 3 lines as at 2025-05; in 2025/26 prices
-->   uplift  +£1,340.00   all kinds of lines to 2026/27 prices: +2.00% by uplifts.csv
-->   held    -£53,040.00  close from 2025-10; held; it touches 1 line
-->   =>      £15,300.00   Second
--> cost  lines where fn: "digital"      2025-05, 2026/27 prices: £47,124.51
--> funded, annual run rate, 2026/27 prices   model HASH
-->   base    £46,200.50  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 2 lines as at 2025-05; in 2025/26 prices
-->   uplift  +£924.01    all kinds of lines to 2026/27 prices: +2.00% by uplifts.csv
-->   =>      £47,124.51  no changes
--> wte  all lines      2025-05: 3.4
--> model HASH
-->   base  3.4  budgeted WTE, filled and vacant; 9 lines as at 2025-05
-->   =>    3.4  no changes
