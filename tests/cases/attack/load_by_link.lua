-- Loads a pack through a link that leads out.
-- stock: prints ESCAPED
-- held: this script may not read 'linked/pack'

local remit = require "remit"
print(remit.load "linked/pack":total "wte" > 0 and "ESCAPED")
