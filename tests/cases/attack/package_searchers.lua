-- Takes the searcher of C libraries.
-- stock: prints ESCAPED
-- held: 'package' was never set

print(#package.searchers == 4 and "ESCAPED")
