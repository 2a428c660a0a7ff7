-- Once a line was added or regraded, lists were read as whole labels: 'clinical|pod' was no 'pod', and a table by tags had a row for it.
local remit <const> = require "remit"
local tiny <const> = require "tiny"

local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.add { id = "new", lines = { { kind = "nonpay", fn = "digital", group = "nursing", cost = 1000, tags = { "pod", "new" } } }, from = "2026-01",
    why = "needed" },
} })
print(base:total("cost", { where = { tags = "pod" } }), plan:total("cost", { at = "2025-12", where = { tags = "pod" } }))
--> 52000.0	52000.0
print(plan:total("cost", { at = "2026-01", where = { tags = "pod" } }), plan:total("cost", { at = "2026-01", where = { tags = "new" } }))
--> 53000.0	1000.0
print(plan:pivot { measures = { "cost" }, by = { "tags" }, at = "2026-01" }:rows()().cost)
--> 100000.5
