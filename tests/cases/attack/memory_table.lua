-- A list without an end.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local list = {}
while true do
  list[#list + 1] = #list
end
