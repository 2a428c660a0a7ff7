local tiny <const> = require "tiny"

-- Posts without a cost: no band, a band without pay points, no point, a point that the band does not have.
tiny.load { posts = [[
id,fn,band,point,wte,in_post,cost
P1,chc,,,1,1,
P2,chc,vsm,,1,1,
P3,chc,8a,,1,1,
P4,chc,8a,middle,1,1,
P5,chc,8a,top,1,1,
]] }  --> error: 4 problems in posts.csv (5 rows); nothing loaded
-->   posts.csv:2  cost  no cost, and no band to work it out from
-->   posts.csv:3  cost  no cost, and band vsm has no pay points in 2025/26: give the post its cost
-->   posts.csv:4  cost  no cost, and no pay point; band 8a has entry, intermediate, top
-->   posts.csv:5  cost  no cost, and no pay point 'middle' in band 8a, which has entry, intermediate, top
-- A year without rates, an employer without on-costs.
tiny.load { settings = '"as_at": "2019-05", "price_base": "2019/20"', posts = "id,fn,band,point,wte,in_post\nP1,chc,8a,top,1,1\n" }  --> error: 2 problems in 2 files; nothing loaded
-->   datapackage.json  remit.price_base  '2019/20'  there are no on-costs for 2019/20
-->   posts.csv:2       cost                         no cost, and there are no pay points for 2019/20
tiny.load { organisations = "id,name,employer_type\ncity,City Council,parish\n",
  posts = "id,fn,org,band,point,wte,in_post\nP1,chc,city,8a,top,1,1\n" }  --> error: 1 problem in organisations.csv (1 row); nothing loaded
-->   organisations.csv:2  employer_type  'parish'  no on-costs for employer type 'parish' in 2025/26; there are some for council, nhs
