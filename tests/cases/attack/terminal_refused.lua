-- Hides what it asked for behind commands to the terminal.
-- stock: prints \27
-- held: may not read '../\u{1b}[2K'

local remit = require "remit"
local name = "../\27[2K"
if rawget(_G, "io") then
  print(name)
end
remit.load(name)
