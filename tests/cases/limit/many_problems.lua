local tiny <const> = require "tiny"

-- Two hundred problems are printed, all are there as data; rows alike are one problem.
local rows = { "id,fn,wte,in_post,cost" }
for index = 1, 201 do
  rows[#rows + 1] = ("P%d,x%d,1,1,100"):format(index, index)
end
for index = 1, 50 do
  rows[#rows + 1] = ("Q%d,chc,1,1,lots"):format(index)
end
local ok <const>, problem <const> = pcall(tiny.load, { posts = table.concat(rows, "\n") })
print(ok, problem.message, #problem.list, #problem.hints)  --> false	202 problems in posts.csv (251 rows); nothing loaded	202	201
print(problem.hints[1])  --> posts.csv:2    fn  'x1'    not in functions.csv, which has safeguarding, quality, chc, digital
print(problem.hints[#problem.hints])  --> ... and 2 more problems
print(problem.list[202].message, problem.list[202].alike, problem.list[202].row, problem.list[202].field, problem.list[202].value)
--> not a number	50	203	cost	lots
-- A thousand kinds of one file are kept apart.
rows = { "id,fn,wte,in_post,cost" }
for index = 1, 1001 do
  rows[#rows + 1] = ("P%d,chc,1,1,x%d"):format(index, index)
end
local _ <const>, many <const> = pcall(tiny.load, { posts = table.concat(rows, "\n") })
print(many.message, many.list[#many.list].message, many.list[#many.list].alike)
--> 1,001 problems in posts.csv (1,001 rows); nothing loaded	and 1 more of other kinds	nil
