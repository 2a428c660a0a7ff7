local tiny <const> = require "tiny"

-- Lines of a pack's own go through a crosswalk too, and what measures add is parted.
local base <const> = remit.load(tiny.pack { descriptor = [[{
  "name": "staff", "remit": { "as_at": "2025-11", "crosswalk": "walk.csv" },
  "resources": [
    { "name": "functions", "path": "functions.csv" },
    { "name": "staff", "path": "staff.csv",
      "schema": { "fields": [ { "name": "TYPE" }, { "name": "Team", "remit": { "dimension": "fn", "field": "fn" } }, { "name": "Site" },
        { "name": "HC", "type": "integer" }, { "name": "FTE", "type": "number", "remit": { "unit": "WTE" } } ] },
      "remit": { "role": "lines", "rows": { "TYPE": "end" }, "measures": {
        "fte": { "field": "FTE", "additive_over": "all" }, "headcount": { "field": "HC", "additive_over": "all" } } } }
  ] }]], staff = "TYPE,Team,Site,HC,FTE\nend,Quality,A,10,8.5\nend,Hub,A,3,2.5\nend,Annex,B,7,7\nend,Board,A,1,1\n",
  beside = { ["walk.csv"] = "field,from,fn,share\n,hub,quality,50%\n,HUB,digital,50%\nSite,b,chc,\n,board,safeguarding,\n" } })
print(base:pivot { measures = { "fte", "headcount" }, by = { "fn", "fn_local" }, totals = true })
--> fte, headcount by fn, fn_local   as at 2025-11   model HASH
--> fn                  fn_local  fte WTE  headcount
--> ────────────────────────────────────────────────
--> safeguarding        Board        1.00          1
--> Total safeguarding               1.00          1
--> ────────────────────────────────────────────────
--> quality             Hub          1.25          2
--> quality             (none)       8.50         10
--> Total quality                    9.75         12
--> ────────────────────────────────────────────────
--> chc                 Annex        7.00          7
--> Total chc                        7.00          7
--> ────────────────────────────────────────────────
--> digital             Hub          1.25          1
--> Total digital                    1.25          1
--> ────────────────────────────────────────────────
--> Total                           19.00         21
