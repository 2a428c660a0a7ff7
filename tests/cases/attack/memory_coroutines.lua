-- Keeps coroutines.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local kept = {}
while true do
  kept[#kept + 1] = coroutine.create(print)
end
