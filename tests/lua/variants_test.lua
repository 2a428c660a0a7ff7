-- SPDX-License-Identifier: Apache-2.0
-- Variants of a scenario: where only amounts and months differ no line is read again, and figures are those of a scenario written down afresh.

local check <const> = require "check"
local kept <const> = require "remit.kept"
local remit <const> = require "remit"
local total <const> = require "remit.total"

local base <const> = remit.load "examples/nenc"

local function changes_of(cut, golive)
  return {
    remit.close { id = "vacancies", posts = { vacant = true }, share = "60%", from = "2025-10", why = "held" },
    remit.scale { id = "cut", lines = { fn = { blueprint = "retain" } }, protect = { fn = "quality" }, change = cut, take = { "vacancies", "nonpay", "posts" },
      from = "2026-01", why = "less" },
    remit.scale { id = "target", lines = { fn = "estates", kind = "nonpay" }, target = 10000, from = "2025-12", why = "a stated budget" },
    remit.move { id = "moved", posts = { fn = "eprr" }, into = { group = "insights" }, from = "2025-10", why = "lead" },
    remit.add { id = "added", posts = { { fn = "phm", band = "7", wte = 1, group = "insights" } }, from = "2026-03", why = "grow" },
    remit.set { id = "named", functions = { id = "green" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided" },
    remit.transfer { id = "sent", functions = { id = "pc_ops" }, place = "sunderland", split = { population = "registered" }, receiver = "stsft",
      shadow = "2026-01", golive = golive, double_running = "20%", stranded = { share = "10%", months = 6 }, why = "workshop" },
  }
end

local function open_plan()
  return base:scenario("Open", { changes = changes_of(remit.param { id = "cut", default = "-5%" }, remit.param { id = "golive", default = "2026-04" }) })
end

local QUESTIONS <const> = { { at = "2026-02" }, { at = "2026-06", where = { group = "insights" } }, { at = "2026-06", period = "in_year" },
  { at = "2026-06", where = { fn = { blueprint = "grow" } }, period = "part_year" }, { period = "recurrent" } }

local function same_figures(model, other)
  for _, spec in ipairs(QUESTIONS) do
    check.same(total.exact(model, "cost", spec), (total.exact(other, "cost", spec)))
  end
  check.same(total.exact(model, "wte", { at = "2026-06" }), (total.exact(other, "wte", { at = "2026-06" })))
  check.same(model:ledger({ from = "2026-03", to = "2026-08" }):csv(), other:ledger({ from = "2026-03", to = "2026-08" }):csv())
end

check.test("a_variant_has_the_figures_of_the_same_scenario_written_down_afresh", function()
  local plan <const> = open_plan()
  for _, cut in ipairs { "-1%", "-14.5%", "0%", "-90%" } do
    for _, golive in ipairs { "2026-04", "2026-09", "2025-12" } do
      local shadow <const> = golive == "2025-12" and "2025-11" or "2026-01"
      local model <const> = plan:amend("sent", { shadow = shadow }):with { params = { cut = cut, golive = golive } }
      local list <const> = changes_of(cut, "2027-01")
      list[#list] = nil
      local afresh <const> = base:scenario("Afresh", { changes = list }):with { add = { remit.transfer { id = "sent", functions = { id = "pc_ops" },
        place = "sunderland", split = { population = "registered" }, receiver = "stsft", shadow = shadow, golive = golive, double_running = "20%",
        stranded = { share = "10%", months = 6 }, why = "workshop" } } }
      same_figures(model, afresh)
    end
  end
end)

check.test("a_variant_of_a_stack_selects_again_where_the_list_below_has_left_less", function()
  local below <const> = base:scenario("Below", { changes = {
    remit.close { id = "gone", lines = { fn = "chc" }, share = remit.param { id = "gone", default = "50%" }, from = "2025-12", why = "as an example" },
    remit.move { id = "moved", lines = { fn = "eprr" }, into = { group = "insights" }, from = remit.param { id = "moves", default = "2026-01" }, why = "lead" },
  } })
  local top <const> = { changes = {
    remit.scale { id = "rest", lines = { group = "insights" }, change = "-10%", from = "2026-03", why = "less" },
    remit.scale { id = "half", lines = { fn = "chc" }, target = 0, from = "2026-03", why = "nothing" },
  } }
  local plan <const> = below:scenario("Top", top)
  for _, params in ipairs { { gone = "100%" }, { gone = "0%" }, { moves = "2026-06" }, { gone = "99%", moves = "2025-11" } } do
    local model <const>, afresh <const> = plan:with { params = params }, below:with({ params = params }):scenario("Afresh", top)
    for _, spec in ipairs { { at = "2026-04" }, { at = "2026-04", where = { group = "insights" } }, { at = "2026-07", where = { fn = "eprr" } } } do
      check.same(total.exact(model, "cost", spec), (total.exact(afresh, "cost", spec)))
    end
    check.same(model:changes():csv(), (afresh:changes():csv():gsub("Afresh", "Top")))
  end
end)

check.test("a_variant_of_a_stack_selects_again_where_the_list_below_decides_otherwise", function()
  local below <const> = base:scenario("Below", { changes = {
    remit.set { id = "named", functions = { id = "green" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided" },
    remit.scale { id = "less", lines = { fn = "chc" }, change = "-1%", from = "2026-01", why = "as an example" },
  } })
  local top <const> = { changes = { remit.close { id = "gone", lines = { fn = { blueprint = "grow" } }, from = "2026-03", why = "as an example" } } }
  local plan <const> = below:scenario("Top", top)
  for _, into in ipairs { "retain", "review", "grow" } do
    local model <const> = plan:amend("named", { into = { blueprint = into } })
    local afresh <const> = below:amend("named", { into = { blueprint = into } }):scenario("Afresh", top)
    check.same(model:total("cost", { at = "2026-04" }), afresh:total("cost", { at = "2026-04" }))
  end
end)

local function scans(model)
  return kept.of(model):stats().scans
end

check.test("other_amounts_and_months_read_no_line_again", function()
  local plan <const> = open_plan()
  plan:total("cost", { at = "2026-06" })
  local before <const> = scans(plan)
  for step = 1, 20 do
    for _, model in ipairs { plan:with { params = { cut = -step / 100, golive = ("2026-%02d"):format(step % 9 + 2) } },
      plan:amend("vacancies", { share = step / 20, from = "-1 month" }) } do
      model:total("cost", { at = "2026-08" })
      check.same(scans(model), before)
    end
  end
end)

check.test("a_sweep_has_the_figures_of_its_variants", function()
  local plan <const> = open_plan()
  local swept <const> = plan:sweep { param = "cut", values = { from = "0%", to = "-12.5%", step = "-2.5%" }, measures = { "cost", "wte" }, at = "2026-06",
    period = "in_year" }
  for row = 1, 6 do
    local model <const> = plan:with { params = { cut = -0.025 * (row - 1) } }
    check.same(swept:get(row, "cost"), model:total("cost", { at = "2026-06", period = "in_year" }))
    check.same(swept:get(row, "wte"), model:total("wte", { at = "2026-06" }))
  end
end)
