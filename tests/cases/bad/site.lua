-- A script that needs a site profile where none was granted, and names that no profile has.

local remit <const> = require "remit"

remit.site { needs = { "envelope.per_head", "own.lead" } }  --> error: this script needs of the site profile: envelope.per_head, own.lead
-->   there is no site profile: a file site.json beside the pack that --pack names, or --site FILE, with "format": 1 and
-->   envelope.per_head: "envelope": { "per_head": 18.76 }
-->   own.lead: "own": { "lead": "..." }
remit.site { needs = { "envelope.per_hed" } }  --> error: a site profile has no field 'envelope.per_hed'. Did you mean 'envelope.per_head' or 'envelope.period'?
remit.site { defaults = { ["envelope.population"] = 1.5 } }  --> error: defaults: envelope.population is a whole number above 0
local site <const> = remit.site { defaults = { ["envelope.per_head"] = 18.76 } }
print(site.envelope.per_head)  --> 18.76
print(site.envelope.population)  --> error: this script needs of the site profile: envelope.population
-->   there is no site profile: a file site.json beside the pack that --pack names, or --site FILE, with "format": 1 and
-->   envelope.population: "envelope": { "population": 1085073 }
site.own.lead = "sash"  --> error: a site profile does not change
