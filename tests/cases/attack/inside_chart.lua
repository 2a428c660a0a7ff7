-- Has the chart of a report draw other figures than its table.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local frame = base:pivot { measures = { "cost" }, by = { "group" } }
local chart = remit.chart { of = frame, kind = "bar", title = "Cost" }
local before = chart:svg "a"[1]
local found, spec = pcall(function() return chart.spec end)
spec = found and spec or require "remit.state_of"[chart].spec
spec.series[1].values[1] = 1
print(chart:svg "a"[1] ~= before and "ESCAPED")
