local tiny <const> = require "tiny"

-- A one-off cost is non-pay unless it is booked as something else: in a year, too, the four kinds add up to the cost.
local plan <const> = tiny.load():scenario("Plan", { changes = {
  remit.once { id = "scheme", cost = 1200, month = "2025-11", why = "redundancy", on = { kind = "pay" } },
  remit.once { id = "system", cost = 300, month = "2025-12", why = "set-up" },
  remit.close { id = "held", posts = { vacant = true }, from = "2025-10", why = "held" },
} })
for _, period in ipairs { "in_year", "part_year" } do
  local kinds = 0
  for _, measure in ipairs { "pay", "nonpay", "income", "vacancy_factor" } do
    local value <const> = plan:total(measure, { at = "2025-11", period = period })
    print(period, measure, value)
    kinds = kinds + value
  end
  print(("%.2f"):format(kinds), plan:total("cost", { at = "2025-11", period = period }))
end
print(plan:explain("nonpay", { at = "2025-11", period = "in_year" }))
--> in_year	pay	174400.38
--> in_year	nonpay	35300.5
--> in_year	income	-5000.0
--> in_year	vacancy_factor	-1000.0
--> 203700.88	203700.88
--> part_year	pay	-39200.12
--> part_year	nonpay	-300.0
--> part_year	income	0.0
--> part_year	vacancy_factor	0.0
--> -39500.12	-39500.12
--> nonpay  all lines      2025/26: £35,300.50
--> funded, in-year 2025/26 with 2025-04 as in 2025-05, 2025/26 prices   Plan   model HASH
-->   base    £35,000.50  non-pay cost, £ a year; 2 lines as at 2025-05
-->   system  +£300.00    once from 2025-12; set-up
-->   =>      £35,300.50  Plan
