local tiny <const> = require "tiny"

local files <const> = { organisations = "id,name,type,employer_type\nicb,The ICB,icb,nhs\ntrust,The Trust,provider,nhs\n",
  places = "id,name,population,population_basis\nnorth,North Town,0,registered\nsouth,South Bay,300000,registered\n" }
local base <const> = tiny.load(files)
-- What a change says by itself.
remit.close { posts = { vacant = true }, why = "no month" }  --> error: close: from is needed (its first month)
remit.close { posts = { vacant = true }, from = "2025-13" }  --> error: close: from (its first month): a month is written "2026-04", not '2025-13'
remit.close { posts = { vacant = true }, from = "-3 months" }  --> error: close: from: '-3 months' is relative, which is for amend; a change needs its month, such as "2026-04"
remit.close { posts = { vacant = true }, from = "2025-10", to = "2025-10" }  --> error: close: to (2025-10) does not lie after from (2025-10)
-->   to is the first month in which it holds no longer. For 2025-10 alone: to = "2025-11"
remit.close { from = "2025-10" }  --> error: close needs posts, lines or functions: what does it touch?
remit.close { posts = {}, lines = {}, from = "2025-10" }  --> error: close takes one of posts and lines, not both
remit.close { posts = "vacant" == true, from = "2025-10" }  --> error: close: posts (tests of the posts that it touches): did you use == on a field? Give a table of tests
remit.close { posts = base:posts(), from = "2025-10" }  --> error: close: posts (tests of the posts that it touches): give the tests themselves, as in { fn = "chc" }: a selection belongs to one model
remit.close { posts = {}, share = "101%", from = "2025-10" }  --> error: close: share (how much of each line ends): a share is between 0% and 100%, such as "50%" or 0.5, not 101%
remit.close { posts = {}, form = "2025-10", from = "2025-10" }  --> error: close has no field 'form'. Did you mean 'from'?
remit.close { posts = {}, from = "2025-10", status = "perhaps" }  --> error: close: status is one of idea, planned, agreed, delivered (how firm it is), not 'perhaps'
remit.scale { lines = {}, from = "2025-10" }  --> error: scale: give change or target
remit.scale { lines = {}, change = "-1%", target = 5, from = "2025-10" }  --> error: scale: give change or target, not both
remit.scale { lines = {}, change = "-1%", take = { "vacant" }, from = "2025-10" }  --> error: scale: take: 'vacant' is not one of vacancies, nonpay, posts
remit.scale { lines = {}, change = "-1%", spread = "rest", from = "2025-10" }  --> error: scale: spread = "rest" makes the others bear what is protected: give protect
remit.move { posts = {}, into = {}, from = "2025-10" }  --> error: move: into says where to, as in { group = "insights" }
remit.add { posts = {}, from = "2025-10" }  --> error: add: give posts or lines: a list of rows, as in posts = { { title = ..., fn = ..., band = ..., wte = 1 } }
remit.set { functions = { id = "chc" }, into = {}, from = "2025-10" }  --> error: set: into says what changes, as in { class = "transfer" }
remit.transfer { functions = { id = "chc" }, receiver = "trust", shadow = "2026-02", golive = "2026-01" }  --> error: transfer: go-live (2026-01) lies before shadow running (2026-02)
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", resource = "120%" }  --> error: transfer: resource (the share of their cost that is handed over as money): a share is between 0% and 100%, such as "50%" or 0.5, not 120%
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", staff = { tupe = "60%", close = "50%" } }  --> error: transfer: staff shares add up to 110% and not to 100%
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", staff = { tupe = "60%", fired = "40%" } }  --> error: transfer: staff.fired: people go by tupe, close or keep
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", stranded = { share = "10%" } }  --> error: transfer: stranded.months is a whole number of months above 0, not nil
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", ready = { from = true } }  --> error: transfer: 'from' is no item of readiness. Did you mean 'form'?
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", ready = { form = "yes" } }  --> error: transfer: ready.form is true or false
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", if_not_ready = "slip a bit" }  --> error: transfer: if_not_ready is "flag" or "slip 3 months" (1 to 600), not 'slip a bit'
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", months = 0 }  --> error: transfer: months is 1 or more: in how many months do the functions leave?
remit.transfer { functions = { id = "chc" }, receiver = "trust", golive = "2026-01", split = { population = "registered" } }  --> error: transfer: split is a place's part of system-wide lines: give the place
local change <const> = remit.close { posts = {}, from = "2025-10" }
change.why = "later"  --> error: a change does not change: 'why' cannot be set. amend makes a new scenario
-- What would be passed over.
local row <const> = { title = "Analyst", fn = "digital", band = "6", wte = 1 }
remit.add { posts = { row, nil, row }, from = "2025-10" }  --> error: add: posts is a list, one row after the other, without names or gaps
remit.add { posts = { row, more = row }, from = "2025-10" }  --> error: add: posts is a list, one row after the other, without names or gaps
remit.transfer { functions = { id = "chc" }, place = "north", split = { share = "8%", by = "posts" }, receiver = "trust", golive = "2026-01" }  --> error: transfer: split goes by one of by, share
