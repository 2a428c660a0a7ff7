-- Writes by an absolute path.
-- stock: prints ESCAPED
-- held: this script may not write '/tmp/remit-attack.csv'

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
some:save "/tmp/remit-attack.csv"
print "ESCAPED"
