local tiny <const> = require "tiny"

tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,100
P2,chc,1,1,100
P1,chc,1,1,100
,chc,1,1,100
]] }  --> error: 2 problems in posts.csv (4 rows); nothing loaded
-->   posts.csv:4  id  'P1'  duplicate of row 2
-->   posts.csv:5  id        is empty, and a value is required
tiny.load { functions = "id,name\nchc,CHC\nquality,Quality\ndigital,Digital\nsafeguarding,S\nchc,Continuing care\n" }  --> error: 1 problem in functions.csv (5 rows); nothing loaded
-->   functions.csv:6  id  'chc'  duplicate of row 2
