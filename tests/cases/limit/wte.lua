local tiny <const> = require "tiny"

-- A post may have 1 WTE, or what the pack says, and not a millionth more; in post up to what it has.
local function posts(row)
  return { posts = "id,fn,wte,in_post,cost\n" .. row .. "\n", budget_lines = false }
end
print(tiny.load(posts "P1,chc,1,1,100"):total "wte")  --> 1.0
tiny.load(posts "P1,chc,1.000001,1,100")  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  wte  '1.000001'  above the maximum 1. A post of several people? "max_wte" in datapackage.json says how much one may have
tiny.load(posts "P1,chc,0.8,0.800001,100")  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  in_post  '0.800001'  more in post than the post has: wte is 0.8
print(tiny.load(posts "P1,chc,0.8,0.8,100"):total "vacancies")  --> 0.0
print(tiny.load(posts "P1,chc,0,0,100"):total "posts")  --> 1
local two <const> = posts "P1,chc,2,2,100"
two.settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wte": 2'
print(tiny.load(two):total "wte")  --> 2.0
local past <const> = posts "P1,chc,2.000001,2,100"
past.settings = two.settings
tiny.load(past)  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  wte  '2.000001'  above the maximum 2. A post of several people? "max_wte" in datapackage.json says how much one may have
-- The most that a pack may say.
past.settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wte": 1000'
print(tiny.load(past):total "wte")  --> 2.000001
past.settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wte": 1000.5'
tiny.load(past)  --> error: 3 problems in 2 files; nothing loaded
-->   datapackage.json  remit.max_wte              must be a number above 0 and at most 1000: the most WTE that one post may have
-->   posts.csv:2       wte            '2.000001'  above the maximum 1. A post of several people? "max_wte" in datapackage.json says how much one may have
-->   posts.csv:2       in_post        '2'         above the maximum 1
