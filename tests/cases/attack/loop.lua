-- Never ends.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do end
