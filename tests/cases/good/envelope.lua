local tiny <const> = require "tiny"

local base <const> = tiny.load { assumptions = "id,value,unit,source\ncap,0.40,£/head,S0\npeople,500000,people,S0\n" }
local cap <const> = remit.envelope { id = "running cost", per_head = 0.4, population = 500000, population_basis = "registered",
  include = { fund = "running" }, exclude = { tags = "it" }, due = "2026-01" }

print(cap)  --> envelope "running cost"
print(cap:check(base))



--> Envelope "running cost"   cap £0.200m (£0.40 x 500,000, registered population)
--> funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2025-05        0.225    0.45     +0.025  above
--> Counts lines where (fund: running) and (not (tags: it)). Outside it: £0.015m.
--> Cap due from 2026-01.
print(cap:check(base, { basis = { "funded", "in_post" } }))



--> Envelope "running cost"   cap £0.200m (£0.40 x 500,000, registered population)
--> annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> period   basis    run rate £m  £/head  vs cap £m  result
--> ────────────────────────────────────────────────────────
--> 2025-05  funded         0.225    0.45     +0.025  above
--> 2025-05  in_post        0.150    0.30     -0.050  ok
--> Counts lines where (fund: running) and (not (tags: it)). Outside it: £0.015m.
--> Cap due from 2026-01.
print(cap:check(base, { by = "month", from = "2025-12", to = "2026-02" }))



--> Envelope "running cost"   cap £0.200m (£0.40 x 500,000, registered population)
--> funded, annual run rate, 2025/26 prices, 2025-12 to 2026-02   model HASH
--> period   run rate £m  £/head  vs cap £m  result
--> ───────────────────────────────────────────────
--> 2025-12        0.225    0.45     +0.025  above
--> 2026-01        0.225    0.45     +0.025  BREACH
--> 2026-02        0.225    0.45     +0.025  BREACH
--> Counts lines where (fund: running) and (not (tags: it)). Outside it: £0.015m.
--> Cap due from 2026-01.
--> The base has no changes: its figures are as at 2025-05.
print(cap:headroom(base))  --> -25200.5
print(cap:variants(base, { { name = "with IT", exclude = {} }, { name = "without clinical", exclude = { tags = "it, clinical" } } }))



--> Envelope "running cost"   cap £0.200m (£0.40 x 500,000, registered population)
--> funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> perimeter         outside £m  run rate £m  £/head  vs cap £m  result
--> ────────────────────────────────────────────────────────────────────
--> as declared            0.015        0.225    0.45     +0.025  above
--> with IT                0.000        0.240    0.48     +0.040  above
--> without clinical       0.115        0.125    0.25     -0.075  ok
-- The cap and its population from the register of assumptions.
local stated <const> = remit.envelope { id = "stated", per_head = remit.param { id = "cap" }, population = remit.param { id = "people" },
  population_basis = "registered" }
print(stated:check(base):get(1, "vs_cap"))  --> 40201.0
-- Exactly at the cap is within it.
local exact <const> = remit.envelope { id = "exact", per_head = 240201, population = 1, population_basis = "one" }
print(exact:headroom(base), exact:check(base):get(1, "result"))  --> 0.0	ok
