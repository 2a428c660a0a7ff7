-- Fills the disk that output goes to.
-- stock: hangs
-- held: at its limit of 1 MiB of output
-- with: --output 1

while true do
  print(("x"):rep(1000))
end
