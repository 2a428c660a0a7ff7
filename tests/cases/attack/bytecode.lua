-- Loads bytecode, which may do anything to the process.
-- stock: prints ESCAPED
-- held: attempt to call a nil value (field 'dump')

local code = string.dump(function() return "ESCAPED" end)
print(load(code, "=x", "b")())
