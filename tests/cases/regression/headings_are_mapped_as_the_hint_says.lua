local tiny <const> = require "tiny"

-- The entry that the message shows for a heading of another system, with one for each of the others, reads the file.
local POSTS <const> = "id,fn,FTE,in_post,cost,Start date\nP1,chc,0.8,0.5,100,01/04/2019\n"
local _, refused <const> = pcall(tiny.load, { posts = POSTS })
local entry <const> = tostring(refused):match '%[ ({ "name": "FTE".-} }), %.%.%. %]'
print(entry)  --> { "name": "FTE", "type": "number", "remit": { "field": "wte" } }
local MAPPED <const> = ([["schema": { "fields": [ { "name": "id" }, { "name": "fn" }, %s, { "name": "in_post", "type": "number" },
  { "name": "cost", "type": "number" }, { "name": "Start date", "remit": { "skip": true } } ] }]]):format(entry)
print(tiny.load({ posts = POSTS, budget_lines = false, more = { posts = MAPPED } }):total "wte")  --> 0.8
