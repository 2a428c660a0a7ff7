local tiny <const> = require "tiny"

-- A reason of spaces is none, and an empty id names nothing.
local function close(fn, why)
  return remit.close { id = "", posts = { fn = fn }, from = "2026-01", why = why, owner = " " }
end
local plan <const> = tiny.load():scenario("Sheet", { changes = { close("chc", ""), close("digital", "  "), close("quality", "settled") } })
print(plan:changes())
print(plan:checks { at = "2026-01" }:where { check = "reasons" })
--> Changes   as at 2025-05   Sheet   model HASH
--> list   id      change  from     no longer from  lines  why      ref  owner  status
--> ───────────────────────────────────────────────────────────────────────────────────
--> Sheet  (none)  close   2026-01                      1                       planned
--> Sheet  (none)  close   2026-01                      1                       planned
--> Sheet  (none)  close   2026-01                      0  settled              planned
--> close selects nothing
--> Checks   2025/26 prices, as at 2026-01   Sheet   model HASH
--> check    name                         of       status  evidence
--> ──────────────────────────────────────────────────────────────────────────────
--> reasons  Every change has its reason  toolkit  fail    no reason: close, close
--> 5 pass, 5 fail, 11 open.
--> 1 of 21 rows shown
