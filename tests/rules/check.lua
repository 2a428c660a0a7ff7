-- SPDX-License-Identifier: Apache-2.0
-- check: `lua5.4 tests/rules/check.lua RULE` holds every file of the tree against a rule.

package.path = "tests/rules/?.lua;" .. package.path
local rules <const> = require "rules"
local tree <const> = require "tree"

local rule <const> = assert(rules[arg[1]], "no such rule")
local files <const> = tree.files()
local count = 0
for _, file in ipairs(files) do
  rule(file, function(line, message)
    count = count + 1
    print(("%s:%d: %s"):format(file.path, line, message))
  end, files)
end
print(("%s: %d files, %d problems"):format(arg[1], #files, count))
os.exit(count == 0)
