-- SPDX-License-Identifier: Apache-2.0
-- What a plan means for people, on NENC: every WTE has one action, parts add up, and a figure is explained from the base on.

local check <const> = require "check"
local remit <const> = require "remit"

local base <const> = remit.load("examples/nenc"):classify(remit.decision_table "examples/nenc/rules/classify.csv")
local plan <const> = base:scenario("Plan", { changes = {
  remit.close { id = "vacancies", posts = { vacant = true, fn = "not(safeguarding, chc)" }, from = "2025-10", why = "vacancies held" },
  remit.scale { id = "hope", lines = { fn = "phm" }, measure = "cost", change = "-3%", from = "2026-01", why = "it will be found" },
  remit.scale { id = "streamline", lines = { fn = { blueprint = "retain" } }, change = "-25%", take = { "nonpay", "posts" }, from = "2026-01",
    why = "do some at scale" },
  remit.close { id = "one team", posts = { fn = "core_ops", band = ">= 8a", vacant = false }, share = "30%", route = "voluntary", from = "2025-12",
    why = "one team" },
  remit.move { id = "eprr", posts = { fn = "eprr" }, into = { group = "corporate" }, from = "2025-11", why = "interim lead" },
  remit.add { id = "analysts", posts = {
      { title = "Analyst", fn = "phm", group = "insights", fund = "running", band = "7", point = "entry", wte = 1 },
      { title = "Analyst", fn = "phm", group = "insights", fund = "running", band = "7", point = "entry", wte = 1 } },
    from = "2026-04", why = "grow" },
  remit.regrade { id = "spans", posts = { fn = "corp_gov", band = "8b" }, band = "8a", from = "2026-04", why = "wider spans" },
  remit.transfer { id = "sunderland", functions = { id = "pc_ops, nbhd_partnerships" }, place = "sunderland", split = { population = "registered" },
    receiver = "stsft", shadow = "2026-04", golive = "2027-04", resource = "50%", staff = { tupe = "60%", close = "40%" }, double_running = "25%",
    stranded = { share = "8%", months = 12 }, ready = { form = false, dates = true }, why = "ranked first" },
} })

-- On top of it, with posts that are regraded, part closed and moved again.
local further <const> = base:scenario("Further", { extends = plan, changes = {
  remit.close { id = "a tenth", posts = { fn = "phm, corp_gov" }, share = "10%", from = "2026-06", why = "fewer" },
  remit.regrade { id = "down", posts = { fn = "phm", band = "8a, 8b" }, band = "7", from = "2026-06", why = "narrower" },
  remit.move { id = "home", posts = { fn = "eprr" }, into = { group = "insights" }, from = "2027-01", why = "back again" },
} })

local MONTHS <const> = { "2025-06", "2025-10", "2026-01", "2026-04", "2027-04", "2028-06" }

local function near(a, b, what)
  check.ok(math.abs(a - b) < 0.00001, ("%s: %s against %s"):format(what, a, b))
end

local function sum_of(result, column)
  local sum = 0
  for row in result:rows() do
    sum = sum + row[column]
  end
  return sum
end

check.test("every_wte_has_one_action_before_and_in_the_month", function()
  for _, model in ipairs { plan, further } do
    for _, month in ipairs(MONTHS) do
      for _, by in ipairs { {}, { "group" }, { "fn.class", "place" } } do
        local result <const> = model:actions { at = month, by = by }
        near(sum_of(result, "wte_before"), base:total "wte", month .. " before")
        near(sum_of(result, "wte"), model:total("wte", { at = month }), month .. " in it")
      end
    end
  end
end)

check.test("the_list_of_actions_has_every_part_of_a_post_once", function()
  local result <const> = plan:actions { at = "2027-04", list = true }
  near(sum_of(result, "wte"), base:total "wte", "before")
  local by <const> = {}
  for row in result:rows() do
    by[row.action] = (by[row.action] or 0) + row.wte
  end
  for row in plan:actions({ at = "2027-04" }):rows() do
    near(by[row.action] or 0, row.wte_before, row.action)
  end
end)

check.test("actions_follow_the_months", function()
  local function posts(month, action)
    return plan:actions({ at = month }):get(action, "posts")
  end
  check.same(posts("2025-06", "closed"), 0)
  check.ok(posts("2025-10", "closed") > 0)
  check.same({ posts("2026-03", "new"), posts("2026-04", "new") }, { 0, 2 })
  check.same({ posts("2027-03", "transferred"), posts("2027-04", "transferred") }, { 0, 31 })
end)

