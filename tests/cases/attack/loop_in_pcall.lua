-- Catches what stops it, and goes on.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do
  pcall(function() while true do end end)
end
