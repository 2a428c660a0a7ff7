local tiny <const> = require "tiny"

-- A function that does not exist, and one that needs itself.
tiny.load { dependencies = "fn,needs\nchc,digitl\nchc,chc\n" }  --> error: 2 problems in dependencies.csv (2 rows); nothing loaded
-->   dependencies.csv:2  needs  'digitl'  not in functions.csv. Did you mean 'digital'?
-->   dependencies.csv:3  needs  'chc'     a function does not depend on itself
local base <const> = tiny.load { dependencies = "fn,needs\nchc,digital\n" }
base:closure "safegaurding"  --> error: 'safegaurding' is not in functions.csv. Did you mean 'safeguarding'?
base:closure {}  --> error: closure needs the ids of functions: which are to move?
-->   base:closure { "pc_ops" }
base:closure { 3 }  --> error: closure needs ids of functions, not a number
-->   base:closure { "pc_ops" }
base:depends { kid = "enabler" }  --> error: depends has no field 'kid'. Did you mean 'kind'?
base:depends { fn = "safegaurding" }  --> error: fn: 'safegaurding' is not a member. Did you mean 'safeguarding'?
-->   safegaurding
-->   ^
tiny.load():depends()  --> error: this pack has no dependencies.csv
-->   its fields are fn, needs, kind, why, ref
