local tiny <const> = require "tiny"

-- A post without WTE is a post with nobody in it; it counts as neither filled nor vacant.
local bare <const> = tiny.load { posts = "id,fn,wte,in_post,cost\nP1,chc,0,0,100\nP2,chc,1,1,100\nP3,chc,1,0,100\nP4,chc,1,0.5,100\n", budget_lines = false }
print(bare:total "posts", bare:total "filled_posts", bare:total "vacant_posts", bare:total "cost")  --> 4	2	2	400.0
print(bare:health():where { finding = "posts without WTE" })
--> Health   as at 2025-05   model HASH
--> finding            count  of  note
--> ──────────────────────────────────
--> posts without WTE      1   4
--> 1 of 11 rows shown
-- People with more WTE than is in post, with less, and with as much.
local more <const> = tiny.load { assignments = "post,person,wte\nP1,A,1\nP2,B,0.5\nP4,C,0.6\n" }
print(more:health():where { finding = "posts whose*" })
--> Health   as at 2025-05   model HASH
--> finding                                          count  of  note
--> ─────────────────────────────────────────────────────────────────────
--> posts whose people's WTE is not what is in post      1   4  first: P2
--> 1 of 5 rows shown
local less <const> = tiny.load { assignments = "post,person,wte\nP1,A,0.9\nP2,B,0.4\nP4,C,0.6\n" }
print(less:health():where { finding = "posts whose*" })
--> Health   as at 2025-05   model HASH
--> finding                                          count  of  note
--> ─────────────────────────────────────────────────────────────────────
--> posts whose people's WTE is not what is in post      1   4  first: P1
--> 1 of 5 rows shown
local equal <const> = tiny.load { assignments = "post,person,wte\nP1,A,1\nP2,B,0.1\nP2,C,0.3\nP4,C,0.6\n" }
print(equal:health():where { finding = "posts whose*" })
--> Health   as at 2025-05   model HASH
--> finding  count  of  note
--> ────────────────────────
--> 0 of 4 rows shown
-- Groups, funds and places that no file has are labels of one's own.
local open <const> = tiny.load { groups = false, funds = false, places = false, budget_lines = false,
  posts = "id,fn,place,group,team,fund,org,wte,in_post,cost\nP1,chc,north,a,t,f,icb,1,1,100\nP2,chc,South,b,t,,icb,1,1,100\n" }
print(open:health():where { finding = "labels that*" })
--> Health   as at 2025-05   model HASH
--> finding                      count  of  note
--> ──────────────────────────────────────────────────────────────────────
--> labels that are not checked      2      'place' has no places.csv
--> labels that are not checked      1      'org' has no organisations.csv
--> labels that are not checked      2      'group' has no groups.csv
--> labels that are not checked      1      'team' has no groups.csv
--> labels that are not checked      1      'fund' has no funds.csv
--> 5 of 12 rows shown
-- Who employs posts that name nobody.
local POSTS <const> = "id,fn,org,band,point,wte,in_post,cost\nP1,chc,,8a,top,1,1,\nP2,chc,,8a,top,1,1,80000\nP3,chc,icb,8a,top,1,1,\n"
local ORGANISATIONS <const> = "id,name,employer_type\nicb,The ICB,nhs\ncity,City Council,council\n"
local default <const> = tiny.load { posts = POSTS, organisations = ORGANISATIONS, budget_lines = false }
print(default:health():where { finding = "posts costed*" })
--> Health   as at 2025-05   model HASH
--> finding                         count  of  note
--> ────────────────────────────────────────────────────────────────────────────
--> posts costed from the rates         2   3  2025/26, employer view
--> posts costed as nhs by default      1   3  no org, and no remit.organisation
--> 2 of 10 rows shown
print(default:total("cost", { where = { org = "none" } }))  --> 160661.38
local home <const> = tiny.load { posts = POSTS, organisations = ORGANISATIONS, budget_lines = false,
  settings = '"as_at": "2025-05", "price_base": "2025/26", "organisation": "city"' }
print(home:health():where { finding = "posts costed*" })
--> Health   as at 2025-05   model HASH
--> finding                      count  of  note
--> ──────────────────────────────────────────────────────────────
--> posts costed from the rates      2   3  2025/26, employer view
--> 1 of 9 rows shown
print(home:total("cost", { where = { org = "none" } }))  --> 162228.43
-- In thousands, by the month, a digit too many, nothing at all: the last two are in line, and so is what is part-time.
print(tiny.load { budget_lines = false, posts = "id,fn,wte,in_post,cost\nP1,chc,1,1,95\nP2,chc,1,1,5200\nP3,chc,1,1,950000\nP4,chc,0.8,0,0\n"
  .. "P5,chc,1,1,95000\nP6,chc,0.1,0.1,5200\n" }:health():where { finding = "*out of line" })
--> Health   as at 2025-05   model HASH
--> finding                          count  of  note
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────
--> posts whose cost is out of line      4   6  first: P1; a full-time year below £12,232 or above £376,911
--> 1 of 10 rows shown