check.test("a_move_to_where_a_post_is_already_is_none", function()
  local function moved(model, month)
    local listed <const> = model:actions({ at = month }):get("moved", "wte")
    near(listed, model:impact({ at = month }):get(1, "moved") + model:total("vacancies", { at = month, where = { fn = "eprr" } }), month)
    return listed
  end
  check.ok(moved(further, "2026-06") > 10)
  check.same(moved(further, "2027-01"), 0.0)
  check.same(moved(plan:amend("eprr", { into = { group = "insights" } }), "2026-06"), 0.0)
end)

check.test("what_it_means_for_people_adds_up_over_groups", function()
  local whole <const> = plan:impact { at = "2027-04" }
  local parts <const> = plan:impact { at = "2027-04", by = { "group" } }
  for _, column in ipairs { "closed", "transferring", "regraded", "moved", "one_off_low", "one_off_high" } do
    near(sum_of(parts, column), whole:get(1, column), column)
  end
end)

-- What stands below a frame about the groups that it leaves out: how many, and of how many.
local function left_out(result)
  local found <const>, of <const> = tostring(result):match "Untouched, and not shown: (%d+) of (%d+) groups%."
  return tonumber(found) or 0, tonumber(of)
end

check.test("groups_that_nothing_touches_are_counted_instead_of_shown", function()
  local one <const> = base:scenario("One", { changes = { remit.close { posts = { fn = "eprr" }, from = "2026-01", why = "as an example" },
    remit.move { posts = { fn = "payer" }, into = { group = "corporate" }, from = "2026-03", why = "as an example" } } })
  local functions <const> = #base:pivot { measures = { "in_post" }, by = { "fn" }, where = { kind = "pay", vacant = false } }
  for month, touched in pairs { ["2025-12"] = {}, ["2026-02"] = { eprr = true }, ["2026-04"] = { eprr = true, payer = true } } do -- each by itself
    local result <const>, shown = one:impact { at = month, by = { "fn" } }, 0
    for row in result:rows() do
      shown = shown + 1
      check.ok(touched[row.fn], row.fn)
    end
    local idle <const>, of <const> = left_out(result)
    check.same(shown + idle, functions)
    check.same(of, functions)
    check.same(shown, (touched.eprr and 1 or 0) + (touched.payer and 1 or 0))
    check.same(sum_of(result, "closed") + sum_of(result, "moved"), one:impact({ at = month }):get(1, "closed") + one:impact({ at = month }):get(1, "moved"))
  end
  local all <const> = one:impact { at = "2026-02", by = { "fn" }, all = true }
  check.same(#all, functions)
  check.same(left_out(all), 0)
  check.same(all:get("quality", "closed"), 0.0)
  check.same(#one:impact { at = "2025-12" }, 1) -- one row for everybody says that nothing happens
end)

check.test("who_leaves_is_no_longer_in_post_in_both_packs", function()
  for name, receiver in pairs { nenc = "stsft", surrey = "sash" } do -- each by itself: order does not matter
    local model <const> = remit.load("examples/" .. name)
    local leaving <const> = model:scenario("Leaving", { changes = {
      remit.scale { functions = { blueprint = "retain" }, change = "-60%", take = { "vacancies", "nonpay", "posts" }, from = "2026-01", why = "at scale" },
      remit.scale { lines = { fn = { blueprint = "grow" } }, change = "-10%", measure = "wte", from = "2026-01", why = "less" },
      remit.transfer { functions = { id = "pc_ops" }, receiver = receiver, golive = "2026-06", staff = { tupe = "60%", close = "40%" },
        why = "ranked first" } } })
    for _, at in ipairs { "2026-01", "2026-06" } do
      local gone <const> = model:total "in_post" - leaving:total("in_post", { at = at })
      local impact <const> = leaving:impact { at = at }
      check.ok(gone > 0 and math.abs(impact:get(1, "closed") + impact:get(1, "transferring") - gone) < 2e-6, ("%s in %s"):format(name, at))
    end
    check.same(leaving:total("vacancies", { at = "2026-01", where = { fn = { blueprint = "retain" } } }), 0)
  end
end)

check.test("people_of_a_transfer_go_or_are_closed_as_it_says", function()
  local row <const> = plan:cost_shift():rows()()
  local only <const> = plan:with { drop = { "vacancies", "hope", "streamline", "one team", "eprr", "analysts", "spans" } }
  local whole <const> = only:impact { at = "2028-06" }
  check.ok(whole:get(1, "transferring") > 0)
  near(whole:get(1, "closed") * 60, whole:get(1, "transferring") * 40, "40 to 60")
  near(row.staff, only:cost_shift():rows()().staff, "staff")
  near(whole:get(1, "transferring"), row.staff, "as the test of cost shift has it")
end)

check.test("leaving_costs_the_same_in_both_tables", function()
  local leaving <const>, whole <const> = plan:redundancy { at = "2027-04" }, plan:impact { at = "2027-04" }
  near(sum_of(leaving, "low"), whole:get(1, "one_off_low"), "low")
  near(sum_of(leaving, "high"), whole:get(1, "one_off_high"), "high")
  check.same(leaving:get("one team", "route"), "Voluntary redundancy")
  check.same(leaving:get("one team", "decide"), "2025-09")
end)

check.test("an_unidentified_saving_is_the_pay_part_of_a_scale_of_cost", function()
  local result <const> = plan:unidentified { at = "2027-04" }
  check.same(#result, 1)
  local held <const> = plan:with { drop = { "hope" } }
  near(result:get("hope", "saving"), held:total("pay", { at = "2027-04", where = { fn = "phm", id = "not(*analysts*)" } })
    - plan:total("pay", { at = "2027-04", where = { fn = "phm", id = "not(*analysts*)" } }), "amount")
  check.same(#plan:unidentified { at = "2025-12" }, 0)
end)

local function figure(model, name, at)
  return model:total(name, { at = at, where = { fn = { blueprint = "retain" } } })
end

check.test("what_kinds_gave_is_what_they_lack_and_comes_to_the_cut", function()
  for name, at in pairs { nenc = "2026-04", surrey = "2026-04" } do -- each by itself: order does not matter
    local model <const> = remit.load("examples/" .. name)
    local cut <const> = model:scenario("Cut", { changes = { remit.scale { id = "cut", lines = { fn = { blueprint = "retain" } }, change = "-45%",
      take = { "nonpay", "vacancies", "posts" }, from = "2026-01", why = "less" } } })
    local result <const> = cut:taken { at = at }
    check.same({ result:get(1, "kind"), result:get(2, "kind"), result:get(3, "kind") }, { "nonpay", "vacancies", "posts" })
    near(result:get(1, "taken"), model:total("nonpay", { where = { fn = { blueprint = "retain" } } }) - figure(cut, "nonpay", at), name .. " non-pay")
    near(result:get(2, "wte"), figure(model, "vacancies") - figure(cut, "vacancies", at), name .. " vacancies")
    near(result:get(3, "wte"), figure(model, "in_post") - figure(cut, "in_post", at), name .. " in post")
    near(result:get(3, "left"), figure(cut, "pay", at) - result:get(2, "left"), name .. " left")
    check.ok(math.abs(sum_of(result, "taken") - 0.45 * figure(model, "cost")) < 0.0051, name .. " in all")
    if name == "nenc" then
      check.same(result:get(3, "people"), cut:impact({ at = at }):get(1, "closed_people"))
    end
  end
end)

check.test("a_cut_takes_from_what_the_lists_below_and_other_changes_of_its_own_leave", function()
  local cut <const> = plan:taken { at = "2027-04" }
  local without <const> = plan:with { drop = { "streamline" } }
  local where <const> = { fn = { blueprint = "retain" }, kind = "nonpay" }
  near(cut:get(1, "was"), without:total("cost", { at = "2027-04", where = where }), "was there")
  near(cut:get(1, "left"), plan:total("cost", { at = "2027-04", where = where }), "left")
  check.same(#plan:taken { at = "2025-12" }, 0)
  near(further:taken({ at = "2027-04" }):get(2, "was"), cut:get(2, "was"), "a list on top changes nothing of it")
end)

check.test("the_check_of_what_is_taken_has_a_limit_that_can_be_set", function()
  local function status(more)
    return plan:checks({ at = "2027-04", max_taken = more }):get("taken", "status")
  end
  local share <const> = plan:taken({ at = "2027-04" }):get(1, "share")
  check.ok(share > 0.5, tostring(share))
  check.same({ status(), status "100%", status(remit.param { id = "most", default = "100%" }), status(share - 0.0001) }, { "open", "pass", "pass", "open" })
end)

-- ---- A figure explained ----

local function pence(text)
  local bare <const> = text:gsub("[£,+]", "")
  return math.floor(tonumber(bare) * 100 + 0.5)
end

local function explained(model, month, where)
  local sum, last = 0, nil
  for _, line in ipairs(model:explain("cost", { at = month, where = where }).lines) do
    last = pence(line.value)
    sum = sum + (line.head ~= "=>" and last or 0)
  end
  check.same(sum, last)
  check.same(last, math.floor(model:total("cost", { at = month, where = where }) * 100 + 0.5))
end

check.test("a_figure_is_the_base_and_what_each_change_did", function()
  for _, model in ipairs { plan, further } do
    for _, month in ipairs(MONTHS) do
      for _, where in ipairs { {}, { group = "insights" }, { group = "corporate" }, { band = "8a" }, { band = "7" }, { fn = { class = "retain" } },
        { vacant = true } } do
        explained(model, month, where)
      end
    end
  end
end)

check.test("the_lines_of_a_change_come_to_its_effect", function()
  for _, id in ipairs { "vacancies", "streamline", "one team", "eprr", "analysts", "spans", "sunderland" } do
    local effect = "£0.00"
    for _, line in ipairs(plan:explain("cost", { at = "2027-06", where = { group = "corporate" } }).lines) do
      effect = line.head == id and line.value or effect
    end
    local lines <const> = plan:explain("cost", { at = "2027-06", where = { group = "corporate" }, change = id, lines = 2 }).lines
    check.same(lines[#lines].value, effect, id)
  end
end)

check.test("what_every_post_costs_is_what_its_components_come_to", function()
  for _, name in ipairs { "nenc", "surrey" } do
    local model, rated = remit.load("examples/" .. name), 0
    for row in model:pivot({ measures = { "cost", "vacancies" }, by = { "id" } }):rows() do
      local sum, last = 0, nil
      for _, line in ipairs(model:explain(row.id, "cost").lines) do
        last = line.head == "=>" and line.amount or last
        sum = sum + ((line.head == "=>" or line.head == "vacant") and 0 or line.amount)
      end
      rated = rated + (sum ~= 0 and 1 or 0)
      near(last, row.cost, row.id)
      near(sum, sum ~= 0 and row.cost or 0, row.id .. " by components")
    end
    check.same(rated, model:health():where({ finding = "posts costed from the rates" }):get(1, "count"))
  end
end)

-- ---- The cap ----

local cap <const> = remit.envelope { id = "cap", per_head = 25.9, population = 3623081, population_basis = "allocation", due = "2025-07" }

check.test("the_first_month_within_the_cap_is_within_it_and_the_one_before_is_not", function()
  local first <const> = cap:first_ok(plan)
  check.same(first, "2026-01")
  local result <const> = cap:check(plan, { at = { "2025-12", first } })
  check.same({ result:get(1, "result"), result:get(2, "result") }, { "BREACH", "ok" })
  local none <const>, message <const> = cap:first_ok(base)
  check.same({ none, message }, { nil, "no month is within the cap" })
end)

check.test("the_excess_is_a_twelfth_of_every_month_above_the_cap", function()
  local sum = 0
  for row in cap:check(plan, { by = "month", from = "2025-07", to = "2025-12" }):rows() do
    sum = sum + row.vs_cap / 12
  end
  local text <const> = tostring(cap:check(plan, { at = { "2026-01" } }))
  check.ok(text:find(("First compliant month 2026-01. Excess July 2025 to December 2025: £%.1fm. Cap due from 2025-07."):format(sum / 1000000), 1, true), text)
end)

check.test("money_handed_over_inside_the_cap_counts_and_is_not_disputed", function()
  local inside <const> = plan:amend("sunderland", { inside_cap = true })
  local outside_row <const> = cap:check(plan, { at = { "2028-06" } }):rows()()
  local inside_row <const> = cap:check(inside, { at = { "2028-06" } }):rows()()
  near(inside_row.vs_cap, outside_row.vs_cap_with, "the same figure")
  check.same(inside_row.vs_cap_with, nil)
  near(inside_row.cost - outside_row.cost, plan:ledger({ from = "2028-06", to = "2028-06" }):get(1, "resource"), "what is handed over")
end)

-- ---- Checks ----

check.test("checks_know_the_plan", function()
  local result <const> = plan:checks { at = "2027-04", envelope = cap, own = {
    { id = "safe", measure = "wte", where = { fn = "safeguarding" }, at_least = 40 },
    remit.check { id = "few", measure = "posts", at_most = 10, principle = "simple" },
    { id = "asked", principle = "technology", test = function(model, at) return model:total("wte", { at = at }) > 0, "asked" end },
  } }
  local function status(id)
    return result:get(id, "status")
  end
  check.same({ status "envelope", status "unidentified", status "readiness", status "closure", status "reasons" },
    { "pass", "open", "fail", "fail", "pass" })
  check.same({ status "safe", status "few", status "simple", status "technology", status "learning" }, { "pass", "fail", "fail", "pass", "open" })
  check.same(plan:checks({ at = "2026-10" }):get("readiness", "status"), "open")
end)
