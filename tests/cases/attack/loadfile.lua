-- Compiles a file that was not granted.
-- stock: prints ESCAPED
-- held: attempt to call a nil value (global 'loadfile')

loadfile "../outside.lua"()
