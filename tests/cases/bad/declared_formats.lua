local tiny <const> = require "tiny"

-- A file that is not as declared: another delimiter, another encoding.
tiny.load { posts = "id;fn;wte;in_post;cost\nP1;chc;1;1;100\n" }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:1  id;fn;wte;in_post;cost  heading is not declared. Is the file separated by ';'? Declare "delimiter": ";"
tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,100\n", more = { posts = '"dialect": { "delimiter": "\\t" }' } }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:1  id,fn,wte,in_post,cost  heading is not declared. Is the file separated by ','? Declare "delimiter": ","
tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,Caf\xc3\xa9,chc,1,1,100\nP2,\x81,chc,1,1,100\n", more = { posts = '"encoding": "windows-1252"' } }  --> error: 1 problem in posts.csv (2 rows); nothing loaded
-->   posts.csv:3  title  '\x81'  byte 0x81 stands for nothing in Windows-1252. Is the file UTF-8?
-- Where 1.234 could be 1234, the declared comma decides: a second point does not read.
local SCHEMA <const> = [["schema": { "fields": [ { "name": "id" }, { "name": "fn" }, { "name": "wte", "type": "number" },
  { "name": "in_post", "type": "number" }, { "name": "cost", "type": "number", "decimalChar": "," } ] }]]
tiny.load { posts = 'id,fn,wte,in_post,cost\nP1,chc,1,1,"1,234.5"\nP2,chc,1,1,1.5\n', more = { posts = SCHEMA } }  --> error: 2 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:2  cost  '1,234.5'  not a number. Decimal point?
-->   posts.csv:3  cost  '1.5'      not a number. Decimal point?
