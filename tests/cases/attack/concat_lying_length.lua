-- Joins a list that says it is endless, by a metamethod in C.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local list = setmetatable({}, { __len = function() return 1 << 60 end, __index = function() return "" end })
print(#table.concat(list))
