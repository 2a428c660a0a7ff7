-- Takes the registry, where everything is.
-- stock: prints ESCAPED
-- held: 'debug' was never set

print(debug.getregistry() and "ESCAPED")
