local tiny <const> = require "tiny"

local posts <const> = [[
id,title,fn,wte,in_post,cost,cost_centre
P1,Lead,Wellbeing hub,1,1,100.01,100
P2,Assessor,CHC team (north),1,0.5,51,200
P3,Porter,Estates stuff,1,1,77,300
P4,Nurse,quality,1,1,10,100
P5,Clerk,"Digital data, & technology",1,0,33,100
P6,Clerk,Continuing health care,1,0,20,400
P7,Chair,Board,0,0,5,400
]]
local walk_text <const> = [[
field,from,fn,share,status,why
,wellbeing-hub,digital,60%,,half of the hub is IT
fn,Wellbeing Hub,quality,40%,confirmed,
,*chc*,chc,,,
cost_centre,300,safeguarding,,,
cost_centre,200,quality,,,
,Board,quality,,suggested,
,Nobody,chc,,,
]]
local assignments <const> = "post,person,wte\nP1,A,1\nP2,B,0.5\nP3,A,1\n"

-- Parked, suggested, covered, applied.
local base <const> = tiny.load({ posts = posts, assignments = assignments, budget_lines = false }, { unmapped = "park" })
local empty <const> = remit.crosswalk {}
print(empty:suggest(base))
print(empty:coverage(base))
local walk <const> = remit.crosswalk(tiny.file("walk.csv", walk_text))
print((tostring(walk):gsub("^.*/", "")))
print(walk:rows())
print(walk:coverage(base))
print(walk:suggest(base, { max = 1 }))
local applied <const> = walk:apply(base)
print(applied:pivot { measures = { "cost", "wte", "posts", "filled_posts", "heads" }, by = { "fn" }, totals = true })
print(base:total "cost" == applied:total "cost", base:hash() ~= applied:hash(), base:total("posts", { where = { fn = "unallocated" } }))
print(applied:pivot { measures = { "cost" }, by = { "fn_local", "fn" }, totals = true })
print(applied:health():where { finding = "label*" })
-- In the pack itself: the same lines under the same functions, without parking what is known.
local settings <const> = '"format": 1, "as_at": "2025-05", "price_base": "2025/26", "crosswalk": "walk.csv"'
local loaded <const> = tiny.load({ posts = posts, assignments = assignments, budget_lines = false, settings = settings, beside = { ["walk.csv"] = walk_text } }, { unmapped = "park" })
print(loaded:pivot { measures = { "cost", "wte", "posts", "filled_posts", "heads" }, by = { "fn" }, totals = true })
print(loaded:health():where { finding = "label*" })
print(walk:apply(loaded):total("cost", { where = { fn = "quality" } }) == loaded:total("cost", { where = { fn = "quality" } }))
-- Suggestions are saved to be confirmed.
local path <const> = tiny.file("open.csv", "")
walk:save(path, { suggest = base })
local open <close> = assert(io.open(path))
print(open:read "a")
print(remit.crosswalk(path):coverage(base):get(4, "cost"))
-- By another field than the function.
print(remit.crosswalk { { field = "title", from = "cl?rk", fn = "IT", why = "clerks" }, { field = "title", from = "Porter", fn = "chc", share = 0.25 },
  { field = "title", from = "PORTER", fn = "quality", share = "75%" } }:apply(base):pivot { measures = { "cost", "posts" }, by = { "fn" }, totals = true })
