local tiny <const> = require "tiny"

-- A part takes from its whole what it lacks: chc_children and its own part are reviewed as chc is; chc_strategy says for itself that it grows.
-- What a whole costs is what its parts cost too.
local base <const> = tiny.load { functions = [[
id,name,blueprint,parent,aliases
chc,Continuing healthcare,review,,
chc_children,Children's continuing care,,chc,
chc_panel,Panels,,chc_children,
chc_strategy,Strategy of continuing healthcare,grow,chc,
safeguarding,Safeguarding,review,,
quality,Quality,retain,,
digital,Digital,grow,,
]], posts = [[
id,title,fn,wte,in_post,cost,group
P1,Head,chc,1,1,80000,nursing
P2,Nurse,chc_children,1,1,50000,nursing
P3,Panel nurse,chc_panel,0.5,0.5,25000,nursing
P4,Strategist,chc_strategy,1,1,60000,strategy
]], budget_lines = false }
local rules <const> = remit.decision_table { id = "rules", rules = {
  { id = "grow", when = { blueprint = "grow" }, set = { class = "grow" }, why = "it grows" },
  { id = "review", when = { blueprint = "review", cost = "> 0" }, set = { class = "transfer" }, why = "it moves" },
  { id = "part", when = { blueprint = "retain", parent = { blueprint = "review" } }, set = { class = "split" }, why = "a part stays" } } }
local model <const> = base:classify(rules)
print(model:dim("fn"):members():where { class = "not(none)" })



--> Members of fn   as at 2025-05   model HASH
--> id            name                               ref  parent        blueprint  destination  destination_wording  modality  residual  statutory  aliases  note  whole    class
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> chc           Continuing healthcare                                 review                                                                                     chc      transfer
--> chc_children  Children's continuing care              chc                                                                                                      chc      transfer
--> chc_panel     Panels                                  chc_children                                                                                             chc      transfer
--> chc_strategy  Strategy of continuing healthcare       chc           grow                                                                                       chc      grow
--> digital       Digital                                               grow                                                                                       digital  grow
--> 5 of 7 rows shown
print(model:explain("chc_panel", "class"))



--> chc_panel  Panels      class: transfer
-->   blueprint         review      passes  review  (of chc, which it is a part of)
-->   cost              £25,000.00  passes  > 0
-->   parent.blueprint  review      any
-->   =>                transfer    rule 2 (review)
-->   why                           it moves
-->   nearly            grow        rule 1 (grow), but for blueprint: it takes grow
-->   nearly            split       rule 3 (part), but for blueprint: it takes retain
print(model:explain("chc", "class"))



--> chc  Continuing healthcare      class: transfer
-->   blueprint         review       passes  review
-->   cost              £215,000.00  passes  > 0
-->   parent.blueprint  none         any
-->   =>                transfer     rule 2 (review)
-->   why                            it moves
-->   nearly            grow         rule 1 (grow), but for blueprint: it takes grow
-- An override of the whole holds for parts that say nothing of their own.
local decided <const> = base:classify(rules, { override = { { fn = "chc", set = { class = "keep" }, owner = "chief nurse", reason = "agreed" } } })
print(decided:pivot { measures = { "cost" }, by = { "fn.class", "fn" } })



--> cost by fn.class, fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn.class  fn            cost £
--> ──────────────────────────────
--> grow      chc_strategy  60,000
--> keep      chc           80,000
--> keep      chc_children  50,000
--> keep      chc_panel     25,000
print(decided:explain("chc_panel", "class"))



--> chc_panel  Panels      class: keep
-->   blueprint         review      passes  review  (of chc, which it is a part of)
-->   cost              £25,000.00  passes  > 0
-->   parent.blueprint  review      any
-->   rules say         transfer    rule 2 (review)
-->   why                           it moves
-->   =>                keep        overridden with chc, which it is a part of, by chief nurse: agreed (override 1)
-->   nearly            grow        rule 1 (grow), but for blueprint: it takes grow
-->   nearly            split       rule 3 (part), but for blueprint: it takes retain
-- On lines, attributes of functions are inherited too.
print(base:classify(remit.decision_table { on = "lines", rules = { { when = { fn = { blueprint = "review" } }, set = { moves = "yes" } },
  { when = { fn = { parent = { blueprint = "review" }, blueprint = "grow" } }, set = { moves = "no" } } } }):pivot { measures = { "wte" }, by = { "moves" } })



--> wte by moves   as at 2025-05   model HASH
--> moves  WTE
--> ──────────
--> yes    2.5
--> no     1.0
-- To test the id as well makes a part no less a part.
local named <const> = base:classify(remit.decision_table { id = "named", rules = { { when = { blueprint = "review", id = "not(digital)" }, set = { class = "x" } } } },
  { override = { { fn = "chc", set = { class = "keep" }, owner = "chief nurse", reason = "agreed" } } })
print(named:dim("fn"):members():get("chc_panel", "class"), named:dim("fn"):members():get("chc_strategy", "class"))  --> keep	(none)

-- Parts roll up to the whole that they belong to.
print(base:pivot { measures = { "cost" }, by = { "fn.whole" }, totals = true })
--> cost by fn.whole   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn.whole   cost £
--> ─────────────────
--> chc       215,000
--> ─────────────────
--> Total     215,000
