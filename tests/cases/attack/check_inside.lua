-- Reads a file in a check of its own, by what a report hands it.
-- stock: prints SECRET
-- held: 'io' was never set

local remit = require "remit"
local known, base = pcall(remit.load, "inside")
base = known and base or remit.load()
local report = remit.report { title = "Options", date = "2025-06-03", base = base, sections = { "checks" }, checks = {
  { id = "mine", test = function() return true, io.open "../secret.txt":read "a" end } } }
print(report:frames "checks"[1]:csv())
