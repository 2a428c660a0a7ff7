local tiny <const> = require "tiny"

-- A decision table as a spreadsheet saves it: a byte order mark, CRLF, empty rows and columns behind the last ones, TRUE in capitals.
local base <const> = tiny.load()
local path <const> = tiny.file("classify.csv", "\u{feff}Rule,blueprint,cost,set class,set destination,Why,ref,,\r\n"
  .. "grow,grow,-,grow,icb,it grows,S4,,\r\n,\"retain, review\",\"<= 70000\",small,,little money,,,\r\nlarge,\"not(grow)\",> 70000,large,,much money,,,\r\n"
  .. ",,,,,,,,\r\n\r\n,,,,,,,,\r\n")
local rules <const> = remit.decision_table(path)
print(rules)  --> decision table tmp/classify.csv: 3 rules on fn (unique), sets class, destination
print(rules:rules())




--> decision table tmp/classify.csv: 3 rules on fn (unique), sets class, destination
--> rule   row  blueprint       cost      set class  set destination  why           ref
--> ───────────────────────────────────────────────────────────────────────────────────
--> grow   2    grow            -         grow       icb              it grows      S4
--> row 3  3    retain, review  <= 70000  small                       little money
--> large  4    not(grow)       > 70000   large                       much money
print(rules:verify(base))
--> Verification of tmp/classify.csv (unique): 3 rules over 4 members of fn: Nothing wrong in theory, nothing wrong in this pack.
local model <const> = base:classify(rules)
print(model:pivot { measures = { "cost", "wte" }, by = { "fn.class" }, totals = true })




--> cost, wte by fn.class   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn.class   cost £  WTE
--> ──────────────────────
--> grow       46,201  0.6
--> small      66,000  1.0
--> large     128,000  1.8
--> ──────────────────────
--> Total     240,201  3.4
print(model:posts { fn = { class = "large" } }:count())  --> 2
print(model:explain("chc", "class"))




--> chc  Continuing healthcare      class: small
-->   blueprint  review      passes  retain, review
-->   cost       £67,000.00  passes  <= 70000
-->   =>         small       rule: tmp/classify.csv:3 (row 3)
-->   why                    little money
-->   nearly     grow        tmp/classify.csv:2 (grow), but for blueprint: it takes grow
-->   nearly     large       tmp/classify.csv:4 (large), but for cost: it takes > 70000
print(model:explain("digital", "destination"))




--> digital  Digital, data and technology      destination: icb
-->   blueprint  grow        passes  grow
-->   cost       £46,200.50  any
-->   =>         icb         rule: tmp/classify.csv:2 (grow)
-->   why                    it grows
-->   ref                    S4
-->   nearly     nothing     tmp/classify.csv:3 (row 3), but for blueprint: it takes retain, review
print(model:explain("chc", "destination"))




--> chc  Continuing healthcare      destination: none
-->   blueprint  review      passes  retain, review
-->   cost       £67,000.00  passes  <= 70000
-->   =>         none        no rule that passes sets it
-->   nearly     icb         tmp/classify.csv:2 (grow), but for blueprint: it takes grow
-->   nearly     nothing     tmp/classify.csv:4 (large), but for cost: it takes > 70000
print(model:explain("chc", "blueprint"))




--> chc  Continuing healthcare      blueprint: review
-->   =>  review  as loaded: functions.csv:4
print(model:explain("north", "population"))




--> north  North Town      population: 200,000
-->   =>  200,000  as loaded: places.csv:2
print(model:explain("chc", "cost"))




--> chc  Continuing healthcare      cost: £67,000.00
--> funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
-->   =>  £67,000.00  cost, £ a year: pay, non-pay, income (negative) and vacancy factor; of 3 lines

-- The same in Lua; tests nest as selections do, lists are labels, remit.none is a missing value.
local own <const> = remit.decision_table { id = "own", hits = "first", rules = {
  { id = "known", when = { blueprint = { "grow", "retain" } }, set = { class = "known" }, why = "the document says so" },
  { id = "priced", when = { cost = "> 100000", wte = ">= 1" }, set = { class = "priced", big = true } },
  { id = "rest", when = {}, set = { class = "rest" }, why = "nothing else is known" },
} }
print(own:rules())




--> decision table own: 3 rules on fn (first), sets class, big
--> rule    blueprint         cost      wte   set class  set big  why
--> ───────────────────────────────────────────────────────────────────────────────────
--> known   "grow", "retain"  -         -     known               the document says so
--> priced  -                 > 100000  >= 1  priced     true
--> rest    -                 -         -     rest                nothing else is known
print(own:verify(base))




--> Verification of own (first): 3 rules over 4 members of fn   as at 2025-05   model HASH
--> finding        where  rules   blueprint  cost  wte  note
--> ────────────────────────────────────────────────────────────────────────────────────────
--> tests nothing  rules  rest                          every cell is '-': it passes for all
--> no why         rules  priced                        a rule gives its reason
--> Nothing wrong in theory, nothing wrong in this pack.
local later <const> = model:classify(own)
print(later:explain("quality", "class"))




--> quality  Quality and safety      class: known
-->   blueprint  retain      passes  "grow", "retain"
-->   cost       -£1,000.00  any
-->   wte        0           any
-->   =>         known       rule 1 (known)
-->   why                    the document says so
-->   behind it  rest        rule 3 (rest) passes too, further down
print(later:explain("quality", "big"))




--> quality  Quality and safety      big: none
-->   blueprint  retain      passes  "grow", "retain"
-->   cost       -£1,000.00  any
-->   wte        0           any
-->   =>         none        no rule that passes sets it
-->   behind it  nothing     rule 3 (rest) passes too, further down
print(later:dim("fn"):members():where { big = "true" })




