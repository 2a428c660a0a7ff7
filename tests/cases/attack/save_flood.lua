-- Fills the disk with results.
-- stock: hangs
-- held: at its limit of 0.0625 MiB of output
-- with: --output 0.0625

local remit = require "remit"
local some = remit.load "inside":pivot { measures = { "wte" }, by = { "group" } }
while true do
  some:save "out/flood.txt"
end
