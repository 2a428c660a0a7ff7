local tiny <const> = require "tiny"

-- Each is an amount, their sum is none.
local base <const> = tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,92233720368547758.07
P2,chc,1,1,0.01
]], budget_lines = false }
base:total "cost"  --> error: a sum of 'cost' is past 64 bits
base:pivot { measures = { "cost" } }  --> error: a sum of 'cost' is past 64 bits
base:pivot { measures = { "cost" }, by = { "fn" } }  --> error: a sum of 'cost' is past 64 bits
print(base:total("cost", { where = { id = "P2" } }))  --> 0.01
