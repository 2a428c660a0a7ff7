-- SPDX-License-Identifier: Apache-2.0
-- Section 16 redundancy pay: the published vectors, and the data that it comes from.

local check <const> = require "check"
local redundancy <const> = require "remit.redundancy"
local remit <const> = require "remit"

check.test("section_16_vectors", function()
  for _, vector in ipairs { { 62400, 20, 104000 }, { 62682, 24, 125364 }, { 80000, 24, 160000 }, { 95000, 24, 160000 }, { 80000, 31, 160000 },
    { 22000, 5, 9583.33 }, { 50000, 1, 0 }, { 50000, 0, 0 }, { 50000, 2, 8333.33 } } do
    check.same(remit.redundancy { pay = vector[1], years = vector[2] }, vector[3] + 0.0)
  end
end)

check.test("the_floor_and_the_cap_are_of_full_time_pay", function()
  check.same(remit.redundancy { pay = 22000, years = 12, wte = 0.5 }, 11500.0)
  check.same(remit.redundancy { pay = 90000, years = 12, wte = 0.5 }, 40000.0)
end)

check.test("terms_and_routes_say_where_they_are_from", function()
  local terms <const> = redundancy.terms()
  check.same(terms.redundancy_pay_cap.value, 80000000000)
  check.ok(terms.redundancy_pay_cap.source:find "section 16")
  local routes <const>, default <const> = redundancy.routes()
  check.same({ default, routes.voluntary.pays, routes.turnover.pays, routes.compulsory.against_cap }, { "compulsory", true, false, false })
end)

check.test("what_is_no_person_is_refused", function()
  check.fails(function() remit.redundancy { pay = -1, years = 2 } end, "not below 0")
  check.fails(function() remit.redundancy { pay = 1, years = -2 } end, "not below 0")
end)
