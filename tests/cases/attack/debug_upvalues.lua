-- Takes what a function of the toolkit holds.
-- stock: prints ESCAPED
-- held: 'debug' was never set

local remit = require "remit"
print(debug.getupvalue(remit.load, 1) and "ESCAPED")
