local tiny <const> = require "tiny"

-- Sixty-four deep is read, sixty-five is not. (What is read is then no pack.)
local function nested(depth)
  return '{ "sources": ' .. ("["):rep(depth - 1) .. ("]"):rep(depth - 1) .. " }"
end
tiny.load { descriptor = nested(64) }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources  must be a list of the pack's files: [ { "name": "posts", "path": "posts.csv" }, ... ]
tiny.load { descriptor = nested(65) }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json:1  nested more than 64 deep (line 1, column 77)
