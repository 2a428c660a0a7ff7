local tiny <const> = require "tiny"

-- A model's hash follows what is in the pack, not how the files are written.
local base <const> = tiny.load()
print(#base:hash(), base:hash() == tiny.load():hash())  --> 64	true
print(base:hash() == tiny.load { posts = [[
id,title,fn,place,group,band,point,fund,wte,in_post,cost,cost_centre,tags
P1,Head of safeguarding, Safeguarding ,,nursing,8a,top,running,1.0,1,"£80,000.00",100,
P2,Safeguarding nurse,safeguarding,North Town,nursing,7,top,running,0.8,0.40,48000.5,100,clinical
P3,Assessor,chc,south,nursing,6,top,running,1,0,52000,200,pod|clinical
P4,Analyst,IT,,strategy,6,top,running,0.6,0.6,31200,300,
]] }:hash())  --> true
print(base:hash() == tiny.load { budget_lines = "id,kind,fn,cost\nB1,nonpay,chc,0.01\n" }:hash())  --> false
-- The month can be given when the pack is loaded.
print(tiny.load({}, { as_at = "2025-06" }))  --> A tiny ICB: 9 lines, as at 2025-06, model HASH
tiny.load({}, { as_at = "June" })  --> error: load: as_at is a month such as "2026-04" (the month that the pack describes, instead of its own), not 'June'
