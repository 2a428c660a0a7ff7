local tiny <const> = require "tiny"

-- Slips of the pen that would have had a figure: what a pack refuses, an add refuses too, and a share is no more than all.
local base <const> = tiny.load { organisations = "id,name,type,employer_type\ntrust,The Trust,provider,nhs\n" }
local function with(posts, lines)
  return { changes = { remit.add { id = "new", posts = posts, lines = lines, from = "2026-04", why = "x" } } }
end
local function analyst(wte)
  return { title = "Analyst", fn = "digital", band = "7", fund = "running", wte = wte }
end
base:scenario("Plan", with { analyst(37.5) })  --> error: add 'new': a post of this pack has at most 1.0 WTE, not 37.5
-->   hours a week? 37.5 are 1
base:scenario("Plan", with { analyst(1), analyst(1.5) })  --> error: add 'new': row 2: a post of this pack has at most 1.0 WTE, not 1.5
-->   several posts are a row each
base:scenario("Plan", with { analyst "1" })  --> error: add 'new': wte is a number, not the text '1'
-->   a figure stands without quotes, £ and commas: 1
base:scenario("Plan", with { analyst(0.5), analyst "0,5" })  --> error: add 'new': row 2: wte is a number, not the text '0,5'
-->   a figure has a decimal point and no quotes: 0.5
base:scenario("Plan", with(nil, { { kind = "income", fn = "digital", cost = 1000 } }))  --> error: add 'new': income reduces cost: write it as a negative figure
-->   cost = -1000
base:scenario("Plan", with(nil, { { kind = "vacancy_factor", fn = "digital", cost = 1000.5 } }))  --> error: add 'new': vacancy factor reduces cost: write it as a negative figure
-->   cost = -1000.50
base:scenario("Plan", with(nil, { { kind = "nonpay", fn = "digital", cost = "1,000" } }))  --> error: add 'new': cost is a number, not the text '1,000'
-->   a figure stands without quotes, £ and commas: 1000
remit.move { posts = { fn = "chc" }, into = { band = "7" }, from = "2026-04", why = "x" }  --> error: move: into.band is nothing to move into: lines move to another function, place, group or fund
-->   regrade gives posts another band, and what that costs
remit.move { posts = { fn = "chc" }, into = { group = "strategy", vacant = "true" }, from = "2026-04", why = "x" }  --> error: move: into.vacant is nothing to move into: lines move to another function, place, group or fund
-->   close ends posts; a new vacancy is an add with in_post = 0
remit.scale { lines = { fn = "chc" }, change = "-5%", take = { "posts", "nonpay", "posts" }, from = "2026-04", why = "x" }  --> error: scale: take: 'posts' is there twice
remit.scale { lines = { fn = "chc" }, change = "-15", from = "2026-04", why = "x" }  --> error: scale: change is a percentage such as "-15%", or a number or a remit.param (by how much: "-15%"), not '-15'
-->   no percent sign
remit.scale { lines = { fn = "chc" }, change = "-1,5%", from = "2026-04", why = "x" }  --> error: scale: change is a percentage such as "-15%", or a number or a remit.param (by how much: "-15%"), not '-1,5%'
-->   not a number. Decimal comma?
remit.scale { lines = { fn = "chc" }, target = "1234,50", from = "2026-04", why = "x" }  --> error: scale: target is a number or a remit.param (or the figure that it must come to, £ a year or WTE), not a string
-->   a figure has a decimal point and no quotes: 1234.50
remit.envelope { id = "cap", per_head = "18,76", population = 3623081, population_basis = "allocation" }  --> error: envelope: per_head is a number or a remit.param (the cap, pounds a head), not a string
-->   a figure has a decimal point and no quotes: 18.76
local plan <const> = base:scenario("Plan", { changes = {
  remit.transfer { id = "chc", functions = { id = "chc" }, receiver = "trust", golive = "2026-04", why = "x" },
} })
base:scenario("Plan", { changes = { remit.close { functions = { fn = "chc" }, from = "2026-04", why = "x" } } })  --> error: close: fn has no attribute 'fn'. It has: id, name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole
-->   a member by its id: { id = "..." }
plan:cost_shift { min_saving = 50 }  --> error: min_saving: a share is between 0% and 100%, not 50
plan:checks { at = "2026-04", min_saving = 50 }  --> error: min_saving: a share is between 0% and 100%, not 50
-- What takes no question does not pass one over.
plan:duties { at = "2027-04" }  --> error: duties takes nothing: it says the same whatever it is given
-->   model:duties()
plan:readiness { at = "2027-04" }  --> error: readiness takes nothing: it says the same whatever it is given
-->   model:readiness()
plan:health { at = "2027-04" }  --> error: health takes nothing: it says the same whatever it is given
-->   model:health()
plan:sweep { change = "chc", field = "golive", values = { from = "2026-06", to = "2026-04" }, at = "2026-06" }  --> error: values: a step of 1 month does not lead from 2026-06 to 2026-04
-->   values = { from = "0%", to = "-30%", step = "-5%" }
-->   values = { "2026-10", "2027-04" }
