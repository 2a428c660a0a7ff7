-- Opens a named pipe, and waits for somebody to write into it.
-- stock: hangs
-- held: this script may not read 'pipe'

local remit = require "remit"
print(pcall(remit.decision_table, "pipe"))
