local tiny <const> = require "tiny"

-- One figure that did not read hid every wrong label of its file.
tiny.load { posts = [[
id,fn,band,wte,in_post,cost
P1,safegaurding,8a,1,1,100
P2,chc,7,"0,8",0.8,100
P3,chc,8,1,1,100
]] }  --> error: 3 problems in posts.csv (3 rows); nothing loaded
-->   posts.csv:2  fn    'safegaurding'  not in functions.csv. Did you mean 'safeguarding'?
-->   posts.csv:3  wte   '0,8'           not a number. Decimal comma?
-->   posts.csv:4  band  '8'             ambiguous: 8a, 8b, 8c, 8d
-- A row that is too short hides only itself; members of a file with such rows are not called missing.
tiny.load { places = "id,name,population\nnorth,North Town,200000\nsouth,South Bay\n", posts = [[
id,fn,place,wte,in_post,cost
P1,chcc,south,1,1,100
P2,chc,1,1,100
]] }  --> error: 3 problems in 2 files; nothing loaded
-->   places.csv:3              2 fields, the heading has 3
-->   posts.csv:2   fn  'chcc'  not in functions.csv. Did you mean 'chc'?
-->   posts.csv:3               5 fields, the heading has 6
-- Costs that cannot be worked out are told with the rest.
tiny.load { posts = [[
id,fn,place,band,point,wte,in_post
P1,chc,north,vsm,,1,1
P2,chc,nroth,8a,top,1,1
]] }  --> error: 2 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:2  cost            no cost, and band vsm has no pay points in 2025/26: give the post its cost
-->   posts.csv:3  place  'nroth'  not in places.csv. Did you mean 'north'?
