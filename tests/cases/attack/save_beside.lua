-- Writes over what stands in the working folder.
-- stock: prints ESCAPED
-- held: this script may not write 'inside/posts.csv'

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
some:save "inside/posts.csv"
print "ESCAPED"
