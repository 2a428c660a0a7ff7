local tiny <const> = require "tiny"

tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,100
P2,chc,1,1,100
Total,,2,2,200
]] }  --> error: 3 problems in posts.csv (3 rows); nothing loaded
-->   posts.csv:4  fn            is empty, and a value is required. A row of totals? Declare it: "remit": { "totals": { "id": "Total" } }
-->   posts.csv:4  wte      '2'  above the maximum 1
-->   posts.csv:4  in_post  '2'  above the maximum 1
tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,100
,Total,1,1,100
]] }  --> error: 2 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:3  id           is empty, and a value is required. A row of totals? Declare it: "remit": { "totals": { "fn": "Total" } }
-->   posts.csv:3  fn  'Total'  not in functions.csv, which has safeguarding, quality, chc, digital
tiny.load { budget_lines = [[
id,kind,fn,cost
B1,nonpay,chc,100
,,Grand total,100
]] }  --> error: 3 problems in budget_lines.csv (2 rows); nothing loaded
-->   budget_lines.csv:3  id                   is empty, and a value is required. A row of totals? Declare it: "remit": { "totals": { "fn": "Grand total" } }
-->   budget_lines.csv:3  kind                 is empty, and a value is required
-->   budget_lines.csv:3  fn    'Grand total'  not in functions.csv, which has safeguarding, quality, chc, digital
-- Several rows: one declaration is for all that are called the same.
tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,100
Total,,1,1,100
P2,chc,1,1,100
Total,,,1,100
Grand total,,2,2,200
]] }  --> error: 5 problems in posts.csv (5 rows); nothing loaded
-->   posts.csv:3  fn                is empty, and a value is required. A row of totals? Declare it: "remit": { "totals": { "id": "Total" } }  (3 rows alike)
-->   posts.csv:5  id       'Total'  duplicate of row 3
-->   posts.csv:5  wte               is empty, and a value is required
-->   posts.csv:6  wte      '2'      above the maximum 1. A row of totals? Declare it: "remit": { "totals": { "id": "Grand total" } }
-->   posts.csv:6  in_post  '2'      above the maximum 1
