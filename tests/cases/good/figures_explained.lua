local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.move { id = "records", lines = { fn = "digital" }, into = { group = "nursing" }, from = "2026-01", why = "one team", ref = "paper 4" },
  remit.add { id = "bought", lines = { { kind = "nonpay", fn = "digital", group = "nursing", cost = 1200 } }, from = "2026-01", why = "licences" },
} })
print(plan:explain("cost", { at = "2026-01", where = { group = "nursing" } }))
--> cost  lines where group: nursing      2026-01: £165,400.75
-->   base     £194,000.50  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 7 lines as at 2025-05
-->   vacant   -£76,000.25  close from 2025-10; held; it touches 2 lines
-->   records  +£46,200.50  move from 2026-01; one team; paper 4; it touches 2 lines
-->   bought   +£1,200.00   add from 2026-01; licences; it touches 1 line
-->   =>       £165,400.75  Plan
print(plan:explain("cost", { at = "2026-01", where = { group = "nursing" }, change = "records" }))
--> cost  lines where group: nursing      2026-01: +£46,200.50
-->   P4  +£31,200.00  posts.csv:5; Analyst; digital
-->   B2  +£15,000.50  budget_lines.csv:3; digital
-->   =>  +£46,200.50  records
print(plan:explain("cost", { at = "2026-01", change = "vacant", lines = 1 }))
--> cost  all lines      2026-01: -£76,000.25
-->   P3      -£52,000.00  posts.csv:4; Assessor; chc; vacant
-->   others  -£24,000.25  1 more line
-->   =>      -£76,000.25  vacant
print(plan:explain("wte", { at = "2025-09" }))
--> wte  all lines      2025-09: 3.4
-->   base  3.4  budgeted WTE, filled and vacant; 9 lines as at 2025-05
-->   =>    3.4  Plan
print(base:explain("cost", { where = { fn = "chc" } }))
--> cost  lines where fn: chc      2025-05: £67,000.00
-->   base  £67,000.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 3 lines as at 2025-05
-->   =>    £67,000.00  no changes
print(base:explain("cost", { where = { fn = "chc" }, change = "base", lines = 2 }))
--> cost  lines where fn: chc      2025-05: £67,000.00
-->   P3      £52,000.00  posts.csv:4; Assessor; chc; vacant
-->   B1      £20,000.00  budget_lines.csv:2; chc
-->   others  -£5,000.00  1 more line
-->   =>      £67,000.00  base
