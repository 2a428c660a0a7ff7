-- A pattern that tries for years.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

print(("a"):rep(3000):find((".-"):rep(10) .. "b"))
