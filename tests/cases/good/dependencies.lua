local tiny <const> = require "tiny"

-- What must move along, by the shortest way; circles; the matrix.
local base <const> = tiny.load { dependencies = [[
fn,needs,kind,why
safeguarding,chc,delivery,assessed together
chc,digital,enabler,records
safeguarding,digital,enabler,records
digital,chc,enabler,pilot site
]] }
print(base:depends { needs = "digital" })
print(base:depends { matrix = true, kind = "enabler" })
print(base:closure "safeguarding")
print(base:closure({ "chc" }, { kind = "enabler", where = { kind = "pay" } }))
print(base:cycles())
print(base:closure "quality")
print(base:depends { fn = "quality" })
-- A function moves with its parts, and what they need.
local whole <const> = tiny.load { functions = "id,name,parent\nsafeguarding,Safeguarding,\nchc,Continuing healthcare,\nchc_panel,Panels,chc\ndigital,Digital,\nquality,Quality,\n",
  dependencies = "fn,needs,kind,why\nsafeguarding,chc,delivery,assessed together\nchc_panel,digital,enabler,records\n" }
print(whole:closure "safeguarding")
print(whole:closure({ "chc" }, { kind = "delivery" }):get(2, "why"))
--> Dependencies   as at 2025-05   model HASH
--> fn            needs    kind     why      ref
--> ────────────────────────────────────────────
--> chc           digital  enabler  records
--> safeguarding  digital  enabler  records
--> Dependencies: each row needs   as at 2025-05   model HASH
--> fn            chc      digital
--> ──────────────────────────────
--> safeguarding           enabler
--> chc                    enabler
--> digital       enabler
--> Closure of safeguarding   2025/26 prices, as at 2025-05   model HASH
--> fn             cost £  WTE  way                     kind      why
--> ───────────────────────────────────────────────────────────────────────────────
--> safeguarding  128,001  1.8  asked for
--> chc            67,000  1.0  safeguarding > chc      delivery  assessed together
--> digital        46,200  0.6  safeguarding > digital  enabler   records
--> ───────────────────────────────────────────────────────────────────────────────
--> Total         241,201  3.4
--> 3 of 4 functions move.
--> Closure of chc   2025/26 prices, as at 2025-05   model HASH
--> fn       cost £  WTE  way            kind     why
--> ─────────────────────────────────────────────────────
--> chc      52,000  1.0  asked for
--> digital  31,200  0.6  chc > digital  enabler  records
--> ─────────────────────────────────────────────────────
--> Total    83,200  1.6
--> 2 of 4 functions move.
--> Dependencies in a circle   as at 2025-05   model HASH
--> circle               functions  all
--> ────────────────────────────────────────────
--> chc > digital > chc          2  chc, digital
--> Functions of a circle need each other: they move together or not at all.
--> Closure of quality   2025/26 prices, as at 2025-05   model HASH
--> fn       cost £  WTE  way        kind  why
--> ──────────────────────────────────────────
--> quality  -1,000  0.0  asked for
--> ──────────────────────────────────────────
--> Total    -1,000  0.0
--> 1 of 4 functions move.
--> Dependencies   as at 2025-05   model HASH
--> fn  needs  kind  why  ref
--> ─────────────────────────
--> None.
--> Closure of safeguarding   2025/26 prices, as at 2025-05   model HASH
--> fn             cost £  WTE  way                                       kind      why
--> ─────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  128,001  1.8  asked for
--> chc            67,000  1.0  safeguarding > chc                        delivery  assessed together
--> chc_panel           0  0.0  safeguarding > chc > chc_panel            part      a part of chc
--> digital        46,200  0.6  safeguarding > chc > chc_panel > digital  enabler   records
--> ─────────────────────────────────────────────────────────────────────────────────────────────────
--> Total         241,201  3.4
--> 4 of 5 functions move.
--> a part of chc
