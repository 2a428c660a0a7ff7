local tiny <const> = require "tiny"

-- How people write that there is no value.
tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,N/A
P2,chc,1,1,n/a
P3,chc,1,1,-
P4,chc,1,1,#N/A
P5,chc,1,1,null
P6,chc,1,1,x
]] }  --> error: 6 problems in posts.csv (6 rows); nothing loaded
-->   posts.csv:2  cost  'N/A'   not a number. If it means no value, declare it: "missingValues": ["", "N/A"]
-->   posts.csv:3  cost  'n/a'   not a number. If it means no value, declare it: "missingValues": ["", "n/a"]
-->   posts.csv:4  cost  '-'     not a number. If it means no value, declare it: "missingValues": ["", "-"]
-->   posts.csv:5  cost  '#N/A'  not a number. If it means no value, declare it: "missingValues": ["", "#N/A"]
-->   posts.csv:6  cost  'null'  not a number. If it means no value, declare it: "missingValues": ["", "null"]
-->   posts.csv:7  cost  'x'     not a number
print(tiny.load { posts = "id,fn,wte,in_post,cost,band,point\nP1,chc,1,1,N/A,7,top\n", budget_lines = false,
  more = { posts = '"missingValues": ["", "N/A"]' } }:total "cost")  --> 70307.35
