-- Never ends in a coroutine.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do
  coroutine.resume(coroutine.create(function() while true do end end))
end
