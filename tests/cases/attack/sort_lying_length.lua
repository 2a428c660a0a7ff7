-- Sorts what is not there.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20 --memory 2000

local zero = setmetatable({}, { __len = function() return (1 << 31) - 2 end, __index = function(_, at) return at end, __newindex = function() end })
table.sort(zero)
