local tiny <const> = require "tiny"

-- What a pack declares of its files is how they are read.
local function total(posts, more)
  local base <const> = tiny.load { posts = posts, budget_lines = false, more = { posts = more } }
  return base:total "pay"
end
-- Windows-1252: the pound sign A3, an en dash 96.
print(total("id,title,fn,wte,in_post,cost\nP1,Nurse \x96 adults,chc,1,1,\xa31000.25\n", '"encoding": "windows-1252"'))  --> 1000.25
print(tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,Nurse \x96 adults,chc,1,1,\xa31000\n", more = { posts = '"encoding": "CP1252"' } }
  :posts {}:head():get(1, "title"))  --> Nurse – adults
-- Semicolons, and a decimal comma with points for thousands.
local SCHEMA <const> = [["dialect": { "delimiter": ";" }, "schema": { "missingValues": [ "", "n/a" ], "fields": [
  { "name": "Post", "remit": { "field": "id" } }, { "name": "fn" },
  { "name": "wte", "type": "number", "decimalChar": "," }, { "name": "in_post", "type": "number", "decimalChar": "," },
  { "name": "Kosten", "type": "number", "decimalChar": ",", "groupChar": ".", "remit": { "field": "cost" } },
  { "name": "tags" }, { "name": "Bemerkung", "remit": { "skip": true } }
] }]]
print(total("Post;fn;wte;in_post;Kosten;tags;Bemerkung\nP1;chc;0,8;0,5;1.234,50;n/a;x,y\nP2;chc;1;1;2;a;\n", SCHEMA))  --> 1236.5
-- More decimals than are kept are rounded where the field says so, and counted.
local ROUND <const> = [["schema": { "fields": [ { "name": "id" }, { "name": "fn" }, { "name": "wte", "type": "number" }, { "name": "in_post", "type": "number" },
  { "name": "cost", "type": "number", "remit": { "round": true } } ] }]]
print(total("id,fn,wte,in_post,cost\nP1,chc,1,1,10.005\nP2,chc,1,1,10.015\n", ROUND))  --> 20.02
