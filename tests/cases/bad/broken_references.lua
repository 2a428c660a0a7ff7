local tiny <const> = require "tiny"

-- References between files: the key, its file and row; a member above itself; people in posts that there are not.
tiny.load { groups = [[
id,name,parent
strategy,Strategy Group,nursing
nursing,Nursing Group,wards
wards,Ward Team,strategy
]] }  --> error: 1 problem in groups.csv (3 rows); nothing loaded
-->   groups.csv:2  parent  'nursing'  goes round in a circle: a member cannot be above itself
tiny.load { groups = [[
id,name,parent
strategy,Strategy Group,nursng
nursing,Nursing Group,
wards,Ward Team,wards
]] }  --> error: 2 problems in groups.csv (3 rows); nothing loaded
-->   groups.csv:2  parent  'nursng'  not in groups.csv. Did you mean 'nursing'?
-->   groups.csv:4  parent  'wards'   goes round in a circle: a member cannot be above itself
tiny.load { assignments = [[
post,person,wte
P1,A,1
P9,B,1
p1,C,1
]] }  --> error: 1 problem in assignments.csv (3 rows); nothing loaded
-->   assignments.csv:3  post  'P9'  not in posts.csv. Did you mean 'P1', 'P2', 'P3' or 'P4'?
