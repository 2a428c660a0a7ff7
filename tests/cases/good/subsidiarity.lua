local tiny <const> = require "tiny"

-- The search starts at places, of which the pack has two; one test lifts, one lowers, one sets.
local base <const> = tiny.load()
local path <const> = tiny.file("subsidiarity.csv", [[
id,criterion,test,blueprint,direction,at_least,at_most,sets,why,ref
duty,,,review,gate,,,accountable = system; funds = region,the duty stays with the ICB,S4
scarce,wte_per_place,< 0.4,,push up,system,,,a single point of failure,
council,la_interface,>= 3,,pull down,,place,,depends on the council,
own,blueprint,retain,,gate,System (the ICB),,variant = hosted,the ICB governs itself,
]])
tiny.file("scores.csv", "fn,la_interface,note\nchc,3,\nsafeguarding,1,\nquality,0,\n")
local rules <const> = remit.subsidiarity(path)
print(rules)  --> subsidiarity tmp/subsidiarity.csv: 4 rules, scores from tmp/scores.csv
print(rules:outcome(base))

--> Levels by tmp/subsidiarity.csv   2025/26 prices, as at 2025-05   model HASH
--> fn            name                          level   accountable  delivers  hosts   funds   variant  WTE   cost £
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding                  place   system       place     place   region           1.8  128,000
--> quality       Quality and safety            system  system       system    system  system  hosted   0.0   -1,000
--> chc           Continuing healthcare         place   system       place     place   region           1.0   67,000
--> digital       Digital, data and technology  system  system       system    system  system           0.6   46,200
print(rules:missing(base))

--> Criteria missing for tmp/subsidiarity.csv   as at 2025-05   model HASH
--> fn       name                          criterion      rules that it takes part in
--> ─────────────────────────────────────────────────────────────────────────────────
--> quality  Quality and safety            wte_per_place  scarce
--> digital  Digital, data and technology  la_interface   council
--> A test of a criterion that has no value does not pass: it neither lifts nor lowers, and sets nothing.
for row in rules:verify(base):rows() do
  print(row.rule, row.passes, row.fails, row.missing, row.finding)
end

--> duty	2	0	0	(none)
--> scarce	1	2	1	its criterion is missing for some
--> council	1	2	1	its criterion is missing for some
--> own	1	3	0	(none)
local model <const> = base:assign(rules)
print(model:explain("safeguarding", "level"))

--> safeguarding  Safeguarding      level: place   accountable: system (the ICB)
-->   start    place                                      lowest level first: 2 of them
-->   duty     sets accountable = system, funds = region  the duty stays with the ICB
-->   scarce   no lift                                    1.8 WTE over 2 places is 0.9 each, the test is < 0.4
-->   council  no ceiling                                 la_interface is 1, the test is >= 3
-->   own      no lift                                    blueprint is review, the test is retain
-->   =>       place                                      no test of tmp/subsidiarity.csv lifts it
print(model:explain("quality", "level"))

--> quality  Quality and safety      level: system (the ICB)   accountable: system (the ICB)
-->   start    place                                   lowest level first: 2 of them
-->   scarce   no lift                                 wte_per_place has no value: a test of nothing does not pass
-->   council  no ceiling                              la_interface is 0, the test is >= 3
-->   own      at least system, sets variant = hosted  blueprint is retain: the ICB governs itself
-->   =>       system (the ICB)                        rule: tmp/subsidiarity.csv:5
print(model:explain("digital", "level"))

--> digital  Digital, data and technology      level: system (the ICB)   accountable: system (the ICB)
-->   start    place             lowest level first: 2 of them
-->   scarce   at least system   0.6 WTE over 2 places is 0.3 each: a single point of failure
-->   council  no ceiling        la_interface has no value: a test of nothing does not pass
-->   own      no lift           blueprint is grow, the test is retain
-->   =>       system (the ICB)  rule: tmp/subsidiarity.csv:3
print(model:explain("chc", "funds"))

--> chc  Continuing healthcare      funds: region
-->   duty  sets accountable = system, funds = region  the duty stays with the ICB
-->   =>    region                                     rule: tmp/subsidiarity.csv:2 (S4)
print(model:explain("chc", "hosts"))

--> chc  Continuing healthcare      hosts: place
-->   default  place  no rule sets it: those who deliver employ those who do it
-->   =>       place  rules: tmp/subsidiarity.csv
print(model:explain("quality", "variant"))

--> quality  Quality and safety      variant: hosted
-->   own  at least system, sets variant = hosted  blueprint is retain: the ICB governs itself
-->   =>   hosted                                  rule: tmp/subsidiarity.csv:5
print(model:pivot { measures = { "wte" }, by = { "fn.level", "fn.accountable" } })

--> wte by fn.level, fn.accountable   as at 2025-05   model HASH
--> fn.level  fn.accountable  WTE
--> ─────────────────────────────
--> place     system          2.8
--> system    system          0.6
print(model:posts({ fn = { level = ">= system" } }):sum "wte", model:posts({ fn = { level = "place", contested = false } }):sum "wte")
--> 0.6	2.8

-- Nothing of the old model changed, and other rules are another model.
print(base:find("fn", "chc").level, base:hash() ~= model:hash(), base:assign(rules):hash() == model:hash())  --> nil	true	true
local others <const> = remit.subsidiarity { start = "place", rules = { { criterion = "blueprint", test = "grow", at_least = "region", why = "an example" } } }
print(base:assign(others):hash() ~= model:hash(), base:assign(others):explain("chc", "level"))
--> true	chc  Continuing healthcare      level: place   accountable: system (the ICB)
-->   start      place    as the rules have it: 2 of them
-->   blueprint  no lift  blueprint is review, the test is grow
-->   =>         place    no test of the rules lifts it

-- Populations warn; places are not those of the national guidance.
print(rules:warnings(base))
--> Populations outside the usual range   as at 2025-05   model HASH
--> level  who    population  usual               warning
--> ──────────────────────────────────────────────────────────────
--> place  north     200,000  250,000 to 500,000  fewer than usual
--> A level's usual population warns and decides nothing.
