local tiny <const> = require "tiny"

-- A person decides against the rules: by whom, why and until when stands in the explanation. Past its expiry an override is a finding.
local base <const> = tiny.load()
local rules <const> = remit.decision_table(tiny.file("rules.csv", "rule,blueprint,set class,set lead\na,review,undecided,\nb,not(review),stays,icb\n"))
local path <const> = tiny.file("overrides.csv", "\u{feff}FN,set class,set lead,Owner,reason,expires,ref,\r\n"
  .. "Continuing healthcare,transfer,provider,chief nurse,agreed with the council,2026-03,minute 4,\r\nsafeguarding,retain,,chief nurse,a duty,2025-04,,\r\n,,,,,,,\r\n")
local model <const> = base:classify(rules, { override = path })
print(model:dim("fn"):members())


--> Members of fn   as at 2025-05   model HASH
--> id            name                          ref  parent  blueprint  destination  destination_wording  modality  residual  statutory  aliases                            note  whole         class      lead
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding                               review                                                                      adult protection|child protection        safeguarding  undecided
--> quality       Quality and safety                         retain                                                                                                               quality       stays      icb
--> chc           Continuing healthcare                      review                                                                                                               chc           transfer   provider
--> digital       Digital, data and technology               grow                                                                        IT                                       digital       stays      icb
print(model:explain("chc", "class"))


--> chc  Continuing healthcare      class: transfer
-->   blueprint  review     passes  review
-->   rules say  undecided  rule: tmp/rules.csv:2 (a)
-->   =>         transfer   overridden by chief nurse to the end of 2026-03: agreed with the council (tmp/overrides.csv:2; minute 4)
-->   nearly     stays      tmp/rules.csv:3 (b), but for blueprint: it takes not(review)
print(model:explain("safeguarding", "class"))


--> safeguarding  Safeguarding      class: undecided
-->   blueprint  review     passes  review
-->   =>         undecided  rule: tmp/rules.csv:2 (a)
-->   expired    retain     an override by chief nurse to the end of 2025-04: a duty (tmp/overrides.csv:3); not applied in 2025-05
-->   nearly     stays      tmp/rules.csv:3 (b), but for blueprint: it takes not(review)
print(model:findings():get(1, "finding"), model:findings():get(1, "note"))

--> override past its expiry	tmp/overrides.csv:3: 'safeguarding' in tmp/rules.csv, by chief nurse, held to the end of 2025-04; it is 2025-05: a duty
print(#model:health():where { finding = "override past its expiry" })  --> 1
-- Asked of an earlier month both hold, of a later one neither does.
print(base:classify(rules, { override = path, at = "2025-04" }):dim("fn"):members():where { class = "retain, transfer" })


--> Members of fn   as at 2025-05   model HASH
--> id            name                   ref  parent  blueprint  destination  destination_wording  modality  residual  statutory  aliases                            note  whole         class     lead
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> safeguarding  Safeguarding                        review                                                                      adult protection|child protection        safeguarding  retain
--> chc           Continuing healthcare               review                                                                                                               chc           transfer  provider
--> 2 of 4 rows shown
print(#base:classify(rules, { override = path, at = "2026-04" }):findings())  --> 2
-- In Lua; of posts by their ids.
local bands <const> = remit.decision_table { id = "bands", on = "posts", rules = { { when = { band = ">= 6" }, set = { tier = "upper" } } } }
local tiered <const> = base:classify(bands, { override = { { id = "P2", set = { tier = "lower" }, owner = "HR", reason = "regraded" } } })
print(tiered:pivot { measures = { "wte" }, by = { "tier" } })


--> wte by tier   as at 2025-05   model HASH
--> tier    WTE
--> ───────────
--> upper   2.6
--> lower   0.8
--> (none)  0.0
print(tiered:explain("P2", "tier", { dim = "posts" }))


--> P2  Safeguarding nurse      tier: lower
-->   band       7      passes  >= 6
-->   rules say  upper  rule 1
-->   =>         lower  overridden by HR: regraded (override 1)
print(base:findings())


--> Findings   as at 2025-05   model HASH
--> finding  note
--> ─────────────
--> No findings.
