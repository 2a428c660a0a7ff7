local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
local a <const> = base:scenario("A", { changes = {
  remit.close { id = "vacant", posts = { vacant = true }, from = "2025-10", why = "held" },
  remit.move { id = "it", posts = { fn = "digital" }, into = { group = "nursing" }, from = "2025-10", why = "with the nurses" },
  remit.set { id = "class", functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2025-10", why = "board" } } })
local b <const> = base:scenario("B", { changes = {
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-01", why = "place" },
  remit.move { id = "it", posts = { fn = "digital" }, into = { group = "wards" }, from = "2025-12", why = "with the wards" },
  remit.set { id = "class", functions = { id = "chc" }, into = { blueprint = "retain" }, from = "2025-10", why = "workshop" },
  remit.scale { id = "paper", lines = { id = "B2" }, change = "-5%", from = "2025-12", why = "less paper" } } })
print(base:scenario("Both", { extends = { a, b } }):conflicts())
--> Conflicts   as at 2025-05   Both   model HASH
--> first   second  clash               lines  list of the first  why the first    list of the second  why the second
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> vacant  chc     close and transfer      1  A                  held             B                   place
--> it      it      both move group         1  A                  with the nurses  B                   with the wards
--> class   class   both set blueprint         A                  board            B                   workshop
print(a:conflicts())
--> Conflicts   as at 2025-05   A   model HASH
--> first  second  clash  lines  list of the first  why the first  list of the second  why the second
--> ─────────────────────────────────────────────────────────────────────────────────────────────────
--> None.
