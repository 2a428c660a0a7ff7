-- Looks for a long text in a longer one that nearly has it, many times.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local text, wanted = ("a"):rep(1000000), ("a"):rep(500000) .. "b"
for _ = 1, 1000 do
  text:find(wanted, 1, true)
end
