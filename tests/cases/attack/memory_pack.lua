-- Packs a text of two gigabytes.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

print(#string.pack("c2000000000", ""))
