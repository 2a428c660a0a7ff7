-- Takes what a function of the toolkit holds.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'debug')

local remit = require "remit"
print(debug.getupvalue(remit.load, 1) and "ESCAPED")
