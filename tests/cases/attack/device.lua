-- Reads a device that never ends.
-- stock: hangs
-- held: read zeros

local remit = require "remit"
while true do
  pcall(remit.decision_table, "zeros")
  if not rawget(_G, "io") then
    break
  end
end
