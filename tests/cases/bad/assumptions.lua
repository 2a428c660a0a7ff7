local tiny <const> = require "tiny"

-- Figures that do not read, units that are none, ranges that do not hold.
tiny.load { assumptions = [[
id,value,low,high,unit,source
cap,18.76,,,£/hed,S0
gap,a third,,,%,S0
gap,32.24,33,34,%,S4
gap,32,high,,%,S4
cut,,,,%,S0
cut,5,,,%,
big,99999999999999,,,£,S0
]] }  --> error: 7 problems in assumptions.csv (7 rows); nothing loaded
-->   assumptions.csv:2  unit    '£/hed'           not one of £, £m, £/head, %, WTE, people, count, months, number. Did you mean '£/head'?
-->   assumptions.csv:3  value   'a third'         not a number
-->   assumptions.csv:4  value   '32.24'           lies outside its own range
-->   assumptions.csv:5  low     'high'            not a number
-->   assumptions.csv:6  value                     is empty, and a value is required
-->   assumptions.csv:7  source                    is empty, and a value is required
-->   assumptions.csv:8  value   '99999999999999'  too large: more than 9,223,372,036,854.775807
local base <const> = tiny.load { assumptions = [[
id,value,low,high,unit,source
gap,32,,,%,S0
gap,32.9,,,%,S4
population,500000,,,people,ONS
]] }
-- A parameter whose sources disagree is for the script to settle; so is one that nobody states.
base:reduction { reduce_wte = remit.param { id = "gap" } }  --> error: 'gap' is stated by sources that disagree: set it in the script
-->   gap: the sources disagree beyond rounding: 32 % (S0), 32.9 % (S4)
base:reduction { reduce_wte = remit.param { id = "gpa" } }  --> error: parameter 'gpa' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'gpa' of assumptions.csv, a default, or in a scenario params = { gpa = ... }
-->   Did you mean 'gap'?
base:reduction { reduce_wte = remit.param { id = "population" } }  --> error: reduce_wte takes a figure in WTE, and 'population' is stated in people
remit.param()  --> error: param: id is needed (an id of assumptions.csv)
remit.param { id = 5 }  --> error: param: id is a string (an id of assumptions.csv), not a number
remit.param { id = "x", defualt = 5 }  --> error: param has no field 'defualt'. Did you mean 'default'?
base:assumptions { computed = { gap = 32.24 } }  --> error: computed.gap needs { value = 32.24, unit = "%", how = "..." }
base:assumptions { computed = { gap = { value = "32", unit = "%" } } }  --> error: computed.gap needs { value = 32.24, unit = "%", how = "..." }
base:assumptions { computed = { gap = { value = 1e300, unit = "%" } } }  --> error: computed.gap: 1e+300 is too large: more than 9,223,372,036,854.775807
base:assumptions { computed = { { value = 5, unit = "%" }, gap = {} } }  --> error: computed: every figure needs its id, as in computed = { gap = { value = 32.24, unit = "%" } }
base:assumptions { compute = {} }  --> error: assumptions has no field 'compute'. Did you mean 'computed'?
