local tiny <const> = require "tiny"

-- Only functions are parked; other labels stay problems. Without it nothing is.
tiny.load({ posts = "id,fn,place,wte,in_post,cost\nP1,Wellbeing hub,nroth,1,1,100\n" }, { unmapped = "park" })  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  place  'nroth'  not in places.csv. Did you mean 'north'?
tiny.load({ posts = "id,fn,place,wte,in_post,cost\nP1,Wellbeing hub,north,1,1,100\n" }, { unmapped = "refuse" })  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  fn  'Wellbeing hub'  not in functions.csv, which has safeguarding, quality, chc, digital
tiny.load({}, { unmapped = "parc" })  --> error: load: unmapped is one of refuse, park (park puts lines of unknown functions under 'unallocated'), not 'parc'. Did you mean 'park'?
