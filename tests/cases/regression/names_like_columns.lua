local tiny <const> = require "tiny"

-- Receivers and scenarios that are called as a table calls its own columns.
local base <const> = tiny.load { organisations = "id,name,type\nsystem,The System Trust,provider\nmonth,Month Ltd,provider\n" }
local function late(fn, receiver)
  return remit.transfer { id = fn, functions = { id = fn }, receiver = receiver, golive = "2026-04", ready = { form = false }, if_not_ready = "slip 1 month",
    why = "workshop" }
end
print(base:scenario("Late", { changes = { late("chc", "system"), late("digital", "month") } }):slip_price())
local function held(name)
  return base:scenario(name, { changes = { remit.close { posts = { vacant = true }, from = "2025-10", why = "held" } } })
end
print(remit.compare { base, held "change", held "change %", held "base", held "base (2)" }:table { at = "2025-10" })
print(remit.compare { base, held "fn", held "cost" }:diff { of = "fn.blueprint" })
--> What slipping costs   funded, money of the months, 2025/26 prices, as at 2026-04   Late   model HASH
--> month    ICB inside the cap £  ICB outside the cap £  receiver system £  receiver month £  system £
--> ───────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-04                +9,433                 -9,433             +5,583              +888    +6,471
--> ───────────────────────────────────────────────────────────────────────────────────────────────────
--> Total                  +9,433                 -9,433             +5,583              +888    +6,471
--> transfer 'chc' slips 1 month to 2026-05; transfer 'digital' slips 1 month to 2026-05.
--> cost   funded, annual run rate, 2025/26 prices, as at 2025-10   model HASH
--> cost £ base  cost £ change (2)  cost £ change % (2)  cost £ base (2)  cost £ base (2) (2)  change £  change %
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
-->     240,201            164,201              164,201          164,201              164,201   -76,000    -31.6%
--> Change is from base to base (2) (2).
--> The base has no changes: its figures are as at 2025-05.
--> Differences in fn.blueprint   2025/26 prices, as at 2025-05   model HASH
--> fn  base  fn (2)  cost (2)  cost £  WTE
--> ───────────────────────────────────────
--> None.
