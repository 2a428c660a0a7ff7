local tiny <const> = require "tiny"

-- Selections nest two hundred deep.
local base <const> = tiny.load()
local chain = base:lines { band = "7" }
for _ = 1, 199 do
  chain = ~chain
end
print(chain:count())  --> 7
local _ <const> = ~chain  --> error: a selection nested more than 200 deep
-- And grow no further than ten thousand tests.
local wide = base:lines { band = "7" }
for _ = 1, 14 do
  wide = wide | wide
end
wide:count()  --> error: a selection of more than 10000 tests
-- Labels of a test.
local labels <const> = {}
for index = 1, 5000 do
  labels[index] = "P1"
end
print(base:posts { id = labels }:count())  --> 1
