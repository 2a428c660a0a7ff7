-- Fills memory where a test expects an error, and goes on.
-- stock: prints ESCAPED
-- held: at its limit of 64 MiB of memory
-- with: --memory 64

local remit = require "remit"
remit.test("fills", function(t)
  t:raises(function()
    local all = {}
    for index = 1, 1e6 do
      all[index] = { index, index, index, index }
    end
    error "full"
  end)
end)
print "ESCAPED"
