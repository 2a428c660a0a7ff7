-- Loads a pack by a path that goes in and climbs out.
-- stock: prints ESCAPED
-- held: this script may not read 'inside/../../pack'

local remit = require "remit"
print(remit.load "inside/../../pack":total "wte" > 0 and "ESCAPED")
