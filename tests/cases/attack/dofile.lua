-- Runs a file that was not granted.
-- stock: prints ESCAPED
-- held: 'dofile' was never set

dofile "../outside.lua"
