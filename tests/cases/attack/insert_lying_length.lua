-- Inserts before a quintillion items that are not there.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

table.insert(setmetatable({}, { __len = function() return 1 << 60 end }), 1, "x")
