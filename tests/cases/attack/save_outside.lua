-- Writes above the working folder.
-- stock: prints ESCAPED
-- held: this script may not write '../made.csv'

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
some:save "../made.csv"
print "ESCAPED"
