-- Takes the registry, where everything is.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'debug')

print(debug.getregistry() and "ESCAPED")
