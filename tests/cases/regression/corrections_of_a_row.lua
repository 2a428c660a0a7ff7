local tiny <const> = require "tiny"

-- A row that is no number was taken for every row.
local PACK <const> = { posts = "id,fn,wte,in_post,cost\nP1,chcc,1,1,100\nP2,chcc,1,1,100\n" }
tiny.load(PACK, { fix = tiny.file("fix.csv", "file,row,field,value,becomes,why\nposts.csv,2nd,fn,chcc,chc,misspelt\n") })  --> error: tmp/fix.csv:2: row '2nd' is not a whole number
tiny.load(PACK, { fix = tiny.file("fix.csv", "file,row,field,value,becomes,why\nposts.csv,2,fn,chcc,chc,misspelt\n") })  --> error: 1 problem in posts.csv (2 rows); nothing loaded
-->   posts.csv:3  fn  'chcc'  not in functions.csv. Did you mean 'chc'?
