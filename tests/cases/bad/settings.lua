local tiny <const> = require "tiny"

tiny.load { settings = '"format": 2, "as_at": "May 2025", "price_base": "2025", "published_basis": "budget", "max_wte": 0, "note": {}, "organisation": 5' }  --> error: 7 problems in datapackage.json; nothing loaded
-->   datapackage.json  remit                  'note' must be a text, not an object
-->   datapackage.json  remit                  'organisation' must be a text, not 5
-->   datapackage.json  remit.format           format 2 is not known; this remit reads format 1
-->   datapackage.json  remit.as_at            must be a month such as "2025-05"
-->   datapackage.json  remit.price_base       must be a financial year such as "2025/26"
-->   datapackage.json  remit.published_basis  'budget' is not one of funded, in_post, actual
-->   datapackage.json  remit.max_wte          must be a number above 0 and at most 1000: the most WTE that one post may have
tiny.load { settings = '"format": "1", "as_at": "2025-13", "price_base": "2025/27", "pension_view": "both", "max_wte": 1e300' }  --> error: 5 problems in datapackage.json; nothing loaded
-->   datapackage.json  remit.format        format '1' is not known; this remit reads format 1
-->   datapackage.json  remit.as_at         must be a month such as "2025-05"
-->   datapackage.json  remit.price_base    must be a financial year such as "2025/26"
-->   datapackage.json  remit.pension_view  'both' is not one of employer, economic
-->   datapackage.json  remit.max_wte       must be a number above 0 and at most 1000: the most WTE that one post may have
tiny.load { settings = "" }  --> error: 2 problems in datapackage.json; nothing loaded
-->   datapackage.json  remit.price_base  is needed: the year whose prices the costs are in, such as "2025/26"
-->   datapackage.json  remit.as_at       is needed: the month that the pack describes, such as "2025-05"
tiny.load { settings = '"as_at": null, "price_base": null' }  --> error: 2 problems in datapackage.json; nothing loaded
-->   datapackage.json  remit.as_at       must be a month such as "2025-05"
-->   datapackage.json  remit.price_base  must be a financial year such as "2025/26"
-- The pack's own organisation is one of its organisations.
tiny.load { settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "nec"', organisations = "id,name\nnenc,NENC\n" }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  remit.organisation  'nec'  not in organisations.csv. Did you mean 'nenc'?
-- Two months.
tiny.load { more = { posts = '"remit": { "as_at": "2025-04" }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.as_at  '2025-04'  the pack's month is 2025-05, and all its lines must be of one month
tiny.load { more = { posts = '"remit": { "as_at": "April" }' } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.remit.as_at  must be a month such as "2025-05"
-- The month of the lines does for the pack.
print(tiny.load { settings = '"price_base": "2025/26"', more = { posts = '"remit": { "as_at": "2025-04" }' } })
--> A tiny ICB: 9 lines, as at 2025-04, model HASH
