local tiny <const> = require "tiny"

-- Of months before its own a pack says nothing: whatever is asked of them is refused, by its name.
local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "held", posts = { vacant = true }, from = "2025-10", why = "held" },
} })
plan:phase { from = "2025-04", to = "2025-06" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:phase { by = "year", from = "2025-03", to = "2026-03" }  --> error: from (2025-03) lies in 2024/25, which ends before the pack's month, 2025-05
-->   from = "2025-05" asks for the whole year that it lies in
plan:phase { by = "year", from = "2024-04", to = "2025-02", measures = { "wte" } }  --> error: from (2024-04) lies in 2024/25, which ends before the pack's month, 2025-05
-->   from = "2025-05" asks for the whole year that it lies in
base:phase { from = "2025-04", to = "2025-06", measures = { "wte" } }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:phase { from = "2025-04", to = "2025-06", measures = { "cost" }, period = "cumulative" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:total("wte", { over = { month = "mean", from = "2025-04", to = "2025-06" } })  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
base:pivot { measures = { "wte" }, by = { "group" }, over = { month = "mean", from = "2025-04", to = "2025-06" } }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
base:pivot { measures = { "wte" }, by = { "group" }, over = { month = "last", from = "2025-04", to = "2025-06" } }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:explain("wte", { over = { month = "mean", from = "2025-04", to = "2025-06" } })  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:explain("chc", "blueprint", { at = "2025-04" })  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:impact { at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:actions { at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
base:actions { at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:redundancy { at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:unidentified { at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
plan:taken { at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
remit.compare { base, plan }:diff { of = "fn.blueprint", at = "2025-04" }  --> error: 2025-04 lies before the pack's month, 2025-05
-->   the pack says how things stand in 2025-05 and nothing of before: ask from 2025-05 on
