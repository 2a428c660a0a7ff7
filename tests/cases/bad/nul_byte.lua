local tiny <const> = require "tiny"

tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,Nur\0se,chc,1,1,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  title  'Nur\x00se'  a NUL byte; is this a spreadsheet (.xlsx) and not CSV?
tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,Nurse,chc,1\0,1,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  wte  '1\x00'  a NUL byte; is this a spreadsheet (.xlsx) and not CSV?
