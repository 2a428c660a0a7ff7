local tiny <const> = require "tiny"

local base <const> = tiny.load()
local rules <const> = remit.decision_table { id = "rules", rules = { { when = { blueprint = "review" }, set = { class = "x", lead = "y" } } } }
local function override(text)
  return base:classify(rules, { override = tiny.file("overrides.csv", text) })
end
-- Whose it is, why and until when; what is overridden and with what.
override "fn,set class,owner,reason\nchc,z,,agreed\nquality,z,me,\n,z,me,because\nchc,,me,because\n"  --> error: 4 problems in tmp/overrides.csv
-->   tmp/overrides.csv:2, column 'owner': empty: an override has an owner, who answers for it
-->   tmp/overrides.csv:3, column 'reason': empty: an override gives its reason
-->   tmp/overrides.csv:4, column 'fn': empty: it says what is overridden
-->   tmp/overrides.csv:5: sets nothing: set class, set lead is empty
override "fn,set class,owner,reason,expires\nchc,z,me,agreed,March\n"  --> error: tmp/overrides.csv:2, column 'expires': 'March' is not a month such as 2026-03
override "fn,set class,owner,reason\nchcc,z,me,agreed\n"  --> error: tmp/overrides.csv:2, column 'fn': 'chcc' is not in functions.csv. Did you mean 'chc'?
override "fn,set class,owner,reason\nchc,z,me,agreed\nContinuing healthcare,w,you,not agreed\n"  --> error: tmp/overrides.csv:3: 'chc' is overridden already, at tmp/overrides.csv:2
override "fn,set clas,owner,reason\nchc,z,me,agreed\n"  --> error: tmp/overrides.csv, column 'set clas': not a column of overrides of this table. Did you mean 'set class' or 'set lead'?
override "set class,owner,reason\nz,me,agreed\n"  --> error: tmp/overrides.csv: there is no column 'fn', which says what is overridden
override "fn,set class,owner,reason\nchc,\"z, w\",me,agreed\n"  --> error: tmp/overrides.csv:2, column 'set class': two values, where a rule sets one. A label with a comma in it is quoted: "z, w"; several values for one attribute take hits "collect" and a rule each
override ""  --> error: tmp/overrides.csv is empty
base:classify(rules, { override = "no/such/file.csv" })  --> error: no/such/file.csv: no such file
base:classify(rules, { override = { { fn = "chc", set = { clas = "z" }, owner = "me", reason = "agreed" } } })  --> error: override 1: set has no field 'clas'. Did you mean 'class'?
base:classify(rules, { override = { { fn = "chc", set = { class = "z" }, onwer = "me", reason = "agreed" } } })  --> error: override 1 has no field 'onwer'. Did you mean 'owner'?
-->   { fn = "chc", set = { class = "..." }, owner = "...", reason = "...", expires = "2026-03" }
base:classify(rules, { override = { { fn = "chc", class = "z", owner = "me", reason = "agreed" } } })  --> error: override 1 is no table with what it sets
-->   { fn = "chc", set = { class = "..." }, owner = "...", reason = "...", expires = "2026-03" }
base:classify(rules, { override = { { fn = "chc", set = { class = "z" } } } })  --> error: 2 problems in the overrides
-->   override 1, column 'owner': empty: an override has an owner, who answers for it
-->   override 1, column 'reason': empty: an override gives its reason
base:classify(rules, { overide = {} })  --> error: classify has no field 'overide'. Did you mean 'override'?
base:classify(rules, { at = "May" })  --> error: classify: at is a month such as "2026-04" (the month in which overrides must still hold; by default the as-at month), not 'May'
-- Explanations of what is not there.
base:explain("chcc", "class")  --> error: 'chcc' is not in functions.csv. Did you mean 'chc'?
base:explain("chc", "clas")  --> error: fn has no attribute 'clas' to explain. It has: id, name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole, cost, pay, nonpay, income, vacancy_factor, wte, in_post, vacancies, posts, filled_posts, vacant_posts, lines
base:explain("chc")  --> error: explain takes a member and an attribute, or a measure
-->   explain("chc", "class")
-->   explain("cost", { at = "2027-04" })
base:explain("chc", "blueprint", { dim = "fnn" })  --> error: there is no dimension 'fnn' with members of its own. Did you mean 'fn'?
base:explain("P9", "class", { dim = "posts" })  --> error: there is no line 'P9'
base:explain("P1", "class", { dim = "posts" })  --> error: nothing was decided of posts and lines here, so there is nothing to explain
local tiered <const> = base:classify(remit.decision_table { on = "posts", rules = { { when = { band = "7" }, set = { tier = "x" } } } })
tiered:explain("P1", "teir", { dim = "posts" })  --> error: a line has no attribute 'teir' to explain. Did you mean 'tier'?
