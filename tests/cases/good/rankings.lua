local tiny <const> = require "tiny"

print(remit.rank { tables = {
  I = { "neighbourhood health", "primary care", { "estates", "digital" } },
  II = { "primary care", "neighbourhood health", "digital", "estates" },
  III = { "medicines", "primary care" },
} })
--> Ranking
--> item                  pooled rank  Borda points  I  II  III  places apart
--> ─────────────────────────────────────────────────────────────────────────
--> primary care                    1          10.0  2   1    2           1.0
--> neighbourhood health            2           8.0  1   2                3.0
--> digital                         3           4.5  3   3                1.0
--> medicines                       4           4.0           1           4.0
--> estates                         5           3.5  3   4                0.5
--> Borda: of 5 items a table's first is worth 4 points, its last none; ties, and what a table left out, the mean of the places that they share.
--> Tables differ most on 'medicines': ranked by I not at all, II not at all, III 1.
-- The same from a file; rows of a table with the same rank tie.
print(remit.rank(tiny.file("tables.csv", [[
table,rank,item
I,1,primary care
I,2,estates
I,2,digital
II,1,digital
]])))
--> Ranking
--> item          pooled rank  Borda points  I  II  places apart
--> ────────────────────────────────────────────────────────────
--> primary care            1           2.5  1               1.5
--> digital                 1           2.5  2   1           1.5
--> estates                 3           1.0  2               0.0
--> Borda: of 3 items a table's first is worth 2 points, its last none; ties, and what a table left out, the mean of the places that they share.
--> Tables differ most on 'primary care': ranked by I 1, II not at all.
print(remit.rank { tables = { I = { "a", "b" } }, items = { "c" } })
--> Ranking
--> item  pooled rank  Borda points  I  places apart
--> ────────────────────────────────────────────────
--> a               1             2  1             0
--> b               2             1  2             0
--> c               3             0                0
--> Borda: of 3 items a table's first is worth 2 points, its last none; ties, and what a table left out, the mean of the places that they share.
--> The tables do not differ.
