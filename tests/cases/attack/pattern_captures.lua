-- Back references, over and over.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

print(("ab"):rep(4000):find("(.-)(.-)(.-)%1%2%3%1%3c"))
