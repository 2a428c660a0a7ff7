local tiny <const> = require "tiny"

tiny.load { posts = "" }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:1  the file is empty: not even a heading
tiny.load { posts = "\n\n" }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:1  no heading: all rows are blank
tiny.load { posts = "\xef\xbb\xbf" }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:1  the file is empty: not even a heading
-- A heading and no rows: fine beside other lines; when it is all there is, there is nothing to count.
print(tiny.load { posts = "id,fn,wte,in_post\n" })  --> A tiny ICB: 4 lines, as at 2025-05, model HASH
tiny.load { posts = "id,fn,wte,in_post\n", budget_lines = false }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv  nothing to count: there are no rows
tiny.load { posts = "id,fn,wte,in_post\n", budget_lines = "id,kind,fn,cost\n" }  --> error: 1 problem in budget_lines.csv (0 rows); nothing loaded
-->   budget_lines.csv  nothing to count: there are no rows, here or in posts.csv
tiny.load { posts = false, budget_lines = false }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources  nothing to count: a pack needs posts, budget_lines or lines of its own
-- Members with a heading alone: every reference to them is broken.
tiny.load { groups = "id,name\n" }  --> error: 4 problems in 2 files; nothing loaded
-->   posts.csv:2         group  'nursing'   not in groups.csv  (3 rows alike)
-->   posts.csv:5         group  'strategy'  not in groups.csv
-->   budget_lines.csv:2  group  'nursing'   not in groups.csv  (3 rows alike)
-->   budget_lines.csv:3  group  'strategy'  not in groups.csv
