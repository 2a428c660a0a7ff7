local tiny <const> = require "tiny"

local base <const> = tiny.load()
remit.check { id = "none" }  --> error: check 'none': give a measure with its bounds, or test, a function
remit.check { id = "both", measure = "wte", at_least = 1, test = print }  --> error: check 'both': give a measure with its bounds, or test, a function
remit.check { id = "bounds", measure = "wte" }  --> error: check 'bounds': at_least or at_most says what 'wte' must be
remit.check { id = "words", test = "wte > 1" }  --> error: check: test (or a function of the model and the month: a status, and the evidence): a function of the model and the month that gives "pass", "fail" or "open" (or true, false, nil) and the evidence
base:checks { own = { { id = "odd", test = function() return "maybe" end } } }  --> error: check 'odd' gives pass, fail or open, not maybe
base:checks { own = { { id = "odd", principle = "simpel", test = function() return true end } } }  --> error: there is no design principle 'simpel'. Did you mean 'simple'?
base:checks { envelope = 18.76 }  --> error: checks: envelope is a remit.envelope (the cap to hold it against), not a number
remit.check { id = "a", measure = "wte", at_least = 1 }:run()  --> error: a check has no method 'run'. It has none.
