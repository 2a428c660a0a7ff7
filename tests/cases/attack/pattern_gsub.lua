-- The same in a replacement.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

print((("a"):rep(3000):gsub(("a*"):rep(10) .. "b", "")))
