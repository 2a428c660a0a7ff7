local tiny <const> = require "tiny"

-- Read correctly: a byte-order mark, CRLF, quoted newlines and quotes, blank rows, a label in another case or with stray spaces, £ and
-- thousands, negatives in brackets, -0, an empty column at the end.
local base <const> = tiny.load {
  posts = '\xef\xbb\xbfid,title,fn,wte,in_post,cost,\r\n'
    .. 'P1,"Head of\r\nsafeguarding, ""acting""",  SAFEGUARDING ,1,1,"£1,234.50",\r\n'
    .. '\r\n'
    .. 'P2,Caf\xc3\xa9 lead,Child  protection,1,-0,"(1,234)",\r\n'
    .. ' , ,,,,,\r\n'
    .. 'P3,Nurse,continuing HEALTHCARE,1.0,+1,-£100,\r\n'
    .. 'P4,Nurse,\xc2\xa0chc\xc2\xa0,1,1,£-0.00,',
}
print(base:pivot { measures = { "pay", "wte", "in_post" }, by = { "fn", "id" }, where = { kind = "pay" } })
--> pay, wte, in_post by fn, id   funded, annual run rate, 2025/26 prices, as at 2025-05   model HASH
--> fn            id   pay £  WTE  in_post WTE
--> ──────────────────────────────────────────
--> safeguarding  P1   1,234  1.0          1.0
--> safeguarding  P2  -1,234  1.0          0.0
--> chc           P3    -100  1.0          1.0
--> chc           P4       0  1.0          1.0
--> lines where kind: pay
print(base:posts { id = "P1" }:head():get(1, "title"))
--> Head of
--> safeguarding, "acting"
print(base:posts { title = "caf\xc3\x89 lead" }:count())  --> 1
print(base:info():where { file = "posts.csv" })
--> A tiny ICB   as at 2025-05   model HASH
--> file       rows  a row is                         from  note
--> ────────────────────────────────────────────────────────────────────
--> posts.csv     4  a position in the establishment  pack  2 blank rows
--> Format 1, vocabulary 2026.1, price base 2025/26.
--> 1 of 12 rows shown
-- A lone CR ends lines too, and the last line needs none.
print(tiny.load { posts = "id,fn,wte,in_post,cost\rP1,chc,1,1,100\rP2,chc,1,1,100" }:total "posts")  --> 2
