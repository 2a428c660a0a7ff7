-- The same by next.
-- stock: differs
-- held: same

local keys, key = {}, nil
for at = 1, 200 do
  keys["key" .. at] = at
end
repeat
  key = next(keys, key)
  print(key)
until not key
