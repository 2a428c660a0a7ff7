-- Repeats nothing, a quintillion times.
-- stock: hangs
-- held: done
-- with: --work 20

local nothing = string.rep("", 1000000000000000000)
print(#nothing == 0 and "done")
