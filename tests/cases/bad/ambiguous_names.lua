local tiny <const> = require "tiny"

-- A name that two members have is nobody's; an id wins over a name.
local NAMES <const> = "id,name,aliases\nchc,Continuing care,care\nquality,Care,\ndigital,IT,\nsafeguarding,digital,\n"
tiny.load { functions = NAMES, posts = "id,fn,wte,in_post,cost\nP1,care,1,1,100\nP2,Continuing Care,1,1,100\nP3,DIGITAL,1,1,100\n" }  --> error: 1 problem in posts.csv (3 rows); nothing loaded
-->   posts.csv:2  fn  'care'  two members of functions.csv have this name; use the id
local base <const> = tiny.load { functions = NAMES, posts = "id,fn,wte,in_post,cost\nP2,Continuing Care,1,1,100\nP3,DIGITAL,1,1,100\n" }
print(base:pivot { measures = { "posts" }, by = { "fn" }, where = { kind = "pay" } })
--> posts by fn   as at 2025-05   model HASH
--> fn       posts
--> ──────────────
--> chc          1
--> digital      1
--> lines where kind: pay
