local tiny <const> = require "tiny"

local base <const> = tiny.load { general_ledger = [[
cost_centre,subjective,group,budget,actual,wte_budgeted
100,pay,nursing,128000.50,21333.42,1.8
100,vacancy factor,nursing,-1000,0,0
200,pay,nursing,67000,10000,1
300,pay,strategy,46000,7666.67,0.6
900,pay,nursing,50,0,0
]], more = { general_ledger = '"remit": { "months": 2 }' } }
print(base:reconcile())
--> Establishment against ledger by cost_centre   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> cost_centre     establishment £  ledger budget £  difference £  WTE  ledger WTE  note
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> 100                     127,001          127,000             0  1.8         1.8
--> 200                      67,000           67,000             0  1.0         1.0
--> 300                      46,200           46,000          -200  0.6         0.6  differs
--> 900                           0               50           +50  0.0         0.0  not in the establishment
--> balancing line             -151                0          +150  0.0         0.0  what the establishment would need to equal the ledger
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> Total                   240,050          240,050             0  3.4         3.4
print(base:reconcile { by = "group" })
--> Establishment against ledger by group   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> group           establishment £  ledger budget £  difference £  WTE  ledger WTE  note
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> nursing                 194,001          194,050           +50  2.8         2.8  differs
--> strategy                 46,200           46,000          -200  0.6         0.6  differs
--> balancing line             -151                0          +150  0.0         0.0  what the establishment would need to equal the ledger
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> Total                   240,050          240,050             0  3.4         3.4
print(base:total("cost", { basis = "actual" }), base:total("cost", { basis = "actual", where = { subjective = "pay" } }))
--> 234000.54	234000.54
print(base:health():where { finding = "establishment differs from the ledger" })
--> Health   as at 2025-05   model HASH
--> finding                                count  of  note
--> ─────────────────────────────────────────────────────────────────────────
--> establishment differs from the ledger      1      balancing line £-150.50
--> 1 of 5 rows shown
