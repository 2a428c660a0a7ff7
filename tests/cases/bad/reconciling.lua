local tiny <const> = require "tiny"

tiny.load():reconcile()  --> error: this pack has no general_ledger.csv to reconcile against
local base <const> = tiny.load { general_ledger = "cost_centre,group,budget\n100,nursing,127000\n900,,50\n" }
base:reconcile { by = "cost_center" }  --> error: lines has no field 'cost_center'. Did you mean 'cost_centre'?
base:reconcile { by = "fn" }  --> error: the ledger has no field 'fn'. There are: cost_centre, subjective, group, fund, budget, actual, wte_budgeted, wte_contracted, wte_worked, note
base:reconcile { by = "budget" }  --> error: lines has no field 'budget'. There are: id, title, fn, place, level, org, group, team, directorate, cost_centre, profession, band, point, fund, wte, cost, recurrent, tags, note, kind, vacant
base:reconcile { by = "cost" }  --> error: 'cost' is a number: reconcile by a label
base:reconcile { over = "cost_centre" }  --> error: reconcile has no field 'over'.
-->   Fields: by
base:reconcile "cost_centre"  --> error: reconcile: give one table of named fields, not a string
