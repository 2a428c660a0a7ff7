local tiny <const> = require "tiny"

-- Truncated, deeply nested, with a key twice, with what JSON does not have.
tiny.load { descriptor = '{\n  "name": "tiny",\n  "resources": [' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:3  ']' expected near end of file (line 3, column 16)
tiny.load { descriptor = ("["):rep(100000) }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  nested more than 64 deep (line 1, column 65)
tiny.load { descriptor = ("["):rep(65) .. ("]"):rep(65) }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  nested more than 64 deep (line 1, column 65)
tiny.load { descriptor = '{\n  "name": "tiny",\n  "name": "tiny"\n}' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:3  duplicate object key near '"name"' (line 3, column 8)
tiny.load { descriptor = '{ "name": "tiny", }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  string or '}' expected near '}' (line 1, column 19)
tiny.load { descriptor = "{ 'name': 'tiny' }" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  string or '}' expected near ''' (line 1, column 3)
tiny.load { descriptor = '{ "name": NaN }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  invalid token near 'NaN' (line 1, column 13)
tiny.load { descriptor = '{ "name": 1e999 }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  a number too large to be kept: 1e999 (line 1, column 11)
tiny.load { descriptor = '{ "name": 0.12345678901234567890 }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  a number of more digits than are kept: 0.12345678901234567890 (line 1, column 11)
tiny.load { descriptor = '{ "name": 9223372036854775808 }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  a whole number past 64 bits: 9223372036854775808 (line 1, column 11)
tiny.load { descriptor = '{ "name": 0x10 }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  '}' expected near 'x' (line 1, column 12)
tiny.load { descriptor = '{ "name": "tiny" } trailing' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  end of file expected near 'trailing' (line 1, column 27)
tiny.load { descriptor = '{ "name": "t\xff" }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  unable to decode byte 0xff near '"t' (line 1, column 12)
tiny.load { descriptor = '{ "name": "t\\u0000" }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  a NUL character (\u0000) is not allowed (line 1, column 19)
tiny.load { descriptor = "" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  unexpected token near end of file (line 1, column 1)
tiny.load { descriptor = "[]" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  must hold one object: { "name": ..., "resources": [ ... ] }
tiny.load { descriptor = '"posts.csv"' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  must hold one object: { "name": ..., "resources": [ ... ] }
tiny.load { descriptor = "{}" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources  must be a list of the pack's files: [ { "name": "posts", "path": "posts.csv" }, ... ]
tiny.load { descriptor = '{ "resources": {} }' }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources  must be a list of the pack's files: [ { "name": "posts", "path": "posts.csv" }, ... ]
tiny.load { descriptor = '{ "resources": [ 1, { "path": "posts.csv" }, { "name": "posts" } ] }' }  --> error: 3 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources[0]     must be an object with a "name" and a "path"
-->   datapackage.json  resources[1]     must be an object with a "name" and a "path"
-->   datapackage.json  resources.posts  needs a "path": the file's name inside the pack
-- A byte-order mark is no harm.
print(tiny.load { descriptor = '\xef\xbb\xbf{ "name": "tiny", "remit": { "as_at": "2025-05", "price_base": "2025/26" }, "resources": [ { "name": "posts", "path": "posts.csv" },'
  .. ' { "name": "functions", "path": "functions.csv" }, { "name": "groups", "path": "groups.csv" }, { "name": "places", "path": "places.csv" },'
  .. ' { "name": "funds", "path": "funds.csv" } ] }' })
--> tiny: 5 lines, as at 2025-05, model HASH
