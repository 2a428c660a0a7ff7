-- Looks whether a folder is there at all.
-- stock: prints is missing
-- held: this script may not read '/etc'

local remit = require "remit"
print(pcall(remit.load, "/etc"))
