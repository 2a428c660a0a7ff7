local tiny <const> = require "tiny"

local base <const> = tiny.load()
-- In a list of a selection stand texts, numbers and remit.none; a label that stands there twice counts once.
print(base:posts { fn = { "chc", "digital", "chc" } }:count(), base:posts { cost_centre = { 100, 300 } }:count(), base:posts { wte = { 0.8, 0.6 } }:count())
print(base:posts { place = { remit.none, "north" } }:count())
-- Lists that other tables hold: tags of a new post, rows one after the other.
local row <const> = { title = "Analyst", fn = "digital", band = "6", wte = 1, tags = { "pod", "clinical" } }
local plan <const> = base:scenario("More", { changes = { remit.add { posts = { row, row }, from = "2025-10", why = "twice" } } })
print(plan:total("wte", { at = "2025-10" }) - base:total "wte", plan:total("wte", { at = "2025-10", where = { tags = "pod" } }))
-- remit.none leaves a field of a row empty.
local bare <const> = remit.add { posts = { { title = remit.none, fn = "digital", band = "6", wte = 1, place = remit.none } }, from = "2025-10", why = "one" }
print(base:scenario("Bare", { changes = { bare } }):total("wte", { at = "2025-10", where = { title = "none", place = "none" } }))
-- A field of a change whose value is a table is swept like any other.
local close <const> = base:scenario("Closed", { changes = { remit.close { id = "c", posts = { fn = "chc" }, from = "2025-10", why = "x" } } })
print(close:sweep { change = "c", field = "posts", values = { { fn = "chc" }, { fn = { "chc", "digital" } } }, at = "2025-10" })
-- A section of the site profile is a table of values.
local own <const> = remit.site { defaults = { ["own.cut"] = "-20%" } }.own
local cut <const> = remit.scale { id = "s", lines = {}, change = remit.param { id = "cut", default = "-10%" }, from = "2025-10", why = "less" }
print(base:scenario("Cut", { changes = cut, params = own }):total("cost", { at = "2025-10" }) / base:total "cost")
local function group(name)
  return remit.move { posts = {}, into = remit.site { defaults = { ["own.group"] = name } }.own, from = "2025-10", why = "one group" }
end
print(base:scenario("One group", { changes = { group "strategy" } }):total("posts", { at = "2025-10", where = { group = "strategy" } }))
--> 2	3	1
--> 3
--> 2.0	3.0
--> 1.0
--> cost by posts   funded, annual run rate, 2025/26 prices, as at 2025-10   Closed   model HASH
--> posts                           cost £   change
--> ───────────────────────────────────────────────
--> { fn = "chc" }                 188,201        0
--> { fn = { "chc", "digital" } }  157,001  -31,200
--> Change is from Closed as it is.
--> 0.8
--> 4
