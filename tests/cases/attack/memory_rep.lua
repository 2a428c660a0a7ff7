-- A text of nearly two gigabytes.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local text = ("x"):rep(1900000000)
print(#text)
