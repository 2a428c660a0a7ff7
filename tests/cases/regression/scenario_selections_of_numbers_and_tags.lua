local tiny <const> = require "tiny"

-- Cells have neither a line's own figure nor its list of tags: such selections are taken of the lines, with the members of the month.
local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = { remit.move { id = "m", posts = { fn = "chc" }, into = { group = "strategy" }, from = "2025-10", why = "x" },
  remit.scale { id = "s", lines = { fn = "chc" }, change = "-50%", from = "2025-10", why = "y" } } })
for _, where in ipairs { { tags = "pod" }, { wte = ">= 1" }, { tags = "clinical", group = "strategy" }, { cost = "> 30000", group = "strategy" } } do
  print(plan:total("cost", { at = "2025-10", where = where }), plan:total("in_post", { at = "2025-10", where = where }),
    plan:total("cost", { at = "2025-10", where = where, basis = "in_post" }), plan:total("posts", { at = "2025-10", where = where }))
end
--> 26000.0	0.0	0.0	1
--> 106000.0	1.0	80000.0	2
--> 26000.0	0.0	0.0	1
--> 57200.0	0.6	31200.0	2
