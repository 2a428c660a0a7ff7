-- Balanced brackets at every place of a long text.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local text = ("("):rep(300000)
print(text:find "%b()x")