print(empty:suggest(base, { field = "title" }))
--> Local names without a function   2025/26 prices, as at 2025-05   model HASH
--> local name                  lines  cost £  may be   likeness
--> ────────────────────────────────────────────────────────────
--> Wellbeing hub                   1     100
--> Estates stuff                   1      77
--> CHC team (north)                1      51  chc         40.0%
--> Digital data, & technology      1      33  digital     93.3%
--> Continuing health care          1      20  chc         90.0%
--> Board                           1       5
--> Lines by how a crosswalk maps them   2025/26 prices, as at 2025-05   model HASH
--> mapped                    local names  lines  WTE  cost £  lines of several rows
--> ────────────────────────────────────────────────────────────────────────────────
--> by a function's own name            0      1  1.0      10                      0
--> not mapped                          6      6  5.0     286                      0
--> ────────────────────────────────────────────────────────────────────────────────
--> Total                               6      7  6.0     296                      0
--> walk.csv: 6 confirmed rows, 1 suggested
--> field        from           fn            share  status     why
--> ─────────────────────────────────────────────────────────────────────────────────
--> fn           wellbeing-hub  digital       60%    confirmed  half of the hub is IT
--> fn           Wellbeing Hub  quality       40%    confirmed
--> fn           *chc*          chc                  confirmed
--> cost_centre  300            safeguarding         confirmed
--> cost_centre  200            quality              confirmed
--> fn           Board          quality              suggested
--> fn           Nobody         chc                  confirmed
--> Lines by how a crosswalk maps them   2025/26 prices, as at 2025-05   model HASH
--> mapped                      local names  lines  WTE  cost £  lines of several rows
--> ──────────────────────────────────────────────────────────────────────────────────
--> by a function's own name              0      1  1.0      10                      0
--> by a rule                             1      1  1.0      51                      1
--> by its name                           1      1  1.0     100                      0
--> by its name in cost_centre            1      1  1.0      77                      0
--> not mapped                            3      3  2.0      58                      0
--> ──────────────────────────────────────────────────────────────────────────────────
--> Total                                 6      7  6.0     296                      1
--> Several rows, which lead to different functions, the first counts: 'CHC team (north)' (row 4; also row 6).
--> No line has: 'Nobody' (row 8).
--> Only suggested, so that they map nothing: 'Board' (row 7).
--> Local names without a function   2025/26 prices, as at 2025-05   model HASH
--> local name                  lines  cost £  may be   likeness
--> ────────────────────────────────────────────────────────────
--> Estates stuff                   1      77
--> Digital data, & technology      1      33  digital     93.3%
--> Continuing health care          1      20  chc         90.0%
--> Board                           1       5
--> cost, wte, posts, filled_posts, heads by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn            cost £  WTE  posts  filled_posts  heads
--> ─────────────────────────────────────────────────────
--> safeguarding      77  1.0      1             1      1
--> quality           50  1.4      2             2      1
--> chc               51  1.0      1             1      1
--> digital           60  0.6      1             1      1
--> unallocated       58  2.0      3             0      0
--> ─────────────────────────────────────────────────────
--> Total            296  6.0      7             4      2
--> heads: somebody with posts in two groups is counted in both, and once in the total.
--> true	true	6
--> cost by fn_local, fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn_local                          fn            cost £
--> ──────────────────────────────────────────────────────
--> Board                             unallocated        5
--> Total Board                                          5
--> ──────────────────────────────────────────────────────
--> CHC team (north)                  chc               51
--> Total CHC team (north)                              51
--> ──────────────────────────────────────────────────────
--> Continuing health care            unallocated       20
--> Total Continuing health care                        20
--> ──────────────────────────────────────────────────────
--> Digital data, & technology        unallocated       33
--> Total Digital data, & technology                    33
--> ──────────────────────────────────────────────────────
--> Estates stuff                     safeguarding      77
--> Total Estates stuff                                 77
--> ──────────────────────────────────────────────────────
--> Wellbeing hub                     quality           40
--> Wellbeing hub                     digital           60
--> Total Wellbeing hub                                100
--> ──────────────────────────────────────────────────────
--> (none)                            quality           10
--> Total (none)                                        10
--> ──────────────────────────────────────────────────────
--> Total                                              296
--> Health   as at 2025-05   model HASH
--> finding                      count  of  note
--> ─────────────────────────────────────────────────────────────────────────────────
--> label parked as unallocated      1      posts.csv fn 'Board'
--> label parked as unallocated      1      posts.csv fn 'Continuing health care'
--> label parked as unallocated      1      posts.csv fn 'Digital data, & technology'
--> 3 of 13 rows shown
--> cost, wte, posts, filled_posts, heads by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn            cost £  WTE  posts  filled_posts  heads
--> ─────────────────────────────────────────────────────
--> safeguarding      77  1.0      1             1      1
--> quality           50  1.4      2             2      1
--> chc               51  1.0      1             1      1
--> digital           60  0.6      1             1      1
--> unallocated       58  2.0      3             0      0
--> ─────────────────────────────────────────────────────
--> Total            296  6.0      7             4      2
--> heads: somebody with posts in two groups is counted in both, and once in the total.
--> Health   as at 2025-05   model HASH
--> finding                      count  of  note
--> ─────────────────────────────────────────────────────────────────────────────────
--> label parked as unallocated      1      posts.csv fn 'Board'
--> label parked as unallocated      1      posts.csv fn 'Continuing health care'
--> label parked as unallocated      1      posts.csv fn 'Digital data, & technology'
--> 3 of 13 rows shown
--> true
--> field,from,fn,share,status,why
--> fn,wellbeing-hub,digital,60%,confirmed,half of the hub is IT
--> fn,Wellbeing Hub,quality,40%,confirmed,
--> fn,*chc*,chc,,confirmed,
--> cost_centre,300,safeguarding,,confirmed,
--> cost_centre,200,quality,,confirmed,
--> fn,Board,quality,,suggested,
--> fn,Nobody,chc,,confirmed,
--> fn,"Digital data, & technology",digital,,suggested,likeness 0.93
--> fn,Continuing health care,chc,,suggested,likeness 0.90
-->
--> 77.0
--> cost, posts by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn           cost £  posts
--> ──────────────────────────
--> quality          68      2
--> chc              19      1
--> digital          53      2
--> unallocated     156      3
--> ──────────────────────────
--> Total           296      7
--> Local names without a function   2025/26 prices, as at 2025-05   model HASH
--> local name  lines  cost £  may be  likeness
--> ───────────────────────────────────────────
--> Lead            1     100
--> Porter          1      77
--> Clerk           2      53
--> Assessor        1      51
--> Chair           1       5
