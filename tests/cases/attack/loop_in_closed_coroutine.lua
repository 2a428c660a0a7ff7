-- Never ends while a coroutine is closed.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

local co = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() while true do end end })
  coroutine.yield(x)
end)
coroutine.resume(co)
coroutine.close(co)
while true do end
