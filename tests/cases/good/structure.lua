local tiny <const> = require "tiny"

local base <const> = tiny.load { posts = [[
id,title,fn,place,group,team,profession,band,point,fund,wte,in_post,cost
P1,Director of nursing,safeguarding,,nursing,,nursing,9,top,running,1,1,150000
P2,Finance director,safeguarding,,nursing,wards,finance,9,top,running,1,1,150000
P3,Assessor,chc,south,nursing,wards,nursing,6,top,running,1,0,52000
P4,Analyst,digital,,strategy,,commissioning,8d,top,running,0.6,0.6,31200
P5,Clerk,digital,,,,administration,4,top,running,0.5,0.5,15000
]] }
print(base:structure())

--> Structure   as at 2025-05   model HASH
--> group           team          level   WTE  in_post WTE  posts
--> ─────────────────────────────────────────────────────────────
--> strategy        (none)        (none)  0.6          0.6      1
--> strategy        Total (none)          0.6          0.6      1
--> Total strategy                        0.6          0.6      1
--> ─────────────────────────────────────────────────────────────
--> nursing         wards         (none)  2.0          1.0      2
--> nursing         Total wards           2.0          1.0      2
--> ─────────────────────────────────────────────────────────────
--> nursing         (none)        (none)  1.0          1.0      1
--> nursing         Total (none)          1.0          1.0      1
--> Total nursing                         3.0          2.0      3
--> ─────────────────────────────────────────────────────────────
--> (none)          (none)        (none)  0.5          0.5      1
--> (none)          Total (none)          0.5          0.5      1
--> Total (none)                          0.5          0.5      1
--> ─────────────────────────────────────────────────────────────
--> Total                                 4.1          3.1      5
--> Without a home: 0.5 WTE in no group, 2.1 WTE in no team.
--> Leadership (in post, band >= 8d): strategy lacks clinical, finance; nursing lacks commissioning.
print(base:structure { leaders = { band = ">= 4" }, professions = { clinical = "nursing" }, groups = "not(strategy)" })

--> Structure   as at 2025-05   model HASH
--> group           team          level   WTE  in_post WTE  posts
--> ─────────────────────────────────────────────────────────────
--> strategy        (none)        (none)  0.6          0.6      1
--> strategy        Total (none)          0.6          0.6      1
--> Total strategy                        0.6          0.6      1
--> ─────────────────────────────────────────────────────────────
--> nursing         wards         (none)  2.0          1.0      2
--> nursing         Total wards           2.0          1.0      2
--> ─────────────────────────────────────────────────────────────
--> nursing         (none)        (none)  1.0          1.0      1
--> nursing         Total (none)          1.0          1.0      1
--> Total nursing                         3.0          2.0      3
--> ─────────────────────────────────────────────────────────────
--> (none)          (none)        (none)  0.5          0.5      1
--> (none)          Total (none)          0.5          0.5      1
--> Total (none)                          0.5          0.5      1
--> ─────────────────────────────────────────────────────────────
--> Total                                 4.1          3.1      5
--> Without a home: 0.5 WTE in no group, 2.1 WTE in no team.
--> Leadership of nursing: no profession is missing (clinical).
-- Leaders are needed at every level of a group.
local levelled <const> = tiny.load { posts = [[
id,fn,level,group,profession,band,fund,wte,in_post,cost
P1,safeguarding,system,nursing,nursing,9,running,1,1,150000
P2,safeguarding,system,nursing,finance,9,running,1,1,150000
P3,chc,place,wards,nursing,9,running,1,1,52000
P4,chc,place,nursing,commissioning,9,running,1,0,52000
P5,digital,,strategy,commissioning,9,running,1,1,31200
]] }
for one in levelled:checks():where({ check = "leadership" }):rows() do
  print(one.status, one.evidence)
end
--> fail	strategy lacks clinical, finance; nursing at place lacks commissioning, finance; nursing at system lacks commissioning
