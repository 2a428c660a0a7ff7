local tiny <const> = require "tiny"

-- A corrected file is read again as it was declared: its delimiter, its encoding, its quotes, and values with spaces around them.
local base <const> = tiny.load({ posts = 'id;title;fn;wte;in_post;cost\nP1;"a;b ""c"", \xa3";  chcc ;1;1;100\n\nP2;\x96;chcc;1;1;"1 0"\n',
  more = { posts = '"encoding": "windows-1252", "dialect": { "delimiter": ";" }' } },
  { fix = tiny.file("fix.csv", "file,row,field,value,becomes,why\nposts.csv,,fn,chcc,chc,misspelt\nposts.csv,4,cost,1 0,10,space\n") })
print(base:total "pay", base:posts { id = "P1" }:head():get(1, "title"), base:posts { id = "P2" }:head():get(1, "title"))
--> 110.0	a;b "c", £	–
