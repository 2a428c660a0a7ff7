local tiny <const> = require "tiny"

local base <const> = tiny.load()
print(base:find("fn", "chc").name)  --> Continuing healthcare
print(base:find("fn", "child protection").id, base:find("fn", "contin").id, base:find("place", "SOUTH BAY").population)
--> safeguarding	chc	300000
print(base:find("fn", "safeg").blueprint, base:find("fn", "quality").parent)  --> review	(none)
print(base:find("fn", "i"))  --> nil	'i' may be safeguarding, quality, chc, digital
print(base:find("fn", "xyzzy"))  --> nil	'xyzzy' is not in fn, which has safeguarding, quality, chc, digital
print(base:find("fn", "sefegarding"))  --> nil	'sefegarding' is not in fn. Did you mean 'safeguarding'?
print(base:dim "fn")  --> dimension fn: 4 members
print(base:dim "place":members())

--> Members of place   as at 2025-05   model HASH
--> id     name        population  population_basis  population_date  weighted_population  parent  source  aliases  note  whole
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> north  North Town     200,000                                                                                         north
--> south  South Bay      300,000                                                                                         south
print(table.concat(base:dim "fn":attributes(), " "))
--> name ref parent blueprint destination destination_wording modality residual statutory aliases note whole
for depth, ids in ipairs(base:dim "group":levels()) do
  print(depth, table.concat(ids, " "))
end

--> 1	strategy nursing
--> 2	wards
-- A field without a file of its own has the labels that its lines hold.
print(base:dim "cost_centre":members())

--> Members of cost_centre   as at 2025-05   model HASH
--> id
--> ───
--> 100
--> 200
--> 300
print(base:measures():where { measure = "wte" })

--> Measures   2025/26 prices, as at 2025-05   model HASH
--> measure  unit  meaning
--> ──────────────────────────────────────────────
--> wte      WTE   budgeted WTE, filled and vacant
--> 1 of 12 rows shown
