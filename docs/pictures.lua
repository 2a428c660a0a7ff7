-- SPDX-License-Identifier: Apache-2.0
-- pictures: the charts of docs/guide/reports.md, drawn from NENC's board report.     lua5.4 docs/pictures.lua [FOLDER], from the top of the tree

local FOLDER <const> = arg[1] or "docs/pictures"

-- The example's own script, up to where it writes: its last lines print.
local file <close> = assert(io.open("examples/nenc/board.lua", "rb"))
local script <const> = file:read "a":gsub("\nprint%(report%).*$", "\nreturn report\n")
local environment <const> = setmetatable({ arg = { [0] = "examples/nenc/board.lua" } }, { __index = _G })
local report <const> = assert(load(script, "@examples/nenc/board.lua", "t", environment))()

report:charts("envelope")[1]:save(FOLDER .. "/envelope.svg")
report:charts("bridge")[2]:save(FOLDER .. "/bridge.svg")
