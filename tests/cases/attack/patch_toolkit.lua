-- Replaces a function of the toolkit for whoever comes after.
-- stock: prints ESCAPED
-- held: the toolkit cannot be changed: 'load' of remit

local remit = require "remit"
remit.load = function() return "ESCAPED" end
print((require "remit").load())
