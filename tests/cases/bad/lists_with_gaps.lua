local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n" }
local held <const> = remit.close { id = "held", posts = { vacant = true }, from = "2025-10", why = "held" }
local cut <const> = remit.scale { id = "cut", lines = { kind = "nonpay" }, change = remit.param { id = "cut", default = "-10%" }, from = "2025-10", why = "less" }
local plan <const>, other <const> = base:scenario("Plan", { changes = { held, cut } }), base:scenario("Other", { changes = { held } })
local cap <const> = remit.envelope { id = "cap", per_head = 1, population = 5000, population_basis = "allocation" }
-- Lists of a selection: what stands behind a gap, or under a name, would be no test.
base:posts { fn = { "chc", nil, "digital" } }  --> error: fn: item 2 is nil, and there is an item 3
-->   labels stand one after the other: { "chc", "digital" }
base:posts { fn = { nil, "digital" } }  --> error: fn: item 1 is nil, and there is an item 2
-->   labels stand one after the other: { "chc", "digital" }
base:posts { fn = { "chc", fn2 = "digital" } }  --> error: fn: 'fn2' is a name, where a list has its items one after the other
-->   labels stand one after the other: { "chc", "digital" }
base:total("cost", { where = { fn = { "chc", nil, "digital" } } })  --> error: fn: item 2 is nil, and there is an item 3
-->   labels stand one after the other: { "chc", "digital" }
base:posts { fn = base:posts {} }  --> error: fn: a test is text, a number, true, false or a list of labels, not a remit.selection
base:posts { fn = remit.param { id = "fn", default = "chc" } }  --> error: fn: a test is text, a number, true, false or a list of labels, not a remit.param
base:scenario("Gap", { changes = { remit.close { posts = { fn = { "chc", nil, "digital" } }, from = "2025-10", why = "x" } } })  --> error: close: fn: item 2 is nil, and there is an item 3
-->   labels stand one after the other: { "chc", "digital" }
remit.decision_table { rules = { { when = { blueprint = { "grow", nil, "retain" } }, set = { class = "grow" } } } }  --> error: blueprint: item 2 is nil, and there is an item 3
-->   labels stand one after the other: { "chc", "digital" }
-- Models, scenarios, perimeters.
remit.compare { base, nil, plan }  --> error: compare: item 2 is nil, and there is an item 3
remit.compare { base, plan, nil, other }  --> error: compare: item 3 is nil, and there is an item 4
remit.compare { base, plan, [7] = other }  --> error: compare: item 3 is nil, and there is an item 7
base:scenario("Both", { extends = { plan, nil, other } })  --> error: extends: item 2 is nil, and there is an item 3
-->   extends = { plan, sooner }
base:scenario("Both", { extends = { plan, b = other } })  --> error: extends: 'b' is a name, where a list has its items one after the other
-->   extends = { plan, sooner }
cap:variants(base, { { name = "all" }, nil, { name = "pod", include = { fund = "pod" } } })  --> error: variants: item 2 is nil, and there is an item 3
-->   { { name = "all" }, { name = "without POD", exclude = { tags = "pod" } } }
cap:variants(base, { { name = "all" }, pod = { name = "pod", include = { fund = "pod" } } })  --> error: variants: 'pod' is a name, where a list has its items one after the other
-->   { { name = "all" }, { name = "without POD", exclude = { tags = "pod" } } }
-- Values, figures and checks.
plan:sweep { param = "cut", values = { "-5%", nil, "-10%" }, at = "2026-04" }  --> error: values: item 2 is nil, and there is an item 3
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { "-5%" }, across = { change = "held", field = "share", values = { "50%", nil, "100%" } }, at = "2026-04" }  --> error: values: item 2 is nil, and there is an item 3
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { "-5%" }, measures = { "cost", "cost" }, at = "2026-04" }  --> error: sweep: measures: 'cost' is there twice
base:reduction { reduce_wte = 1, refill = { 0, nil, 1 } }  --> error: reduction: refill is a list, one item after the other (how many vacancies are filled after all, one row each), not a table
-->   item 2 is nil, and there is an item 3
base:reduction { reduce_wte = 1, refill = { 0, one = 1 } }  --> error: reduction: refill is a list, one item after the other (how many vacancies are filled after all, one row each), not a table
-->   'one' is a name, where a list has its items one after the other
base:checks { own = { { id = "a", measure = "wte", at_least = 1 }, nil, { id = "b", measure = "wte", at_least = 9 } } }  --> error: checks: own is a list, one item after the other (checks of the analyst's own: remit.check { ... }, or tables with the same fields), not a table
-->   item 2 is nil, and there is an item 3
base:checks { own = { id = "b", measure = "wte", at_least = 9 } }  --> error: checks: own is a list, one item after the other (checks of the analyst's own: remit.check { ... }, or tables with the same fields), not a table
-->   'at_least' is a name, where a list has its items one after the other
remit.report { title = "x", date = "2025-06-03", base = base, checks = { nil, { id = "b", measure = "wte", at_least = 9 } } }  --> error: report: checks is a list, one item after the other (checks of the analyst's own, as model:checks takes them), not a table
-->   item 1 is nil, and there is an item 2
base:structure { professions = { "nursing" } }  --> error: professions: names, and a test of the profession for each
-->   professions = { nursing = "*nurs*" }
base:assumptions { computed = { gap = { value = 3, unit = "%", hwo = "by hand" } } }  --> error: computed.gap needs { value = 32.24, unit = "%", how = "..." }
-- Frames and charts.
local posts <const> = base:pivot { measures = { "posts" }, by = { "fn" }, totals = true }
posts:suppress { rule = "threshold", threshold = 2, with = { posts, nil, posts } }  --> error: frame:suppress: with is a list, one item after the other (other tables that are published too: all are protected together, and given back after the first), not a table
-->   item 2 is nil, and there is an item 3
remit.chart { of = posts, kind = "bar", marks = { { at = "2026-01", label = "a" }, nil, { at = "2026-02", label = "b" } } }  --> error: chart: marks is a list, one item after the other (of a line chart: { { at = "2026-01", label = "cap due" }, ... }), not a table
-->   item 2 is nil, and there is an item 3
remit.chart { of = posts, kind = "bar", marks = { at = "2026-01", label = "a" } }  --> error: chart: marks is a list, one item after the other (of a line chart: { { at = "2026-01", label = "cap due" }, ... }), not a table
-->   'at' is a name, where a list has its items one after the other
remit.chart { of = posts, kind = "bar", marks = { { at = "2026-01", label = "a", colour = "red" } } }  --> error: chart: marks: item 1 is not { at = "2026-01", label = "cap due" }
remit.chart { of = posts, kind = "bar", limit = { value = 1, label = "a", colour = "red" } }  --> error: chart: limit is { value = 67.969, label = "cap" }
remit.rank { tables = { I = { "a", nil, "b" } } }  --> error: rank: table 'I': item 2 is nil, and there is an item 3
remit.rank { tables = { I = { "a", last = "b" } } }  --> error: rank: table 'I': 'last' is a name, where a list has its items one after the other
remit.rank { tables = { I = { "a", { "b", nil, "c" } } } }  --> error: rank: table 'I': item 2 is nil, and there is an item 3
remit.rank { tables = { { "a", "b" }, ["1"] = { "b", "a" } } }  --> error: rank: table '1': two tables have this name, one as a number and one as a text
-- Rules and rows.
local grow <const>, retain <const> = { when = { blueprint = "grow" }, set = { class = "grow" } }, { when = { blueprint = "retain" }, set = { class = "retain" } }
remit.decision_table { rules = { grow, nil, retain } }  --> error: decision_table: rules is a list, one item after the other (in Lua: { id =, when = { blueprint = "grow" }, set = { class = "grow" }, why =, ref = } each), not a table
-->   item 2 is nil, and there is an item 3
remit.decision_table { rules = { { when = { blueprint = "grow" }, set = { class = { "grow", nil, "retain" } } } } }  --> error: rule 1: item 2 is nil, and there is an item 3
local rules <const>, chc <const> = remit.decision_table { rules = { grow, retain } }, { fn = "chc", set = { class = "grow" }, owner = "a", reason = "b" }
base:classify(rules, { override = { chc, nil, { fn = "quality", set = { class = "grow" }, owner = "a", reason = "b" } } })  --> error: classify: override is a string or a list, one item after the other (a CSV file, or a list of { fn =, set = { class = ... }, owner =, reason =, expires = }), not a table
-->   item 2 is nil, and there is an item 3
base:classify(rules, { override = chc })  --> error: classify: override is a string or a list, one item after the other (a CSV file, or a list of { fn =, set = { class = ... }, owner =, reason =, expires = }), not a table
-->   'fn' is a name, where a list has its items one after the other
local rule <const> = { id = "a", criterion = "fn", test = "chc", at_least = "place", why = "x" }
remit.subsidiarity { rules = { rule, nil, rule } }  --> error: subsidiarity: rules is a list, one item after the other (instead of a file: { { criterion =, test =, at_least =, at_most =, sets =, why = }, ... }), not a table
-->   item 2 is nil, and there is an item 3
remit.subsidiarity { rules = { rule }, scores = { { fn = "chc", risk = 1 }, nil, { fn = "quality", risk = 2 } } }  --> error: subsidiarity: scores is a string or a list, one item after the other (what people judged of functions: a file, or a list of { fn =, CRITERION = value }), not a table
-->   item 2 is nil, and there is an item 3
remit.subsidiarity { rules = { rule }, costs = { fn = "chc", level = "place", fixed = 5 } }  --> error: subsidiarity: costs is a string or a list, one item after the other (cost curves: a file, or a list of { fn =, level =, fixed =, per_head = }), not a table
-->   'fixed' is a name, where a list has its items one after the other
remit.subsidiarity { rules = { { id = "a", when = { fn = { "chc", "quality" } }, at_least = "place", why = "x" } } }  --> error: rule 1, column 'when': fn is a text, not a table
remit.subsidiarity { rules = { { id = "a", when = { "chc" }, at_least = "place", why = "x" } } }  --> error: rule 1, column 'when': takes values by name: { fn = "chc" }
remit.subsidiarity { rules = { { id = "a", criterion = "fn", test = "chc", when = "blueprint = grow", at_least = "place", why = "x" } } }  --> error: rule 1, column 'when': is a table of tests by field: { fn = "chc" }
remit.subsidiarity { rules = { { id = "a", criterion = "fn", test = "chc", at_least = { "place" }, at_most = "system", why = "x" } } }  --> error: rule 1, column 'at_least': is one value, not a table
remit.subsidiarity { rules = { { id = "a", criterion = "fn", test = "chc", sets = { delivers = { "place" } }, why = "x" } } }  --> error: rule 1, column 'sets': delivers is a text, not a table
remit.crosswalk { { from = "A", fn = "chc" }, nil, { from = "B", fn = "chc" } }  --> error: crosswalk: item 2 is nil, and there is an item 3
-->   remit.crosswalk { { from = "CHC team", fn = "chc" } }
remit.crosswalk { from = "A", fn = "chc" }  --> error: crosswalk: 'fn' is a name, where a list has its items one after the other
-->   remit.crosswalk { { from = "CHC team", fn = "chc" } }
remit.crosswalk { { from = "A", fn = "chc", why = { "so", "it is" } } }  --> error: 1 problem in crosswalk
-->   crosswalk:1  why  is a text, not a table
-- What changes are made of.
local function added(row)
  return base:scenario("Added", { changes = { remit.add { posts = { row }, from = "2025-10", why = "x" } } })
end
added { title = "A", fn = "digital", band = "6", wte = 1, tags = { "clinical", nil, "pod" } }  --> error: add: tags is a list of texts without gaps or names
-->   tags = { "clinical", "pod" }
added { title = { "A" }, fn = "digital", band = "6", wte = 1 }  --> error: add: title is a text, not a table
added { title = "A", fn = { "digital", "chc" }, band = "6", wte = 1 }  --> error: add: fn is one label, not a table
base:scenario("Moved", { changes = { remit.move { posts = {}, into = { group = { "strategy", "nursing" } }, from = "2025-10", why = "x" } } })  --> error: move: group is one label, not a table
remit.scale { lines = {}, change = "-5%", take = {}, from = "2025-10" }  --> error: scale: take: name one at least of vacancies, nonpay, posts
remit.move { posts = {}, into = { group = base }, from = "2025-10" }  --> error: move: into: it cannot hold a remit.model
-->   give texts, figures and plain tables of these
plan:with { params = { cut = { "-5%", "-10%" } } }  --> error: with: params.cut is one value, a text or a number, not a table
-->   params = { retain_cut = "-20%" }
base:scenario("Given", { changes = { cut }, params = { cut = remit.param { id = "other", default = "-5%" } } })  --> error: scenario: params.cut is one value, a text or a number, not a remit.param
-->   params = { retain_cut = "-20%" }
-- Objects of the toolkit, which have no fields that a table of tests or values would have.
base:posts(base)  --> error: a selection is a table of tests, not a remit.model
base:total("cost", { where = posts })  --> error: total: where is a table of tests (a table of tests, or a selection), not a remit.frame
remit.envelope { id = "cap", per_head = 1, population = 5000, population_basis = "allocation", exclude = posts }  --> error: envelope: exclude is a table of tests (tests of lines that do not), not a remit.frame
plan:with { params = posts }  --> error: with: params is a table (values of parameters by id), not a remit.frame
remit.report { title = "x", date = "2025-06-03", base = base, scenarios = posts }  --> error: report: scenarios is a table (the scenarios, in order), not a remit.frame
-- Tables that hold themselves.
local tests <const>, list <const> = {}, {}
tests.fn, list[1] = tests, list
base:posts(tests)  --> error: a table of tests within itself, or tables nested too deep
-->   an attribute stands within its field: posts { fn = { class = "grow" } }
base:posts { fn = list }  --> error: fn: a list within itself, or lists nested too deep
-->   labels stand one after the other: { "chc", "digital" }
base:pivot { measures = { "cost" }, where = tests }  --> error: a table of tests within itself, or tables nested too deep
-->   an attribute stands within its field: posts { fn = { class = "grow" } }
remit.close { posts = tests, from = "2025-10" }  --> error: close: posts: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
remit.move { posts = {}, into = tests, from = "2025-10" }  --> error: move: into: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
remit.set { functions = { id = "chc" }, into = { class = list }, from = "2025-10" }  --> error: set: into: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
remit.add { posts = { tests }, from = "2025-10" }  --> error: add: posts: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
remit.once { cost = 5, month = "2025-10", on = tests }  --> error: once: on: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
remit.transfer { functions = tests, receiver = "trust", golive = "2026-01" }  --> error: transfer: functions: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
remit.transfer { functions = { id = "chc" }, place = "north", split = { by = list }, receiver = "trust", golive = "2026-01" }  --> error: transfer: split: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
plan:amend("held", { posts = tests })  --> error: close: posts: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
plan:with { params = { cut = list } }  --> error: with: params.cut is one value, a text or a number, not a table
-->   params = { retain_cut = "-20%" }
plan:with { add = list }  --> error: with: item 1 of add is a table, not a change
-->   add = { remit.close { ... }, remit.move { ... } }
remit.param { id = "cut", default = list }  --> error: param 'cut': a parameter is one value, a text or a number: default is a table
plan:sweep { param = "cut", values = { list }, at = "2026-04" }  --> error: a table within itself, or tables nested too deep
-->   give texts, figures and plain tables of these
base:scenario("Self", { extends = list })  --> error: extends: item 1 is no scenario
base:checks { own = list }  --> error: check: every value needs a name, as in name = value
-->   Fields: id, name, why, principle, measure, where, at_least, at_most, test
base:checks { own = { { id = "a", measure = "wte", at_least = 1, where = tests } } }  --> error: a table of tests within itself, or tables nested too deep
-->   an attribute stands within its field: posts { fn = { class = "grow" } }
remit.report { title = "x", date = "2025-06-03", base = base, sections = { { title = "x", text = list } } }  --> error: report: section 'x': item 1 of text is a table, not a string
remit.test("self", function(t) t:same(list, { list }) end)  --> error: t:same: a table within itself, or tables nested too deep
