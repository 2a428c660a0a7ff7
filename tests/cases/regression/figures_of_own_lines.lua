local tiny <const> = require "tiny"

-- A measure without a figure in some row stopped the loading with an error of Lua's; rows that do not count may lack it.
local function facts(rows, hints)
  return { descriptor = [[{ "name": "facts", "remit": { "as_at": "2025-11" }, "resources": [ { "name": "facts", "path": "facts.csv",
    "schema": { "fields": [ { "name": "kind" }, { "name": "place" }, { "name": "fte", "type": "number", "remit": { "unit": "WTE" } } ] },
    "remit": { "role": "lines", ]] .. hints .. [[ "measures": { "fte": { "field": "fte", "additive_over": "all" } } } } ] }]],
    facts = "kind,place,fte\n" .. rows }
end
tiny.load(facts("end,north,1\nend,south,\nstart,north,\n", ""))  --> error: 2 problems in facts.csv (3 rows); nothing loaded
-->   facts.csv:3  fte  is empty, and measure 'fte' needs a figure in every row
-->   facts.csv:4  fte  is empty, and measure 'fte' needs a figure in every row
tiny.load(facts("end,north,1\nend,south,\nstart,north,\n", '"rows": { "kind": "end" }, '))  --> error: 1 problem in facts.csv (3 rows); nothing loaded
-->   facts.csv:3  fte  is empty, and measure 'fte' needs a figure in every row
print(tiny.load(facts("end,north,1\nend,south,2\nstart,north,\n", '"rows": { "kind": "end" }, ')):total "fte")  --> 3.0
-- Rows of totals that are not the sum of their parts, beyond the tolerance.
tiny.load(facts("end,north,1\nend,south,2\nend,All,3.5\n", '"totals": { "place": "All" }, '))  --> error: 1 problem in facts.csv (3 rows); nothing loaded
-->   facts.csv:4  fte  '3.5'  the row of totals for end says this; its parts add up to 3
-- No rows at all.
tiny.load(facts("", ""))  --> error: 1 problem in facts.csv (0 rows); nothing loaded
-->   facts.csv  nothing to count: there are no rows
