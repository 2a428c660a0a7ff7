-- Keeps functions.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local kept = {}
while true do
  kept = { kept, function() return kept end }
end
