local tiny <const> = require "tiny"

-- Heads are people whose assignment holds at some day of the pack's month.
local PEOPLE <const> = [[
post,person,wte,from,to
P1,A,1,2025-05-31,
P2,B,0.4,2019-01-01,2025-05-01
P2,C,0.4,2019-01-01,2025-04-30
P4,D,0.6,2025-06-01,
P4,E,0.6,,
P4,F,0.6,2025-06-01,2025-06-30
]]
local base <const> = tiny.load { assignments = PEOPLE }
print(base:total "heads", base:total("heads", { where = { fn = "safeguarding" } }))  --> 3	2
print(base:health():where { finding = "assignments*" })
--> Health   as at 2025-05   model HASH
--> finding                           count  of  note
--> ────────────────────────────────────────────────────────────────────────────────────────────
--> assignments that are not current      3   6  not in 2025-05: people are counted without them
--> 1 of 5 rows shown
print(base:health():where { finding = "posts whose*" })
--> Health   as at 2025-05   model HASH
--> finding  count  of  note
--> ────────────────────────
--> 0 of 5 rows shown
-- In another month; February ends on its 28th.
print(tiny.load({ assignments = PEOPLE }, { as_at = "2025-06" }):total "heads")  --> 4
print(tiny.load({ assignments = "post,person,wte,from\nP1,A,1,2025-02-28\nP4,B,0.6,2025-03-01\n" }, { as_at = "2025-02" }):total "heads")
--> 1
