local tiny <const> = require "tiny"

-- A level alongside itself, alongside one that is itself alongside another, alongside one that is not there; no units.
tiny.load { levels = [[
id,name,alongside,units
place,Place,,2
locality,Locality,locality,
system,System,,
collaborative,Collaborative,system,3
combined,Combined authority,collaborative,
devolved,Devolved authority,sistem,
region,Region,,0
]] }  --> error: 4 problems in levels.csv (7 rows); nothing loaded
-->   levels.csv:3  alongside  'locality'       is the level itself
-->   levels.csv:6  alongside  'collaborative'  is itself alongside 'system': name a level of the order
-->   levels.csv:7  alongside  'sistem'         not in levels.csv. Did you mean 'system'?
-->   levels.csv:8  units      '0'              below the minimum 1
tiny.load { levels = [[
id,name,alongside,units
place,Place,,2
locality,Locality,locality,
system,System,,
collaborative,Collaborative,system,3
combined,Combined authority,collaborative,
]] }  --> error: 2 problems in levels.csv (5 rows); nothing loaded
-->   levels.csv:3  alongside  'locality'       is the level itself
-->   levels.csv:6  alongside  'collaborative'  is itself alongside 'system': name a level of the order
