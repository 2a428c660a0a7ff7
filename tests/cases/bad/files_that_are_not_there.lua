local tiny <const> = require "tiny"

-- A folder where a file should stand; a file that is not there; both with what else is wrong.
tiny.load { posts = tiny.folder, groups = tiny.missing, budget_lines = "id,kind,fn,cost\nB1,nonpay,chcc,1\n" }  --> error: 3 problems in 3 files; nothing loaded
-->   groups.csv                      no such file
-->   posts.csv                       is a directory
-->   budget_lines.csv:2  fn  'chcc'  not in functions.csv. Did you mean 'chc'?
