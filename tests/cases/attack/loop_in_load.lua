-- Hands load pieces without an end.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20 --memory 200

local function piece() return " " end
while true do
  pcall(load, piece)
end
