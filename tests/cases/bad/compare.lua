local remit <const> = require "remit"
local tiny <const> = require "tiny"

local base <const> = tiny.load()
remit.compare { base }  --> error: compare needs two models or more: compare { before, after }
remit.compare { base, "plan" }  --> error: item 2 of compare is a string, not a model
remit.compare { base, base }:diff { of = "class" }  --> error: of is a dimension and its attribute, as in "fn.class", not 'class'
remit.compare { base, base }:diff { of = "fn.clas" }  --> error: fn has no attribute 'clas'. It has: name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole
print(remit.compare { base, base }:diff { of = "fn.blueprint" })

--> Differences in fn.blueprint   2025/26 prices, as at 2025-05   model HASH
--> fn  model 1  model 2  cost £  WTE
--> ─────────────────────────────────
--> None.
