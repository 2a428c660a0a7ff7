-- Compiles a file that was not granted.
-- stock: prints ESCAPED
-- held: 'loadfile' was never set

loadfile "../outside.lua"()
