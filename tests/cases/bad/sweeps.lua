local tiny <const> = require "tiny"

local base <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.scale { id = "contracts", lines = { kind = "nonpay" }, change = remit.param { id = "cut", default = "-10%" }, from = "2026-01", why = "renegotiated" },
  remit.transfer { id = "sg", functions = { id = "safeguarding" }, receiver = "trust", shadow = "2026-01", golive = "2026-04", why = "workshop" },
} })
base:sweep { param = "cut", values = { "-5%" } }  --> error: sweep is for scenarios: this model has no changes
plan:sweep { values = { "-5%" }, at = "2026-04" }  --> error: sweep what? Give param, or change and its field
-->   param = "retain_cut"
-->   change = "sunderland", field = "golive"
plan:sweep { param = "cut", at = "2026-04" }  --> error: sweep: values is needed (a list, or a range of months, percentages or numbers, both ends included: { from =, to =, step = })
plan:sweep { param = "cut", change = "sg", values = { "-5%" }, at = "2026-04" }  --> error: sweep what? Give param, or change and its field
-->   param = "retain_cut"
-->   change = "sunderland", field = "golive"
plan:sweep { change = "sg", values = { "2026-05" }, at = "2026-04" }  --> error: sweep what? Give param, or change and its field
-->   param = "retain_cut"
-->   change = "sunderland", field = "golive"
plan:sweep { param = "cut", values = { "-5%" } }  --> error: which month? This scenario's changes bite in 2026-01, 2026-04. Give at = "2026-04".
plan:sweep { param = "cuts", values = { "-5%" }, at = "2026-04" }  --> error: cuts = -5%: no change uses the parameter 'cuts'. Did you mean 'cut'?
-- A change where a parameter belongs, and other words for either.
plan:sweep { param = "sg", values = { "2026-05" }, at = "2026-04" }  --> error: sg = 2026-05: no change uses the parameter 'sg'. There are: cut
-->   'sg' is a change. A field of it: amend("sg", { golive = ... }), in a sweep change = "sg", field = "golive"
plan:sweep { param = "sg.golive", values = { "2026-05" }, at = "2026-04" }  --> error: sg.golive = 2026-05: no change uses the parameter 'sg.golive'. There are: cut
-->   'sg' is a change. A field of it: amend("sg", { golive = ... }), in a sweep change = "sg", field = "golive"
plan:with { params = { contracts = "-5%" } }  --> error: no change uses the parameter 'contracts'. There are: cut
-->   'contracts' is a change. A field of it: amend("contracts", { from = ... }), in a sweep change = "contracts", field = "from"
plan:sweep { vary = "sg", values = { "2026-05" }, at = "2026-04" }  --> error: sweep has no field 'vary'. Did you mean 'param' or 'change'?
plan:sweep { metric = "cost", param = "cut", values = { "-5%" }, at = "2026-04" }  --> error: sweep has no field 'metric'. Did you mean 'measures'?
plan:sweep { param = "cut", values = { "-5%", "five" }, at = "2026-04" }  --> error: cut = five: scale 'contracts': change: no percent sign
plan:sweep { param = "cut", values = { "-5%", step = "5%" }, at = "2026-04" }  --> error: values is a list, or a range with from, to and step: 'step' is neither
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = {}, at = "2026-04" }  --> error: values: name one at least
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { from = "0%", to = "-5%" }, at = "2026-04" }  --> error: values: a range has a step of the same kind as its ends
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { from = "0%", to = "-5%", step = "1%" }, at = "2026-04" }  --> error: values: a step of 1% does not lead from 0% to -5%
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { from = "0%", to = "-5%", step = -1 }, at = "2026-04" }  --> error: values: a range has a step of the same kind as its ends, not -1
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { from = "0%", to = -5, step = -1 }, at = "2026-04" }  --> error: values: from and to are two months, two percentages or two numbers, not 0% and -5
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { param = "cut", values = { from = 0, to = -1, step = -0.00001 }, at = "2026-04" }  --> error: values: 100001 values are more than 10000
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
plan:sweep { change = "sgg", field = "golive", values = { "2026-05" }, at = "2026-04" }  --> error: golive = 2026-05: there is no change 'sgg'. Did you mean 'sg'?
plan:sweep { change = "sg", field = "goliv", values = { "2026-05" }, at = "2026-04" }  --> error: goliv = 2026-05: transfer has no field 'goliv'. Did you mean 'golive'?
plan:sweep { change = "sg", field = "golive", values = { from = "2025-12", to = "2026-02" }, at = "2026-04" }  --> error: golive = 2025-12: transfer: go-live (2025-12) lies before shadow running (2026-01)
plan:sweep { param = "cut", values = { "-5%" }, at = "2026-04", figure = "cost" }  --> error: sweep: figure (a figure of one's own: a function of the scenario that gives a number): it takes the scenario, as in function(variant) return variant:total("cost", { at = "2027-04" }) end
plan:sweep { param = "cut", values = { "-5%" }, at = "2026-04", figure = function() return "much" end }  --> error: figure gives a number, not much
plan:sweep { param = "cut", values = { "-5%" }, at = "2026-04", measures = { "cost", "wte" }, across = { change = "sg", field = "golive", values = { "2026-05" } } }  --> error: across has one figure a cell: one measure, or figure, or envelope
-->   measures = { "cost" }
plan:sweep { param = "cut", values = { "-5%" }, at = "2026-04", across = { param = "cut" } }  --> error: sweep across: values is needed (a list, or a range, both ends included: { from =, to =, step = })
plan:sweep { param = "cut", values = { "-5%", "-5%" }, at = "2026-04" }  --> error: values: '-5%' is there twice
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
