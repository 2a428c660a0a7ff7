-- Keeps copies.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local list, text = {}, ("x"):rep(1000000)
while true do
  list[#list + 1] = text:upper():lower() .. #list
end
