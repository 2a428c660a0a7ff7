local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\ntrust,The Trust,provider,nhs\n" }   -- £240,201.00 a year
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.transfer { id = "digital", functions = { id = "digital" }, receiver = "trust", golive = "2026-04", resource = "50%", why = "hosted" },
} })
local cap <const> = remit.envelope { id = "small", per_head = 0.3, population = 500000, population_basis = "allocation", due = "2026-01" }
print(cap:check(plan, { at = { "2026-01", "2026-04" } }))
--> Envelope "small"   cap £0.150m (£0.30 x 500,000, allocation population)
--> funded, annual run rate, 2025/26 prices, 2026-01 to 2026-04   Plan   model HASH
--> period   run rate £m  £/head  vs cap £m  result  vs cap with money handed over £m  result with it
--> ─────────────────────────────────────────────────────────────────────────────────────────────────
--> 2026-01        0.164    0.33     +0.014  BREACH                            +0.014  BREACH
--> 2026-04        0.118    0.24     -0.032  ok                                -0.009  ok
--> First compliant month 2026-04. Excess January 2026 to March 2026: £0.004m. Cap due from 2026-01.
--> If money handed over counts: first compliant month 2026-04. Excess January 2026 to March 2026: £0.004m.
print(cap:first_ok(plan), cap:first_ok(base))
--> 2026-04	nil	no month is within the cap
-- Money handed over inside the cap: nothing is disputed.
print(cap:check(plan:amend("digital", { inside_cap = true }), { at = "2026-04" }))
--> Envelope "small"   cap £0.150m (£0.30 x 500,000, allocation population)
--> funded, annual run rate, 2025/26 prices, as at 2026-04   Plan, amended   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2026-04        0.141    0.28     -0.009  ok
--> First compliant month 2026-04. Excess January 2026 to March 2026: £0.004m. Cap due from 2026-01.
print(cap:variants(plan, { { name = "without income", exclude = { kind = "income" } } }, { at = "2026-04" }))
--> Envelope "small"   cap £0.150m (£0.30 x 500,000, allocation population)
--> funded, annual run rate, 2025/26 prices, as at 2026-04   Plan   model HASH
--> perimeter       outside £m  run rate £m  £/head  vs cap £m  result
--> ──────────────────────────────────────────────────────────────────
--> as declared          0.000        0.118    0.24     -0.032  ok
--> without income      -0.005        0.123    0.25     -0.027  ok
-- In a base's own month, and for good.
print(remit.envelope { id = "big", per_head = 1, population = 500000, population_basis = "allocation" }:first_ok(base))
--> 2025-05
-- A saving that ends: what is above the cap before it and after it counts, and what goes on after the last change is said by the year.
local held <const> = base:scenario("Held", { changes = { remit.close { id = "held", posts = { fn = "digital" }, from = "2025-12", to = "2026-03", why = "held" } } })
local tight <const> = remit.envelope { id = "tight", per_head = 0.45, population = 500000, population_basis = "allocation", due = "2025-10" }
print(tight:check(held, { by = "month", from = "2025-11", to = "2026-03" }))
-- Due only after the last change.
print(remit.envelope { id = "later", per_head = 0.45, population = 500000, population_basis = "allocation", due = "2027-04" }:check(held, { at = "2026-03" }))
--> Envelope "tight"   cap £0.225m (£0.45 x 500,000, allocation population)
--> funded, annual run rate, 2025/26 prices, 2025-11 to 2026-03   Held   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2025-11        0.240    0.48     +0.015  BREACH
--> 2025-12        0.209    0.42     -0.016  ok
--> 2026-01        0.209    0.42     -0.016  ok
--> 2026-02        0.209    0.42     -0.016  ok
--> 2026-03        0.240    0.48     +0.015  BREACH
--> First compliant month 2025-12. Above it again from 2026-03. Excess October 2025 to March 2026: £0.004m, and £0.015m a year from April 2026 on. Cap due from 2025-10.
--> Envelope "later"   cap £0.225m (£0.45 x 500,000, allocation population)
--> funded, annual run rate, 2025/26 prices, as at 2026-03   Held   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2026-03        0.240    0.48     +0.015  above
--> First compliant month 2025-12. Above it again from 2026-03. Excess £0.015m a year from April 2027 on. Cap due from 2027-04.
