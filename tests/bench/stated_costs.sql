-- The least that could be called the same: two files imported, and what they state grouped. Posts without a stated cost count nothing.
.import --csv examples/nenc/posts.csv posts
.import --csv examples/nenc/budget_lines.csv budget_lines
with line as (select "group" as grp, cost, wte from posts union all select "group", cost, 0 from budget_lines)
select grp, sum(cost), sum(wte) from line group by 1 union all select 'Total', sum(cost), sum(wte) from line;
