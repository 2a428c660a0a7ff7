local tiny <const> = require "tiny"

-- On-costs of one's own name every component that is counted, with a rate in force when the year begins.
local POSTS <const> = "id,fn,band,point,wte,in_post,cost\nP1,chc,8a,top,1,1,\nP2,chc,7,top,1,1,\n"
local HEADING <const> = "employer_type,component,from,rate,threshold\n"
tiny.load { posts = POSTS, on_costs = HEADING .. "nhs,national_insurance,2025-04,15%,5000\nnhs,pension,2025-05,14.38%,0\n" }  --> error: 2 problems in on_costs.csv (2 rows); nothing loaded
-->   on_costs.csv  no rate of pension for employer type 'nhs' is in force when 2025/26 begins: give one, 0% if there is none to pay
-->   on_costs.csv  no rate of apprenticeship_levy for employer type 'nhs' is in force when 2025/26 begins: give one, 0% if there is none to pay
tiny.load { posts = POSTS, on_costs = HEADING .. "council,national_insurance,2025-04,15%,5000\n" }  --> error: 1 problem in on_costs.csv (1 row); nothing loaded
-->   on_costs.csv  no on-costs for employer type 'nhs' in 2025/26; there are some for council
tiny.load { posts = POSTS, on_costs = HEADING .. "nhs,national_insurance,2026-04,15%,5000\n" }  --> error: 1 problem in on_costs.csv (1 row); nothing loaded
-->   on_costs.csv  there are no on-costs for 2025/26
-- The economic view asks for the whole pension.
local RATES <const> = HEADING .. "nhs,national_insurance,2025-04,10%,5000\nnhs,pension,2025-04,10%,0\nnhs,apprenticeship_levy,2025-04,0%,0\n"
print(tiny.load { budget_lines = false, posts = POSTS, on_costs = RATES }:total "pay")  --> 139870.4
tiny.load { posts = POSTS, on_costs = RATES, settings = '"as_at": "2025-05", "price_base": "2025/26", "pension_view": "economic"' }  --> error: 1 problem in on_costs.csv (3 rows); nothing loaded
-->   on_costs.csv  no rate of pension_full for employer type 'nhs' is in force when 2025/26 begins: give one, 0% if there is none to pay
-- The shipped ones begin in 2025/26.
tiny.load { posts = POSTS, settings = '"as_at": "2024-05", "price_base": "2024/25"' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  remit.price_base  '2024/25'  there are no on-costs for 2024/25
remit.rates { year = "2024/25" }:cost { band = "8a", point = "top" }  --> error: there are no on-costs for 2024/25
print(remit.rates { year = "2025/26" }:cost { band = "8a", point = "top", employer_type = "NHS" }.total)  --> 80661.38
