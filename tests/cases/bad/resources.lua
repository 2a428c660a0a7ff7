local tiny <const> = require "tiny"

-- A key twice in one entry; then a path that leaves the pack, in every spelling.
tiny.load { more = { posts = '"path": "x"' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:10  duplicate object key near '"path"' (line 10, column 50)
tiny.load { descriptor = [[{ "resources": [
  { "name": "posts", "path": "../posts.csv" },
  { "name": "places", "path": "/etc/passwd" },
  { "name": "funds", "path": "a/../../b.csv" },
  { "name": "groups", "path": "C:\\groups.csv" },
  { "name": "functions", "path": "a\\b.csv" },
  { "name": "duties", "path": "" },
  { "name": "shares", "path": [ "a.csv", "b.csv" ] }
] }]] }  --> error: 7 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts      path '../posts.csv' leaves the pack: it must be relative, with / and without ..
-->   datapackage.json  resources.places     path '/etc/passwd' leaves the pack: it must be relative, with / and without ..
-->   datapackage.json  resources.funds      path 'a/../../b.csv' leaves the pack: it must be relative, with / and without ..
-->   datapackage.json  resources.groups     path 'C:\groups.csv' leaves the pack: it must be relative, with / and without ..
-->   datapackage.json  resources.functions  path 'a\b.csv' leaves the pack: it must be relative, with / and without ..
-->   datapackage.json  resources.duties     needs a "path": the file's name inside the pack
-->   datapackage.json  resources.shares     needs a "path": the file's name inside the pack
-- A file that nobody knows; a name twice; a role twice; members of one dimension twice; an establishment beside lines of its own.
tiny.load { postings = "id\nP1\n", budget_line = "id\n" }  --> error: 2 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.budget_line  'budget_line' is not a file that remit knows: give "remit": { "role": ... } or { "dimension": ... }. Did you mean 'budget_lines'?
-->   datapackage.json  resources.postings     'postings' is not a file that remit knows: give "remit": { "role": ... } or { "dimension": ... }. Did you mean 'posts'?
tiny.load { descriptor = [[{ "resources": [
  { "name": "posts", "path": "posts.csv" },
  { "name": "posts", "path": "posts.csv" },
  { "name": "more posts", "path": "posts.csv", "remit": { "role": "posts" } },
  { "name": "places", "path": "places.csv" },
  { "name": "our places", "path": "places.csv", "remit": { "dimension": "place" } },
  { "name": "facts", "path": "facts.csv", "remit": { "role": "lines" } }
] }]] }  --> error: 9 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts                 the name 'posts' is used twice
-->   datapackage.json  resources.our places.schema     needs "fields": [ { "name": ..., "type": ... }, ... ]
-->   datapackage.json  resources.facts.schema          needs "fields": [ { "name": ..., "type": ... }, ... ]
-->   datapackage.json  resources.facts.remit.measures  is needed: what the lines count, as in { "fte": { "field": "FTE", "additive_over": "all" } }
-->   datapackage.json  resources.more posts            resources.posts has the role 'posts' already
-->   datapackage.json  resources.our places            resources.places has the members of 'place' already
-->   datapackage.json  resources.facts                 lines of its own, and resources.more posts is posts: a pack has one or the other
-->   datapackage.json  remit.price_base                is needed: the year whose prices the costs are in, such as "2025/26"
-->   datapackage.json  remit.as_at                     is needed: the month that the pack describes, such as "2025-05"
-- Hints of the wrong kind.
tiny.load { more = { posts = '"encoding": "latin-9", "dialect": { "delimiter": ";;", "header": false }, "missingValues": "n/a", "remit": { "role": 5, "ordered": "yes" }' } }  --> error: 6 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit    'ordered' must be true or false, not 'yes'
-->   datapackage.json  resources.posts.remit    'role' must be a text, not 5
-->   datapackage.json  resources.posts          encoding 'latin-9' is not known: utf-8 or windows-1252
-->   datapackage.json  resources.posts.dialect  "delimiter" is one character, and no quote
-->   datapackage.json  resources.posts.dialect  "header" can only be true
-->   datapackage.json  resources.posts          "missingValues" is a list of texts
tiny.load { more = { posts = '"encoding": 7, "dialect": [], "missingValues": [ 1 ], "remit": "posts"' } }  --> error: 4 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts  'remit' must be an object: { ... }
-->   datapackage.json  resources.posts  encoding 7 is not known: utf-8 or windows-1252
-->   datapackage.json  resources.posts  'dialect' must be an object: { ... }
-->   datapackage.json  resources.posts  "missingValues" is a list of texts
