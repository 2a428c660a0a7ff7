local tiny <const> = require "tiny"

-- What a list has twice was meant to be another: the second would be swallowed, or stand there again.
local base <const> = tiny.load()
local held <const> = remit.close { id = "held", posts = { vacant = true }, from = "2025-10", why = "held" }
local nameless <const> = remit.close { posts = { fn = "chc" }, from = "2025-10", why = "ends" }
local plan <const> = base:scenario("Plan", { changes = { held } })
local cap <const> = remit.envelope { id = "cap", per_head = 1, population = 500000, population_basis = "allocation" }
local wte <const> = base:pivot { measures = { "wte", "posts" }, by = { "fn" } }
base:pivot { measures = { "wte" }, by = { "fn", "fn" } }  --> error: pivot: by: 'fn' is there twice
base:pivot { measures = { "wte", "cost", "wte" } }  --> error: pivot: measures: 'wte' is there twice
plan:actions { at = "2025-10", by = { "fn", "fn" } }  --> error: actions: by: 'fn' is there twice
plan:phase { measures = { "wte", "wte" }, from = "2025-10", to = "2025-11" }  --> error: phase: measures: 'wte' is there twice
plan:sweep { change = "held", field = "share", values = { "50%" }, at = "2025-10", measures = { "cost", "cost" } }  --> error: sweep: measures: 'cost' is there twice
plan:sweep { change = "held", field = "share", values = { "50%" }, at = "2025-10", across = { change = "held", field = "share", values = { "20%" } } }  --> error: across is another parameter or field than share, whose values would be lost
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
cap:check(plan, { at = { "2025-10", "2025-10" } })  --> error: envelope:check: at: '2025-10' is there twice
cap:check(plan, { at = "2025-10", basis = { "funded", "funded" } })  --> error: envelope:check: basis: 'funded' is there twice
cap:variants(base, { { name = "all" }, { name = "all", exclude = { tags = "it" } } })  --> error: variants: 'all' is there twice
cap:variants(base, { { name = "as declared" } })  --> error: variants: 'as declared' is there twice
wte:sort { by = { "wte", "wte" } }  --> error: frame:sort: by: 'wte' is there twice
wte:suppress { rule = "threshold", threshold = 2, with = { wte } }  --> error: suppress: with: the same table is there twice, or is the one that it goes with
remit.chart { of = wte, kind = "stack", columns = { "wte", "wte" } }  --> error: chart: columns: 'wte' is there twice
remit.chart { of = plan:phase { from = "2025-10", to = "2026-01" }, kind = "line", marks = { { at = "2026-01", label = "due" }, { at = "2026-01", label = "due" } } }  --> error: chart: marks: '2026-01 due' is there twice
base:scenario("Both", { changes = { nameless, nameless } })  --> error: scenario: changes: item 2 is item 1 again
base:scenario("Both", { changes = { held, held } })  --> error: scenario: two changes are 'held'; an id names one
base:scenario("Both", { extends = { plan, plan } })  --> error: extends: item 2 is item 1 again
-->   extends = { plan, sooner }
plan:with { drop = { "held", "held" } }  --> error: with: drop: 'held' is there twice
plan:with { add = { nameless, nameless } }  --> error: with: changes: item 3 is item 2 again
remit.scale { lines = { fn = "chc" }, change = "-10%", take = { "nonpay", "nonpay" }, from = "2026-01", why = "less" }  --> error: scale: take: 'nonpay' is there twice
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-10", alternatives = { "council", "council" }, why = "workshop" }  --> error: transfer: alternatives: 'council' is there twice
base:reduction { reduce_wte = 1, refill = { 0, 0 } }  --> error: reduction: refill: '0' is there twice
base:closure { "chc", "Continuing healthcare" }  --> error: closure: 'chc' is there twice
base:checks { own = { remit.check { id = "staff", measure = "wte", at_least = 1 }, { id = "staff", measure = "wte", at_most = 9 } } }  --> error: checks: own: 'staff' is there twice
-->   a row is found by its id
remit.rank { tables = { I = { "a", "b" } }, items = { "a", "c", "a" } }  --> error: rank: items: 'a' is there twice
-- A test of lines is one of labels, as often as they stand there; so are new posts alike.
print(base:posts({ band = { "6", "6" } }):sum "wte" == base:posts({ band = "6" }):sum "wte")  --> true
local post <const> = { title = "Nurse", fn = "chc", cost = 100, wte = 1 }
print(base:scenario("More", { changes = { remit.add { posts = { post, post }, from = "2026-01", why = "grow" } } }):total("wte", { at = "2026-01" }) - base:total "wte")
--> 2.0
