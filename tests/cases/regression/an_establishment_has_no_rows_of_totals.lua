local tiny <const> = require "tiny"

-- Declared rows of totals of posts and budget lines were counted as posts and budget lines.
local base <const> = tiny.load {
  budget_lines = "id,kind,fn,cost\nB1,nonpay,chc,100\nB2,nonpay,chc,50\n,,Grand total,150\n",
  more = { budget_lines = '"remit": { "totals": { "fn": "Grand total" } }' },
}
print(base:total "nonpay")  --> 150.0
-- They are seldom within the bounds of a row.
print(tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,100\nP2,chc,1,1,100\nTotal,,2,2,200\n",
  more = { posts = '"remit": { "totals": { "id": "Total" } }' } }:total "wte")
--> 2.0
