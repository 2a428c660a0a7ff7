local tiny <const> = require "tiny"

-- Declared rows of totals are held against their parts and set aside, in a file with standard fields and in one of the pack's own.
local base <const> = tiny.load {
  posts = [[
id,fn,group,wte,in_post,cost
P1,chc,nursing,1,1,100
P2,chc,strategy,1,0.5,200
P3,chc,nursing,1,1,50
Total,,nursing,2,2,150
Total,,,3,2.5,350
]], more = { posts = '"remit": { "totals": { "id": "Total" } }' }, budget_lines = false }
print(base:pivot { measures = { "posts", "wte", "in_post", "pay" } })
--> posts, wte, in_post, pay   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> posts  WTE  in_post WTE  pay £
--> ──────────────────────────────
-->     3  3.0          2.5    350
print(base:info():where { file = "posts.csv" })
--> A tiny ICB   as at 2025-05   model HASH
--> file       rows  a row is                         from  note
--> ──────────────────────────────────────────────────────────────────────────────────
--> posts.csv     5  a position in the establishment  pack  2 rows of totals set aside
--> Format 1, vocabulary 2026.1, price base 2025/26.
--> 1 of 11 rows shown
