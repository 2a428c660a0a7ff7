local tiny <const> = require "tiny"

-- P1 has somebody with 20 complete years, P2 somebody whose service nobody states, P4 somebody with one year.
local base <const> = tiny.load { assignments = [[
post,person,wte,contract,from,service_from
P1,A,1,permanent,2010-01-01,2005-09-15
P2,B,0.4,permanent,2020-01-01,
P4,C,0.6,permanent,2024-06-01,2024-06-01
]], organisations = "id,name,type,employer_type\ntrust,The Trust,provider,nhs\n" }
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "heads", posts = { fn = "safeguarding", vacant = false }, from = "2025-10", route = "voluntary", why = "one team" },
  remit.close { id = "vacant", posts = { vacant = true, fn = "safeguarding" }, from = "2025-09", why = "held" },
  remit.transfer { id = "digital", functions = { id = "digital" }, receiver = "trust", golive = "2026-04", staff = { tupe = "50%", close = "50%" },
    resource = "50%", why = "hosted" },
  remit.once { id = "setup", cost = 1000, month = "2025-12", why = "set up" },
} })
print(plan:actions { at = "2026-04" })
--> Actions   as at 2026-04   Plan   model HASH
--> action        posts  WTE before  WTE in the month
--> ─────────────────────────────────────────────────
--> unchanged         0         0.0               0.0
--> new               0         0.0               0.0
--> changed           0         0.0               0.0
--> closed            2         1.8               0.0
--> moved             0         0.0               0.0
--> transferred       1         0.6               0.0
--> not reviewed      1         1.0               1.0
--> A post whose filled and vacant parts fare differently is counted in each.
--> Not reviewed: untouched, and its function's class is undecided or missing.
print(plan:actions { at = "2026-04", by = { "group" } })
--> Actions   as at 2026-04   Plan   model HASH
--> group     action        posts  WTE before  WTE in the month
--> ───────────────────────────────────────────────────────────
--> strategy  transferred       1         0.6               0.0
--> nursing   closed            2         1.8               0.0
--> nursing   not reviewed      1         1.0               1.0
--> A post whose filled and vacant parts fare differently is counted in each.
--> Not reviewed: untouched, and its function's class is undecided or missing.
print(plan:actions { at = "2026-04", list = true })
--> Actions   as at 2026-04   Plan   model HASH
--> post  title                 fn            part    action        changes  WTE before  WTE in the month
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────
--> P1    Head of safeguarding  safeguarding  filled  closed        heads           1.0               0.0
--> P2    Safeguarding nurse    safeguarding  filled  closed        heads           0.4               0.0
--> P2    Safeguarding nurse    safeguarding  vacant  closed        vacant          0.4               0.0
--> P4    Analyst               digital       filled  transferred   digital         0.6               0.0
--> P3    Assessor              chc           vacant  not reviewed                  1.0               1.0
--> A post whose filled and vacant parts fare differently is counted in each.
--> Not reviewed: untouched, and its function's class is undecided or missing.
print(plan:redundancy { at = "2026-04" })
--> Leaving, one-off (non-recurrent) cost and payback   2025/26 prices, as at 2026-04   Plan   model HASH
--> change   route                  decide by  leave in  in post WTE  people in these posts  one-off from £  one-off to £  against the cap  saved a year £  paid back in
--> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> digital  Compulsory redundancy  2025-10    2026-04           0.3                      1               0             0  no                       15,600  2026-04
--> heads    Voluntary redundancy   2025-07    2025-10           1.4                      2         104,470       148,238  no                      104,000  2026-10 to 2027-03
--> A month's pay a complete year, at least 2 years and at most 24 months, pay between £23,000 and £80,000: NHS terms and conditions of service, section 16, England.
--> From and to differ where service is not known (0 to 24 years), or pay (floor to cap).
--> Routes and lead times are the toolkit's own (vocabulary/routes.csv), or the pack's assumptions.
print(plan:impact { at = "2026-04" })
--> What it means for people   2025/26 prices, as at 2026-04   Plan   model HASH
--> closed in post WTE  people  transferring WTE  people  regraded WTE  people  changing role WTE  people  one-off (non-recurrent) from £  one-off to £
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
-->                1.7       3               0.3       1           0.0       0                0.0       0                         104,470       148,238
--> WTE in post, by groups as they are in the month. Closed: what ends, and of transfers the staff who do not go with them.
--> People: everybody in a post that is touched, whole or in part; who of them it is is not known where a share of a post goes.
--> One-off (non-recurrent) costs that changes state, to the month: £1,000.00.
-- Terms and lead times of the pack's own: a narrower range, and a route that counts against the cap.
local own <const> = tiny.load { assumptions = [[
id,value,low,high,unit,source
redundancy_unknown_years,10,5,15,number,workforce return
voluntary_lead_months,4,,,months,scheme
voluntary_against_cap,1,,,number,scheme
]] }
print(own:scenario("Plan", { changes = { remit.close { id = "P1", posts = { id = "P1" }, from = "2025-10", route = "voluntary", why = "one team" } } })
  :redundancy { at = "2025-10" })
--> Leaving, one-off (non-recurrent) cost and payback   2025/26 prices, as at 2025-10   Plan   model HASH
--> change  route                 decide by  leave in  in post WTE  people in these posts  one-off from £  one-off to £  against the cap  saved a year £  paid back in
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> P1      Voluntary redundancy  2025-06    2025-10           1.0                                 26,118        78,352  yes                      80,000  2026-01 to 2026-09
--> A month's pay a complete year, at least 2 years and at most 24 months, pay between £23,000 and £80,000: NHS terms and conditions of service, section 16, England.
--> From and to differ where service is not known (5 to 15 years), or pay (floor to cap).
--> Routes and lead times are the toolkit's own (vocabulary/routes.csv), or the pack's assumptions.
-- Before their months changes do nothing; a base has none.
print(plan:impact { at = "2025-06" }:get(1, "closed"))
--> 0.0
print(base:actions())
--> Actions   as at 2025-05   model HASH
--> action        posts  WTE before
--> ───────────────────────────────
--> unchanged         0         0.0
--> new               0         0.0
--> changed           0         0.0
--> closed            0         0.0
--> moved             0         0.0
--> transferred       0         0.0
--> not reviewed      4         3.4
--> A post whose filled and vacant parts fare differently is counted in each.
--> Not reviewed: untouched, and its function's class is undecided or missing.
