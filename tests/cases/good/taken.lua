local tiny <const> = require "tiny"

local function cut_of(base, from)
  return base:scenario("Plan", { changes = { remit.scale { id = "cut", lines = {}, change = "-40%", take = { "vacancies", "nonpay", "posts" }, from = from,
    why = "half of running costs" } } })
end

local plan <const> = cut_of(tiny.load(), "2025-10")
print(plan:taken { at = "2025-10" })
print(plan:taken { at = "2025-09" })
-- A kind that gives more than half is there to be asked about; assumptions.csv, or the call, may say another share.
print(plan:checks({ at = "2025-10" }):get("taken", "status"), plan:checks({ at = "2025-10" }):get("taken", "evidence"))
local bold <const> = cut_of(tiny.load { assumptions = "id,value,unit,source\nmax_taken,100,%,board\n" }, "2025-10")
print(bold:checks({ at = "2025-10" }):get("taken", "status"), bold:checks({ at = "2025-10" }):get("taken", "evidence"))
print(bold:checks({ at = "2025-10", max_taken = "10%" }):get("taken", "evidence"))
print(tiny.load():checks():get("taken", "evidence"))
--> Taken, by kind   funded, 2025/26 prices, as at 2025-10   Plan   model HASH
--> change  kind       was there £ a year  taken £ a year  left £ a year  taken %  WTE taken
--> ────────────────────────────────────────────────────────────────────────────────────────
--> cut     vacancies              76,000          76,000              0   100.0%        1.4
--> cut     nonpay                 35,000          20,080         14,920    57.4%        0.0
--> cut     posts                 135,200               0        135,200     0.0%        0.0
--> Was there: when the turn of the kind came.
--> Taken, by kind   funded, 2025/26 prices, as at 2025-09   Plan   model HASH
--> change  kind  was there £ a year  taken £ a year  left £ a year  taken %  WTE taken
--> ───────────────────────────────────────────────────────────────────────────────────
--> No cut takes from one kind after another.
--> open	cut: 57.4% of nonpay; at most 50%
--> pass	none gives more than 100%
--> cut: 57.4% of nonpay; at most 10%
--> no cut takes from one kind after another
