local tiny <const> = require "tiny"

-- Costs from the rates need the employer type of every organisation that has posts to cost.
local POSTS <const> = [[
id,fn,org,band,point,wte,in_post,cost
P1,chc,city,8a,top,1,1,
P2,chc,city,7,top,1,1,
P3,chc,icb,7,top,1,1,
P4,chc,trust,7,top,1,1,60000
]]
tiny.load { posts = POSTS, organisations = "id,name,employer_type\nicb,The ICB,nhs\ncity,City Council,\ntrust,The Trust,\n" }  --> error: 1 problem in organisations.csv (3 rows); nothing loaded
-->   organisations.csv:3  employer_type  no employer type for organisation 'city': nhs or council
tiny.load { posts = POSTS, organisations = "id,name\nicb,The ICB\ncity,City Council\ntrust,The Trust\n" }  --> error: 2 problems in organisations.csv (3 rows); nothing loaded
-->   organisations.csv:2  employer_type  no employer type for organisation 'icb': nhs or council
-->   organisations.csv:3  employer_type  no employer type for organisation 'city': nhs or council
tiny.load { posts = POSTS, organisations = "id,name,employer_type\nicb,The ICB,NHS\ncity,City Council,parish\ntrust,The Trust,\n" }  --> error: 1 problem in organisations.csv (3 rows); nothing loaded
-->   organisations.csv:3  employer_type  'parish'  no on-costs for employer type 'parish' in 2025/26; there are some for council, nhs
-- Organisations that no file has.
tiny.load { posts = POSTS }  --> error: 2 problems in posts.csv (4 rows); nothing loaded
-->   posts.csv:2  org  'city'  no organisations.csv says what employer type this organisation has, and costs from the rates need it
-->   posts.csv:4  org  'icb'   no organisations.csv says what employer type this organisation has, and costs from the rates need it
tiny.load { settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "icb"', posts = "id,fn,band,point,wte,in_post\nP1,chc,7,top,1,1\n" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  remit.organisation  'icb'  no organisations.csv says what employer type this organisation has, and costs from the rates need it
tiny.load { settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "icc"', organisations = "id,name,employer_type\nicb,The ICB,nhs\n",
  posts = "id,fn,band,point,wte,in_post\nP1,chc,7,top,1,1\n" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  remit.organisation  'icc'  not in organisations.csv. Did you mean 'icb'?
-- Stated costs ask nobody.
local stated <const> = tiny.load { budget_lines = false, settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "icb"',
  posts = "id,fn,org,wte,in_post,cost\nP1,chc,city,1,1,60000\nP2,chc,,1,1,50000\n" }
print(stated:total "cost")  --> 110000.0
