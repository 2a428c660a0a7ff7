-- Never ends in the closing of a variable, while an error passes.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do
  pcall(function()
    local x <close> = setmetatable({}, { __close = function() while true do end end })
    error(x)
  end)
end
