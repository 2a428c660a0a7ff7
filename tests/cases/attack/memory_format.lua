-- Formats a long text into a longer one.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local text = ("x"):rep(10000000)
while true do
  text = ("%s%s"):format(text, text)
end
