local tiny <const> = require "tiny"

-- What differs between models is said below their figures.
local base <const> = tiny.load()
local later <const> = tiny.load { settings = '"as_at": "2025-06", "price_base": "2025/26", "max_wte": 2' }
local decided <const> = base:classify(remit.decision_table { id = "own", rules = { { when = { blueprint = "grow" }, set = { class = "grow" }, why = "all" } } })
print(remit.compare { base, decided, later }:table { at = "2025-10" })
--> cost   funded, annual run rate, 2025/26 prices, as at 2025-10   model HASH
--> cost £ base  cost £ model 2  cost £ model 3  change £  change %
--> ───────────────────────────────────────────────────────────────
-->     240,201         240,201         240,201         0      0.0%
--> Change is from base to model 3.
--> model 2 stands on other decisions than base: classify.
--> model 3 stands on another pack than base (a360a1, 96aa17): 9 lines and 9.
--> Its establishment is of 2025-06, that of base of 2025-05.
--> model 3: a post may hold more or less WTE.
--> The base has no changes: its figures are as at 2025-05.
print(remit.compare { decided, base }:diff { of = "fn.blueprint" })
--> Differences in fn.blueprint   2025/26 prices, as at 2025-05   model HASH
--> fn  base  model 2  cost £  WTE
--> ──────────────────────────────
--> None.
--> model 2 stands without decisions of base: classify.
-- What makes figures incomparable can be accepted by name; it is then said, and kept on the frame.
local dearer <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2026/27"' }
local compared <const> = remit.compare { base, dearer, accept = "prices" }:table { at = "2025-10" }
print(compared)
--> cost   funded, annual run rate, 2025/26 and 2026/27 prices, as at 2025-10   model HASH
--> cost £ base  cost £ model 2  change £  change %
--> ───────────────────────────────────────────────
-->     240,201         240,201         0      0.0%
--> Accepted: base is in 2025/26 prices and model 2 in 2026/27.
--> model 2 stands on another pack than base (b9d48c, 96aa17): 9 lines and 9.
--> The base has no changes: its figures are as at 2025-05.
print(compared:top(1):json():match '"price_base":"([^"]*)"', compared:json():match '"notes":%[(.-)%]')
--> 2025/26 and 2026/27 prices	"Accepted: base is in 2025/26 prices and model 2 in 2026/27.","model 2 stands on another pack than base (b9d48c, 96aa17): 9 lines and 9.","The base has no changes: its figures are as at 2025-05."
local other <const> = tiny.load { funds = "id,name\nrunning,Running costs\npod,Delegated services\n",
  budget_lines = "id,kind,fn,group,fund,cost\nB1,nonpay,chc,nursing,pod,20000\n" }
print(remit.compare { base, other, accept = { "perimeter" } }:table { by = { "fund" }, at = "2025-05" })
--> cost by fund   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fund     cost £ base  cost £ model 2  change £  change %
--> ────────────────────────────────────────────────────────
--> running      240,201         211,200   -29,000    -12.1%
--> pod                0          20,000   +20,000
--> ────────────────────────────────────────────────────────
--> Total        240,201         231,200    -9,000     -3.7%
--> Accepted: only model 2 has the funds pod, only base has the kinds of line income, vacancy_factor.
--> model 2 stands on another pack than base (5e1063, 96aa17): 6 lines and 9.
print(remit.compare { base, other }:table { at = "2025-05", where = { kind = "pay" } })
--> cost   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> cost £ base  cost £ model 2  change £  change %
--> ───────────────────────────────────────────────
-->     211,200         211,200         0      0.0%
--> model 2 stands on another pack than base (5e1063, 96aa17): 6 lines and 9.
-- Other functions matter where figures go by function.
local functions <const> = "id,name,blueprint\nsafeguarding,Safeguarding,review\nquality,Quality,retain\nchc,CHC,review\ndigital,Digital,grow\ngreen,Green plan,retain\n"
local wider <const> = tiny.load { functions = functions }
print(remit.compare { base, wider }:table { at = "2025-05" })
--> cost   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> cost £ base  cost £ model 2  change £  change %
--> ───────────────────────────────────────────────
-->     240,201         240,201         0      0.0%
--> base has functions of its pack and model 2 functions of its pack: only model 2 has the functions green.
--> model 2 stands on another pack than base (086197, 96aa17): 9 lines and 9.
print(remit.compare { base, wider, accept = { "vocabulary" } }:table { by = { "fn" }, at = "2025-05" }:where { fn = "green" })
--> cost by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn  cost £ base  cost £ model 2  change £  change %
--> ───────────────────────────────────────────────────
--> Accepted: base has functions of its pack and model 2 functions of its pack: only model 2 has the functions green.
--> model 2 stands on another pack than base (086197, 96aa17): 9 lines and 9.
--> 0 of 4 rows shown
