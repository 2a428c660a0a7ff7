-- SPDX-License-Identifier: Apache-2.0
-- The register of duties that ships, on NENC.

local check <const> = require "check"
local remit <const> = require "remit"

local base <const> = remit.load "examples/nenc"

local function statuses(model)
  local by <const> = {}
  for row in model:duties():rows() do
    by[row.duty] = row.status
  end
  return by
end

check.test("the_register_has_the_thirteen_and_two_more_each_with_functions", function()
  local count = 0
  for row in base:duties():rows() do
    count = count + 1
    check.ok(row.functions ~= remit.none, row.duty)
    check.same(row.status, "open")
  end
  check.same(count, 15)
end)

check.test("where_accountability_stays_every_duty_has_its_owner_wherever_it_is_delivered", function()
  local model <const> = base:assign(remit.subsidiarity "examples/nenc/rules/subsidiarity.csv")
  for duty, status in pairs(statuses(model)) do
    check.same({ duty, status }, { duty, "pass" })
  end
  local eprr <const> = model:duties():get("category_1", "evidence")
  check.same(eprr, "eprr delivered at region, accountability stays")
end)

check.test("a_duty_fails_when_accountability_goes_with_one_of_its_functions", function()
  local model <const> = base:assign(remit.subsidiarity { rules = {
    { criterion = "fn", test = "research", sets = "accountable = region", why = "as an example" } } })
  local by <const> = statuses(model)
  check.same({ by.research_duty, by.innovation, by.climate }, { "fail", "fail", "pass" })
end)
