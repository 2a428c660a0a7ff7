local tiny <const> = require "tiny"

-- A parameter may stand for a month, a count of months, a share of the staff, what is stranded, and a figure of a new row.
local base <const> = tiny.load { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n",
  assumptions = "id,value,low,high,unit,source,quote,note\ntupe_share,75,,,%,HR,,\nclose_share,25,,,%,HR,,\ntail,4,,,months,estates,,\ncut,-12.5,,,%,board,,\n" }
local function p(id, default)
  return remit.param { id = id, default = default }
end
local plan <const> = base:scenario("Plan", { changes = {
  remit.transfer { id = "t", functions = { id = "safeguarding" }, receiver = "trust", shadow = p("shadow", "2025-10"), golive = p("golive", "2026-04"),
    staff = { tupe = p "tupe_share", close = p "close_share" }, stranded = { share = p("stranded", "20%"), months = p "tail" }, double_running = "10%",
    resource = p("resource", "50%"), confidence = p("sure", "60%"), why = "place" },
  remit.scale { id = "cut", lines = { fn = "digital", kind = "nonpay" }, change = p "cut", from = p("start", "2025-10"), why = "less" },
  remit.add { id = "new", posts = { { fn = "digital", band = "6", wte = p("analysts", 0.5), cost = p("price", 20000) } }, from = "2025-10", why = "more" },
} })
local function costs(model, months)
  local words <const> = {}
  for index, month in ipairs(months) do
    words[index] = ("%s %s"):format(month, model:total("cost", { at = month }))
  end
  return table.concat(words, "  ")
end
local MONTHS <const> = { "2025-09", "2025-10", "2026-03", "2026-04", "2026-05", "2026-08" }
print(costs(plan, MONTHS))
--> 2025-09 240201.0  2025-10 271125.99  2026-03 271125.99  2026-04 155925.54  2026-05 149525.51  2026-08 130325.44
-- By hand: 240,201.00 stands; from October 1,875.0625 less (12.5% of 15,000.50), 20,000 more and a tenth of 128,000.50 for double running; from April
-- 128,000.50 has left but for 20%, which falls by a quarter each month.
local before <const> = 240201.00 - 1875.0625 + 20000
print(before + 12800.05, before - 128000.50 + 25600.10, before - 128000.50 + 19200.075)
--> 271125.9875	155925.5375	149525.5125
print(plan:impact({ at = "2026-04" }):get(1, "closed"), plan:impact({ at = "2026-04" }):get(1, "transferring"))
--> 0.28	0.84
print(plan:total("wte", { at = "2025-10", where = { fn = "digital" } }))
--> 1.1
-- A scenario's own values come first; a span moves the default; the same values are the same change.
local sooner <const> = plan:with { params = { golive = "-3 months", tail = 2, analysts = 1 } }
print(costs(sooner, { "2026-01", "2026-02", "2026-03" }), sooner:total("wte", { at = "2025-10", where = { fn = "digital" } }))
--> 2026-01 155925.54  2026-02 143125.49  2026-03 130325.44	1.6
print(plan:with({ params = { golive = "2026-04" } }):hash() == plan:hash(), sooner:hash() == plan:with({ params = { golive = "-3 months", tail = 2, analysts = 1 } }):hash())
--> false	true
print(remit.compare { base, sooner }:bridge({ at = "2026-01" }))
--> Bridge of cost   funded, annual run rate, 2025/26 prices, as at 2026-01   Plan, varied   model HASH
--> step            cost £  why
--> ─────────────────────────────
--> base          +240,201
--> t             -102,400  place
--> cut             -1,875  less
--> new            +20,000  more
--> Plan, varied  +155,926
--> Each change's effect averaged over every order of the changes: exact.
-- Amending keeps what is left open.
print(costs(plan:amend("t", { resource = "40%" }):with { params = { golive = "2026-01" } }, { "2026-01" }) == costs(sooner:with { params = { tail = remit.none, analysts = remit.none } }, { "2026-01" }))
--> true
print(base:scenario("On top", { extends = sooner, params = { golive = "2026-02" } }):changes():get(1, "from"))
--> 2026-02
