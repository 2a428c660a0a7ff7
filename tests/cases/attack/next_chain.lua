-- Walks a long table from its beginning again and again.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local long = {}
for at = 1, 100000 do
  long["k" .. at] = at
end
while true do
  next(long)
end
