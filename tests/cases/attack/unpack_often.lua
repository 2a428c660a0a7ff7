-- Unpacks a million nils, for one instruction each time.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do
  select("#", table.unpack({}, 1, 900000))
end
