-- Hands bytecode to load piece by piece.
-- stock: prints truncated
-- held: attempt to load a binary chunk

local pieces = { "\27Lu", "a\x54\0\x19\x93", nil }
local at = 0
print(load(function()
  at = at + 1
  return pieces[at]
end))
