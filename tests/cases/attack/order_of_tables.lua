-- Prints in an order that depends on where tables stand in memory.
-- stock: differs
-- held: keys that are tables or functions

local keys = {}
for at = 1, 50 do
  keys[{}] = at
end
for _, at in pairs(keys) do
  print(at)
end
