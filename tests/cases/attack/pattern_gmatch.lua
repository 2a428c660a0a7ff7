-- The same in a loop.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

for word in ("a"):rep(3000):gmatch(("a?"):rep(20) .. ("a-"):rep(10) .. "b") do
  print(word)
end
