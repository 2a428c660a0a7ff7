local tiny <const> = require "tiny"

-- The same heading twice; also when the two differ in case or spaces.
tiny.load { posts = "id,fn,wte,in_post,cost,cost\nP1,chc,1,1,100,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:1  cost  heading occurs twice (columns 5 and 6)
tiny.load { posts = "id,fn,wte,in_post,Cost,cost \nP1,chc,1,1,100,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:1  Cost  heading is not declared. Did you mean 'cost_centre'?
-- One that nobody declared, one that is needed, an empty one.
tiny.load { posts = "id,fn,wte,in_post,cots\nP1,chc,1,1,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:1  cots  heading is not declared. Did you mean 'cost'?
tiny.load { posts = "id,fn,in_post\nP1,chc,1\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:1  wte  heading is missing
tiny.load { posts = "id,fn,wte,in_post,cost,\nP1,chc,1,1,100,7\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  column 6  '7'  a value in a column without a heading
-- One of another system, in a file without a "schema", and in one with it.
tiny.load { posts = "id,fn,FTE,in_post,cost\nP1,chc,1,1,100\n" }  --> error: 2 problems in posts.csv (1 row); nothing loaded
-->   posts.csv:1  wte  heading is missing. Did you mean 'FTE'?
-->   posts.csv:1  FTE  heading is not declared. Did you mean 'wte'? To keep other headings, give the file a "schema" in datapackage.json with each of them: { "fields": [ { "name": "FTE", "type": "number", "remit": { "field": "wte" } }, ... ] }
tiny.load { posts = "id,fn,FTE,in_post,Start\nP1,chc,1,1,x\n", more = { posts = [["schema": { "fields": [
  { "name": "id" }, { "name": "fn" }, { "name": "FTE", "type": "number", "remit": { "field": "wte" } }, { "name": "in_post", "type": "number" } ] }]] } }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:1  Start  heading is not declared: remit help posts.csv lists those that are. The headings of this file stand in its "schema": add { "name": "Start", "remit": { "field": ... } or { "skip": true } }
-- In another case: one problem each, and what stands below them is read.
tiny.load { posts = "ID,Fn,wte,IN_POST,cost\nP1,chcc,1,2,100\n" }  --> error: 5 problems in posts.csv (1 row); nothing loaded
-->   posts.csv:1  ID               heading 'ID': write 'id'
-->   posts.csv:1  Fn               heading 'Fn': write 'fn'
-->   posts.csv:1  IN_POST          heading 'IN_POST': write 'in_post'
-->   posts.csv:2  in_post  '2'     above the maximum 1
-->   posts.csv:2  fn       'chcc'  not in functions.csv. Did you mean 'chc'?
