-- Catches that there is no memory, and goes on.
-- stock: no memory
-- held: at its limit of 64 MiB of memory
-- with: --memory 64 --work 2000

local list = {}
while true do
  local ok = pcall(function()
    for _ = 1, 100 do
      list[#list + 1] = ("x"):rep(1000) .. #list
    end
  end)
  if not ok and rawget(_G, "io") then
    error "not enough memory"
  end
end
