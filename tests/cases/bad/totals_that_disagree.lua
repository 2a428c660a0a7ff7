local tiny <const> = require "tiny"

-- A row of totals that is not the sum of its parts: of all, of a group. Problems after it keep their rows.
tiny.load { posts = [[
id,fn,group,wte,in_post,cost
P1,chc,nursing,1,1,100
Total,,nursing,1,1,101
P2,chc,strategy,1,1,200
Total,,,2.5,2,
P3,chcc,strategy,1,1,200
]], more = { posts = '"remit": { "totals": { "id": "Total" } }' } }  --> error: 4 problems in posts.csv (5 rows); nothing loaded
-->   posts.csv:3  cost     '101'   the row of totals for nursing says this; its parts add up to 100
-->   posts.csv:5  wte      '2.5'   the row of totals says this; its parts add up to 3
-->   posts.csv:5  in_post  '2'     the row of totals says this; its parts add up to 3
-->   posts.csv:6  fn       'chcc'  not in functions.csv. Did you mean 'chc'?
-- A label that no row has is harmless; a field that is none is not.
tiny.load { more = { posts = '"remit": { "totals": { "ident": "Total" } }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.totals  there is no field 'ident'
tiny.load { more = { posts = '"remit": { "totals": { "id": "Total", "fn": "Total" } }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.totals  one field marks the rows of totals
tiny.load { more = { posts = '"remit": { "totals": { "id": [ "Total" ] } }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.totals  'id' must be a text, not a list
tiny.load { more = { posts = '"remit": { "rows": { "idd": "P1" } }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.rows  there is no field 'idd'. Did you mean 'id'?
tiny.load { more = { posts = '"remit": { "rows": { "fn": "chcc" } }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.rows  'chcc'  'chcc' is not a member. Did you mean 'chc'?
