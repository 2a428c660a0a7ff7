-- Writes through a link in the folder for results that leads out.
-- stock: prints ESCAPED
-- held: this script may not write 'out/linked/made.csv'

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
some:save "out/linked/made.csv"
print "ESCAPED"
