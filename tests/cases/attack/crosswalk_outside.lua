-- Reads a file as a crosswalk, whose message shows what stands in it.
-- stock: prints secret
-- held: this script may not read '../secret.csv'

local remit = require "remit"
print(pcall(remit.crosswalk, "../secret.csv"))
