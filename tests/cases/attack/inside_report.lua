-- Has a report show what it says that it withholds.
-- stock: prints ESCAPED
-- held: module 'remit.state_of' is the toolkit's own

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local report = remit.report { title = "Open", date = "2025-06-03", base = base, suppress = 1000 }
local found, context = pcall(function() return report.context end)
context = found and context or require "remit.state_of"[report].context
context.threshold = 0
local open = report:frames "establishment"[1]:csv()
context.threshold = 1000
print(not open:find("[c]", 1, true) and "ESCAPED")
