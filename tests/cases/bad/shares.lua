local tiny <const> = require "tiny"

-- Shares lie between 0 and 100 %, are of a post or of a cost centre, and those of one make all of it.
tiny.load { shares = [[
post,cost_centre,fn,share
P1,,chc,60%
P1,,quality,30.5%
P2,,chc,-10%
P2,,quality,110%
P3,200,chc,100%
,,chc,100%
,300,chc,33.333333%
,300,quality,66.666666%
]] }  --> error: 6 problems in shares.csv (8 rows); nothing loaded
-->   shares.csv:2  post         'P1'    its shares add up to 90.5% and not to 100%
-->   shares.csv:4  share        '-10%'  a share is between 0% and 100%
-->   shares.csv:5  share        '110%'  a share is between 0% and 100%
-->   shares.csv:6  cost_centre  '200'   a share is of a post or of a cost centre, not of both
-->   shares.csv:7                       a share of what? Give a post or a cost centre
-->   shares.csv:8  cost_centre  '300'   its shares add up to 99.999999% and not to 100%
-- Right ones, also in another order and without %.
local base <const> = tiny.load { shares = "post,cost_centre,fn,share\nP1,,chc,60\n,300,chc,33.4%\np1,,quality,40%\n,300,quality,66.6%\nP2,,chc,100%\nP3,,chc,0%\nP3,,quality,100%\n" }
print(base:info():where { file = "shares.csv" })
--> A tiny ICB   as at 2025-05   model HASH
--> file        rows  a row is                                     from  note
--> ─────────────────────────────────────────────────────────────────────────
--> shares.csv     7  a post or cost centre shared over functions  pack
--> Format 1, vocabulary 2026.1, price base 2025/26.
--> 1 of 13 rows shown

-- A function has one share of a thing, and a bare number is a percentage.
tiny.load { shares = [[
post,cost_centre,fn,share
P1,,chc,50%
P1,,quality,25%
P1,,CHC,25%
P2,,chc,0.6
P2,,quality,0.4
]] }  --> error: 2 problems in shares.csv (5 rows); nothing loaded
-->   shares.csv:4  fn    'chc'  has a share of post 'P1' already, in row 2
-->   shares.csv:5  post  'P2'   its shares add up to 1% and not to 100%. A share without a percent sign is a percentage too: write 60%, not 0.6
