-- SPDX-License-Identifier: Apache-2.0
-- A pack in another ICB's words: fifteen workstreams, a crosswalk on to the shipped functions, four places.     remit run examples/surrey/demo.lua

local remit <const> = require "remit"

local HERE <const> = arg and arg[0] and arg[0]:match("^(.*)/[^/]*$") or "examples/surrey"

local function heading(text)
  print(("\n== %s ==\n"):format(text))
end

local base <const> = remit.load(HERE)
local walk <const> = remit.crosswalk(HERE .. "/crosswalk.csv")

heading "What was loaded"
print(base:info())

heading "By workstream, in the pack's own words"
local measures <const> = { "pay", "nonpay", "cost", "wte", "in_post", "posts" }
print(base:pivot { measures = measures, by = { "directorate" }, totals = true })

heading "The same by function"
print(base:pivot { measures = { "pay", "nonpay", "cost", "wte", "in_post" }, by = { "fn" }, totals = true })

heading "How the words found their functions"
print(walk:coverage(base))

heading "By place"
print(base:pivot { measures = { "cost", "wte", "posts" }, by = { "place" }, totals = true })
print(base:dim("place"):members())

heading "One function from several workstreams"
print(base:pivot { measures = { "cost", "wte" }, by = { "fn", "directorate" }, where = { fn = "payer, core_ops" }, totals = true })

heading "Health of the pack"
print(base:health())
