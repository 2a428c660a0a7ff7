-- Sees when memory is freed, which differs from run to run.
-- stock: prints ESCAPED
-- held: a script may not set __mode

local weak = setmetatable({}, { __mode = "k" })
weak[{}] = true
collectgarbage()
print(next(weak) == nil and "ESCAPED")
