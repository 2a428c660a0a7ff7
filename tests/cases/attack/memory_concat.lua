-- A joined text that is far longer than its parts.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local list = {}
for at = 1, 1000 do
  list[at] = ("x"):rep(1000000)
end
print(#table.concat(list))
