-- Loads a pack that was not granted.
-- stock: prints ESCAPED
-- held: this script may not read '../pack'

local remit = require "remit"
print(remit.load "../pack":total "wte" > 0 and "ESCAPED")
