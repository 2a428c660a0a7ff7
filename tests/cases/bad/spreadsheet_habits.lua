local tiny <const> = require "tiny"

-- What people write in spreadsheets: each message says what to do.
tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,95k\nP2,chc,1,1,£0.095m\nP3,chc,1,1,0.1 M\nP4,chc,1,1,95 GBP\nP5,chc,1,1,- \n" }  --> error: 5 problems in posts.csv (5 rows); nothing loaded
-->   posts.csv:2  cost  '95k'      not a number. Thousands and millions are written out: 95000
-->   posts.csv:3  cost  '£0.095m'  not a number. Thousands and millions are written out: 95000
-->   posts.csv:4  cost  '0.1 M'    not a number. Thousands and millions are written out: 95000
-->   posts.csv:5  cost  '95 GBP'   not a number
-->   posts.csv:6  cost  '- '       not a number. If it means no value, declare it: "missingValues": ["", "-"]
tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,37.5,37.5,100\nP2,chc,37.5,30,100\n" }  --> error: 3 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:2  wte      '37.5'  above the maximum 1. Hours a week? 37.5 are 1  (2 rows alike)
-->   posts.csv:2  in_post  '37.5'  above the maximum 1
-->   posts.csv:3  in_post  '30'    above the maximum 1
tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,1.6,1.6,100\n" }  --> error: 2 problems in posts.csv (1 row); nothing loaded
-->   posts.csv:2  wte      '1.6'  above the maximum 1. A post of several people? "max_wte" in datapackage.json says how much one may have
-->   posts.csv:2  in_post  '1.6'  above the maximum 1
-- A title above the headings, and headings of another system.
tiny.load { posts = "Establishment at 1 May 2025\n\nid,fn,wte,in_post,cost\nP1,chc,1,1,100\n" }  --> error: 6 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:1  id                           heading is missing
-->   posts.csv:1  fn                           heading is missing
-->   posts.csv:1  wte                          heading is missing
-->   posts.csv:1  in_post                      heading is missing
-->   posts.csv:1  Establishment at 1 May 2025  heading is not declared. Headings stand in row 1: is there a title above them?
-->   posts.csv:3                               5 fields, the heading has 1  (2 rows alike)
tiny.load { posts = "Post No,Cost Centre,wte,in_post,cost\nP1,chc,1,1,100\n" }  --> error: 4 problems in posts.csv (1 row); nothing loaded
-->   posts.csv:1  id           heading is missing
-->   posts.csv:1  fn           heading is missing
-->   posts.csv:1  Post No      heading is not declared: remit help posts.csv lists those that are. To keep other headings, give the file a "schema" in datapackage.json with each of them: { "fields": [ { "name": "Post No", "remit": { "field": ... } or { "skip": true } }, ... ] }
-->   posts.csv:1  Cost Centre  heading is not declared. Did you mean 'cost_centre'?
-- Labels with nothing like them: few are listed, and where many can be read is said once.
tiny.load { functions = false, posts = "id,fn,band,wte,in_post,cost\nP1,Finance,AfC 7,1,1,100\nP2,HR,Band 8,1,1,100\n" }  --> error: 4 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:2  fn    'Finance'  not in functions.csv: remit help functions.csv lists them
-->   posts.csv:2  band  'AfC 7'    not in bands.csv, which has 1, 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9, vsm, medical
-->   posts.csv:3  fn    'HR'       not in functions.csv
-->   posts.csv:3  band  'Band 8'   not in bands.csv, which has 1, 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9, vsm, medical
-- A date whose format was lost.
tiny.load { assignments = "post,person,wte,from\nP1,A,1,45748\nP1,B,1,4/1/26\n" }  --> error: 2 problems in assignments.csv (2 rows); nothing loaded
-->   assignments.csv:2  from  '45748'   a day is written 2025-06-03 or 03/06/2025. A spreadsheet's number of a day: format the cell as a date
-->   assignments.csv:3  from  '4/1/26'  a day is written 2025-06-03 or 03/06/2025
