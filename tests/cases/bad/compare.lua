local remit <const> = require "remit"
local tiny <const> = require "tiny"

local base <const> = tiny.load()
remit.compare { base }  --> error: compare needs two models or more: compare { before, after }
remit.compare { base, "plan" }  --> error: item 2 of compare is a string, not a model
remit.compare { base, base }:diff { of = "class" }  --> error: of is a dimension and its attribute, as in "fn.class", not 'class'
remit.compare { base, base }:diff { of = "fn.clas" }  --> error: base: fn has no attribute 'clas'. It has: name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole
remit.compare { base, base }:diff { of = "cost" }  --> error: diff of 'cost' needs its month: at = "2027-04"
-- Figures that cannot stand side by side, unless somebody says that they may.
local dearer <const> = tiny.load { settings = '"as_at": "2025-05", "price_base": "2026/27"' }
local wider <const> = tiny.load { functions = "id,name\nsafeguarding,S\nquality,Q\nchc,C\ndigital,D\ngreen,G\n", organisations = "id,name,type\nnext_icb,Next door,icb\n",
  settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "next_icb"' }
local smaller <const> = tiny.load { budget_lines = "id,kind,fn,group,fund,cost\nB1,nonpay,chc,nursing,pod,20000\n" }
remit.compare { base, dearer }:table { at = "2025-10" }  --> error: these figures cannot be compared: base is in 2025/26 prices and model 2 in 2026/27
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = "prices" }
remit.compare { base, dearer, wider }:table { at = "2025-10", by = "fn" }  --> error: these figures cannot be compared: base is in 2025/26 prices and model 2 in 2026/27; base is of no stated organisation and model 3 of next_icb; base has functions of its pack and model 3 functions of its pack: only model 3 has the functions green
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = { "prices", "perimeter", "vocabulary" } }
remit.compare { base, dearer, wider, accept = { "prices", "perimeter" } }:table { at = "2025-10", where = { fn = "chc" } }  --> error: these figures cannot be compared: base has functions of its pack and model 3 functions of its pack: only model 3 has the functions green
-->   accept it: remit.compare { ..., accept = "vocabulary" }
remit.compare { base, smaller }:table { at = "2025-10" }  --> error: these figures cannot be compared: only model 2 has the funds pod, only base has the kinds of line income, vacancy_factor
-->   accept it: remit.compare { ..., accept = "perimeter" }
remit.compare { base, dearer }:bridge { at = "2025-10" }  --> error: these figures cannot be compared: base is in 2025/26 prices and model 2 in 2026/27
-->   ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "2025/26", ... }
-->   or accept it: remit.compare { ..., accept = "prices" }
remit.compare { base, dearer, accept = "price" }  --> error: compare: accept: 'price' is not one of prices, perimeter, vocabulary
-->   Did you mean 'prices'?
remit.compare { base, dearer, accepts = "prices" }  --> error: compare takes models, and accept, not 'accepts'
remit.compare { base, dearer, accept = true }  --> error: compare: accept is a list of strings (differences that make figures incomparable and are meant: prices, perimeter, vocabulary), not a boolean
-- Parameters are worth something too, and are no change.
local cut <const> = remit.scale { id = "cut", lines = {}, change = remit.param { id = "cut", default = "-10%" }, from = "2025-10", why = "less" }
local plan <const> = base:scenario("Plan", { changes = { cut } })
local deeper <const> = plan:with { name = "Deeper", params = { cut = "-20%" }, add = { remit.once { id = "pot", cost = 5, month = "2025-10", why = "set-up" } } }
remit.compare { plan, deeper }:bridge { at = "2025-10" }  --> error: 'Plan' has other parameters than 'Deeper': no change of its own says what they are worth
-->   compare { base, plan }:bridge { ... } for each, or :table { ... } for both
print(remit.compare { base, base }:diff { of = "fn.blueprint" })
--> Differences in fn.blueprint   2025/26 prices, as at 2025-05   model HASH
--> fn  base  model 2  cost £  WTE
--> ──────────────────────────────
--> None.
