local tiny <const> = require "tiny"

-- Members whose ids only case or spaces tell apart; ids of posts are matched as they stand, and may.
tiny.load { groups = "id,name\nnursing,Nursing\nstrategy,Strategy\nNursing,Nurses\n", posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,100\n" }  --> error: 1 problem in groups.csv (3 rows); nothing loaded
-->   groups.csv:4  id  'Nursing'  differs from row 2 only in case or spaces
print(tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,100\np1,chc,1,1,100\n", budget_lines = false }:total "posts")  --> 2
