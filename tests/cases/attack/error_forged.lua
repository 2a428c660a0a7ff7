-- Raises an error of the toolkit with something else inside.
-- stock: prints ESCAPED
-- held: tampered with

local remit = require "remit"
local _, raised = pcall(remit.load, "no such pack")
if rawget(_G, "io") then
  print "ESCAPED"
end
raised.message = setmetatable({}, { __concat = function() return {} end })
error(raised)
