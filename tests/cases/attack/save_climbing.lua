-- Writes by a path that begins in the folder for results and climbs out.
-- stock: prints ESCAPED
-- held: this script may not write 'out/../made.csv'

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
some:save "out/../made.csv"
print "ESCAPED"
