local tiny <const> = require "tiny"

-- A label that is in no vocabulary: the nearest is named, rows alike are counted.
tiny.load { posts = [[
id,fn,place,group,band,fund,wte,in_post,cost
P1,safegaurding,nroth,nurses,9z,runing,1,1,100
P2,Safegaurding,north,nursing,8,running,1,1,100
P3,safegaurding,north,nursing,8a,running,1,1,100
P4,xyzzy,north,nursing,8a,running,1,1,100
]] }  --> error: 8 problems in posts.csv (4 rows); nothing loaded
-->   posts.csv:2  fn     'safegaurding'  not in functions.csv. Did you mean 'safeguarding'?  (2 rows alike)
-->   posts.csv:2  place  'nroth'         not in places.csv. Did you mean 'north'?
-->   posts.csv:2  group  'nurses'        not in groups.csv, which has strategy, nursing, wards
-->   posts.csv:2  band   '9z'            not in bands.csv. Did you mean '9'?
-->   posts.csv:2  fund   'runing'        not in funds.csv. Did you mean 'running'?
-->   posts.csv:3  fn     'Safegaurding'  not in functions.csv. Did you mean 'safeguarding'?
-->   posts.csv:3  band   '8'             ambiguous: 8a, 8b, 8c, 8d
-->   posts.csv:5  fn     'xyzzy'         not in functions.csv, which has safeguarding, quality, chc, digital
-- A kind that is none, a truth value that is none.
tiny.load { budget_lines = [[
id,kind,fn,cost,recurrent
B1,non-pay,chc,100,true
B2,nonpay,chc,100,maybe
B3,,chc,100,
]] }  --> error: 3 problems in budget_lines.csv (3 rows); nothing loaded
-->   budget_lines.csv:2  kind       'non-pay'  not one of nonpay, income, vacancy_factor. Did you mean 'nonpay'?
-->   budget_lines.csv:3  recurrent  'maybe'    not true or false. Use true, false, yes, no, 1 or 0
-->   budget_lines.csv:4  kind                  is empty, and a value is required
