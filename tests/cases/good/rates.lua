local tiny <const> = require "tiny"

-- A post without a cost gets one from its band and point; above 1 WTE it is several employments.
local base <const> = tiny.load { budget_lines = false, settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wte": 2',
  organisations = "id,name,employer_type\nicb,The ICB,nhs\ncity,City Council,council\n",
  posts = [[
id,fn,org,band,point,wte,in_post,cost
P1,chc,icb,8a,top,1,1,
P2,chc,icb,8a,top,0.5,0.5,
P3,chc,icb,8a,top,2,2,
P4,chc,city,8a,top,1,1,
P5,chc,,8a,top,1,1,12345.67
]] }
for line in base:posts():each() do
  print(line.id, line.cost)
end
--> P1	80661.38
--> P2	39955.7
--> P3	161322.76
--> P4	82228.43
--> P5	12345.67
local cost <const> = remit.rates { year = "2025/26" }:cost { band = "8a", point = "top" }
print(cost.salary, cost.national_insurance, cost.pension, cost.apprenticeship_levy, cost.total)
--> 62682.0	8652.3	9013.67	313.41	80661.38
