-- Calls the C library.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'package')

print(package.loadlib("libc.so.6", "system") and "ESCAPED")
