local tiny <const> = require "tiny"

-- What is not recurrent is out of the recurrent year; empty means recurrent.
local base <const> = tiny.load { posts = "id,fn,wte,in_post,cost,recurrent\nP1,chc,1,1,100,yes\nP2,chc,1,1,10,\nP3,chc,1,1,1,No\n", budget_lines = false }
print(base:total "cost", base:total("cost", { period = "recurrent" }), base:total("cost", { period = "in_year" }))
--> 111.0	110.0	111.0
print(base:total("cost", { where = { recurrent = false } }))  --> 1.0
