-- Never ends in a function that the toolkit calls.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" } }
pcall(some.with_column, some, "x", function() while true do end end)
while true do end
