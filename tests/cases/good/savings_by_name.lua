local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.scale { id = "hope", lines = { fn = "safeguarding" }, change = "-10%", from = "2025-10", why = "it will be found", owner = "Director" },
  remit.scale { id = "contracts", lines = { kind = "nonpay" }, change = "-10%", from = "2025-10", why = "renegotiated" },
} })
-- A tenth of £128,000.50 and of the 1.8 WTE that cost it; a contract needs nobody.
print(plan:unidentified { at = "2025-10" })
--> Unidentified savings   funded, 2025/26 prices, as at 2025-10   Plan   model HASH
--> change  unidentified £ a year  average cost of a WTE £  WTE that it would take  why               owner
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────
--> hope                   12,800                   71,111                    0.18  it will be found  Director
--> Cost of posts that is scaled without take: no staff consequence is stated.
print(plan:unidentified { at = "2025-09" })
--> Unidentified savings   funded, 2025/26 prices, as at 2025-09   Plan   model HASH
--> change  unidentified £ a year  average cost of a WTE £  WTE that it would take  why  owner
--> ──────────────────────────────────────────────────────────────────────────────────────────
--> None.
-- Changes that close what is scaled too leave less to be found.
print(plan:with { add = { remit.close { id = "half", posts = { fn = "safeguarding" }, share = "50%", from = "2025-10", why = "fewer" } } }
  :unidentified({ at = "2025-10" }):get("hope", "saving"))
--> 6400.02
