local tiny <const> = require "tiny"

-- Two rates for the same thing: which one would hold?
tiny.load { pay_points = [[
year,band,point,salary
2025/26,8a,top,62682
2025/26,8a,entry,55000
2025/26,Band 8A,Top,63000
2026/27,8a,top,64000
]] }  --> error: 1 problem in pay_points.csv (4 rows); nothing loaded
-->   pay_points.csv:4  duplicate of row 2: the same year, band and point
tiny.load { on_costs = [[
employer_type,component,from,rate,threshold
nhs,pension,2025-04,14.38%,0
NHS,pension,2025-04,15%,0
nhs,pension,2026-04,15%,0
]] }  --> error: 1 problem in on_costs.csv (3 rows); nothing loaded
-->   on_costs.csv:3  duplicate of row 2: the same employer_type, component and from
