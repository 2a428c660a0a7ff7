local tiny <const> = require "tiny"

-- Spaces that a web page leaves, in any order with others, are around a cell and not in it.
print(remit.crosswalk(tiny.file("walk.csv", "from,fn\n \u{a0} CHC team\u{a0} \u{a0},chc\n")):rows():csv())
print(#tiny.load({}, { fix = tiny.file("fix.csv", "file,field,value,becomes,why\nposts.csv,band, \u{a0}8a \u{a0},7,\u{a0} regraded\n") }):posts { band = "7" })
--> field,from,fn,share,status,why
--> fn,CHC team,chc,,confirmed,
-->
--> 2
