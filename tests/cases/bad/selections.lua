local tiny <const> = require "tiny"

local base <const> = tiny.load()
-- Fields that are none: a slip, an attribute of something else, an attribute that is none, attributes of what has none.
base:posts { bnad = "7" }  --> error: posts has no field 'bnad'. Did you mean 'band'?
base:posts { bluprint = "grow" }  --> error: posts has no field 'bluprint'. Did you mean 'blueprint' (on fn: posts { fn = { blueprint = ... } })?
base:lines { xyzzy = "7" }  --> error: lines has no field 'xyzzy'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
base:posts { fn = { bluprint = "grow" } }  --> error: fn has no attribute 'bluprint'. Did you mean 'blueprint'?
base:posts { cost_centre = { name = "x" } }  --> error: cost_centre has no attribute 'name'. It has no attributes.
base:functions { bluprint = "grow" }  --> error: fn has no attribute 'bluprint'. Did you mean 'blueprint'?
base:posts { ["fn."] = "grow" }  --> error: posts has no field 'fn.'. Did you mean 'fn'?
base:posts { [""] = "grow" }  --> error: posts has no field ''. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
-- What Lua makes of == and <, and other things that are no tests.
base:posts(true)  --> error: a selection is a table of tests; did you use == on a field? Write posts { band = "8a" }
base:posts { band = 5 == 6 and "x" }  --> error: band: 'false' is not a member.
-->   a selection is a table of tests; did you use == on a field? Write posts { band = "8a" }
base:posts { fn = false }  --> error: fn: 'false' is not a member.
-->   a selection is a table of tests; did you use == on a field? Write posts { band = "8a" }
base:posts { "7" }  --> error: every test needs the name of its field
-->   posts { band = ">= 8a" }
base:posts "7"  --> error: a selection is a table of tests, not a string
base:posts { band = print }  --> error: band: a test is text, a number, true, false or a list of labels, not a function
base:posts { band = {} }  --> error: band: a test is text, a number, true, false or a list of labels, not an empty list
base:posts { band = { print } }  --> error: band: a test is text, a number, true, false or a list of labels, not a function
-- Labels and tests that do not read point at their place.
base:posts { band = "8" }  --> error: band: '8' is not a member. Did you mean '8a', '8b', '8c' or '8d'?
-->   8
-->   ^
base:posts { fn = "safegaurding" }  --> error: fn: 'safegaurding' is not a member. Did you mean 'safeguarding'?
-->   safegaurding
-->   ^
base:posts { fn = { name = "Safegaurding" } }  --> error: fn.name: 'Safegaurding' is not a member. Did you mean 'Safeguarding'?
-->   Safegaurding
-->   ^
base:posts { place = "north, suoth" }  --> error: place: 'suoth' is not a member. Did you mean 'south'?
-->   north, suoth
-->          ^
base:posts { tags = "clincal" }  --> error: tags: 'clincal' is not a member. Did you mean 'clinical'?
-->   clincal
-->   ^
base:posts { band = "[5..7" }  --> error: band: a range ends with ] (its end included) or ) (its end left out)
-->   [5..7
-->        ^
base:posts { band = ">= 8z" }  --> error: band: '8z' is not a member. Did you mean '8a', '8b', '8c' or '8d'?
-->   >= 8z
-->      ^
base:posts { fn = ">= chc" }  --> error: fn: these members have no order, so <, > and ranges mean nothing; name them instead
-->   >= chc
-->   ^
base:posts { wte = ">= half" }  --> error: wte: 'half': not a number
-->   >= half
-->      ^
base:posts { wte = "*1*" }  --> error: wte: patterns are for labels; numbers and dates take values, <, > and ranges
-->   *1*
-->   ^
base:posts { fn = "not chc" }  --> error: fn: 'not chc' is not a member. To leave members out, write not(...).
-->   not chc
-->   ^
base:posts { fn = "chc or digital" }  --> error: fn: 'chc or digital' is not a member. Between tests, a comma means 'or'; there is no 'and'.
-->   chc or digital
-->   ^
base:posts { fn = "" }  --> error: fn: an empty test: write - for anything, none for a missing value
base:posts { fn = "chc," }  --> error: fn: a test is missing here
-->   chc,
-->       ^
base:posts { title = '"Head' }  --> error: title: this quote is never closed
-->   "Head
-->   ^
base:posts { wte = 1e400 }  --> error: wte: a number to test by must be finite
base:posts { wte = 0/0 }  --> error: wte: a number to test by must be finite
base:posts { vacant = "maybe" }  --> error: vacant: 'maybe' is not a member. There are: false, true
-->   maybe
-->   ^
-- Combining.
local _ <const> = base:posts {} & true  --> error: &, | and ~ combine selections
-->   a selection is a table of tests; did you use == on a field? Write posts { band = "8a" }
local _ <const> = base:posts {} | { band = "7" }  --> error: &, | and ~ combine selections
-->   a selection is a table of tests; did you use == on a field? Write posts { band = "8a" }
local _ <const> = base:posts {} & tiny.load():posts {}  --> error: the two selections are of different models
base:posts {}:pivot { measures = { "wte" }, where = { band = "7" } }  --> error: this selection is the where of its pivot already
-->   combine: (a & b):pivot { ... }
base:posts {}:total "wte"  --> error: a selection has no method 'total'. It has count, sum, pivot, head, each.
base:posts {}:summ "wte"  --> error: a selection has no method 'summ'. Did you mean 'sum'?
base:posts {}:sum()  --> error: sum needs the name of a measure: sum("wte")
base:posts {}:sum("wte", { atk = "2025-05" })  --> error: total has no field 'atk'. Did you mean 'at'?
base:posts {}:head "ten"  --> error: head takes a whole number of lines above 0, not ten
base:posts {}:head(-1)  --> error: head takes a whole number of lines above 0, not -1
base:posts {}.band = "7"  --> error: a selection does not change: 'band' cannot be set
