local tiny <const> = require "tiny"

-- A corrections file mends what cannot stay, for a label and for a number, and what it did is on record. The pack stays as it is.
local base <const> = tiny.load({ posts = "id,title,fn,wte,in_post,cost\nP1,\"Head, safeguarding\",safegaurding,1,1,100\nP2,Nurse,chc,1,1,12 000\nP3,Nurse,chc,1,1,12 000\n" },
  { fix = tiny.file("fix.csv", [[
file,row,field,value,becomes,why
posts.csv,,fn,safegaurding,safeguarding,misspelt in the payroll extract
posts.csv,3,cost,12 000,12000,typed with a space
posts.csv,4,cost,12 000,13000,the finance lead's figure
]]) })
print(base:pivot { measures = { "pay" }, by = { "fn" } })
--> pay by fn   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn             pay £
--> ────────────────────
--> safeguarding     100
--> quality            0
--> chc           25,000
--> digital            0
print(base:posts { id = "P1" }:head():get(1, "title"))  --> Head, safeguarding
print(base:health():where { finding = "correction applied" })
--> Health   as at 2025-05   model HASH
--> finding             count  of  note
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> correction applied      1      posts.csv fn 'safegaurding' to 'safeguarding': misspelt in the payroll extract
--> correction applied      1      posts.csv cost '12 000' to '12000': typed with a space
--> correction applied      1      posts.csv cost '12 000' to '13000': the finance lead's figure
--> 3 of 12 rows shown
