local tiny <const> = require "tiny"

-- A pack with bands of its own: the shipped pay points of bands that it does not have are left out, and the others cost its posts.
local POSTS <const> = "id,fn,band,point,wte,in_post,cost\nP1,chc,8a,top,1,1,\nP2,chc,board,,1,1,150000\n"
local base <const> = tiny.load { budget_lines = false, bands = "id,name\n7,Band 7\n8a,Band 8a\nboard,Board\n", posts = POSTS }
print(base:total "pay", base:posts { band = ">= 8a" }:sum "posts")  --> 230661.38	2
print(base:info():where { file = "rates/pay_points.csv" })
--> A tiny ICB   as at 2025-05   model HASH
--> file                  rows  a row is     from        note
--> ─────────────────────────────────────────────────────────
--> rates/pay_points.csv    87  a pay point  vocabulary
--> Format 1, vocabulary 2026.1, price base 2025/26.
--> 1 of 11 rows shown
-- None of the shipped ones.
tiny.load { budget_lines = false, bands = "id,name\nA,Grade A\nboard,Board\n", posts = "id,fn,band,point,wte,in_post,cost\nP1,chc,A,top,1,1,\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  cost  no cost, and there are no pay points for 2025/26
-- The same bands as members of a dimension that the pack declares.
local declared <const> = tiny.load { budget_lines = false, grades = "id,name\n8a,Band 8a\nboard,Board\n", posts = POSTS,
  more = { grades = '"remit": { "dimension": "band", "ordered": true }, "schema": { "fields": [ { "name": "id" }, { "name": "name" } ] }' } }
print(declared:total "pay")  --> 230661.38
