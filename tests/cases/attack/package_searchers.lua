-- Takes the searcher of C libraries.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'package')

print(#package.searchers == 4 and "ESCAPED")
