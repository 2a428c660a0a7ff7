-- Reads a file as a decision table, whose message shows what stands in it.
-- stock: prints SECRET
-- held: this script may not read '../secret.csv'

local remit = require "remit"
print(pcall(remit.decision_table, "../secret.csv"))
