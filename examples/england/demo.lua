-- SPDX-License-Identifier: Apache-2.0
-- The staff of England's 42 integrated care boards, from the published file as it comes. FTE adds up; headcount does not, and the toolkit says so.
--     remit run examples/england/demo.lua

local remit <const> = require "remit"

local HERE <const> = arg and arg[0] and arg[0]:match("^(.*)/[^/]*$") or "examples/england"

local function heading(text)
  print(("\n== %s ==\n"):format(text))
end

local england <const> = remit.load(HERE)

heading "What was loaded"
print(england:info())

heading "FTE by region"
print(england:pivot { measures = { "fte" }, by = { "icb.region" }, totals = true })

heading "FTE by staff group"
print(england:pivot { measures = { "fte" }, by = { "staff_group" }, totals = true, sort = "fte" })

heading "The ten largest ICBs: headcount is read from the published row of all staff groups, never added"
local by_icb <const> = england:pivot { measures = { "headcount", "fte" }, by = { "icb" } }
print(by_icb:top(10, "fte"))

heading "One ICB by staff group: headcounts of groups add up to more than there are people"
local nenc <const> = { icb = "North East and North Cumbria" }
print(england:pivot { measures = { "headcount", "fte" }, by = { "staff_group" }, where = nenc })
print(("People at NENC: %d"):format(england:total("headcount", { where = nenc })))

heading "Asking for a sum that would be wrong"
local _, refused <const> = pcall(england.pivot, england, { measures = { "headcount" }, by = { "icb.region" } })
print(refused.message)
for _, hint in ipairs(refused.hints) do
  print("  " .. hint)
end

heading "FTE per 100,000 weighted patients, lowest first"
local members <const> = england:dim("icb"):members()
local per_head <const> = england:pivot { measures = { "fte" }, by = { "icb" } }
  :join(members, "icb", "ods_code")
  :with_column("fte_per_100k", function(row) return row.fte / row.weighted_population * 100000 end, { display = "number" })
  :sort { by = "fte_per_100k", ascending = true }
for row = 1, 10 do
  print(("%-50s %5.1f"):format(per_head:get(row, "name"), per_head:get(row, "fte_per_100k")))
end
