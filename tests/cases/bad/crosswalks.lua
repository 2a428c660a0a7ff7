local tiny <const> = require "tiny"

local posts <const> = "id,fn,wte,in_post,cost,cost_centre\nP1,Wellbeing hub,1,1,100,100\nP2,CHC team,1,1,50,100\nP3,CHC team,1,1,50,200\n"
local function load(text, more)
  local pack <const> = { posts = posts, settings = '"format": 1, "as_at": "2025-05", "price_base": "2025/26", "crosswalk": "walk.csv"', beside = { ["walk.csv"] = text } }
  for key, value in pairs(more or {}) do
    pack[key] = value
  end
  return tiny.load(pack) -- a tail call: errors point at the case
end

-- A circle, a chain, a name mapped twice, shares that do not make all of it, a target that nobody knows, a function that is no local name.
load [[
from,fn,share
Wellbeing hub,CHC team,
CHC team,Health hub,
Health hub,Wellbeing hub,
Hub,CHC team,
Desk,quality,
desk.,chc,
Table,quality,60%
Table,chc,39%
Chair,quality,50%
Chair,chc,
Lamp,safegaurding,
Bulb,nobody,
Quality,chc,
chc,chc,
Pool,Lido,
Lido,chc,
Wall,quality,50%
Wall,Quality and safety,50%
x*,quality,
X*,chc,
]]  --> error: 13 problems in walk.csv; nothing loaded
-->   walk.csv:2   fn    'CHC team'       goes round in a circle: Wellbeing hub -> CHC team -> Health hub -> Wellbeing hub
-->   walk.csv:3   fn    'Health hub'     goes round in a circle: CHC team -> Health hub -> Wellbeing hub -> CHC team
-->   walk.csv:4   fn    'Wellbeing hub'  goes round in a circle: Health hub -> Wellbeing hub -> CHC team -> Health hub
-->   walk.csv:5   fn    'CHC team'       goes round in a circle: Hub -> CHC team -> Health hub -> Wellbeing hub -> CHC team
-->   walk.csv:7   from  'desk.'          mapped twice: to 'quality' by row 6 already. To share it, give each its share
-->   walk.csv:8   from  'Table'          its shares add up to 99% and not to 100%
-->   walk.csv:11  from  'Chair'          mapped twice: to 'quality' by row 10 already. To share it, give each its share
-->   walk.csv:12  fn    'safegaurding'   not in functions.csv. Did you mean 'safeguarding'?
-->   walk.csv:13  fn    'nobody'         not in functions.csv, which has safeguarding, quality, chc, digital
-->   walk.csv:14  from  'Quality'        is a function itself, in functions.csv, and stays it: a crosswalk is of local names
-->   walk.csv:16  fn    'Lido'           is no function but a local name itself, in row 17: name the function
-->   walk.csv:19  from  'Wall'           goes to 'quality' already, by row 18
-->   walk.csv:21  from  'X*'             mapped twice: to 'quality' by row 20 already. To share it, give each its share
-- Rows that do not read.
load [[
field,from,fn,share,status,why
,,chc,,,
,a,,,,
,b,chc,0%,,
,c,chc,101%,,
,d,chc,lots,,
,e,chc,,confimed,
,--,chc,,,
cost_center,100,chc,,,
wte,1,chc,,,
]]  --> error: 9 problems in walk.csv; nothing loaded
-->   walk.csv:2   from                   is empty: which local name?
-->   walk.csv:3   fn                     is empty: which function?
-->   walk.csv:4   share   '0%'           a share is above 0% and at most 100%
-->   walk.csv:5   share   '101%'         a share is above 0% and at most 100%
-->   walk.csv:6   share   'lots'         not a number: a percentage such as 60%
-->   walk.csv:7   status  'confimed'     not one of confirmed, suggested. Did you mean 'confirmed'?
-->   walk.csv:8   from    '--'           a name without letters or digits
-->   walk.csv:9   field   'cost_center'  lines have no labels of this name. Did you mean 'cost_centre'?
-->   walk.csv:10  field   'wte'          lines have no labels of this name
load "form,fn,shares\na,b,c\n"  --> error: 3 problems in walk.csv; nothing loaded
-->   walk.csv:1  form    not a heading of a crosswalk. Did you mean 'from'?
-->   walk.csv:1  shares  not a heading of a crosswalk. Did you mean 'share'?
-->   walk.csv:1  from    this heading is missing: field,from,fn,share,status,why (only from and fn are needed)
load "from,from,fn\n"  --> error: 1 problem in walk.csv; nothing loaded
-->   walk.csv:1  from  this heading stands twice
load ""  --> error: 1 problem in walk.csv; nothing loaded
-->   walk.csv  is empty: its headings are field,from,fn,share,status,why
load "from,fn\n\xff,chc\n"  --> error: 1 problem in walk.csv; nothing loaded
-->   walk.csv  row 2, line 2, byte 8: byte 0xFF is not UTF-8; in Windows-1252 it is 'ÿ': declare "encoding": "windows-1252" or save the file as UTF-8
-- What the crosswalk does not know stays a problem, once a label.
load "from,fn\nChc-team,chc\n"  --> error: 1 problem in posts.csv (3 rows); nothing loaded
-->   posts.csv:2  fn  'Wellbeing hub'  neither in walk.csv nor in functions.csv, which has safeguarding, quality, chc, digital
load "field,from,fn\ncost_centre,200,chc\n"  --> error: 2 problems in posts.csv (3 rows); nothing loaded
-->   posts.csv:2  fn  'Wellbeing hub'  neither in walk.csv nor in functions.csv, which has safeguarding, quality, chc, digital
-->   posts.csv:3  fn  'CHC team'       neither in walk.csv nor in functions.csv, which has safeguarding, quality, chc, digital
load("from,fn\n*,chc\n", { settings = '"format": 1, "as_at": "2025-05", "price_base": "2025/26", "crosswalk": "../walk.csv"' })  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  remit.crosswalk  path '../walk.csv' leaves the pack: it must be relative, with / and without ..
load("from,fn\n*,chc\n", { settings = '"format": 1, "as_at": "2025-05", "price_base": "2025/26", "crosswalk": "none.csv"' })  --> error: 1 problem in none.csv; nothing loaded
-->   none.csv  no such file
load("from,fn\n*,chc\n", { settings = '"format": 1, "as_at": "2025-05", "price_base": "2025/26", "crosswalk": 7' })  --> error: 3 problems in 2 files; nothing loaded
-->   datapackage.json  remit                   'crosswalk' must be a text, not 7
-->   posts.csv:2       fn     'Wellbeing hub'  not in functions.csv, which has safeguarding, quality, chc, digital
-->   posts.csv:3       fn     'CHC team'       not in functions.csv, which has safeguarding, quality, chc, digital  (2 rows alike)
-- By itself.
remit.crosswalk(7)  --> error: crosswalk takes the path of a CSV file or a table of rows, not a number
-->   remit.crosswalk "crosswalk.csv"
-->   remit.crosswalk { { from = "CHC team", fn = "chc" } }
remit.crosswalk { { from = "a", fn = "chc", weight = 1 }, { from = "b" }, 7 }  --> error: 4 problems in crosswalk
-->   crosswalk:1  weight  not a field of a crosswalk's row
-->   crosswalk:2  fn      is empty: which function?
-->   crosswalk:3  from    is empty: which local name?
-->   crosswalk:3  fn      is empty: which function?
local base <const> = tiny.load({ posts = posts }, { unmapped = "park" })
remit.crosswalk({ { from = "a", fn = "chhc" } }):apply(base)  --> error: 1 problem in crosswalk
-->   crosswalk:1  fn  'chhc'  not in functions.csv. Did you mean 'chc'?
remit.crosswalk({}):apply(7)  --> error: give the model first, as in walk:apply(base)
remit.crosswalk({}):suggest(base, { field = "titel" })  --> error: lines have no labels called 'titel'. Did you mean 'title'?
remit.crosswalk({}):suggest(base, { least = 30 })  --> error: least is between 0 and 1, not 30
remit.crosswalk({}):suggest(base, { max = 0 })  --> error: max is 1 or more, not 0
remit.crosswalk({}):save "walk.txt"  --> error: save: 'walk.txt' does not end in .csv
remit.crosswalk({}):aply(base)  --> error: a crosswalk has no method 'aply'. Did you mean 'apply'?
