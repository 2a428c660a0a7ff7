local remit <const> = require "remit"
local tiny <const> = require "tiny"

local base <const> = tiny.load()
remit.compare { base }  --> error: compare needs two models or more: compare { before, after }
remit.compare { base, "plan" }  --> error: item 2 of compare is a string, not a model
remit.compare { base, base }:diff { of = "class" }  --> error: of is a dimension and its attribute, as in "fn.class", not 'class'
remit.compare { base, base }:diff { of = "fn.clas" }  --> error: fn has no attribute 'clas'. It has: name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole
remit.compare { base, base }:diff { of = "cost" }  --> error: diff of 'cost' needs its month: at = "2027-04"
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
