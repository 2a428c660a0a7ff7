-- Writes to a link in the folder for results: the link goes, what it named stays.
-- stock: prints ESCAPED
-- held: done

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
some:save "out/link.csv"
print(pcall(remit.decision_table, "../doomed.csv") and "" or "done")
print(rawget(_G, "io") and "ESCAPED")
