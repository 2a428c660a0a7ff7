local tiny <const> = require "tiny"

-- Lines of a pack's own, used as they come: roles of fields, rows that count, measures with what they add up over, rows of totals.
local base <const> = remit.load(tiny.pack { descriptor = [[{
  "name": "staff", "remit": { "as_at": "2025-11" },
  "resources": [
    { "name": "trusts", "path": "trusts.csv", "remit": { "dimension": "trust", "key": "code" },
      "schema": { "fields": [ { "name": "code" }, { "name": "name" }, { "name": "region" } ] } },
    { "name": "staff", "path": "staff.csv",
      "schema": { "fields": [
        { "name": "TYPE" }, { "name": "Trust", "remit": { "dimension": "trust" } }, { "name": "Group", "remit": { "field": "staff_group" } },
        { "name": "HC", "type": "integer" }, { "name": "FTE", "type": "number", "remit": { "unit": "WTE" } } ] },
      "remit": { "role": "lines", "rows": { "TYPE": "end" }, "totals": { "Group": "All" }, "measures": {
        "fte": { "field": "FTE", "additive_over": "all", "tolerance": 0.01 },
        "headcount": { "field": "HC", "additive_over": [], "doc": "people with two roles are counted twice" } } } }
  ] }]], trusts = "code,name,region\nA,Alpha,North\nB,Beta,North\n", staff = [[
TYPE,Trust,Group,HC,FTE
end,A,nurses,10,8.5
end,A,doctors,6,5.25
end,A,All,15,13.75
end,B,nurses,3,2
end,B,All,3,2
start,A,nurses,,
]] })
print(base:pivot { measures = { "fte" }, by = { "trust.region", "staff_group" }, totals = true })

--> fte by trust.region, staff_group   as at 2025-11   model HASH
--> trust.region  staff_group  fte WTE
--> ──────────────────────────────────
--> North         doctors         5.25
--> North         nurses         10.50
--> Total North                  15.75
--> ──────────────────────────────────
--> Total                        15.75
print(base:pivot { measures = { "headcount", "fte" }, by = { "trust" } })

--> headcount, fte by trust   as at 2025-11   model HASH
--> trust  headcount  fte WTE
--> ─────────────────────────
--> A             15    13.75
--> B              3     2.00
print(base:pivot { measures = { "headcount" }, by = { "trust", "staff_group" } })

--> headcount by trust, staff_group   as at 2025-11   model HASH
--> trust  staff_group  headcount
--> ─────────────────────────────
--> A      doctors              6
--> A      nurses              10
--> B      nurses               3
print(base:total("headcount", { where = { trust = "A" } }))  --> 15
base:total "headcount"  --> error: 'headcount' does not add up over trust: people with two roles are counted twice
-->   group by trust too, or select one: where = { trust = "..." }
-->   'fte' adds up
base:pivot { measures = { "headcount" }, by = { "staff_group" } }  --> error: 'headcount' does not add up over trust: people with two roles are counted twice
-->   group by trust too, or select one: where = { trust = "..." }
-->   'fte' adds up
base:pivot { measures = { "headcount" }, by = { "trust" }, totals = true }  --> error: 'headcount' does not add up over trust: people with two roles are counted twice
-->   group by trust too, or select one: where = { trust = "..." }
-->   'fte' adds up
base:posts()  --> error: this pack has no posts, so no posts { ... }: it has lines of its own
-->   use lines { ... }
base:functions()  --> error: this pack has no posts, so no functions { ... }: it has lines of its own
-->   use lines { ... }
base:pivot { measures = { "cost" } }  --> error: there is no measure 'cost'. There are: fte, headcount
print(base:info())

--> staff   as at 2025-11   model HASH
--> file        rows  a row is           from  note
--> ────────────────────────────────────────────────────────────────────
--> staff.csv      6  a line             pack  1 row set aside by "rows"
--> trusts.csv     2  a member of trust  pack
--> Format 1, vocabulary 2026.1, price base not stated.
