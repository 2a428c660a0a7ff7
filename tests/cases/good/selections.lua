local tiny <const> = require "tiny"

local base <const> = tiny.load()
local function ids(selection)
  local found <const> = {}
  for line in selection:each() do
    found[#found + 1] = line.id .. (line.vacant == "true" and " vacant" or "")
  end
  return table.concat(found, ", ")
end

print(#base:posts(), #base:posts { band = "6" }, #base:lines { kind = "nonpay" })  --> 4	2	2
print(ids(base:posts { cost = "[£40k..£0.06m]" }))  --> P3 vacant
-- Every form of the test language.
print(ids(base:posts()))  --> P1, P2, P2 vacant, P3 vacant, P4
print(ids(base:posts { band = "7" }))  --> P2, P2 vacant
print(ids(base:posts { band = "6, 8a" }))  --> P1, P3 vacant, P4
print(ids(base:posts { band = { "6", "8a" } }))  --> P1, P3 vacant, P4
print(ids(base:posts { band = ">= 7" }))  --> P1, P2, P2 vacant
print(ids(base:posts { band = "< 7" }))  --> P3 vacant, P4
print(ids(base:posts { band = "[6..7]" }))  --> P2, P2 vacant, P3 vacant, P4
print(ids(base:posts { band = "(6..8a)" }))  --> P2, P2 vacant
print(ids(base:posts { band = "not(6)" }))  --> P1, P2, P2 vacant
print(ids(base:posts { fn = '"Digital, data and technology"' }))  --> P4
print(ids(base:posts { fn = { name = "*SAFE*" } }))  --> P1, P2, P2 vacant
print(ids(base:posts { fn = "DIGITAL" }))  --> P4
print(ids(base:posts { place = "none" }))  --> P1, P4
print(ids(base:posts { place = remit.none }))  --> P1, P4
print(ids(base:posts { place = "north, none" }))  --> P1, P2, P2 vacant, P4
print(ids(base:posts { place = "-" }))  --> P1, P2, P2 vacant, P3 vacant, P4
print(ids(base:posts { tags = "clinical" }))  --> P2, P2 vacant, P3 vacant
print(ids(base:posts { tags = "not(pod)" }))  --> P1, P2, P2 vacant, P4
print(ids(base:posts { tags = "none" }))  --> P1, P4
print(ids(base:posts { vacant = true }))  --> P2 vacant, P3 vacant
print(ids(base:posts { wte = "< 0.5" }))  --> P2, P2 vacant
print(ids(base:posts { wte = 0.6 }))  --> P4
print(ids(base:posts { cost = "[24000.25..52000]" }))  --> P2, P2 vacant, P3 vacant, P4
-- Tests of attributes, nested; several tests must all pass.
print(ids(base:posts { fn = { blueprint = "review" }, place = { population = "> 200000" } }))  --> P3 vacant
print(ids(base:posts { fn = { aliases = "IT" }, group = { parent = "none" } }))  --> P4
print(ids(base:functions { blueprint = "grow" }))  --> P4, B2
print(ids(base:lines { kind = "nonpay, income" }))  --> B1, B2, B3
-- Combined: and, or, not.
local clinical <const>, vacant <const> = base:posts { tags = "clinical" }, base:posts { vacant = true }
print(ids(clinical & vacant))  --> P2 vacant, P3 vacant
print(ids(clinical | base:lines { kind = "income" }))  --> P2, P2 vacant, P3 vacant, B3
print(ids(clinical & ~vacant))  --> P2
print(clinical & ~vacant)  --> posts where (kind: pay; tags: clinical) and ((kind: pay) and (not (kind: pay; vacant: true)))
-- What is asked of them.
print(clinical:count(), clinical:sum "wte", clinical:sum("cost", { basis = "in_post" }))  --> 2	1.8	24000.25
print(clinical:pivot { measures = { "wte" }, by = { "fn" } })

--> wte by fn   as at 2025-05   model HASH
--> fn            WTE
--> ─────────────────
--> safeguarding  0.8
--> chc           1.0
--> posts where kind: pay; tags: clinical
print(clinical:head(1))

--> Lines   2025/26 prices, as at 2025-05   model HASH
--> id  title               fn            place  group    cost_centre  band  point  fund     WTE     cost £  tags      kind  vacant
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> P2  Safeguarding nurse  safeguarding  north  nursing  100          7     top    running  0.4  24,000.25  clinical  pay   false
--> 1 of 3 lines
print(base:total("cost", { where = clinical }), base:total("cost", { where = { tags = "clinical" } }))  --> 100000.5	100000.5

-- What a table of tests says is read each time, though what was found for the same tests is kept.
local tests <const> = { band = "6", fn = { blueprint = "grow" } }
print(base:total("cost", { where = tests }), base:total("cost", { where = { fn = { blueprint = "grow" }, band = "6" } }))  --> 31200.0	31200.0
tests.fn.blueprint = "review"
print(base:total("cost", { where = tests }), base:total("cost", { where = { band = "6", ["fn.blueprint"] = "review" } }))  --> 52000.0	52000.0
