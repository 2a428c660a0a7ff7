local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\ncity,City Council,council,council\n",
  places = "id,name,population,population_basis\nnorth,North Town,200000,registered\nsouth,South Bay,300000,registered\n",
  assignments = "post,person,wte\nP1,N1,1\nP2,N2,0.4\nP4,N3,0.6\n" }
local base <const> = tiny.load(files)
-- The order of the changes of a list means nothing: neither for figures nor for the hash. Each field of a change is in the hash.
local function list()
  return {
    remit.close { id = "a", posts = { vacant = true }, from = "2025-10", why = "held" },
    remit.scale { id = "b", lines = { group = "nursing" }, change = "-12.5%", from = "2025-11", why = "less" },
    remit.move { id = "c", lines = { fn = "chc" }, into = { fn = "quality", group = "strategy" }, from = "2025-12", why = "together" },
    remit.regrade { id = "d", posts = { band = "8a" }, band = "7", from = "2026-01", why = "wider spans" },
    remit.transfer { id = "e", functions = { id = "safeguarding, chc" }, share = "30%", receiver = "trust", golive = "2026-02", why = "to the trust" },
    remit.add { id = "f", posts = { { fn = "chc", band = "6", group = "nursing" } }, from = "2026-01", why = "grow" },
  }
end
local function text(order)
  local all <const>, some <const> = list(), {}
  for at, index in ipairs(order) do
    some[at] = all[index]
  end
  local plan <const> = base:scenario("shuffled", { changes = some })
  return plan:hash() .. tostring(plan:pivot { measures = { "cost", "wte", "posts" }, by = { "fn", "group" }, at = "2026-03", totals = true })
end
local first <const> = text { 1, 2, 3, 4, 5, 6 }
print(first == text { 6, 5, 4, 3, 2, 1 }, first == text { 3, 1, 6, 2, 5, 4 }, first == text { 2, 4, 6, 1, 3, 5 })  --> true	true	true
local function hash(given)
  local spec <const> = { id = "a", posts = { vacant = true }, from = "2025-10", why = "held" }
  for name, value in pairs(given) do
    spec[name] = value
  end
  return base:scenario("x", { changes = { remit.close(spec) } }):hash()
end
local same <const> = hash {}
for _, other in ipairs { { id = "b" }, { why = "others" }, { from = "2025-11" }, { to = "2026-10" }, { share = "99%" }, { ref = "board" }, { owner = "me" }, { status = "agreed" },
  { confidence = "50%" }, { route = "turnover" }, { protect = { fn = "chc" } }, { posts = { vacant = false } } } do
  print(next(other), hash(other) == same)
end
--> id	false
--> why	false
--> from	false
--> to	false
--> share	false
--> ref	false
--> owner	false
--> status	false
--> confidence	false
--> route	false
--> protect	false
--> posts	false
print(base:hash() == same, base:scenario("other name", { changes = { remit.close { id = "a", posts = { vacant = true }, from = "2025-10", why = "held" } } }):hash() == same)
--> false	true
