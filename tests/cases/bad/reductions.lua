local tiny <const> = require "tiny"

local base <const> = tiny.load()   -- 3.4 WTE, 1.4 of them vacant
base:reduction()  --> error: reduction: reduce_wte is needed (the WTE to take out of the establishment)
base:reduction { reduce = 1 }  --> error: reduction has no field 'reduce'. Did you mean 'reduce_wte'?
base:reduction { reduce_wte = "1" }  --> error: reduction: reduce_wte is a number or a remit.param (the WTE to take out of the establishment), not a string
-->   a figure stands without quotes, £ and commas: 1
base:reduction { reduce_wte = -1 }  --> error: reduce_wte: -1 is not between 0 and the establishment's 3.4 WTE
base:reduction { reduce_wte = 4 }  --> error: reduce_wte: 4 is not between 0 and the establishment's 3.4 WTE
base:reduction { reduce_wte = 0/0 }  --> error: reduction: reduce_wte is a number or a remit.param (the WTE to take out of the establishment), not a number
base:reduction { reduce_wte = 1, refill = { 2 } }  --> error: refill: 2 is not between 0 and the 1.4 vacant WTE
base:reduction { reduce_wte = 1, refill = { -1 } }  --> error: refill: -1 is not between 0 and the 1.4 vacant WTE
base:reduction { reduce_wte = 1, refill = { "1" } }  --> error: refill: 1 is not between 0 and the 1.4 vacant WTE
base:reduction { reduce_wte = 1, refill = {} }  --> error: refill: give one number at least, as in refill = { 0, 50 }
base:reduction { reduce_wte = 1, refill = 1 }  --> error: reduction: refill is a list, one item after the other (how many vacancies are filled after all, one row each), not a number
base:reduction { reduce_wte = 1, vacancies = -1 }  --> error: vacancies: -1 is not between 0 and the establishment's 3.4 WTE
base:reduction { reduce_wte = 1, vacancies = 100 }  --> error: vacancies: 100 is not between 0 and the establishment's 3.4 WTE
base:reduction { reduce_wte = remit.param { id = "reduce_wte" } }  --> error: parameter 'reduce_wte' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'reduce_wte' of assumptions.csv, a default, or in a scenario params = { reduce_wte = ... }
