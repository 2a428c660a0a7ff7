-- A text that doubles.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local text = "x"
while true do
  text = text .. text
end
