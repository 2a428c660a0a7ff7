-- Calls the C library.
-- stock: prints ESCAPED
-- held: 'package' was never set

print(package.loadlib("libc.so.6", "system") and "ESCAPED")
