local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.move { id = "records", lines = { fn = "digital" }, into = { group = "nursing" }, from = "2026-01", why = "one team", ref = "paper 4" },
  remit.add { id = "bought", lines = { { kind = "nonpay", fn = "digital", group = "nursing", cost = 1200 } }, from = "2026-01", why = "licences" },
} })
print(plan:explain("cost", { at = "2026-01", where = { group = "nursing" } }))
--> cost  lines where group: nursing      2026-01: £165,400.75
--> funded, annual run rate, 2025/26 prices   Plan   model HASH
-->   base     £194,000.50  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 7 lines as at 2025-05
-->   vacant   -£76,000.25  close from 2025-10; held; it touches 2 lines
-->   records  +£46,200.50  move from 2026-01; one team; paper 4; it touches 2 lines
-->   bought   +£1,200.00   add from 2026-01; licences; it touches 1 line
-->   =>       £165,400.75  Plan
print(plan:explain("cost", { at = "2026-01", where = { group = "nursing" }, change = "records" }))
--> cost  lines where group: nursing      2026-01: +£46,200.50
--> funded, annual run rate, 2025/26 prices   Plan   model HASH
-->   P4  +£31,200.00  posts.csv:5; Analyst; digital
-->   B2  +£15,000.50  budget_lines.csv:3; digital
-->   =>  +£46,200.50  records
print(plan:explain("cost", { at = "2026-01", change = "vacant", lines = 1 }))
--> cost  all lines      2026-01: -£76,000.25
--> funded, annual run rate, 2025/26 prices   Plan   model HASH
-->   P3      -£52,000.00  posts.csv:4; Assessor; chc; vacant
-->   others  -£24,000.25  1 more line
-->   =>      -£76,000.25  vacant
print(plan:explain("wte", { at = "2025-09" }))
--> wte  all lines      2025-09: 3.4
--> Plan   model HASH
-->   base  3.4  budgeted WTE, filled and vacant; 9 lines as at 2025-05
-->   =>    3.4  Plan
print(base:explain("cost", { where = { fn = "chc" } }))
--> cost  lines where fn: chc      2025-05: £67,000.00
--> funded, annual run rate, 2025/26 prices   model HASH
-->   base  £67,000.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 3 lines as at 2025-05
-->   =>    £67,000.00  no changes
print(base:explain("cost", { where = { fn = "chc" }, change = "base", lines = 2 }))
--> cost  lines where fn: chc      2025-05: £67,000.00
--> funded, annual run rate, 2025/26 prices   model HASH
-->   P3      £52,000.00  posts.csv:4; Assessor; chc; vacant
-->   B1      £20,000.00  budget_lines.csv:2; chc
-->   others  -£5,000.00  1 more line
-->   =>      £67,000.00  base
-- In other prices the base stands in its own, and what an uplift makes of it is a part by itself; lines add up to their part.
local dear <const> = tiny.load { uplifts = "year,measure,rate\n2026/27,pay,3.3%\n2026/27,cost,2%\n" }
local sure <const> = dear:scenario("Sure", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", confidence = "90%", why = "held" },
  remit.scale { id = "contracts", lines = { kind = "nonpay" }, change = "-10%", from = "2026-01", confidence = "50%", why = "renegotiated" },
  remit.once { id = "scheme", cost = 1200, month = "2025-11", confidence = "75%", why = "scheme" },
} })
print(dear:explain("cost", { prices = "2026/27" }))
print(sure:explain("cost", { at = "2026-01", period = "in_year", prices = "2026/27", risk = "confidence" }))
print(sure:explain("cost", { at = "2026-01", period = "in_year", prices = "2026/27", risk = "confidence", change = "contracts" }))
print(sure:explain("cost", { at = "2026-01", period = "in_year", change = "scheme" }))
print(sure:explain("cost", { period = "recurrent", where = dear:posts { fn = "chc" } | dear:lines { fn = "digital" } }))
print(sure:explain("cost", { at = "2026-01", period = "part_year" }))
print(sure:explain("cost", { from = "2025-09", at = "2025-11", period = "cumulative", change = "vacant" }))
print(sure:explain("wte", { over = { month = "mean", from = "2025-09", to = "2025-12" } }))
print(sure:explain("cost", { over = { month = "max", from = "2025-09", to = "2026-02" } }).facts[1][1])
print(sure:total("cost", { over = { month = "max", from = "2025-09", to = "2026-02" } }), sure:total("wte", { over = { month = "mean", from = "2025-09", to = "2025-12" } }))
print(sure:explain("wte", { at = "2026-01", prices = "2026/27" }))
-- What a set brings in is the set's, also of lines that are moved; each line of a part has its amount.
local both <const> = base:scenario("Both", { changes = {
  remit.move { id = "north", lines = { fn = "chc" }, into = { place = "north" }, from = "2025-10", why = "one place" },
  remit.set { id = "grow", functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2025-10", why = "decided" },
} })
print(both:explain("cost", { at = "2025-10", where = { fn = { blueprint = "grow" } } }))
local moved <const> = both:explain("cost", { at = "2025-10", where = { fn = { blueprint = "grow" }, place = "north" } })
print(moved)
print(moved.lines[1].amount, moved.lines[2].amount, moved.lines[#moved.lines].amount)
--> cost  all lines      2025-05, 2026/27 prices: £247,737.63
--> funded, annual run rate, 2026/27 prices   model HASH
-->   base                   £240,201.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 9 lines as at 2025-05; in 2025/26 prices
-->   uplift pay             +£6,969.62   pay to 2026/27 prices: +3.30% by uplifts.csv
-->   uplift nonpay          +£700.01     nonpay to 2026/27 prices: +2.00% by uplifts.csv
-->   uplift income          -£100.00     income to 2026/27 prices: +2.00% by uplifts.csv
-->   uplift vacancy_factor  -£33.00      vacancy_factor to 2026/27 prices: +3.30% by uplifts.csv
-->   =>                     £247,737.63  no changes
--> cost  all lines      2025/26, 2026/27 prices, risk-adjusted (confidence): £212,880.65
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2026/27 prices   Sure   model HASH
-->   base                   £240,201.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 9 lines as at 2025-05; in 2025/26 prices
-->   uplift pay             +£6,969.62   pay to 2026/27 prices: +3.30% by uplifts.csv
-->   uplift nonpay          +£700.01     nonpay to 2026/27 prices: +2.00% by uplifts.csv
-->   uplift income          -£100.00     income to 2026/27 prices: +2.00% by uplifts.csv
-->   uplift vacancy_factor  -£33.00      vacancy_factor to 2026/27 prices: +3.30% by uplifts.csv
-->   vacant                 -£35,328.72  close from 2025-10; held; counted at 90%; it touches 2 lines
-->   contracts              -£446.26     scale from 2026-01; renegotiated; counted at 50%; it touches 2 lines
-->   scheme                 +£918.00     once from 2025-11; scheme; counted at 75%
-->   =>                     £212,880.65  Sure
--> cost  all lines      2025/26, 2026/27 prices, risk-adjusted (confidence): -£446.26
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2026/27 prices   Sure   model HASH
-->   B1  -£255.00  budget_lines.csv:2; chc
-->   B2  -£191.26  budget_lines.csv:3; digital
-->   =>  -£446.26  contracts
--> cost  all lines      2025/26: +£1,200.00
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Sure   model HASH
-->   2025-11  +£1,200.00  one-off (non-recurrent) cost
-->   =>       +£1,200.00  scheme
--> cost  lines where (kind: pay; fn: chc) or (fn: digital)      recurrent: £44,700.45
--> funded, recurrent, 2025/26 prices   Sure   model HASH
-->   base       £98,200.50   cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 3 lines as at 2025-05
-->   vacant     -£52,000.00  close from 2025-10; held; it touches 2 lines
-->   contracts  -£1,500.05   scale from 2026-01; renegotiated; it touches 2 lines
-->   =>         £44,700.45   Sure
--> cost  all lines      part-year effect 2025/26: -£41,825.16
--> funded, part-year effect 2025/26: recurrent less in-year with 2025-04 as in 2025-05, 2025/26 prices   Sure   model HASH
-->   base       £0.00        cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 9 lines as at 2025-05
-->   vacant     -£38,000.12  close from 2025-10; held; it touches 2 lines
-->   contracts  -£2,625.04   scale from 2026-01; renegotiated; it touches 2 lines
-->   scheme     -£1,200.00   once from 2025-11; scheme
-->   =>         -£41,825.16  Sure
--> cost  all lines      2025-09 to 2025-11: -£12,666.71
--> funded, cumulative, 2025-09 to the end of 2025-11, 2025/26 prices   Sure   model HASH
-->   P3  -£8,666.67   posts.csv:4; Assessor; chc; vacant
-->   P2  -£4,000.04   posts.csv:3; Safeguarding nurse; safeguarding; vacant
-->   =>  -£12,666.71  vacant
--> wte  all lines      mean of 2025-09 to 2025-12: 2.35
--> Sure   model HASH
-->   base    3.4    budgeted WTE, filled and vacant; 9 lines as at 2025-05
-->   vacant  -1.05  close from 2025-10; held; it touches 2 lines
-->   =>      2.35   Sure
--> 2025-09
--> 240201.0	2.35
--> wte  all lines      2026-01: 2
--> Sure   model HASH
-->   base    3.4   budgeted WTE, filled and vacant; 9 lines as at 2025-05
-->   vacant  -1.4  close from 2025-10; held; it touches 2 lines
-->   =>      2     Sure
--> cost  lines where fn.blueprint: grow      2025-10: £113,200.50
--> funded, annual run rate, 2025/26 prices   Both   model HASH
-->   base  £46,200.50   cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 2 lines as at 2025-05
-->   grow  +£67,000.00  set from 2025-10; decided
-->   =>    £113,200.50  Both
--> cost  lines where fn.blueprint: grow; place: north      2025-10: £67,000.00
--> funded, annual run rate, 2025/26 prices   Both   model HASH
-->   base  £0.00        cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 0 lines as at 2025-05
-->   grow  +£67,000.00  set from 2025-10; decided
-->   =>    £67,000.00   Both
--> 0.0	67000.0	67000.0
-- What a post costs that states no cost comes from the rates, to the penny; who stated one is said otherwise.
local rated <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wte": 2', posts = "id,title,fn,band,point,wte,in_post,cost\nQ1,Lead,chc,8a,top,1.5,1,\nQ2,Nurse,chc,7,top,1,1,60000\n" }
print(rated:explain("Q1", "cost"))
print(rated:explain("Q2", "cost"))
print(rated:explain("B1", "cost"))
print(rated:explain("Q1", "wte"))
print(rated:explain("cost", { where = { fn = "chc" }, change = "base" }))
print(rated:explain("Q1", "cost", { basis = "in_post" }))
print(rated:scenario("Half", { changes = { remit.close { id = "half", posts = { id = "Q1" }, share = "50%", from = "2025-10", why = "less" } } })
  :explain("Q1", "cost", { at = "2025-10" }))
--> Q1  Lead      cost: £120,617.08
-->   salary               £94,023.00   1.5 WTE of band 8a, top: £62,682.00 a full-time year; rates/pay_points.csv:47 of the shipped vocabulary
-->   national insurance   £12,603.45   15% of salary above £10,000.00, £5,000.00 for each of 2 employments; rates/on_costs.csv:2 of the shipped vocabulary, employer type nhs
-->   pension              £13,520.51   14.38% of salary; rates/on_costs.csv:3 of the shipped vocabulary, employer type nhs
-->   apprenticeship levy  £470.12      0.5% of salary; rates/on_costs.csv:5 of the shipped vocabulary, employer type nhs
-->   =>                   £120,617.08  from the rates of 2025/26, employer view: posts.csv:2 states no cost
-->   vacant               £40,205.69   of it, by WTE: 0.5 WTE with nobody in it
--> Q2  Nurse      cost: £60,000.00
-->   =>  £60,000.00  as loaded: posts.csv:3
--> B1      cost: £20,000.00
-->   =>  £20,000.00  as loaded: budget_lines.csv:2
--> Q1      wte: 1.5
--> as at 2025-05   model HASH
-->   =>  1.5  budgeted WTE, filled and vacant; of 2 lines
--> cost  lines where fn: chc      2025-05: £195,617.08
--> funded, annual run rate, 2025/26 prices   model HASH
-->   Q1  £80,411.39   posts.csv:2, from the rates of 2025/26; Lead; chc
-->   Q2  £60,000.00   posts.csv:3; Nurse; chc
-->   Q1  £40,205.69   posts.csv:2, from the rates of 2025/26; Lead; chc; vacant
-->   B1  £20,000.00   budget_lines.csv:2; chc
-->   B3  -£5,000.00   budget_lines.csv:4; chc
-->   =>  £195,617.08  base
--> cost  lines where id: "Q1"      2025-05: £80,411.39
--> in post, annual run rate, 2025/26 prices   model HASH
-->   base  £80,411.39  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 1 line as at 2025-05
-->   =>    £80,411.39  no changes
--> cost  lines where id: "Q1"      2025-10: £60,308.54
--> funded, annual run rate, 2025/26 prices   Half   model HASH
-->   base  £120,617.08  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 2 lines as at 2025-05
-->   half  -£60,308.54  close from 2025-10; less; it touches 2 lines
-->   =>    £60,308.54   Half
-- Tests that are asked further narrow a member's lines, and a line's.
print(rated:explain("chc", "cost", { where = { kind = "nonpay" } }))
print(rated:explain("Q1", "cost", { where = rated:lines { vacant = true }, change = "base" }))
--> cost  lines where (fn: "chc") and (kind: nonpay)      2025-05: £20,000.00
--> funded, annual run rate, 2025/26 prices   model HASH
-->   base  £20,000.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; 1 line as at 2025-05
-->   =>    £20,000.00  no changes
--> cost  lines where (id: "Q1") and (vacant: true)      2025-05: £40,205.69
--> funded, annual run rate, 2025/26 prices   model HASH
-->   Q1  £40,205.69  posts.csv:2, from the rates of 2025/26; Lead; chc; vacant
-->   =>  £40,205.69  base
