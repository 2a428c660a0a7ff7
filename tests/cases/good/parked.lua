local tiny <const> = require "tiny"

-- Lines whose function nobody knows go under a visible member, when asked to.
local base <const> = tiny.load({ posts = "id,fn,place,wte,in_post,cost\nP1,Wellbeing hub,north,1,1,100\nP2,chc,north,1,1,50\n" }, { unmapped = "park" })
print(base:pivot { measures = { "pay" }, by = { "fn" }, totals = true })
--> pay by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn           pay £
--> ──────────────────
--> quality          0
--> chc             50
--> digital          0
--> unallocated    100
--> ──────────────────
--> Total          150
print(base:health():where { finding = "label parked as unallocated" })
--> Health   as at 2025-05   model HASH
--> finding                      count  of  note
--> ────────────────────────────────────────────────────────────────────
--> label parked as unallocated      1      posts.csv fn 'Wellbeing hub'
--> 1 of 10 rows shown
print(base:find("fn", "unallocated").name)  --> Unallocated: a label that is not in the vocabulary
