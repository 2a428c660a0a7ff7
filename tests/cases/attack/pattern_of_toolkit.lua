-- The same by the method of a text, inside pcall.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do
  pcall(string.match, ("x"):rep(3000), ("x*"):rep(10) .. "y")
end
