local tiny <const> = require "tiny"

-- How people and programs write amounts; nothing is guessed.
tiny.load { posts = [[
id,fn,wte,in_post,cost
P1,chc,1,1,"1.234,5"
P2,chc,1,1,1e308
P3,chc,1,1,NaN
P4,chc,1,1,inf
P5,chc,1,1,0x10
P6,chc,1,1,1 000
P7,chc,1,1,"12,34"
P8,chc,1,1,"(1,234"
P9,chc,1,1,£
P10,chc,1,1,10.005
P11,chc,1,1,$100
P12,chc,1,1,100.
P13,chc,1,1,--5
P14,chc,1,1,1.2.3
P15,chc,1,1,n/a
P16,chc,1,1,#REF!
P17,chc,1,1,"1,23,456"
P18,chc,1,1,£1.2m
P19,chc,1,1,ten
]] }  --> error: 19 problems in posts.csv (19 rows); nothing loaded
-->   posts.csv:2   cost  '1.234,5'   not a number. Decimal comma?
-->   posts.csv:3   cost  '1e308'     scientific notation: reformat the cell in the spreadsheet
-->   posts.csv:4   cost  'NaN'       not a number
-->   posts.csv:5   cost  'inf'       not a number
-->   posts.csv:6   cost  '0x10'      not a number
-->   posts.csv:7   cost  '1 000'     not a number
-->   posts.csv:8   cost  '12,34'     not a number. Decimal comma?
-->   posts.csv:9   cost  '(1,234'    not a number
-->   posts.csv:10  cost  '£'         not a number
-->   posts.csv:11  cost  '10.005'    3 decimals, only 2 are kept. To round them: "remit": { "round": true } on the field
-->   posts.csv:12  cost  '$100'      not a number
-->   posts.csv:13  cost  '100.'      not a number
-->   posts.csv:14  cost  '--5'       not a number
-->   posts.csv:15  cost  '1.2.3'     not a number
-->   posts.csv:16  cost  'n/a'       not a number. If it means no value, declare it: "missingValues": ["", "n/a"]
-->   posts.csv:17  cost  '#REF!'     not a number
-->   posts.csv:18  cost  '1,23,456'  not a number. Decimal comma?
-->   posts.csv:19  cost  '£1.2m'     not a number. Thousands and millions are written out: 95000
-->   posts.csv:20  cost  'ten'       not a number
