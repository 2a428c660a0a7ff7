local tiny <const> = require "tiny"

-- The largest amount that 64 bits of pence hold, and a penny more; also as a sum.
local function loaded(...)
  local rows <const> = { "id,fn,wte,in_post,cost" }
  for index, cost in ipairs { ... } do
    rows[index + 1] = ("P%d,chc,1,1,%s"):format(index, cost)
  end
  return tiny.load { posts = table.concat(rows, "\n"), budget_lines = false }
end
print(("%.0f"):format(loaded "92233720368547758.07":total "cost"))  --> 92233720368547760
print(("%.0f"):format(loaded "-92233720368547758.07":total "cost"))  --> -92233720368547760
loaded "92233720368547758.08"  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  cost  '92233720368547758.08'  too large: more than 92,233,720,368,547,758.07
loaded "-92233720368547758.08"  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  cost  '-92233720368547758.08'  too large: more than 92,233,720,368,547,758.07
print(("%.0f"):format(loaded("92233720368547758.06", "0.01"):total "cost"))  --> 92233720368547760
loaded("92233720368547758.07", "0.01"):total "cost"  --> error: a sum of 'cost' is past 64 bits
loaded("-92233720368547758.07", "-0.02"):total "cost"  --> error: a sum of 'cost' is past 64 bits
-- A sum that is past 64 bits on its way and not in the end.
print(loaded("92233720368547758.07", "0.01", "-92233720368547758.07"):total "cost")  --> 0.01
