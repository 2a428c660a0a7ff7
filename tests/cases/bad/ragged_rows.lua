local tiny <const> = require "tiny"

-- A row with too few fields, one with too many, and a row with nothing but a space.
tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1
P2,chc,1,1,100,200
P3,chc,1,1,100
 
P4,,,,
]] }  --> error: 5 problems in posts.csv (4 rows); nothing loaded
-->   posts.csv:2           4 fields, the heading has 5
-->   posts.csv:3           6 fields, the heading has 5
-->   posts.csv:6  fn       is empty, and a value is required
-->   posts.csv:6  wte      is empty, and a value is required
-->   posts.csv:6  in_post  is empty, and a value is required
