-- Changes what texts do, also inside the toolkit.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (field '__index')

getmetatable("").__index.upper = function() return "ESCAPED" end
print(("x"):upper())
