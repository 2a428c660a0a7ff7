-- SPDX-License-Identifier: Apache-2.0
-- What posts cost, against figures worked out elsewhere.

local check <const> = require "check"
local core <const> = require "remit.core"
local remit <const> = require "remit"

local function vectors()
  local iterator <const> = assert(core.csv.records { path = "tests/data/full_cost_per_wte_2025_26.csv" })
  local heading <const>, list <const> = iterator(), {}
  for fields in iterator do
    local vector <const> = {}
    for index, name in ipairs(heading) do
      vector[name] = fields[index]
    end
    list[#list + 1] = vector
  end
  return list
end

local function pence(text)
  return (assert(core.number.parse(text, { decimals = 2 })))
end

local parts <const> = { { "salary", "salary" }, { "employer_ni", "national_insurance" }, { "pension_14_38", "pension" },
  { "app_levy_0_5", "apprenticeship_levy" } }

check.test("every_point_of_2025_26_costs_what_the_check_vectors_say_to_the_penny", function()
  local employer <const> = remit.rates { year = "2025/26" }
  local economic <const> = remit.rates { year = "2025/26", view = "economic" }
  local list <const> = vectors()
  check.same(#list, 29)
  for _, vector in ipairs(list) do
    local name <const> = vector.band .. " " .. vector.point
    local salary <const> = assert(employer:salary_pence(vector.band, vector.point))
    local own <const> = assert(employer:components(salary, 1000000, "nhs"))
    for _, pair in ipairs(parts) do
      check.same({ name, pair[2], own[pair[2]] }, { name, pair[2], pence(vector[pair[1]]) })
    end
    check.same({ name, own.total }, { name, pence(vector.full_cost_employer_view_14_38) })
    local both <const> = assert(economic:components(salary, 1000000, "nhs"))
    check.same({ name, both.pension_full }, { name, pence(vector.pension_full_23_78) })
    check.same({ name, both.total }, { name, pence(vector.full_cost_economic_view_23_78) })
  end
end)

check.test("two_half_time_posts_cost_750_pounds_less_national_insurance_than_one", function()
  local rates <const> = remit.rates { year = "2025/26" }
  local whole <const>, half <const> = rates:cost { band = "8a", point = "top" }, rates:cost { band = "8a", point = "top", wte = 0.5 }
  check.same(whole.total, 80661.38)
  check.same(("%.2f"):format(whole.national_insurance - 2 * half.national_insurance), "750.00")
end)

check.test("a_post_of_two_wte_is_two_employments", function()
  local rates <const> = remit.rates { year = "2025/26" }
  check.same(rates:cost({ band = "8a", point = "top", wte = 2 }).national_insurance, 2 * 8652.30)
end)

check.test("pay_below_the_threshold_bears_no_national_insurance", function()
  check.same(remit.rates { year = "2025/26" }:cost({ salary = 20000, wte = 0.2 }).national_insurance, 0.0)
end)

check.test("a_council_pays_a_further_two_and_a_half_per_cent_of_pension", function()
  local rates <const> = remit.rates { year = "2025/26" }
  local nhs <const>, council <const> = rates:cost { salary = 40000 }, rates:cost { salary = 40000, employer_type = "council" }
  check.same(council.pension - nhs.pension, 1000.0)
end)

check.test("what_the_rates_do_not_know_is_said", function()
  local rates <const> = remit.rates { year = "2025/26" }
  check.fails(function() rates:cost { band = "vsm" } end, "band vsm has no pay points in 2025/26: give the post its cost")
  check.fails(function() rates:cost { band = "8a", point = "middle" } end, "no pay point 'middle' in band 8a")
  check.fails(function() rates:cost { salary = 1, employer_type = "charity" } end, "no on%-costs for employer type 'charity'")
  check.fails(function() remit.rates { year = "2031/32" } end, "no pay points for 2031/32")
  check.fails(function() remit.rates { year = "next" } end, "year")
end)
