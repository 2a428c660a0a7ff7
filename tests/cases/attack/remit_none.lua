-- Changes the one value that stands for no value.
-- stock: prints ESCAPED
-- held: an object of the toolkit cannot be changed

local remit = require "remit"
rawset(remit.none, "x", "ESCAPED")
print(remit.none.x)
