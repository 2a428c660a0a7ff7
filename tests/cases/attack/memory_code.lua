-- Loads a chunk as long as memory.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

load(("x = { " .. ("{}, "):rep(3000000) .. "}"))()
local list = {}
while true do
  list[#list + 1] = load(("x = 1 "):rep(10000))
end
