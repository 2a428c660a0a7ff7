local tiny <const> = require "tiny"

local base <const> = tiny.load { assignments = "post,person,wte\nP1,A,1\np2,A,0.5\nP4,B,0.6\n" }
print(base:info())
--> A tiny ICB   as at 2025-05   model HASH
--> file                  rows  a row is                         from        note
--> ─────────────────────────────────────────────────────────────────────────────
--> assignments.csv          3  a person in a post               pack
--> bands.csv               14  a pay band, lowest first         vocabulary
--> budget_lines.csv         4  a line that is not a post        pack
--> criteria.csv            16  a criterion of subsidiarity      vocabulary
--> duties.csv              15  a statutory duty                 vocabulary
--> functions.csv            4  a function or a part of one      pack
--> funds.csv                2  a fund                           pack
--> groups.csv               3  an organisational group or team  pack
--> levels.csv               6  a level, lowest first            vocabulary
--> rates/on_costs.csv       8  a rate that an employer pays     vocabulary
--> rates/pay_points.csv    87  a pay point                      vocabulary
--> places.csv               2  a place                          pack
--> posts.csv                4  a position in the establishment  pack
--> Format 1, vocabulary 2026.1, price base 2025/26.
print(base:health())
--> Health   as at 2025-05   model HASH
--> finding                                          count  of  note
--> ─────────────────────────────────────────────────────────────────────────────
--> posts without place                                  2   4  system-wide posts
--> posts without level                                  4   4
--> posts without team                                   4   4
--> posts without profession                             4   4
--> posts whose people's WTE is not what is in post      1   4  first: P2
-- A file that stands in the folder and that nobody names is said, not passed over.
print(tiny.load { beside = { ["assignments.csv"] = "post,person,wte\nP1,E1,1\n" } }:health():where { finding = "file*" })
--> Health   as at 2025-05   model HASH
--> finding                count  of  note
--> ────────────────────────────────────────────────────────────────────────────
--> file that is not read      1      assignments.csv is not in datapackage.json
--> 1 of 5 rows shown