--> Members of fn   as at 2025-05   model HASH
--> id            name          ref  parent  blueprint  destination  destination_wording  modality  residual  statutory  aliases                            note  whole         class   big
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding               review                                                                      adult protection|child protection        safeguarding  priced  true
--> 1 of 4 rows shown

-- Rules on another dimension, on posts and on lines; a field of posts that groups them.
local places <const> = base:classify(remit.decision_table { id = "places", on = "place", rules = {
  { when = { population = ">= 250000", posts = "> 0" }, set = { size = "large" } },
  { when = { population = "< 250000" }, set = { size = "small" } } } })
print(places:pivot { measures = { "wte" }, by = { "place.size" } })




--> wte by place.size   as at 2025-05   model HASH
--> place.size  WTE
--> ───────────────
--> large       1.0
--> small       0.8
--> (none)      1.6
local senior <const> = remit.decision_table { id = "senior", on = "posts", rules = {
  { when = { band = ">= 8a" }, set = { senior = "yes" }, why = "band" }, { when = { band = "< 8a", fn = { blueprint = "review" } }, set = { senior = "no" }, why = "band" } } }
print(senior:verify(base))




--> Verification of senior (unique): 2 rules over posts   as at 2025-05   model HASH
--> finding  where   rules  band  fn.blueprint  note
--> ────────────────────────────────────────────────────────────────────
--> gap      theory         none  -             no rule passes for these
--> gap      theory         <= 7  not(review)   no rule passes for these
--> gap      pack           6     grow          no rule passes for P4
--> 2 wrong in theory, 1 wrong in this pack.
print(base:classify(senior):pivot { measures = { "posts", "wte", "cost" }, by = { "senior" } })




--> posts, wte, cost by senior   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> senior  posts  WTE   cost £
--> ───────────────────────────
--> yes         1  1.0   80,000
--> no          2  1.8  100,000
--> (none)      1  0.6   60,200
print(base:classify(senior):explain("P2", "senior", { dim = "posts" }))




--> P2  Safeguarding nurse      senior: no
-->   band          7       passes  < 8a
-->   fn.blueprint  review  passes  review
-->   =>            no      rule 2
-->   why                   band
-->   nearly        yes     rule 1, but for band: it takes >= 8a
local kinds <const> = base:classify(remit.decision_table { id = "kinds", on = "lines", hits = "collect", rules = {
  { when = { kind = "pay" }, set = { labels = "people" } }, { when = { kind = "nonpay, income" }, set = { labels = "money" } },
  { when = { tags = "it" }, set = { labels = "machines" } } } })
print(kinds:pivot { measures = { "cost" }, by = { "labels" } })




--> cost by labels   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> labels     cost £
--> ─────────────────
--> people    211,200
--> money      30,000
--> machines   15,000
--> (none)     -1,000
-- A field that is there already is replaced where a rule sets it; a label is the member that it names.
local moved <const> = base:classify(remit.decision_table { id = "moved", on = "lines", rules = {
  { when = { fn = "safeguarding" }, set = { group = "strategy group" }, why = "x" } } })
print(moved:pivot { measures = { "wte" }, by = { "group" } })




--> wte by group   as at 2025-05   model HASH
--> group     WTE
--> ─────────────
--> strategy  2.4
--> nursing   1.0
print(moved:explain("P1", "group", { dim = "lines" }))




--> P1  Head of safeguarding      group: strategy
-->   fn   safeguarding  passes  safeguarding
-->   =>   strategy      rule 1
-->   why                x
print(moved:explain("P3", "group", { dim = "lines" }))




--> P3  Assessor      group: nursing
-->   fn      chc
-->   =>      nursing   no rule passes: as it was loaded
-->   nearly  strategy  rule 1, but for fn: it takes safeguarding
-- In a table where the first rule wins, one that can never win: two upper rules together take all that it would.
print(remit.decision_table { id = "steps", hits = "first", on = "place", rules = {
  { id = "small", when = { population = "< 250000" }, set = { size = "small" }, why = "w" },
  { id = "large", when = { population = ">= 250000" }, set = { size = "large" }, why = "w" },
  { id = "middle", when = { population = "[200000..300000]", name = "not(none)" }, set = { size = "middle" }, why = "w" },
} }:verify(base))

--> Verification of steps (first): 3 rules over 2 members of place   as at 2025-05   model HASH
--> finding      where   rules   population  name  note
--> ───────────────────────────────────────────────────────────────────────────────────────────────
--> hidden rule  theory  middle                    upper rules pass wherever it does: it never wins
--> idle rule    pack    middle                    an upper rule wins wherever it matches
--> 1 wrong in theory, nothing wrong in this pack.
-- A class that looks like a slip is said; others are an ICB's own words.
print(remit.decision_table { id = "slips", rules = { { id = "g", when = { blueprint = "grow" }, set = { class = "growe" }, why = "w" },
  { id = "k", when = { blueprint = "retain" }, set = { class = "keep" }, why = "w" }, { id = "r", when = { blueprint = "review" }, set = { class = "split" }, why = "w" } } }:verify(tiny.load()))
--> Verification of slips (unique): 3 rules over 4 members of fn   as at 2025-05   model HASH
--> finding        where  rules  blueprint  note
--> ───────────────────────────────────────────────────────────────────────────────────
--> unusual class  rules  g                 it sets class 'growe'. Did you mean 'grow'?
--> Nothing wrong in theory, nothing wrong in this pack.
