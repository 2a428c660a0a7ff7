-- Raises an error whose text takes for ever.
-- stock: hangs
-- held: a table was raised
-- with: --work 20

error(setmetatable({}, { __tostring = function() while true do end end }))
