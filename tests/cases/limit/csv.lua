local tiny <const> = require "tiny"

local function titled(title)
  return { posts = "id,title,fn,wte,in_post,cost\nP1," .. title .. ",chc,1,1,100\n" }
end
-- A label of 65,535 bytes, and one more; a field of a mebibyte, and a byte more is a quote that was forgotten.
print(#tiny.load(titled(("x"):rep(65535))):posts { id = "P1" }:head():get(1, "title"))  --> 65535
tiny.load(titled(("x"):rep(65536)))  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  title  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'  a label of 65536 bytes: at most 65535 are kept
tiny.load(titled('"' .. ("x"):rep(1024 * 1024) .. '"'))  --> error: 1 problem in posts.csv (1 row); nothing loaded
-->   posts.csv:2  title  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'  a label of 1048576 bytes: at most 65535 are kept
tiny.load(titled('"' .. ("x"):rep(1024 * 1024 + 1) .. '"'))  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:2  more than 1048576 bytes in quotes: a quote that never ends
-- 1,024 fields in a row, and one more.
local headings <const>, fields <const> = {}, {}
for index = 1, 1024 do
  headings[index], fields[index] = "f" .. index, ('{ "name": "f%d", "remit": { "skip": %s } }'):format(index, tostring(index > 1))
end
local wide <const> = { duties = table.concat(headings, ",") .. "\nD1" .. (","):rep(1023) .. "\n" }
wide.more = { duties = '"remit": { "role": "duties" }, "schema": { "fields": [ ' .. table.concat(fields, ", "):gsub('"skip": false', '"field": "id"') .. " ] }" }
print(tiny.load(wide):info():where { file = "duties.csv" }:get(1, "rows"))  --> 1
wide.duties = table.concat(headings, ",") .. ",f1025\n"
tiny.load(wide)  --> error: 1 problem in duties.csv (0 rows); nothing loaded
-->   duties.csv:1  more than 1024 fields in a row
