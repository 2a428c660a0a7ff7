-- Raises an object whose text is made by the script.
-- stock: prints ESCAPED
-- held: a table was raised

error(setmetatable({}, { __tostring = function() return "ESCAPED" end }))
