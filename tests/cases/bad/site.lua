-- A script that needs a site profile where none was granted, and names that no profile has.

local remit <const> = require "remit"

remit.site { needs = { "envelope.per_head", "own.lead" } }
--> stopped: tests/cases/bad/site.lua:5: this script needs of the site profile: envelope.per_head, own.lead
-->   there is no site profile: a file site.json beside the pack that --pack names, or --site FILE, with "format": 1 and
-->   envelope.per_head: "envelope": { "per_head": 18.76 }
-->   own.lead: "own": { "lead": "..." }
