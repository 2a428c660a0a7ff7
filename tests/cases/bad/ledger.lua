local tiny <const> = require "tiny"

-- Actual figures say nothing without the months that they cover.
local LEDGER <const> = "cost_centre,budget,actual\n100,100000,50000\n"
tiny.load { general_ledger = LEDGER }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.general_ledger.remit.months  is needed: how many months the ledger's actual figures cover (1 to 12)
tiny.load { general_ledger = LEDGER, more = { general_ledger = '"remit": { "months": 0 }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.general_ledger.remit.months  must be a whole number from 1 to 12, not 0
tiny.load { general_ledger = LEDGER, more = { general_ledger = '"remit": { "months": 13 }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.general_ledger.remit.months  must be a whole number from 1 to 12, not 13
tiny.load { general_ledger = LEDGER, more = { general_ledger = '"remit": { "months": "two" }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.general_ledger.remit  'months' must be a number, not 'two'
tiny.load { general_ledger = LEDGER, more = { general_ledger = '"remit": { "months": 2.5 }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.general_ledger.remit.months  must be a whole number from 1 to 12, not 2.5
-- Without actual figures no months are needed, and actual cost is not to be had.
local base <const> = tiny.load { general_ledger = "cost_centre,budget\n100,100000\n" }
base:total("cost", { basis = "actual" })  --> error: actual cost needs a general_ledger.csv with actual figures
tiny.load():total("cost", { basis = "actual" })  --> error: actual cost needs a general_ledger.csv with actual figures
-- Some of them missing.
local gaps <const> = tiny.load { general_ledger = "cost_centre,budget,actual\n100,100000,50000\n200,1,\n",
  more = { general_ledger = '"remit": { "months": 6 }' } }
gaps:total("cost", { basis = "actual" })  --> error: the ledger: 'actual' cannot be a sum: 1 row has no value
-->   every ledger row needs an actual figure; 0 is one
gaps:pivot { measures = { "cost" }, basis = "actual" }  --> error: actual cost comes from the ledger, which is by cost centre, not by line
-->   base:total("cost", { basis = "actual" }), or base:reconcile { by = "cost_centre" }
gaps:total("cost", { basis = "actual", where = { fn = "chc" } })  --> error: the ledger has no field 'fn'. There are: cost_centre, subjective, group, fund, budget, actual, wte_budgeted, wte_contracted, wte_worked, note
gaps:total("pay", { basis = "actual" })  --> error: actual cost comes from the ledger, which is by cost centre, not by line
-->   base:total("cost", { basis = "actual" }), or base:reconcile { by = "cost_centre" }
print(gaps:total("cost", { basis = "actual", where = { cost_centre = "100" } }))
--> 100000.0
