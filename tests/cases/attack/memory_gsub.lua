-- A replacement that makes a long text longer.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local text = ("x"):rep(100000)
print(#text:gsub("x", text))
