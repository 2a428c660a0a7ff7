local tiny <const> = require "tiny"

-- Bytes that no encoding of ours makes; half a character at the end of a field; a surrogate; an overlong form.
tiny.load { posts = "id,title,fn,wte,in_post,cost\nP1,Nurse,chc,1,1,100\nP2,N\xc3,chc,1,1,100\nP3,\xed\xa0\x80,chc,1,1,100\nP4,\xc0\xaf,chc,1,1,1\n" }  --> error: 3 problems in posts.csv (4 rows); nothing loaded
-->   posts.csv:3  title  'N\xC3'         byte 0xC3 is not UTF-8; in Windows-1252 it is 'Ã': declare "encoding": "windows-1252" or save the file as UTF-8
-->   posts.csv:4  title  '\xED\xA0\x80'  byte 0xED is not UTF-8; in Windows-1252 it is 'í': declare "encoding": "windows-1252" or save the file as UTF-8
-->   posts.csv:5  title  '\xC0\xAF'      byte 0xC0 is not UTF-8; in Windows-1252 it is 'À': declare "encoding": "windows-1252" or save the file as UTF-8
-- In a heading, and in a label.
tiny.load { posts = "id,ti\xfftle,fn,wte,in_post,cost\nP1,Nurse,chc,1,1,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:1  column 2  'ti\xFFtle'  byte 0xFF is not UTF-8; in Windows-1252 it is 'ÿ': declare "encoding": "windows-1252" or save the file as UTF-8
tiny.load { posts = "id,fn,wte,in_post,cost\nP1,ch\xff,1,1,100\n" }  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  fn  'ch\xFF'  byte 0xFF is not UTF-8; in Windows-1252 it is 'ÿ': declare "encoding": "windows-1252" or save the file as UTF-8
