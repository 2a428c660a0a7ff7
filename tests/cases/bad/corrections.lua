local tiny <const> = require "tiny"

local POSTS <const> = { posts = "id,fn,wte,in_post,cost\nP1,safegaurding,1,1,100\nP2,chc,1,1,12 000\n" }
local function fixed(text)
  return tiny.load(POSTS, { fix = tiny.file("fix.csv", text) })
end
-- A correction that matches nothing: its value, its field, its file, its row.
fixed [[
file,row,field,value,becomes,why
posts.csv,,fn,safegaurding,safeguarding,misspelt in the payroll extract
posts.csv,,cost,12 000,12000,typed with a space
posts.csv,,fn,chcc,chc,not there
posts.csv,,func,chc,quality,no such field
post.csv,,fn,chc,quality,no such file
posts.csv,7,fn,chc,quality,no such row
]]  --> error: 4 problems in tmp/fix.csv; nothing loaded
-->   tmp/fix.csv:4  fn    'chcc'      this correction matches nothing in posts.csv
-->   tmp/fix.csv:5  func  'chc'       this correction matches nothing in posts.csv
-->   tmp/fix.csv:6  file  'post.csv'  not a file of this pack. Did you mean 'posts.csv'?
-->   tmp/fix.csv:7  fn    'chc'       this correction matches nothing in row 7 of posts.csv
-- One that makes things worse is found like any other value.
fixed "file,field,value,becomes,why\nposts.csv,fn,safegaurding,safe,shorter\nposts.csv,cost,12 000,12000,space\n"  --> error: 1 problem in posts.csv (2 rows); nothing loaded
-->   posts.csv:2  fn  'safe'  not in functions.csv. Did you mean 'safeguarding'?
-- Without a reason; without a heading; empty; with a row that is no number; not there; half a quote.
fixed "file,row,field,value,becomes,why\nposts.csv,,fn,safegaurding,safeguarding,\n"  --> error: tmp/fix.csv:2 has no 'why': a correction gives its reason
fixed "file,field,value,becomes\nposts.csv,fn,safegaurding,safeguarding\n"  --> error: tmp/fix.csv: heading 'why' is missing
-->   the headings are: file,row,field,value,becomes,why (row may be empty)
fixed "file,field,value,becomes,reason\nposts.csv,fn,safegaurding,safeguarding,x\n"  --> error: tmp/fix.csv: heading 'why' is missing
-->   the headings are: file,row,field,value,becomes,why (row may be empty)
fixed ""  --> error: tmp/fix.csv is empty
fixed "file,row,field,value,becomes,why\nposts.csv,two,fn,safegaurding,safeguarding,misspelt\n"  --> error: tmp/fix.csv:2: row 'two' is not a whole number
fixed "file,row,field,value,becomes,why\nposts.csv,fn\n"  --> error: tmp/fix.csv:2 has no 'why': a correction gives its reason
fixed 'file,row,field,value,becomes,why\nposts.csv,,fn,"safe\n'  --> error: tmp/fix.csv: row 2, line 2, byte 47: a quote that begins here never ends
tiny.load(POSTS, { fix = "no/such/file.csv" })  --> error: no/such/file.csv: no such file
tiny.load(POSTS, { fixes = "x" })  --> error: load has no field 'fixes'. Did you mean 'fix'?
tiny.load(POSTS, { fix = 5 })  --> error: load: fix is a string (a corrections file (file,row,field,value,becomes,why)), not a number
