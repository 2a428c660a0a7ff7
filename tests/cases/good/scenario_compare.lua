local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.scale { id = "chc", lines = { fn = "chc" }, change = "-10%", from = "2025-10", why = "less" },
  remit.move { id = "it", posts = { fn = "digital" }, into = { group = "nursing" }, from = "2025-10", why = "together" } } })
local more <const> = plan:with { name = "More", add = { remit.scale { id = "all", lines = {}, change = "-1%", from = "2025-10", why = "and more" } } }
print(remit.compare { base, plan, more }:table { by = { "group" }, measures = { "cost", "wte" }, at = "2025-12" })
--> cost, wte by group   funded, annual run rate, 2025/26 prices, as at 2025-12   model HASH
--> group     cost £ base  cost £ Plan  cost £ More  change £  change %  WTE base  WTE Plan  WTE More  change WTE  change %
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> strategy       46,201       15,001       14,851   -31,350    -67.9%       0.6       0.0       0.0        -0.6   -100.0%
--> nursing       194,000      147,700      146,223   -47,777    -24.6%       2.8       2.0       2.0        -0.8    -28.6%
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> Total         240,201      162,701      161,074   -79,127    -32.9%       3.4       2.0       2.0        -1.4    -41.2%
--> Change is from base to More.
--> The base has no changes: its figures are as at 2025-05.
print(remit.compare { base, plan }:bridge { at = "2025-12" })
--> Bridge of cost   funded, annual run rate, 2025/26 prices, as at 2025-12   Plan   model HASH
--> step      cost £  why
--> ──────────────────────────
--> base    +240,201
--> vacant   -73,400  held
--> chc       -4,100  less
--> it             0  together
--> Plan    +162,701
--> Each change's effect averaged over every order of the changes: exact.
print(remit.compare { plan, more }:bridge { at = "2025-12" })
--> Bridge of cost   funded, annual run rate, 2025/26 prices, as at 2025-12   More   model HASH
--> step    cost £  why
--> ────────────────────────
--> Plan  +162,701
--> all     -1,627  and more
--> More  +161,074
--> Each change's effect averaged over every order of the changes: exact.
remit.compare { more, plan }:bridge { at = "2025-12" }  --> error: a bridge leads from a model to one that has all of its changes and more: scale all from 2025-10: and more is not in 'Plan'
-->   compare { base, plan }:bridge { ... } for each, or :table { ... } for both
remit.compare { base, base }:bridge { at = "2025-12" }  --> error: a bridge leads to a scenario: the last model has no changes
-->   compare { base, plan }:bridge { ... }
