-- Sorts by a comparison that never ends.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

pcall(table.sort, { 2, 1 }, function() while true do end end)
