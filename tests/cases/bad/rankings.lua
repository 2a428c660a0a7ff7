local tiny <const> = require "tiny"

remit.rank { tables = {} }  --> error: rank: no table ranks anything
remit.rank { tables = { I = {} } }  --> error: rank: table 'I': a list of items, first ranked first
remit.rank { tables = { I = { "a", "b", "a" } } }  --> error: rank: table 'I': 'a' is ranked twice
remit.rank { tables = { I = { "a", 2 } } }  --> error: rank: table 'I': an item is a text, not a number
remit.rank(tiny.file("heads.csv", "table,item\nI,a\n"))  --> error: tmp/heads.csv has no column 'rank': it needs table, rank, item
remit.rank(tiny.file("ranks.csv", "table,rank,item\nI,first,a\n"))  --> error: tmp/ranks.csv:2: a table, a whole rank from 1 and an item
