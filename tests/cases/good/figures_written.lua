local tiny <const> = require "tiny"

-- A figure of one's own arithmetic, as tables write it.
print(0.1 + 0.2 == 0.3, 90470311.24 - 90557445.0 == -87133.76)  --> false	false
print(remit.format(90470311.24 - 90557445.0, "£p"), remit.format(90470311.24 - 90557445.0))  --> -£87,133.76	-£87,134
print(remit.format(-0.125, "%"), remit.format(1234567, "£m"), remit.format(27.689, "£/head"), remit.format(0.1 * 3, "WTE"), remit.format(1048, "count"))
--> -12.5%	£1.235m	£27.69	0.3	1,048
print(remit.format(1234567, "£m", { sign = true }), remit.format(-0.001, "£p"), remit.format(0, "£", { sign = true }))
--> +£1.235m	£0.00	£0
print(("'%s'"):format(remit.format(remit.none, "£")))  --> ''
-- Figures that the toolkit gives have no more decimals than pence: of each way to one, what print shows.
local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = { remit.scale { id = "cut", lines = { kind = "nonpay" }, change = "-33.333%", from = "2026-01", why = "asked" } } })
local cap <const> = remit.envelope { id = "cap", per_head = 0.33, population = 500001, population_basis = "allocation" }
print(base:total "cost", plan:total("cost", { at = "2026-01" }), plan:total("cost", { at = "2026-03", period = "in_year" }))
--> 240201.0	228534.28	237284.32
print(cap:headroom(base), cap:headroom(plan, { at = "2026-01" }), base:posts { fn = "safeguarding" }:sum "cost")
--> -75200.67	-63533.95	128000.5
print(remit.compare { base, plan }:table { by = { "fund" }, at = "2026-01", measures = { "cost" } }:get(1, "cost change"))
--> -11666.72
