local tiny <const> = require "tiny"

-- Negative, above the most that one post may have, with a decimal comma, too fine, missing, and more in post than there is.
tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,-0.5,0,100
P2,chc,1.2,1,100
P3,chc,"0,8",0.8,100
P4,chc,0.1234567,0.1,100
P5,chc,,,100
P6,chc,0.5,0.6,100
P7,chc,0.5,0.500001,100
P8,chc,1,-1,100
]] }  --> error: 9 problems in posts.csv (8 rows); nothing loaded
-->   posts.csv:2  wte      '-0.5'       below the minimum 0
-->   posts.csv:3  wte      '1.2'        above the maximum 1. A post of several people? "max_wte" in datapackage.json says how much one may have
-->   posts.csv:4  wte      '0,8'        not a number. Decimal comma?
-->   posts.csv:5  wte      '0.1234567'  7 decimals, only 6 are kept. To round them: "remit": { "round": true } on the field
-->   posts.csv:6  wte                   is empty, and a value is required
-->   posts.csv:6  in_post               is empty, and a value is required
-->   posts.csv:7  in_post  '0.6'        more in post than the post has: wte is 0.5
-->   posts.csv:8  in_post  '0.500001'   more in post than the post has: wte is 0.5
-->   posts.csv:9  in_post  '-1'         below the minimum 0
-- With a maximum of its own.
tiny.load { settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wte": 2', posts = [[
id,fn,wte,in_post,cost
P1,chc,2,2,100
P2,chc,2.000001,1,100
]] }  --> error: 1 problem in posts.csv (2 rows); nothing loaded
-->   posts.csv:3  wte  '2.000001'  above the maximum 2. A post of several people? "max_wte" in datapackage.json says how much one may have
