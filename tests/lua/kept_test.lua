-- SPDX-License-Identifier: Apache-2.0
-- Kept sums as remit.stats counts them.

local check <const> = require "check"
local remit <const> = require "remit"

check.test("a model that was collected is not counted, and no error", function()
  collectgarbage()
  remit.load "examples/nenc":total "wte"
  collectgarbage()
  check.ok(remit.stats():get(3, "count") >= 0)
end)
