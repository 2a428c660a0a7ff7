-- SPDX-License-Identifier: Apache-2.0
-- Rankings of workshop tables, pooled.

local check <const> = require "check"
local remit <const> = require "remit"

check.test("points_of_all_items_add_up_to_what_the_tables_give", function()
  math.randomseed(11)
  for _ = 1, 200 do
    local items <const>, tables <const> = { "a", "b", "c", "d", "e", "f" }, {}
    for number = 1, 4 do
      local list <const>, left <const> = {}, table.move(items, 1, #items, 1, {})
      for _ = 1, math.random(1, 4) do
        local entry = table.remove(left, math.random(#left))
        if #left > 1 and math.random() < 0.3 then
          entry = { entry, table.remove(left, math.random(#left)) }
        end
        list[#list + 1] = #left > 0 and entry or nil
      end
      tables["T" .. number] = list
    end
    local sum, last = 0, math.huge
    for row in remit.rank({ tables = tables, items = items }):rows() do
      sum = sum + row.points
      check.ok(row.points <= last)
      last = row.points
    end
    check.same(sum, 4 * (5 + 4 + 3 + 2 + 1 + 0.0))
  end
end)

check.test("the_order_of_what_ties_does_not_matter_to_points", function()
  local one <const> = remit.rank { tables = { I = { "a", { "b", "c" } }, II = { "c" } } }
  local other <const> = remit.rank { tables = { I = { "a", { "c", "b" } }, II = { "c" } } }
  for _, item in ipairs { "a", "b", "c" } do
    check.same(one:get(item, "points"), other:get(item, "points"))
    check.same(one:get(item, "rank"), other:get(item, "rank"))
  end
end)
