local tiny <const> = require "tiny"

-- A pound sign (A3) and a dash (96) of Windows-1252 in a file that claims to be UTF-8.
tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,Nurse \x96 adults,chc,1,1,\xa31000\n" }  --> error: 2 problems in posts.csv (1 row); nothing loaded
-->   posts.csv:2  title  'Nurse \x96 adults'  byte 0x96 is not UTF-8; in Windows-1252 it is '–': declare "encoding": "windows-1252" or save the file as UTF-8
-->   posts.csv:2  cost   '\xA31000'           byte 0xA3 is not UTF-8; in Windows-1252 it is '£': declare "encoding": "windows-1252" or save the file as UTF-8
