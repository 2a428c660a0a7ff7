-- Prints the keys of a table in Lua's own order.
-- stock: differs
-- held: same

local keys = {}
for at = 1, 200 do
  keys["key" .. at] = at
end
for key in pairs(keys) do
  print(key)
end
