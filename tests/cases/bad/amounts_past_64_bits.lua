local tiny <const> = require "tiny"

tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,92233720368547758.08
P2,chc,1,1,99999999999999999999999
P3,chc,1,1,-92233720368547758.09
]] }  --> error: 3 problems in posts.csv (3 rows); nothing loaded
-->   posts.csv:2  cost  '92233720368547758.08'     too large: more than 92,233,720,368,547,758.07
-->   posts.csv:3  cost  '99999999999999999999999'  too large: more than 92,233,720,368,547,758.07
-->   posts.csv:4  cost  '-92233720368547758.09'    too large: more than 92,233,720,368,547,758.07
