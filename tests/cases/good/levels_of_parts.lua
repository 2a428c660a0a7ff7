local tiny <const> = require "tiny"

-- A part takes what it lacks from its whole, and may land elsewhere; a whole has the figures of its parts.
local base <const> = tiny.load { functions = [[
id,name,blueprint,parent,modality
safeguarding,Safeguarding,review,,explore
sg_strategy,Safeguarding strategy,,safeguarding,retain
sg_casework,Safeguarding casework,,safeguarding,
chc,Continuing healthcare,review,,
digital,Digital,grow,,
quality,Quality,retain,,
]], posts = [[
id,fn,wte,in_post,cost
P1,sg_strategy,1,1,80000
P2,sg_casework,0.8,0.4,48000
P3,chc,1,0,52000
]] }
local rules <const> = remit.subsidiarity { scores = { { fn = "safeguarding", la_interface = 3 }, { fn = "chc", la_interface = 2 } }, rules = {
  { id = "strategy", criterion = "fn", test = "sg_strategy", direction = "push up", at_least = "system", why = "strategy stays with the ICB" },
  { id = "reach", criterion = "modality", test = "explore", at_least = "place", sets = "delivers = neighbourhood", why = "it reaches out" },
  { id = "council", criterion = "la_interface", test = "3", sets = "hosts = place", why = "councils" },
  { id = "team", criterion = "wte", test = ">= 1.8", sets = "variant = large", why = "as an example" },
} }
print(rules:outcome(base))
--> Levels by the rules   2025/26 prices, as at 2025-05   model HASH
--> fn            name                   level   accountable  delivers       hosts  funds   variant  WTE  cost £
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding           place   system       neighbourhood  place  system  large
--> sg_strategy   Safeguarding strategy  system  system       system         place  system           1.0  80,000
--> sg_casework   Safeguarding casework  place   system       neighbourhood  place  system           0.8  48,000
--> chc           Continuing healthcare  place   system       place          place  system           1.0  67,000
--> digital       Digital                place   system       place          place  system           0.0  15,000
--> quality       Quality                place   system       place          place  system           0.0  -1,000
print(rules:missing(base))
--> Criteria missing for the rules   as at 2025-05   model HASH
--> fn       name                   criterion     rules that it takes part in
--> ─────────────────────────────────────────────────────────────────────────
--> chc      Continuing healthcare  modality      reach
--> digital  Digital                modality      reach
--> digital  Digital                la_interface  council
--> quality  Quality                modality      reach
--> quality  Quality                la_interface  council
--> A test of a criterion that has no value does not pass: it neither lifts nor lowers, and sets nothing.
print(base:assign(rules):explain("sg_casework", "level"))
--> sg_casework  Safeguarding casework      level: place   accountable: system (the ICB)
-->   start    place                                          lowest level first: 2 of them
-->   reach    at least place, sets delivers = neighbourhood  modality is explore: it reaches out
-->   council  sets hosts = place                             la_interface is 3: councils
-->   team     not set                                        wte is 0.8 WTE, the test is >= 1.8
-->   =>       place                                          rule 2
