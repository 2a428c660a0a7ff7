-- Reads a file as corrections of a pack.
-- stock: prints heading 'file' is missing
-- held: this script may not read '../secret.csv'

local remit = require "remit"
print(pcall(remit.load, "inside", { fix = "../secret.csv" }))
