local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
-- A list selects in the state that those below it leave in its first month.
local first <const> = base:scenario("First", { changes = {
  remit.move { id = "move", posts = { fn = "digital" }, into = { group = "nursing" }, from = "2025-10", why = "together" },
  remit.scale { id = "cut", lines = { kind = "nonpay" }, change = remit.param { id = "cut", default = "-10%" }, from = "2025-10", why = "less" } } })
local second <const> = first:scenario("Second", { changes = { remit.close { id = "nursing", lines = { group = "nursing" }, from = "2026-01", why = "all of it" } } })
local early <const> = first:scenario("Early", { changes = { remit.close { id = "nursing", lines = { group = "nursing" }, from = "2025-09", why = "all of it" } } })
print(second:total("cost", { at = "2026-01" }), early:total("cost", { at = "2026-01" }))  --> 13500.45	44700.45
print(second:changes())

--> Changes   as at 2025-05   Second   model HASH
--> list    id       change  from     no longer from  lines  why        ref  owner  status
--> ───────────────────────────────────────────────────────────────────────────────────────
--> First   move     move    2025-10                      1  together               planned
--> First   cut      scale   2025-10                      2  less                   planned
--> Second  nursing  close   2026-01                      8  all of it              planned
-- On top of a scenario, or by extends: the same. A list that two others stand on is there once.
local again <const> = base:scenario("Second", { extends = first, changes = { remit.close { id = "nursing", lines = { group = "nursing" }, from = "2026-01", why = "all of it" } } })
print(again:hash() == second:hash(), base:scenario("both", { extends = { first, base:scenario("more", { extends = first }) } }):total("cost", { at = "2026-01" }) == first:total("cost", { at = "2026-01" }))
--> true	true
print(first:scenario("itself", { extends = first }):total("cost", { at = "2026-01" }) == first:total("cost", { at = "2026-01" }))
--> true
-- Parameters: the scenario's, else the default.
print(first:total("cost", { at = "2026-01" }), first:with { params = { cut = "-20%" } }:total("cost", { at = "2026-01" }))
--> 236700.95	233200.9
print(base:scenario("p", { extends = first, params = { cut = "-20%" } }):total("cost", { at = "2026-01" }))  --> 233200.9
-- with adds and drops, amend changes a field; months move by spans.
print(first:with { drop = { "cut" } }:total("cost", { at = "2026-01" }))  --> 240201.0
print(first:with { add = { remit.close { id = "v", posts = { vacant = true }, from = "2025-10", why = "held" } } }:total("cost", { at = "2026-01" }))
--> 160700.7
local sooner <const> = second:amend("nursing", { from = "-3 months", why = "sooner" })
print(sooner:total("cost", { at = "2025-10" }), sooner:total("cost", { at = "2025-09" }), sooner:changes():get(3, "from"))
--> 13500.45	240201.0	2025-10
print(first:amend("move", { to = "2026-02" }):changes():get(2, "to"), first:amend("move", { why = remit.none }):findings():get(1, "note"))
--> (none)	move 'move'
-- What is gone is not selected again.
local gone <const> = base:scenario("Gone", { changes = { remit.close { id = "chc", lines = { fn = "chc" }, from = "2025-10", why = "ends" } } })
local again_gone <const> = gone:scenario("Again", { changes = { remit.transfer { id = "t", functions = { id = "chc" }, receiver = "trust", golive = "2026-01", why = "moves" } } })
print(again_gone:changes())

--> Changes   as at 2025-05   Again   model HASH
--> list   id   change    from     no longer from  lines  why    ref  owner  status
--> ────────────────────────────────────────────────────────────────────────────────
--> Gone   chc  close     2025-10                      3  ends               planned
--> Again  t    transfer  2026-01                      0  moves              planned
--> transfer 't' selects nothing
print(again_gone:conflicts())

--> Conflicts   as at 2025-05   Again   model HASH
--> first  second  clash               lines  list of the first  why the first  list of the second  why the second
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> chc    t       close and transfer      3  Gone               ends           Again               moves
print(again_gone:findings())

--> Findings   as at 2025-05   Again   model HASH
--> finding   note
--> ──────────────────────────────────────
--> scenario  transfer 't' selects nothing
-- A post that was regraded below is regraded again from what it is then.
local regraded <const> = base:scenario("7", { changes = { remit.regrade { posts = { band = "8a" }, band = "7", from = "2025-10", why = "once" } } })
  :scenario("6", { changes = { remit.regrade { posts = { band = "7" }, band = "6", from = "2026-01", why = "twice" } } })
print(regraded:pivot { measures = { "wte", "posts" }, by = { "band" }, where = { kind = "pay" }, at = "2026-01" })

--> wte, posts by band   as at 2026-01   6   model HASH
--> band  WTE  posts
--> ────────────────
--> 6     3.4      4
--> 7     0.0      0
--> 8a    0.0      0
--> lines where kind: pay
